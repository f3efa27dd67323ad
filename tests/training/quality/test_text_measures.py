import numpy as np
import pytest

from training.quality.text_measures import better_first, graded_ndcg, own_rank, rank_correlation, same_lists

EMPTY = np.empty(0)


def scores(*rows: list[float]) -> np.ndarray:
    return np.array(rows, dtype=np.float32)


def test_a_list_in_the_order_of_the_gains_is_worth_one_and_any_other_less():
    gains = np.array([[3, 2, 1, 0]])

    assert graded_ndcg(scores([9, 8, 7, 6]), gains)[0] == pytest.approx(1)
    assert 0 < graded_ndcg(scores([6, 7, 8, 9]), gains)[0] < 1


def test_what_may_not_be_listed_takes_no_place():
    gains = np.array([[-1, 1, 0]])

    assert graded_ndcg(scores([9, 8, 7]), gains)[0] == pytest.approx(1)


def test_a_query_without_anything_to_find_is_left_out():
    assert graded_ndcg(scores([1, 2], [2, 1]), np.array([[0, 0], [1, 0]]))[0] == pytest.approx(1)
    assert graded_ndcg(scores([1, 2]), np.array([[0, 0]])) == (0.0, 0.0)


def test_the_own_document_counts_by_its_place_and_last_among_equals():
    own = np.array([0, 0, 0, 0])

    found, error = own_rank(scores([9, 1], [1, 9], [5, 5], [np.nan, 5]), own)

    assert found == pytest.approx((1 + 1 / 2 + 1 / 2 + 1 / 2) / 4)
    assert error > 0


def test_the_correlation_is_of_ranks_and_of_pairs_that_belong_together():
    diagonal = np.diag([1.0, 10.0, 11.0]).astype(np.float32)

    assert rank_correlation(diagonal, np.array([0, 4, 5]))[0] == pytest.approx(1)
    assert rank_correlation(diagonal, np.array([5, 4, 0]))[0] == pytest.approx(-1)
    assert rank_correlation(diagonal[:0], EMPTY) == (0.0, 0.0)


def test_a_pair_in_order_counts_one_an_equal_or_unknown_one_half_the_reverse_nothing():
    known = scores([3, 2, 2, np.nan, np.nan])

    assert better_first(known, np.array([[0, 0, 1]]))[0] == 1
    assert better_first(known, np.array([[0, 1, 0]]))[0] == 0
    assert better_first(known, np.array([[0, 1, 2], [0, 3, 4]]))[0] == 0.5


def test_equal_lists_have_all_in_common_whatever_their_order():
    one, reverse = list(range(20)), [*range(10), *range(19, 9, -1)]

    assert same_lists(scores(one, reverse), EMPTY)[0] == 1
    assert same_lists(scores(one, one[::-1]), EMPTY)[0] == 0
