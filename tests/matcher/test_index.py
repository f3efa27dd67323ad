import numpy as np
import pytest

from matcher.index import ExactIndex

EVERYBODY = np.ones(200, dtype=bool)


@pytest.fixture(scope="module")
def vectors() -> np.ndarray:
    return np.random.default_rng(0).standard_normal((200, 16)).astype(np.float32)


@pytest.fixture(scope="module")
def index(vectors: np.ndarray) -> ExactIndex:
    return ExactIndex(vectors)


def test_a_search_finds_what_sorting_all_inner_products_finds(vectors: np.ndarray, index: ExactIndex):
    for query in np.random.default_rng(1).standard_normal((20, 16)).astype(np.float32):
        expected = np.argsort(-(vectors @ query))[:10]
        assert index.search(query, 10, EVERYBODY).tolist() == expected.tolist()


@pytest.mark.parametrize("share", [0.02, 0.5, 0.98])
def test_the_mask_is_applied_before_the_search(vectors: np.ndarray, index: ExactIndex, share: float):
    allowed = np.random.default_rng(2).random(200) < share
    query = vectors[0]

    found = index.search(query, 10, allowed)

    products = np.where(allowed, vectors @ query, -np.inf)
    assert found.tolist() == np.argsort(-products)[: min(10, allowed.sum())].tolist()


def test_fewer_than_k_come_back_where_fewer_are_allowed(index: ExactIndex, vectors: np.ndarray):
    allowed = np.zeros(200, dtype=bool)
    allowed[[7, 150]] = True

    assert sorted(index.search(vectors[0], 10, allowed).tolist()) == [7, 150]


def test_nobody_comes_back_where_nobody_is_allowed(index: ExactIndex, vectors: np.ndarray):
    assert index.search(vectors[0], 10, ~EVERYBODY).shape == (0,)


def test_k_beyond_the_index_gives_every_row_once(index: ExactIndex, vectors: np.ndarray):
    assert sorted(index.search(vectors[0], 1000, EVERYBODY).tolist()) == list(range(200))


def test_equal_vectors_are_all_found():
    index = ExactIndex(np.ones((5, 3), dtype=np.float32))

    assert sorted(index.search(np.ones(3, dtype=np.float32), 5, np.ones(5, dtype=bool)).tolist()) == [
        *range(5)
    ]


def test_rows_of_negative_products_are_found_too():
    index = ExactIndex(-np.ones((3, 2), dtype=np.float32))

    assert len(index.search(np.ones(2, dtype=np.float32), 3, np.ones(3, dtype=bool))) == 3


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf])
def test_a_vector_that_is_no_number_is_refused(value: float):
    with pytest.raises(ValueError, match="NaN or infinity"):
        ExactIndex(np.array([[0.0, value]], dtype=np.float32))


@pytest.mark.parametrize("value", [np.nan, np.inf])
def test_a_query_that_is_no_number_is_refused(index: ExactIndex, value: float):
    with pytest.raises(ValueError, match="NaN or infinity"):
        index.search(np.full(16, value, dtype=np.float32), 3, EVERYBODY)


def test_a_mask_of_another_length_is_refused(index: ExactIndex, vectors: np.ndarray):
    with pytest.raises(ValueError, match="mask of 199 rows for an index of 200"):
        index.search(vectors[0], 3, EVERYBODY[1:])


def test_the_index_counts_its_rows(index: ExactIndex):
    assert len(index) == 200


def test_the_caller_may_change_its_array_afterwards(vectors: np.ndarray):
    given = vectors.copy()
    index = ExactIndex(given)
    before = index.search(vectors[0], 5, EVERYBODY).tolist()

    given[:] = 0

    assert index.search(vectors[0], 5, EVERYBODY).tolist() == before
