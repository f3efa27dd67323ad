import numpy as np
import pytest

from matcher.encoding.texts import TextVectors, encode_texts, text_vectors
from matcher.signals.text import closest_parts, lexical, semantic, whole
from matcher.text.terms import inverse_document_frequency, term_counts, tf_idf
from tests.matcher.worlds import VectorMemory, WordEncoder

LASER = "A laser cuts steel. " * 30
LONG = LASER + "A dentist fills teeth. " * 30 + "A farm grows rice. " * 30


def encoded(*texts: str) -> TextVectors:
    return encode_texts(texts, WordEncoder(), VectorMemory())


def test_equal_texts_are_as_near_as_can_be_and_unrelated_ones_apart():
    scores = semantic(encoded("laser optics"), encoded("laser optics", "dentist"))

    assert scores[0] == pytest.approx([1, 0], abs=0.01)


def test_opposite_vectors_score_minus_one():
    vector = WordEncoder().encode(["laser"])

    assert semantic(text_vectors(vector, [0]), text_vectors(-vector, [0])).item() == pytest.approx(-1)


def test_a_blank_text_is_unknown():
    scores = semantic(encoded("laser", ""), encoded("laser", "", LONG))

    assert np.isnan(scores).tolist() == [[False, True, False], [True, True, True]]


def test_what_a_long_text_says_besides_takes_nothing_from_the_part_that_fits():
    startup, partner = encoded(LASER), encoded(LONG)

    assert closest_parts(startup.parts, partner.parts).item() == pytest.approx(1, abs=0.01)
    assert whole(startup.whole, partner.whole).item() < 0.8


def test_every_part_of_the_startup_looks_for_its_like():
    two_topics, one_topic = encoded(LASER + "A farm grows rice. " * 30), encoded(LASER)

    both = closest_parts(two_topics.parts, encoded(LONG).parts).item()
    half = closest_parts(two_topics.parts, one_topic.parts).item()

    assert both > 0.9 > half


def test_parts_score_the_same_to_the_last_bit_alone_and_among_many():
    rng = np.random.default_rng(0)
    many = text_vectors(rng.standard_normal((680, 512)).astype(np.float32), [0, 20] * 20 + [0, 10] * 20)

    together = closest_parts(many.parts, many.parts)

    for row in (0, 1, 39, 79):
        one = many.take(np.array([row])).parts
        assert (closest_parts(one, many.parts)[0] == together[row]).all()
        assert (closest_parts(many.parts, one)[:, 0] == together[:, row]).all()


def test_texts_that_share_a_rare_word_are_nearer_than_those_that_share_a_common_one():
    counts = term_counts(
        ["laser software", "laser hospital", "software hotel", "software farm", "software law"]
    )
    rows = tf_idf(counts, inverse_document_frequency(counts))

    rare, common = lexical(rows[[0]], rows[[1, 2]])[0]

    assert 1 > rare > common > 0


def test_texts_without_a_common_word_score_zero_and_not_unknown():
    counts = term_counts(["laser", "dentist"])
    rows = tf_idf(counts, inverse_document_frequency(counts))

    assert lexical(rows[[0]], rows[[1]]).item() == 0


def test_a_text_scores_one_against_itself():
    rows = tf_idf(
        *(lambda counts: (counts, inverse_document_frequency(counts)))(term_counts(["laser optics", "x1"]))
    )

    assert lexical(rows, rows).diagonal() == pytest.approx([1, 1])
