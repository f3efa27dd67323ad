import numpy as np
import pytest

from matcher.store import Store
from matcher.store.bulk import CHUNK


def test_vectors_come_back_as_float16_and_unknown_hashes_are_left_out(store: Store) -> None:
    store.put_vectors("e", {b"one": np.array([0.5, -2.0], np.float32), b"\0two": np.array([1.0, 0.1])})
    found = store.vectors("e", [b"\0two", b"one", b"three", b"one"])
    assert set(found) == {b"one", b"\0two"}
    assert found[b"one"].dtype == np.float16
    np.testing.assert_array_equal(found[b"one"], [0.5, -2.0])
    np.testing.assert_array_equal(found[b"\0two"], np.array([1.0, 0.1], np.float16))


def test_vectors_are_read_only(store: Store) -> None:
    store.put_vectors("e", {b"one": np.ones(2)})
    with pytest.raises(ValueError, match="read-only"):
        store.vectors("e", [b"one"])[b"one"][0] = 2


def test_a_vector_that_is_there_stays(store: Store) -> None:
    store.put_vectors("e", {b"one": np.zeros(2)})
    store.put_vectors("e", {b"one": np.ones(2), b"two": np.ones(2)})
    found = store.vectors("e", [b"one", b"two"])
    assert [found[key].tolist() for key in (b"one", b"two")] == [[0, 0], [1, 1]]


def test_each_encoder_has_its_own(store: Store) -> None:
    store.put_vectors("e", {b"one": np.zeros(2)})
    assert store.vectors("f", [b"one"]) == {}


def test_nothing_is_asked_and_nothing_put(store: Store) -> None:
    store.put_vectors("e", {})
    assert store.vectors("e", []) == {}


def test_more_vectors_than_a_chunk(store: Store) -> None:
    many = {number.to_bytes(4): np.array([number % 7]) for number in range(CHUNK + 1)}
    store.put_vectors("e", many)
    found = store.vectors("e", list(many))
    assert {key: vector.tolist() for key, vector in found.items()} == {k: v.tolist() for k, v in many.items()}
