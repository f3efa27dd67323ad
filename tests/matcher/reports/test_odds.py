"""The Mantel–Haenszel odds ratio, where its value is known by thought."""

import math

import numpy as np
import pytest

from matcher.intervals import NORMAL_95
from matcher.reports.odds import mantel_haenszel


def strata(*tables: tuple[tuple[int, int], tuple[int, int]]) -> np.ndarray:
    """Of each stratum the first's yes and no, and the second's."""
    return np.array(tables, float).reshape(-1, 2, 2)


def test_of_one_stratum_it_is_the_plain_odds_ratio_with_woolfs_interval() -> None:
    found = mantel_haenszel(strata(((10, 40), (20, 30))))
    assert found is not None
    error = math.sqrt(1 / 10 + 1 / 40 + 1 / 20 + 1 / 30)
    assert found.ratio == pytest.approx((20 / 30) / (10 / 40))
    assert found.low == pytest.approx(found.ratio * math.exp(-NORMAL_95 * error))
    assert found.high == pytest.approx(found.ratio * math.exp(NORMAL_95 * error))


def test_of_matched_couples_it_is_the_ratio_of_those_who_differ() -> None:
    # McNemar's ratio, whose logarithm has the variance 1/b + 1/c: the limit of many small strata.
    second_only, first_only = [((0, 1), (1, 0))] * 30, [((1, 0), (0, 1))] * 20
    alike = [((1, 0), (1, 0))] * 50 + [((0, 1), (0, 1))] * 900
    found = mantel_haenszel(strata(*second_only, *first_only, *alike))
    assert found is not None
    assert found.ratio == pytest.approx(30 / 20)
    assert math.log(found.high / found.ratio) == pytest.approx(NORMAL_95 * math.sqrt(1 / 30 + 1 / 20))


def test_what_a_third_thing_explains_is_taken_out() -> None:
    # Half say yes at the top and a tenth below, to either; the second stood at the top nine times in ten.
    found = mantel_haenszel(strata(((5, 5), (45, 45)), ((9, 81), (1, 9))))
    assert found is not None
    assert found.ratio == pytest.approx(1.0)
    assert found.low < 1 < found.high
    crude = mantel_haenszel(strata(((14, 86), (46, 54))))
    assert crude is not None
    assert crude.low > 2


def test_what_is_the_same_in_every_stratum_comes_out() -> None:
    found = mantel_haenszel(strata(((10, 10), (20, 10)), ((1, 9), (2, 9)), ((30, 10), (60, 10))))
    assert found is not None
    assert found.ratio == pytest.approx(2.0)


def test_turned_round_it_is_the_inverse() -> None:
    tables = strata(((3, 10), (7, 9)), ((2, 20), (4, 11)))
    there, back = mantel_haenszel(tables), mantel_haenszel(tables[:, ::-1])
    assert there is not None
    assert back is not None
    assert (back.ratio, back.low, back.high) == pytest.approx(
        (1 / there.ratio, 1 / there.high, 1 / there.low)
    )


def test_strata_that_say_nothing_change_nothing() -> None:
    telling = strata(((3, 10), (7, 9)))
    silent = strata(((0, 0), (5, 5)), ((5, 5), (0, 0)), ((0, 4), (0, 9)), ((4, 0), (9, 0)), ((0, 0), (0, 0)))
    assert mantel_haenszel(np.concatenate([telling, silent])) == mantel_haenszel(telling)


@pytest.mark.parametrize(
    "tables",
    [
        strata(),
        strata(((5, 5), (0, 0))),
        strata(((0, 5), (0, 5))),
        strata(((0, 5), (3, 2))),
        strata(((3, 2), (0, 5))),
    ],
)
def test_without_a_yes_on_one_side_nothing_can_be_told(tables: np.ndarray) -> None:
    assert mantel_haenszel(tables) is None


def test_the_interval_holds_the_truth_nineteen_times_in_twenty() -> None:
    rng, truth, held = np.random.default_rng(7), 1.5, 0
    base = np.array([0.4, 0.25, 0.15, 0.1, 0.05])
    odds = truth * base / (1 - base)
    for _ in range(1_000):
        seen = rng.integers(20, 120, size=(5, 2))
        yes = rng.binomial(seen, np.column_stack([base, odds / (1 + odds)]))
        found = mantel_haenszel(np.stack([yes, seen - yes], axis=2).astype(float))
        held += found is not None and found.low <= truth <= found.high
    assert 930 <= held <= 970
