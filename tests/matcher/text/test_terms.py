import numpy as np
import pytest

from matcher.text.terms import (
    BUCKETS,
    inverse_document_frequency,
    name_counts,
    name_terms,
    term_counts,
    terms,
    tf_idf,
)


@pytest.mark.parametrize("text", ["", "   ", "！？。"])
def test_a_text_without_words_has_no_terms(text: str):
    assert terms(text) == []
    assert term_counts([text]).nnz == 0


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("batteries", "battery"),
        ("Printed", "print"),
        ("sensors", "SENSOR"),
        ("boxes", "box"),
        ("testing", "test"),
    ],
)
def test_endings_and_case_do_not_part_english_words(one: str, other: str):
    assert terms(one) == terms(other)


@pytest.mark.parametrize("word", ["glass", "ring", "bus", "ai"])
def test_short_words_and_words_in_ss_keep_their_ending(word: str):
    assert terms(word) == [word]


def test_words_that_say_nothing_are_left_out():
    assert terms("we are using the lasers of the company") == ["laser", "company"]


def test_traditional_and_simplified_give_the_same_terms():
    assert terms("醫療機器人") == terms("医疗机器人") != []


def test_long_chinese_words_meet_shorter_ones_by_their_character_pairs():
    assert "心电" in terms("心电监测仪")
    assert set(terms("心电监测")) & set(terms("心电监测仪"))


def test_names_that_share_a_piece_meet():
    assert set(name_terms("快医通")) & set(name_terms("医健科技")) == {"~医"}
    assert set(name_terms("BrightHealth")) & set(name_terms("Healthgate Inc.")) == {"~heal", "~ealt", "~alth"}


def test_a_name_is_read_without_its_legal_form_and_its_pieces_are_no_words_of_texts():
    pieces = {term for term in name_terms("量隐科技有限公司") if term.startswith("~")}

    assert pieces == {"~量", "~隐", "~科", "~技", "~量隐", "~隐科", "~科技"}


def test_a_blank_name_has_no_pieces():
    assert name_terms(" ") == []
    assert name_counts(["", "量隐"]).sum(axis=1).ravel().tolist()[0][0] == 0


def test_counts_are_dampened_and_rows_follow_the_texts():
    counts = term_counts(["laser", "", "laser laser laser"])

    assert counts.shape == (3, BUCKETS)
    assert counts.dtype == np.float32
    assert np.diff(counts.indptr).tolist() == [1, 0, 1]
    assert counts.data == pytest.approx([1, 3**0.85])


def test_a_word_that_every_text_has_weighs_least():
    counts = term_counts(["laser dentist", "laser", "laser"])
    idf = inverse_document_frequency(counts)
    everywhere, once = term_counts(["laser"]).indices[0], term_counts(["dentist"]).indices[0]

    assert idf[everywhere] == pytest.approx(1)
    assert idf[once] == pytest.approx(np.log(4 / 2) + 1)
    assert idf.shape == (BUCKETS,)


def test_without_any_text_every_word_weighs_the_same():
    assert np.unique(inverse_document_frequency(term_counts([]))).tolist() == [1]


def test_rows_have_length_one_and_empty_ones_stay_empty():
    counts = term_counts(["laser dentist laser", "", "dentist"])

    rows = tf_idf(counts, inverse_document_frequency(counts))

    assert np.sqrt(rows.multiply(rows).sum(axis=1)).ravel().tolist()[0] == pytest.approx([1, 0, 1])


def test_weighing_leaves_the_counts_as_they_were():
    counts = term_counts(["laser dentist"])
    before = counts.data.copy()

    tf_idf(counts, np.full(BUCKETS, 3, dtype=np.float32))

    assert counts.data.tolist() == before.tolist()
