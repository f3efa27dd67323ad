"""Measures of lists, counted by hand."""

import itertools

import numpy as np
import pytest

from matcher.reports.evenness import gini, lorenz
from training.measures.lists import DEPTH, NOBODY
from training.measures.metrics import exposure, hits_of, measures, ndcg, reciprocal_rank


def lists(*rows: list[int]) -> np.ndarray:
    return np.array([[*row, *[NOBODY] * (DEPTH - len(row))] for row in rows])


def right(*rows: list[int], candidates: int = 20) -> np.ndarray:
    truth = np.zeros((len(rows), candidates), dtype=bool)
    for query, columns in enumerate(rows):
        truth[query, columns] = True
    return truth


def test_a_list_with_every_right_partner_first_is_perfect_even_when_fewer_than_ten_are_right():
    assert measures(lists([3, 4, 5]), right([3, 4])).ndcg.tolist() == [1.0]


def test_a_right_partner_on_the_third_place_is_worth_half_of_one_on_the_first():
    assert measures(lists([0, 1, 2]), right([2])).ndcg.tolist() == [pytest.approx(0.5)]


def test_an_empty_list_is_worth_nothing_by_any_measure():
    found = measures(lists([]), right([0]))

    assert [*found.ndcg, *found.recall, *found.hit, *found.reciprocal_rank] == [0.0] * 4
    assert (found.coverage, found.gini) == (0.0, 0.0)


def test_an_empty_place_is_no_hit_although_the_last_candidate_is_right():
    assert not hits_of(lists([]), right([19])).any()


def test_a_query_without_a_right_partner_scores_zero():
    assert ndcg(np.zeros((1, DEPTH), dtype=bool), np.array([0])).tolist() == [0.0]


def test_ten_of_twelve_right_partners_are_a_perfect_list_but_not_all_of_them():
    found = measures(lists(list(range(10))), right(list(range(12))))

    assert found.ndcg.tolist() == [pytest.approx(1.0)]
    assert found.recall.tolist() == [pytest.approx(10 / 12)]


def test_a_hit_counts_a_query_once_however_many_right_partners_are_listed():
    assert measures(lists([0, 1], [5]), right([0, 1], [6])).hit.tolist() == [1.0, 0.0]


def test_the_reciprocal_rank_is_that_of_the_first_right_partner():
    hits = hits_of(lists([9, 0, 1], [9]), right([0, 1], [3]))

    assert reciprocal_rank(hits).tolist() == [0.5, 0.0]


def test_coverage_is_the_share_of_candidates_that_stand_in_any_list():
    assert measures(lists([0, 1], [1, 2]), right([0], [0], candidates=12)).coverage == 0.25


def test_exposure_counts_the_lists_of_each_candidate():
    assert exposure(lists([0, 1], [1]), 3).tolist() == [1, 2, 0]


def test_exposure_shared_by_all_has_no_inequality():
    assert gini([4, 4, 4, 4]) == pytest.approx(0.0)


def test_exposure_of_a_single_star_among_four_leaves_three_quarters_unequal():
    assert gini([8, 0, 0, 0]) == pytest.approx(0.75)


def test_where_nobody_is_shown_nobody_is_favoured():
    assert gini([0, 0]) == 0.0


def test_where_all_have_the_same_the_lorenz_curve_is_the_diagonal():
    assert lorenz([3, 3, 3, 3], points=4) == pytest.approx((0, 0.25, 0.5, 0.75, 1))


def test_the_lorenz_curve_gives_what_the_least_have_whatever_their_order():
    assert lorenz([4, 0, 1, 5], points=4) == pytest.approx((0, 0, 0.1, 0.5, 1))


def test_between_two_of_them_the_lorenz_curve_is_straight():
    assert lorenz([1, 3], points=4) == pytest.approx((0, 0.125, 0.25, 0.625, 1))
    assert len(lorenz([1, 3])) == 101


def test_twice_the_area_above_the_lorenz_curve_is_the_gini_coefficient():
    shares = [0, 1, 2, 7]

    curve = lorenz(shares, points=len(shares))

    area = sum((one + other) / 2 for one, other in itertools.pairwise(curve)) / len(shares)
    assert gini(shares) == pytest.approx(1 - 2 * area)


def test_where_nobody_has_anything_there_is_no_lorenz_curve():
    assert lorenz([0, 0]) == ()
    assert lorenz([]) == ()
