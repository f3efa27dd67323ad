"""Platt scaling where the right scale is known: outcomes weighed as their probabilities."""

import numpy as np
import numpy.typing as npt
import pytest

from matcher.matching.scoring import log_odds, sigmoid
from matcher.model.combination import Combination
from tests.training.toys import PRIOR, choices, columns, replies
from training.calibration import (
    LEAST_OUTCOMES,
    LEAST_SLOPE,
    MOST_SLOPE,
    SAME,
    Calibration,
    calibration_of,
    platt,
    scaled,
)
from training.slices import Choices

Float64 = npt.NDArray[np.float64]
ODDS = np.linspace(-4, 4, 81)


def outcomes(slope: float, level: float) -> tuple[Float64, npt.NDArray[np.bool_], Float64]:
    """Each log-odds once with a yes and once with a no, weighed as likely as they are."""
    likely = sigmoid(slope * ODDS + level)
    yes = np.repeat([True, False], len(ODDS))
    return np.tile(ODDS, 2), yes, np.concatenate([likely, 1 - likely])


@pytest.mark.parametrize(("slope", "level"), [(1, 0), (0.6, -1.5), (2.5, 1), (0.3, -4)])
def test_platt_recovers_a_known_slope_and_intercept(slope: float, level: float):
    assert platt(*outcomes(slope, level)) == pytest.approx((slope, level), abs=0.01)


@pytest.mark.parametrize(("yes", "no"), [(LEAST_OUTCOMES - 1, 500), (500, LEAST_OUTCOMES - 1), (0, 0)])
def test_too_few_outcomes_leave_the_scale(yes: int, no: int):
    said = np.repeat([True, False], [yes, no])

    assert platt(np.linspace(-1, 1, yes + no), said, np.ones(yes + no)) == (1, 0)


def test_enough_outcomes_of_either_kind_set_it():
    said = np.repeat([True, False], LEAST_OUTCOMES)

    assert platt(np.zeros(len(said)) - 3, said, np.ones(len(said))) != (1, 0)


def test_the_order_of_pairs_is_never_turned_round():
    slope, _ = platt(*outcomes(-2, 0))

    assert slope == pytest.approx(LEAST_SLOPE)
    assert slope > 0


def test_outcomes_without_exception_do_not_stretch_it_without_end():
    said = ODDS > 0

    assert platt(ODDS, said, np.ones(len(ODDS)))[0] == pytest.approx(MOST_SLOPE)


def test_a_candidate_counts_as_often_as_it_stands_for_others():
    odds, yes = np.zeros(40), np.repeat([True, False], 20)

    _, level = platt(odds, yes, np.where(yes, 1.0, 9.0))

    assert sigmoid(np.array(level)) == pytest.approx(0.1, abs=1e-4)


def test_scaling_multiplies_and_adds_to_each_half_s_log_odds():
    pairs = columns((2, 2), popularity=[[0, 1], [2, -1]], willingness=[[1, 0], [0, 2]])
    before, after = (log_odds(pairs, found) for found in (PRIOR, scaled(PRIOR, ((2, -1), (0.5, 3)))))

    assert after.startup == pytest.approx(2 * before.startup - 1)
    assert after.partner == pytest.approx(0.5 * before.partner + 3)


# which outcomes


def fair(share: float, among: int = 200) -> Choices:
    """Queries of `among` candidates of whom so many are dealt with, all alike."""
    deals = np.zeros((5, among), dtype=bool)
    deals[:, : int(share * among)] = True
    return choices(deals, popularity=0.0)


def chances(found: Combination) -> tuple[float, float]:
    """Either side's probability for the pairs of `fair`."""
    odds = log_odds(columns((1,), popularity=0.0), found)
    return float(sigmoid(odds.startup)[0]), float(sigmoid(odds.partner)[0])


NOBODY = (replies(), replies())


def test_without_answers_both_halves_hold_on_deals():
    found = scaled(PRIOR, calibration_of(PRIOR, fair(0.05), NOBODY).scales)

    assert chances(found) == pytest.approx((0.05, 0.05), abs=1e-3)


def test_a_side_with_answers_of_its_own_holds_on_them():
    said = replies([True] * 30 + [False] * 70, popularity=0.0)

    startup = scaled(PRIOR, calibration_of(PRIOR, fair(0.05), (said, replies())).scales)
    partner = scaled(PRIOR, calibration_of(PRIOR, fair(0.05), (replies(), said)).scales)

    assert chances(startup) == pytest.approx((0.3, 0.05), abs=1e-3)
    assert chances(partner) == pytest.approx((0.05, 0.3), abs=1e-3)


def test_a_side_s_answers_are_measured_against_its_own_half():
    """Appeal is in the startup's half alone, willingness in the partner's."""
    other = np.tile([1.0, -1.0], 40)

    startups = replies(other > 0, appeal=other, willingness=-other)
    partners = replies(other > 0, appeal=-other, willingness=other)

    for slope, _ in calibration_of(PRIOR, fair(0.05), (startups, partners)).scales:
        assert slope == pytest.approx(MOST_SLOPE)


def test_a_few_answers_are_not_enough():
    few = replies([True] * (LEAST_OUTCOMES - 1) + [False] * 70, popularity=0.0)

    assert calibration_of(PRIOR, fair(0.05), (few, few)) == calibration_of(PRIOR, fair(0.05), NOBODY)


def test_candidates_that_stand_for_nobody_do_not_count():
    padded = fair(0.05)
    padded.stands_for[:, 100:] = 0

    found = scaled(PRIOR, calibration_of(PRIOR, padded, NOBODY).scales)

    assert chances(found) == pytest.approx((0.1, 0.1), abs=1e-3)


def test_no_choices_leave_the_scales():
    assert calibration_of(PRIOR, choices(np.zeros((0, 0))), NOBODY) == Calibration((SAME, SAME), None)


def test_it_tells_how_answers_differ_from_deals():
    """What turns log-odds of deals into those of answers, which only a side with answers has."""
    said = replies([True] * 30 + [False] * 70, popularity=0.0)
    found = calibration_of(PRIOR, fair(0.05), (said, replies()))
    deals = scaled(PRIOR, calibration_of(PRIOR, fair(0.05), NOBODY).scales)

    assert found.answers is not None
    assert found.answers[1] == SAME
    assert chances(scaled(deals, found.answers)) == pytest.approx((0.3, 0.05), abs=1e-3)


def test_too_few_deals_tell_nothing_of_answers():
    few = fair(0.05)
    few.deals[:] = 0
    few.deals[0, : LEAST_OUTCOMES - 1] = 1

    assert calibration_of(PRIOR, few, NOBODY).answers is None
