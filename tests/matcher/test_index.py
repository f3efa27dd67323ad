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


# many at once


def masked(length: int, own: np.ndarray, share: float = 1.0) -> np.ndarray:
    allowed = np.random.default_rng(3).random(length) < share
    allowed[own] = False
    return allowed


@pytest.mark.parametrize("share", [0.05, 0.6, 1.0])
@pytest.mark.parametrize("k", [1, 10, 150, 1000])
def test_many_queries_find_what_each_finds_alone(index: ExactIndex, share: float, k: int):
    rng = np.random.default_rng(4)
    queries = rng.standard_normal((50, 16)).astype(np.float32)
    without = [rng.permutation(200)[: n % 7] for n in range(50)]

    found = index.search_many(queries, k, masked(200, [], share), without)

    for query, own, rows in zip(queries, without, found, strict=True):
        assert sorted(rows.tolist()) == sorted(index.search(query, k, masked(200, own, share)).tolist())


@pytest.mark.parametrize("apart", [1e-4, 1e-5, 1e-6, 3e-7])
def test_what_rounding_might_decide_is_decided_as_for_one(apart: float):
    """Vectors so alike that a batch's products and a single query's put them in different orders."""
    rng = np.random.default_rng(5)
    alike = rng.standard_normal(256) + apart * rng.standard_normal((600, 256))
    index, everybody = ExactIndex(alike.astype(np.float32)), np.ones(600, dtype=bool)
    queries = (alike[:40] + rng.standard_normal((40, 256))).astype(np.float32)

    found = index.search_many(queries, 100, everybody, [np.zeros(0, np.intp)] * 40)

    for query, rows in zip(queries, found, strict=True):
        assert sorted(rows.tolist()) == sorted(index.search(query, 100, everybody).tolist())


def test_equal_vectors_are_chosen_as_for_one():
    rng = np.random.default_rng(6)
    vectors = np.repeat(rng.standard_normal((30, 16)), 20, axis=0).astype(np.float32)
    index, allowed = ExactIndex(vectors), masked(600, [], 0.9)
    queries = rng.standard_normal((30, 16)).astype(np.float32)

    found = index.search_many(queries, 50, allowed, [np.array([n]) for n in range(30)])

    for n, rows in enumerate(found):
        alone = index.search(queries[n], 50, masked(600, [n], 0.9))
        assert sorted(rows.tolist()) == sorted(alone.tolist())


def test_no_query_of_a_batch_may_be_no_number(index: ExactIndex):
    queries = np.ones((30, 16), dtype=np.float32)
    queries[29, 3] = np.nan

    with pytest.raises(ValueError, match="NaN or infinity"):
        index.search_many(queries, 5, EVERYBODY, [np.zeros(0, np.intp)] * 30)


def test_no_queries_find_nothing(index: ExactIndex):
    assert index.search_many(np.zeros((0, 16), np.float32), 5, EVERYBODY, []) == []
