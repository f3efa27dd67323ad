"""Signals without learning how to weigh them."""

import numpy as np
import pytest

from training.quality.methods import telling, unlearned


def test_signals_of_different_scales_count_the_same():
    small, large = np.array([[0.1, 0.2, 0.3]]), np.array([[300.0, 200.0, 100.0]])

    assert unlearned([small, large])[0] == pytest.approx([0, 0, 0])


def test_what_is_unknown_stands_at_the_mean():
    one, other = np.array([[1.0, 2.0, 3.0]]), np.array([[np.nan, 1.0, np.nan]])

    assert unlearned([one, other])[0].argsort().tolist() == [0, 1, 2]


def test_a_signal_that_is_the_same_for_everyone_changes_nothing():
    signal = np.array([[1.0, 2.0]])

    assert unlearned([signal, np.full((1, 2), 7.0)]).tolist() == unlearned([signal]).tolist()


def test_a_signal_that_tells_no_two_pairs_apart_is_left_out():
    signals = {
        "unknown": np.full((1, 2), np.nan),
        "constant": np.array([[0.0, np.nan]]),
        "telling": np.array([[0.0, 1.0]]),
    }

    assert list(telling(signals)) == ["telling"]
