import numpy as np
import pytest

from matcher.signals.text import lexical, semantic
from matcher.text.terms import inverse_document_frequency, term_counts, tf_idf
from tests.matcher.worlds import WordEncoder


def test_equal_texts_are_as_near_as_can_be_and_unrelated_ones_apart():
    laser, dentist = WordEncoder().encode(["laser optics", "dentist"])

    scores = semantic(laser[None, :], np.vstack([laser, dentist]))

    assert scores[0] == pytest.approx([1, 0])


def test_opposite_vectors_score_minus_one():
    vector = WordEncoder().encode(["laser"])

    assert semantic(vector, -vector).item() == pytest.approx(-1)


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
