"""Pairs in the right order."""

import numpy as np

from training.quality.ordered_pairs import right_order


def test_a_pair_is_right_wrong_or_undecided():
    better, worse = np.array([2.0, 1.0, 1.0]), np.array([1.0, 2.0, 1.0])

    assert right_order(better, worse).tolist() == [1.0, 0.0, 0.5]


def test_an_unknown_score_decides_nothing():
    assert right_order(np.array([np.nan, 1.0]), np.array([1.0, np.nan])).tolist() == [0.5, 0.5]
