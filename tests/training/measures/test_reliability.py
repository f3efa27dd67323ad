"""Calibration of made-up forecasters, some perfect, some as wrong as can be."""

import math

import numpy as np
import pytest

from training.measures.reliability import (
    brier,
    calibration,
    equal_mass,
    equal_width,
    expected_calibration_error,
    log_loss,
    reliability,
)

TEN_OF_HUNDRED = np.arange(100) < 10
HALF = np.arange(100) < 50


def test_who_says_one_in_ten_and_is_right_one_time_in_ten_has_no_error() -> None:
    bins = reliability(np.full(100, 0.1), TEN_OF_HUNDRED, equal_width)
    assert len(bins) == 1
    assert expected_calibration_error(bins) == pytest.approx(0.0)


def test_who_is_sure_of_what_never_happens_is_wrong_by_one() -> None:
    bins = reliability(np.ones(100), np.zeros(100, dtype=bool), equal_width)
    assert expected_calibration_error(bins) == 1.0


def test_errors_in_both_directions_do_not_cancel_and_weigh_as_many_as_their_pairs() -> None:
    predicted = np.repeat([0.1, 0.9], [75, 25])
    came_true = np.zeros(100, dtype=bool)
    came_true[:15] = True  # 15 of 75 (.2, said .1), and 20 of 25 (.8, said .9)
    came_true[75:95] = True
    bins = reliability(predicted, came_true, equal_width)
    assert expected_calibration_error(bins) == pytest.approx(0.1)
    assert [one.pairs for one in bins] == [75, 25]


def test_without_pairs_nothing_is_wrong() -> None:
    none, nothing = np.zeros(0), np.zeros(0, dtype=bool)
    found = calibration(none, nothing, nothing)
    assert (found.ece, found.ece_mass, found.brier, found.log_loss) == (0.0, 0.0, 0.0, 0.0)


def test_certainty_falls_into_the_last_bin_of_equal_width() -> None:
    assert equal_width(np.array([0.0, 0.49, 0.5, 1.0]), 2).tolist() == [0, 0, 1, 1]


def test_bins_of_equal_numbers_hold_equally_many() -> None:
    predicted = np.linspace(0.001, 0.1, 100) ** 3
    assert np.bincount(equal_mass(predicted, 4)).tolist() == [25, 25, 25, 25]


def test_equal_probabilities_are_never_parted() -> None:
    assert len(set(equal_mass(np.repeat([0.1, 0.2], [90, 10]), 5).tolist())) == 2


def test_what_hides_among_rare_events_shows_among_the_listed() -> None:
    predicted = np.concatenate([np.full(990, 0.001), np.full(10, 0.9)])
    came_true = np.zeros(1000, dtype=bool)
    found = calibration(predicted, came_true, predicted > 0.5)
    assert found.ece < 0.011
    assert found.ece_listed == pytest.approx(0.9)


def test_the_brier_score_and_log_loss_of_a_coin() -> None:
    assert brier(np.full(100, 0.5), HALF) == 0.25
    assert log_loss(np.full(100, 0.5), HALF) == pytest.approx(math.log(2))


def test_a_certain_error_costs_much_and_yet_is_finite() -> None:
    assert 20 < log_loss(np.array([1.0]), np.array([False])) < 40
