"""The plainest peers."""

from pathlib import Path

import numpy as np
import pytest

from tests.training.quality.toys import write_task
from training.measures.lists import NOBODY, best
from training.quality.popularity import industries, popularity, popularity_within, region
from training.quality.records import Records, read_records

DEALS = [("x1", "a"), ("x2", "a"), ("x1", "b"), ("y1", "c"), ("y2", "c"), ("y3", "c")]


@pytest.fixture
def records(tmp_path: Path) -> Records:
    startups = {"x1": "x", "x2": "x", "y1": "y", "y2": "y", "y3": "y", "qx": "x", "qz": "z"}
    return read_records(write_task(tmp_path, startups, [*"abcd"], DEALS, [("qx", "a"), ("qz", "a")]))


def named(scores: np.ndarray, records: Records) -> list[str]:
    partners = records.candidates.terms
    return [
        "".join(partners[column] for column in row if column != NOBODY)
        for row in best(scores, records.allowed)
    ]


def test_the_partner_of_most_startups_comes_first_and_who_had_none_is_not_listed(records: Records):
    assert named(popularity(records), records) == ["cab", "cab"]


def test_within_an_industry_its_own_favourites_come_first_then_everyones(records: Records):
    assert named(popularity_within(records, industries), records)[0] == "abc"


def test_a_query_of_an_industry_that_nobody_knows_gets_what_is_popular(records: Records):
    assert named(popularity_within(records, industries), records)[1] == "cab"


def test_a_second_deal_of_the_same_pair_does_not_count_again(tmp_path: Path):
    deals = [("s", "b"), ("s", "b"), ("s", "a"), ("t", "a")]
    records = read_records(write_task(tmp_path, {"s": "", "t": "", "q": ""}, [*"ab"], deals, [("q", "a")]))

    assert named(popularity(records), records) == ["ab"]


def test_without_interactions_nobody_is_popular(tmp_path: Path):
    records = read_records(write_task(tmp_path, {"q": "x"}, ["a"], [], [("q", "a")]))

    assert named(popularity(records), records) == [""]
    assert named(popularity_within(records, industries), records) == [""]


def test_a_region_counts_down_to_its_second_level():
    assert region({"region": "North/Lake/Port/Old Town"}) == ["North/Lake"]
    assert region({"region": ""}) == []
