"""How far counts by value have moved."""

import math

import numpy as np
import pytest

from training.weekly.checks.shift import shift_between


def test_like_counts_have_not_moved():
    shift = shift_between({"a": 100, "b": 300}, {"a": 10, "b": 30}, (400, 40))
    assert shift.index == pytest.approx(0, abs=1e-3)
    assert shift.chance == pytest.approx(1, abs=0.15)


def test_the_index_is_that_of_the_formula():
    shift = shift_between({"a": 30, "b": 70}, {"a": 60, "b": 40}, (100, 100))
    p, q = 60.5 / 101, 30.5 / 101
    assert shift.index == pytest.approx((p - q) * math.log(p / q) + (q - p) * math.log((1 - p) / (1 - q)))
    assert (shift.value, shift.before, shift.now) == ("a", 0.3, 0.6)


def test_a_value_that_came_or_went_is_counted():
    shift = shift_between({"a": 50, "b": 50}, {"a": 50, "c": 51}, (100, 101))
    assert shift.index > 2
    assert (shift.value, shift.before) == ("c", 0.0)


def test_the_fewer_there_are_the_more_chance_explains():
    few, many = (shift_between({"a": n, "b": n}, {"a": 2 * n, "b": n}, (2 * n, 3 * n)) for n in (3, 300))
    assert few.index == pytest.approx(many.index, abs=0.05)
    assert few.chance > 0.3
    assert many.chance < 1e-6


@pytest.mark.parametrize("counts", [{}, {"a": 5}])
def test_with_one_value_or_none_nothing_moves(counts: dict[str, int]):
    shift = shift_between(counts, counts, (5, 5))
    assert (shift.index, shift.chance) == (0.0, 1.0)


def test_samples_of_one_population_are_as_rare_as_said():
    rng, shares = np.random.default_rng(5), [0.4, 0.3, 0.2, 0.1]
    chances = [
        shift_between(
            *(dict(zip("abcd", rng.multinomial(size, shares).tolist(), strict=True)) for size in (300, 80)),
            (300, 80),
        ).chance
        for _ in range(2_000)
    ]
    assert np.mean(np.array(chances) < 0.05) == pytest.approx(0.05, abs=0.02)
