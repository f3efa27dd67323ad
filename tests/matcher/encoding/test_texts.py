import numpy as np
import pytest

from matcher.encoding.cache import warm
from matcher.encoding.texts import encode_texts, stacked_texts, text_vectors
from tests.matcher.worlds import VectorMemory, WordEncoder

LONG = "A laser cuts steel. " * 30 + "A dentist fills teeth. " * 30


def test_a_short_text_is_its_own_part_and_a_blank_one_has_none():
    texts = encode_texts(["laser", "", LONG], WordEncoder(), VectorMemory())

    assert texts.parts.counts.tolist()[:2] == [1, 0]
    assert texts.parts.counts[2] > 2
    assert texts.whole.any(axis=1).tolist() == [True, False, True]


def test_codes_point_where_the_vectors_do():
    vectors = np.random.default_rng(0).standard_normal((5, 512)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)

    parts = text_vectors(vectors, [0, 2, 0]).parts

    wanted = vectors[[0, 3, 4, 2]]
    cosines = (parts.codes.astype(np.float32) * wanted).sum(axis=1) / parts.lengths
    assert parts.ends.tolist() == [0, 1, 3, 4]
    assert cosines == pytest.approx(1, abs=1e-3)
    assert parts.lengths == pytest.approx(np.linalg.norm(parts.codes.astype(float), axis=1))


def test_codes_are_the_nearest_whole_numbers():
    vectors = np.array([[1.0, 0.499, -1.0]], dtype=np.float32)

    assert text_vectors(vectors, [0]).parts.codes.tolist() == [[127, 63, -127]]
    assert text_vectors(vectors * 0.5, [0]).parts.codes.tolist() == [[127, 63, -127]]
    assert text_vectors(np.array([[1.0, 0.509]], dtype=np.float32), [0]).parts.codes.tolist() == [[127, 65]]


def test_chosen_texts_come_with_their_parts_in_the_order_asked_for():
    texts = encode_texts(["laser", "", LONG, "dentist"], WordEncoder(), VectorMemory())

    taken = texts.take(np.array([3, 2, 1, 2]))

    again = encode_texts(["dentist", LONG, "", LONG], WordEncoder(), VectorMemory())
    assert len(taken) == len(taken.parts) == 4
    assert (taken.whole == again.whole).all()
    assert (taken.parts.codes == again.parts.codes).all()
    assert (taken.parts.lengths == again.parts.lengths).all()
    assert taken.parts.ends.tolist() == again.parts.ends.tolist()


def test_a_part_that_is_no_vector_is_left_out():
    vectors = np.array([[1, 0], [0, 1], [0, 0]], dtype=np.float32)

    assert text_vectors(vectors, [2]).parts.counts.tolist() == [1]


def test_texts_of_several_stand_one_after_the_other():
    apart = [encode_texts(texts, WordEncoder(), VectorMemory()) for texts in ([LONG, ""], [], ["dentist"])]

    together = stacked_texts(apart)

    again = encode_texts([LONG, "", "dentist"], WordEncoder(), VectorMemory())
    assert (together.whole == again.whole).all()
    assert (together.parts.codes == again.parts.codes).all()
    assert (together.parts.lengths == again.parts.lengths).all()
    assert together.parts.ends.tolist() == again.parts.ends.tolist()


def test_no_texts_have_no_parts():
    texts = encode_texts([], WordEncoder(), VectorMemory())

    assert len(texts) == len(texts.parts) == 0
    assert len(texts.take(np.zeros(0, dtype=np.intp))) == 0


def test_warming_encodes_the_parts_as_well():
    cache, fresh = VectorMemory(), list[int]()
    warm([LONG, "laser"], WordEncoder(), cache)

    encode_texts([LONG, "laser"], WordEncoder(), cache, fresh.append)

    assert fresh == []
