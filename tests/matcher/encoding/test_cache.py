from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pytest

from matcher.encoding.cache import content_hash, encode, warm
from matcher.encoding.encoder import DIMENSIONS
from matcher.store import Store
from tests.matcher.worlds import VectorMemory, WordEncoder


@dataclass
class Listening(WordEncoder):
    """Remembers which texts it was asked for."""

    heard: list[str] = field(default_factory=list)

    def encode(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        self.heard += texts
        return super().encode(texts)


@pytest.mark.parametrize("blank", ["", "  \n", "\u200b"])
def test_a_blank_text_is_a_row_of_zeros_and_never_reaches_the_encoder(blank: str):
    encoder = Listening()

    vectors = encode(["laser", blank], encoder, VectorMemory())

    assert encoder.heard == ["laser"]
    assert not vectors[1].any()
    assert np.linalg.norm(vectors[0]) == pytest.approx(1)


def test_rows_follow_the_texts_whatever_their_lengths():
    texts = ["a much longer text about lasers", "b", "middling text"]

    vectors = encode(texts, WordEncoder(), VectorMemory())

    assert (vectors == np.vstack([encode([text], WordEncoder(), VectorMemory()) for text in texts])).all()
    assert vectors.shape == (3, DIMENSIONS)
    assert vectors.dtype == np.float32


def test_a_text_is_encoded_once_however_often_it_is_asked_for():
    encoder, memory = Listening(), VectorMemory()

    first = encode(["laser", "laser", "dentist"], encoder, memory)
    again = encode(["dentist", "laser", "laser"], encoder, memory)

    assert sorted(encoder.heard) == ["dentist", "laser"]
    assert (again == first[[2, 0, 1]]).all()


def test_a_fresh_vector_equals_the_cached_one_to_the_last_bit(new_store):
    store, text = new_store(), "three words here"

    assert encode([text], WordEncoder(), store).tolist() == encode([text], WordEncoder(), store).tolist()


def test_traditional_and_simplified_share_one_vector():
    encoder = Listening()

    vectors = encode(["醫療機器人", "医疗机器人"], encoder, VectorMemory())

    assert len(encoder.heard) == 1
    assert (vectors[0] == vectors[1]).all()


def test_vectors_of_another_encoder_are_not_used():
    @dataclass
    class Other(Listening):
        def name(self) -> str:
            return "other"

    memory, other = VectorMemory(), Other()
    encode(["laser"], WordEncoder(), memory)

    encode(["laser"], other, memory)

    assert other.heard == ["laser"]


def test_progress_counts_what_was_encoded_and_not_what_was_known():
    memory, counted = VectorMemory(), []
    encode(["laser"], WordEncoder(), memory)

    encode([f"text {n}" for n in range(600)] + ["laser", ""], WordEncoder(), memory, counted.append)

    assert sum(counted) == 600
    assert len(counted) > 1


def test_no_texts_give_no_rows():
    assert encode([], WordEncoder(), VectorMemory()).shape == (0, DIMENSIONS)


def test_a_vector_that_is_no_number_counts_as_missing():
    memory = VectorMemory({("words", content_hash("laser")): np.full(DIMENSIONS, np.nan, np.float16)})

    assert not encode(["laser"], WordEncoder(), memory).any()


def test_the_real_encoder_fills_a_real_store(real_encoder, new_store):
    store: Store = new_store()
    texts = ["an autonomous forklift", "无人叉车"]

    vectors = encode(texts, real_encoder, store)

    held = store.vectors(real_encoder.name(), [content_hash(text) for text in texts])
    assert len(held) == 2
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1)


def test_hashes_have_sixteen_bytes_and_tell_texts_apart():
    assert len(content_hash("a")) == 16
    assert content_hash("a") == content_hash("a") != content_hash("b")


def test_warming_leaves_nothing_to_encode():
    cache, encoder = VectorMemory(), WordEncoder()
    warm((f"text {n}" for n in range(3000)), encoder, cache)
    fresh: list[int] = []

    encode([f"text {n}" for n in range(3000)], encoder, cache, fresh.append)

    assert fresh == []
    assert len(cache.vectors(encoder.name(), [content_hash("text 2999")])) == 1
