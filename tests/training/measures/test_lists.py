"""Lists as arrays: who is listed, in which order."""

import numpy as np

from training.measures.lists import DEPTH, NOBODY, best


def listed(scores: list[float], allowed: list[bool] | None = None) -> list[int]:
    mask = np.array([allowed or [True] * len(scores)])
    (row,) = best(np.array([scores]), mask)
    return [int(column) for column in row if column != NOBODY]


def test_higher_scores_come_first_and_equal_ones_by_column():
    assert listed([0.1, 0.9, 0.9, 0.5]) == [1, 2, 3, 0]


def test_who_is_unknown_is_not_listed():
    assert listed([np.nan, 0.1]) == [1]


def test_who_is_not_allowed_is_not_listed_however_good():
    assert listed([0.9, 0.1], [False, True]) == [1]


def test_scores_below_zero_are_scores():
    assert listed([-3.0, -1.0, -2.0]) == [1, 2, 0]


def test_ten_are_listed_of_more():
    assert listed([float(-n) for n in range(25)]) == list(range(DEPTH))


def test_a_list_of_fewer_candidates_is_filled_with_nobody():
    assert best(np.zeros((1, 2)), np.ones((1, 2), dtype=bool)).tolist() == [[0, 1, *[NOBODY] * 8]]


def test_where_nobody_may_be_listed_or_nobody_asks_there_is_nothing():
    assert (best(np.zeros((1, 3)), np.zeros((1, 3), dtype=bool)) == NOBODY).all()
    assert best(np.zeros((1, 0)), np.zeros((1, 0), dtype=bool)).tolist() == [[NOBODY] * DEPTH]
    assert best(np.zeros((0, 3)), np.zeros((0, 3), dtype=bool)).shape == (0, DEPTH)
