"""Lists that spread exposure: who makes room, who never does."""

import numpy as np
import pytest

from matcher.matching.exposure import shares, spread

ALIKE = np.array([0.9, 0.11, 0.1, 0.1, 0.1])
"""One that stands out, and four that are nearly equal."""


def test_without_prices_the_best_are_taken_in_order() -> None:
    assert spread(ALIKE.tolist(), np.zeros(5), 3) == [0, 1, 2]


def test_a_dear_candidate_makes_room_at_the_end_of_the_list() -> None:
    prices = np.array([0.0, 0.01, 0.0, 0.0, -0.01])
    assert spread(ALIKE.tolist(), prices, 2) == [0, 4]


def test_no_price_of_that_size_moves_the_one_that_stands_out() -> None:
    assert spread(ALIKE.tolist(), np.array([0.2, 0.0, 0.0, 0.0, 0.0]), 1) == [0]


def test_the_list_stands_in_the_order_of_the_scores_whatever_the_prices() -> None:
    taken = spread(np.array([0.3, 0.2, 0.1]), np.array([0.5, 0.0, -0.5]), 3)
    assert taken == [0, 1, 2]


def test_fewer_candidates_than_places_are_all_listed_and_none_is_fine() -> None:
    assert spread(ALIKE.tolist(), np.arange(5.0), 9) == [0, 1, 2, 3, 4]
    assert spread(np.zeros(0), np.zeros(0), 3) == []


def test_shares_sum_to_one_and_keep_the_order_of_the_scores() -> None:
    found = shares(ALIKE)
    assert found.sum() == pytest.approx(1.0)
    assert (np.diff(found) <= 0).all()


def test_certain_and_impossible_candidates_leave_the_figures_finite() -> None:
    assert np.isfinite(shares(np.array([1.0, 0.5, 0.0]))).all()
    assert shares(np.zeros(3)).tolist() == [0.0, 0.0, 0.0]
