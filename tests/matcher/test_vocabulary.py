import pytest

from matcher.vocabulary import Vocabulary


def test_rows_count_distinct_terms_in_the_order_of_their_first_appearance():
    vocabulary = Vocabulary(["b", "a", "b", "c"])

    assert list(vocabulary.terms) == ["b", "a", "c"]
    assert [vocabulary.row(term) for term in ("b", "a", "c")] == [0, 1, 2]
    assert len(vocabulary) == 3


def test_extending_never_moves_a_term():
    vocabulary = Vocabulary(["a", "b"])

    vocabulary.extend(["c", "a"])

    assert [vocabulary.row(term) for term in "abc"] == [0, 1, 2]


def test_an_unknown_term_has_the_row_that_the_caller_chose():
    assert Vocabulary(["a"]).rows(["x", "a", "y"], unknown=-7).tolist() == [-7, 0, -7]


def test_asking_for_the_row_of_an_unknown_term_fails():
    with pytest.raises(KeyError, match="x"):
        Vocabulary(["a"]).row("x")


def test_known_rows_leave_unknown_terms_out_and_keep_order_and_repeats():
    assert Vocabulary(["a", "b"]).known(["b", "x", "a", "b"]).tolist() == [1, 0, 1]


def test_a_term_is_in_the_vocabulary_once_added():
    vocabulary = Vocabulary()
    assert "a" not in vocabulary

    vocabulary.extend(["a"])

    assert "a" in vocabulary


def test_an_empty_vocabulary_gives_empty_rows_that_can_index():
    rows = Vocabulary().known(["a"])

    assert rows.shape == (0,)
    assert ["kept"][: len(rows)] == []
    assert rows.dtype.kind == "i"
