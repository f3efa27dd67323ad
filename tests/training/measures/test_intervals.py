"""Intervals by the bootstrap."""

import numpy as np
import pytest

from training.measures.intervals import Interval, interval, verdict


def test_a_difference_that_is_the_same_for_every_query_is_certain():
    found = interval(np.full(50, 0.25))

    assert (found.mean, found.low, found.high) == (0.25, pytest.approx(0.25), pytest.approx(0.25))


def test_half_wins_and_half_losses_leave_the_winner_open():
    found = interval(np.tile([1.0, -1.0], 100))

    assert found.mean == 0.0
    assert found.low < 0 < found.high


def test_the_interval_is_as_wide_as_the_normal_one_where_queries_are_many():
    values = np.random.default_rng(1).normal(size=2000)
    found = interval(values)

    assert found.high - found.low == pytest.approx(2 * 1.96 * values.std() / np.sqrt(2000), rel=0.1)


def test_swapping_the_two_methods_turns_the_interval_around():
    values = np.random.default_rng(2).normal(size=100)
    there, back = interval(values), interval(-values)

    assert (back.low, back.high) == (pytest.approx(-there.high), pytest.approx(-there.low))


def test_the_same_differences_give_the_same_interval_again():
    values = np.random.default_rng(3).normal(size=100)

    assert interval(values) == interval(values)


def test_no_queries_give_zeros():
    assert interval(np.zeros(0)) == Interval(0.0, 0.0, 0.0)


@pytest.mark.parametrize(
    ("low", "mean", "high", "word"),
    [
        (0.01, 0.02, 0.03, "better"),
        (-0.01, 0.00, 0.01, "not worse"),
        (-0.03, -0.01, 0.01, "within noise"),
        (-0.03, -0.02, -0.01, "**worse**"),
    ],
)
def test_a_verdict_is_no_stronger_than_the_interval(low: float, mean: float, high: float, word: str):
    assert verdict(Interval(mean, low, high)) == word


def test_a_difference_is_shown_with_its_sign_and_its_ends():
    assert str(Interval(0.01, -0.002, 0.03)) == "+0.0100 [-0.0020, +0.0300]"


def test_the_standard_error_is_about_that_of_the_mean():
    """400 values that are ±1: 1 / √400."""
    assert interval(np.tile([1.0, -1.0], 200)).standard_error == pytest.approx(0.05, rel=0.05)
    assert Interval(0.5, -1.46, 2.46).standard_error == pytest.approx(1.0)
