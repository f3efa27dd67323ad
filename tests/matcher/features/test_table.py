import numpy as np
import pytest

from matcher.encoding.texts import encode_texts
from matcher.features.table import FeatureTable, featurise, widened
from matcher.profiles import Profile
from matcher.text.terms import BUCKETS
from matcher.vocabulary import Vocabulary
from tests.matcher.worlds import VectorMemory, WordEncoder, investor, startup

ONE = startup(
    "s1", industries=("alpha",), description="laser laser", raising_amount=1e6, raising_currency="CNY"
)
BLANK = startup("s2")
FUND = investor("i1", industries=("alpha", "beta"), ticket_min=1e5, currency="CNY")


def table_of(*profiles: Profile, attributes: Vocabulary | None = None) -> FeatureTable:
    texts = encode_texts([profile.text for profile in profiles], WordEncoder(), VectorMemory())
    return featurise(profiles, texts, Vocabulary() if attributes is None else attributes)


def test_a_profile_has_one_in_the_column_of_each_attribute():
    attributes = Vocabulary()

    table = table_of(ONE, FUND, attributes=attributes)

    alpha, beta = (attributes.row(f"industry:~{name}") for name in ("alpha", "beta"))
    dense = table.attributes.toarray()
    assert dense[:, [alpha, beta]].tolist() == [[1, 0], [1, 1]]
    assert dense.dtype == np.float32
    assert set(np.unique(dense)) == {0, 1}


def test_the_vocabulary_grows_by_what_it_has_not_seen_and_keeps_its_columns():
    attributes = Vocabulary(["industry:~beta"])

    table = table_of(FUND, attributes=attributes)

    assert attributes.row("industry:~beta") == 0
    assert table.attributes.shape == (1, len(attributes))


def test_amounts_are_decades_of_yuan_and_nan_where_unknown():
    amounts = table_of(ONE, FUND, BLANK).amounts

    assert amounts[0] == pytest.approx([6, 6])
    assert amounts[1, 0] == pytest.approx(5)
    assert np.isnan(amounts[1, 1])
    assert np.isnan(amounts[2]).all()


def test_a_profile_without_text_has_neither_words_nor_a_vector():
    table = table_of(ONE, BLANK)

    assert table.has_text.tolist() == [True, False]
    assert np.diff(table.terms.indptr).tolist()[1] == 0
    assert np.diff(table.terms.indptr).tolist()[0] > 0


def test_what_a_profile_is_called_counts_even_where_it_says_nothing():
    named = startup("s3", name="Laser Works")
    table = table_of(ONE, named)

    together = table.name_terms

    assert np.diff(table.terms.indptr)[1] == 0
    assert together[0].multiply(together[1]).sum() > 0


def test_chosen_rows_come_in_the_order_asked_for():
    table = table_of(ONE, BLANK, FUND)

    taken = table.take(np.array([2, 0]))

    assert len(taken) == 2
    assert (taken.attributes.toarray() == table.attributes.toarray()[[2, 0]]).all()
    assert (taken.vectors == table.vectors[[2, 0]]).all()
    assert taken.texts.parts.counts.tolist() == table.texts.parts.counts[[2, 0]].tolist()
    assert (taken.terms != table.terms[[2, 0]]).nnz == 0
    assert (taken.names != table.names[[2, 0]]).nnz == 0
    assert np.array_equal(taken.amounts, table.amounts[[2, 0]], equal_nan=True)


def test_nobody_makes_an_empty_table():
    table = table_of()

    assert len(table) == 0
    assert table.attributes.shape == (0, 0)
    assert table.terms.shape == (0, BUCKETS)
    assert table.amounts.shape == (0, 2)


def test_a_profile_reads_the_same_alone_and_among_many():
    attributes = Vocabulary()
    many = table_of(ONE, BLANK, FUND, attributes=attributes)

    alone = table_of(FUND, attributes=attributes)

    assert (alone.attributes.toarray() == many.attributes[[2]].toarray()).all()


def test_widening_adds_empty_columns_at_the_right():
    table = table_of(ONE)

    wide = widened(table.attributes, 100)

    assert wide.shape == (1, 100)
    assert (wide.toarray()[:, : table.attributes.shape[1]] == table.attributes.toarray()).all()
    assert wide.sum() == table.attributes.sum()
