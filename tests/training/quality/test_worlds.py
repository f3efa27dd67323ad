"""What lists bring in worlds small enough to count by hand."""

import numpy as np
import pytest

from training.quality.worlds import (
    ORACLE,
    PARTNER,
    RANDOM,
    STARTUP,
    TWO_SIDED,
    Pairs,
    brought,
    joined,
    section,
)

STARS = np.arange(30) < 10
"""The first ten are wanted by the startup, the last ten want it, the ten between are half-hearted both."""
WANTING = np.arange(30) >= 20
P_STARTUP = np.where(STARS, 0.9, np.where(WANTING, 0.1, 0.5))
P_PARTNER = np.where(WANTING, 0.9, np.where(STARS, 0.1, 0.5))


def _world() -> list[Pairs]:
    return [Pairs(np.sqrt(P_STARTUP * P_PARTNER), P_STARTUP, P_PARTNER, P_STARTUP * P_PARTNER)]


def test_both_sides_find_the_ten_that_one_side_passes_over() -> None:
    found = brought(_world(), seed=1)
    assert found[TWO_SIDED] == pytest.approx(10 * 0.25)
    assert found[STARTUP] == pytest.approx(10 * 0.09)
    assert found[PARTNER] == pytest.approx(10 * 0.09)


def test_nothing_brings_more_than_the_truth_and_chance_lies_between() -> None:
    found = brought(_world(), seed=1)
    assert found[TWO_SIDED] == found[ORACLE]
    assert found[STARTUP] < found[RANDOM] < found[ORACLE]


def test_a_startup_with_few_candidates_gets_what_they_bring() -> None:
    two = np.array([0.5, 0.2])
    found = brought([Pairs(two, two, two, two)], seed=1)
    assert found[RANDOM] == pytest.approx(0.7)


def test_lists_are_joined_with_the_truth_of_the_same_pairs() -> None:
    said = {"startup_id": "s", "score": "0.3", "p_startup": "0.2", "p_partner": "0.4"}
    lists = [said | {"partner_id": "b"}, said | {"partner_id": "a"}]
    truth = [
        {"startup_id": "s", "partner_id": partner, "p_startup": first, "p_partner": "0.5"}
        for partner, first in (("a", "0.2"), ("b", "0.4"), ("unlisted", "1"))
    ]
    [found] = joined(lists, truth)
    assert found.mutual.tolist() == [0.2, 0.1]
    assert found.p_partner.tolist() == [0.4, 0.4]


def test_the_section_asks_that_both_sides_beat_either_and_says_by_how_much() -> None:
    found = section([brought(_world() * 5, seed=seed) for seed in (1, 2)])
    assert [one.reached for one in found.required] == [True, True]
    by_name = {row[0]: row for row in found.rows}
    assert by_name[STARTUP][2] == pytest.approx(0.09 / 0.25)
    assert by_name[STARTUP][4] == "0.900, 0.900"
    assert by_name[TWO_SIDED][3] is None
