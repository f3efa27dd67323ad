"""Steps as they go by."""

import time
from pathlib import Path

import numpy as np
import pytest

from training.weekly.steps import Steps


def test_each_step_is_told_when_it_begins_and_kept_when_it_is_done():
    told: list[str] = []
    steps = Steps(told.append)

    with steps.step("fit"):
        assert told == ["fit"]
        assert steps.done == ()
    with steps.step("judge"):
        pass

    assert told == ["fit", "judge"]
    assert [step.name for step in steps.done] == ["fit", "judge"]


def test_a_step_takes_its_time():
    steps = Steps(lambda _: None)

    with steps.step("wait"):
        time.sleep(0.02)

    assert 0.02 <= steps.done[0].seconds < 5


def test_a_step_that_fails_is_not_done():
    steps = Steps(lambda _: None)

    with pytest.raises(ZeroDivisionError), steps.step("fit"):
        raise ZeroDivisionError

    assert steps.done == ()


@pytest.mark.skipif(not Path("/proc/self/clear_refs").exists(), reason="peaks are those of the whole process")
def test_the_peak_of_memory_is_that_of_the_step_alone_also_of_what_it_gave_back():
    steps = Steps(lambda _: None)

    with steps.step("much"):
        np.ones(100 * 2**20 // 8)
    with steps.step("little"):
        pass
    much, little = (step.peak_mib or 0.0 for step in steps.done)

    assert 0 < little < much - 80
