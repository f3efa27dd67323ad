import numpy as np
import pytest
import scipy.sparse as sp

from matcher.signals.products import products

LEFT = sp.csr_matrix([[1, 2, 0], [0, 0, 0]], dtype=np.float32)
RIGHT = sp.csr_matrix([[3, 1, 5], [0, 4, 0], [0, 0, 6]], dtype=np.float32)
EVERY = [[5, 8, 0], [0, 0, 0]]


def test_every_row_meets_every_other():
    assert products(LEFT, RIGHT).tolist() == EVERY


@pytest.mark.parametrize("row", [0, 1])
def test_a_single_row_gets_its_row_of_the_whole(row: int):
    assert products(LEFT[[row]], RIGHT).tolist() == [EVERY[row]]


@pytest.mark.parametrize("column", [0, 1, 2])
def test_a_single_other_gets_its_column_of_the_whole(column: int):
    assert products(LEFT, RIGHT[[column]]).tolist() == [[line[column]] for line in EVERY]


def test_a_product_is_the_same_to_the_last_bit_however_many_rows_are_asked():
    rng = np.random.default_rng(0)
    left, right = (
        sp.random_array((50, 400), density=0.3, rng=rng, dtype=np.float32).tocsr() for _ in range(2)
    )
    whole = products(left, right)

    assert all((products(left[[row]], right)[0] == whole[row]).all() for row in range(50))
    assert all((products(left, right[[row]])[:, 0] == whole[:, row]).all() for row in range(50))


def test_a_dense_right_side_gives_the_same_products():
    assert products(LEFT, RIGHT.toarray()).tolist() == EVERY
    assert products(LEFT, RIGHT.toarray()).dtype == np.float32


def test_a_dense_product_is_the_same_to_the_last_bit_in_any_batch():
    rng = np.random.default_rng(0)
    left = sp.random_array((40, 300), density=0.3, rng=rng, dtype=np.float32).tocsr()
    right = rng.standard_normal((30, 300)).astype(np.float32)
    whole = products(left, right)

    assert whole == pytest.approx(left.toarray() @ right.T, abs=1e-4)
    for rows, columns in (([7], [11]), ([39, 0, 3], [2]), ([5], range(30)), (range(40), [4, 1])):
        some = products(left[list(rows)], right[list(columns)])
        assert some.tobytes() == np.ascontiguousarray(whole[np.ix_(rows, columns)]).tobytes()


def test_rows_of_different_lengths_each_get_all_of_their_entries():
    left = sp.csr_matrix([[0, 0, 0], [1, 2, 4], [0, 8, 0]], dtype=np.float32)

    assert products(left, np.ones((1, 3), np.float32)).tolist() == [[0], [7], [8]]


def test_nobody_gives_an_empty_answer_from_a_dense_side_either():
    assert products(LEFT, np.zeros((0, 3), np.float32)).shape == (2, 0)
    assert products(LEFT[:0], np.zeros((5, 3), np.float32)).shape == (0, 5)
    assert products(LEFT[:, :0], np.zeros((5, 0), np.float32)).tolist() == [[0] * 5] * 2


def test_nobody_gives_an_empty_answer():
    assert products(LEFT, RIGHT[[]]).shape == (2, 0)
    assert products(LEFT[[0]], RIGHT[[]]).shape == (1, 0)
