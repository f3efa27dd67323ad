"""The warm task beside a cold one."""

from pathlib import Path

from tests.training.quality.toys import write_task
from training.quality.tables import read_rows, write_rows
from training.quality.warm import QUERIES, TRUTH, warm_pairs, write_warm


def test_only_a_new_partner_of_a_startup_that_has_some_is_right():
    before = [("hot", "a")]
    after = [("hot", "a"), ("hot", "b"), ("cold", "b")]

    assert warm_pairs(before, after) == [("hot", "b")]


def test_a_pair_with_several_deals_is_right_once():
    assert warm_pairs([("s", "a")], [("s", "b"), ("s", "c"), ("s", "b")]) == [("s", "b"), ("s", "c")]


def test_the_later_run_is_joined_by_name_whatever_its_ids(tmp_path: Path):
    task = write_task(tmp_path / "task", {"s": "x"}, ["a", "b"], [("s", "a")])
    later = tmp_path / "later"
    later.mkdir()
    write_rows(later / "startups.csv", ("id", "name"), [("s9", "s Ltd"), ("s8", "Later Ltd")])
    write_rows(
        later / "investors.csv", ("id", "name"), [("i1", "b Fund"), ("i2", "a Fund"), ("i3", "Young Fund")]
    )
    deals = [
        *(("s9", "i2", "2020-01-01"), ("s9", "i1", "2020-06-30")),
        *(("s9", "i1", "2020-07-01"), ("s9", "i3", "2020-08-01"), ("s8", "i1", "2020-08-01")),
    ]
    write_rows(later / "interactions.csv", ("startup_id", "partner_id", "at"), deals)

    write_warm(task, later, "2020-07-01")

    assert read_rows(task / TRUTH) == [{"startup_id": "s", "partner_id": "b"}]
    assert read_rows(task / QUERIES) == [{"startup_id": "s"}]
