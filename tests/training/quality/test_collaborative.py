"""implicit's ALS and BPR."""

from pathlib import Path

import numpy as np
import pytest

from tests.training.quality.toys import write_task
from training.measures.lists import best
from training.quality.collaborative import Loss, Setting, collaborative
from training.quality.records import Records, read_records


@pytest.fixture(scope="module")
def records(tmp_path_factory: pytest.TempPathFactory) -> Records:
    """Who has a0 also has a1 and a2, who has b0 also b1 and b2; the query has a0, another startup nobody."""
    fields = {f"{f}s{n}": f for f in "ab" for n in range(20)} | {"q": "a", "new": "a"}
    partners = [f"{f}{n}" for f in "ab" for n in range(3)]
    deals = [(f"{f}s{n}", f"{f}{p}") for f in "ab" for n in range(20) for p in range(3)]
    truth = [("q", "a1"), ("new", "a1")]
    return read_records(
        write_task(tmp_path_factory.mktemp("t"), fields, partners, [*deals, ("q", "a0")], truth)
    )


@pytest.mark.parametrize("loss", Loss)
def test_who_has_one_of_a_group_gets_the_others_and_not_the_one_again(loss: Loss, records: Records):
    scores = collaborative(records, loss, Setting(4, 0.01, 0.1))

    assert {*best(scores, records.allowed)[0, :2].tolist()} == {1, 2}


@pytest.mark.parametrize("loss", Loss)
def test_a_startup_that_has_nobody_is_unknown(loss: Loss, records: Records):
    assert np.isnan(collaborative(records, loss, Setting(4))[1]).all()


@pytest.mark.parametrize("loss", Loss)
def test_the_same_setting_gives_the_same_scores_again(loss: Loss, records: Records):
    one, other = (collaborative(records, loss, Setting(4)) for _ in range(2))

    assert np.array_equal(one, other, equal_nan=True)


def test_without_deals_everyone_is_unknown(tmp_path: Path):
    records = read_records(write_task(tmp_path, {"q": "x"}, ["a"], [], [("q", "a")]))

    assert np.isnan(collaborative(records, Loss.ALS, Setting(4))).all()
