import numpy as np
import pytest
import scipy.sparse as sp

from matcher.encoding.texts import encode_texts
from matcher.features.table import FeatureTable, featurise, in_columns, in_next_round, stacked, widened
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

    assert table.texts.whole.any(axis=1).tolist() == [True, False]
    assert np.diff(table.terms.indptr).tolist()[1] == 0
    assert np.diff(table.terms.indptr).tolist()[0] > 0


def test_what_a_profile_is_called_counts_even_where_it_says_nothing():
    named = startup("s3", name="Laser Works")
    table = table_of(ONE, named)

    together = table.name_terms

    assert np.diff(table.terms.indptr)[1] == 0
    assert together[0].multiply(together[1]).sum() > 0


def test_tables_of_different_ages_are_stacked_as_if_made_together():
    attributes, grown = Vocabulary(), Vocabulary()

    apart = [table_of(*some, attributes=attributes) for some in ([ONE, BLANK], [], [FUND])]
    together = stacked(apart)

    whole = table_of(ONE, BLANK, FUND, attributes=grown)
    assert list(attributes.terms) == list(grown.terms)
    for mine, theirs in (
        (together.attributes, whole.attributes),
        (together.terms, whole.terms),
        (together.names, whole.names),
    ):
        assert mine.toarray().tolist() == theirs.toarray().tolist()
        assert isinstance(mine, sp.csr_matrix)
    assert together.amounts.tobytes() == whole.amounts.tobytes()
    assert together.texts.whole.tolist() == whole.texts.whole.tolist()


def test_in_other_columns_a_table_says_the_same():
    attributes, others = Vocabulary(), Vocabulary(["tag:first", "industry:~beta", "industry:~alpha"])
    table = table_of(ONE, BLANK, FUND, attributes=attributes)
    others.extend(attributes.terms)

    moved = in_columns(table, others.rows(attributes.terms, unknown=-1), len(others))

    assert (
        moved.attributes.toarray().tolist()
        == table_of(ONE, BLANK, FUND, attributes=others).attributes.toarray().tolist()
    )
    assert moved.attributes.has_sorted_indices
    assert said(table, 2, attributes) == said(moved, 2, others)
    assert moved.texts is table.texts


def test_chosen_rows_come_in_the_order_asked_for():
    table = table_of(ONE, BLANK, FUND)

    taken = table.take(np.array([2, 0]))

    assert len(taken) == 2
    assert (taken.attributes.toarray() == table.attributes.toarray()[[2, 0]]).all()
    assert (taken.texts.whole == table.texts.whole[[2, 0]]).all()
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


# in the next round


RAISING = startup(
    "s3", industries=("alpha",), stage="angel", raising_amount=1e6, raising_currency="CNY", region="深圳"
)
LATER = startup("s4", stage="a")
ROUND = ("stage:", "amount:", "currency:")


def next_round(marked: list[bool], following: str) -> tuple[FeatureTable, FeatureTable, Vocabulary]:
    """RAISING and LATER as they stand and in their next round, of which the stage `following` is expected."""
    attributes = Vocabulary()
    table = table_of(RAISING, LATER, attributes=attributes)
    columns = [row for row, term in enumerate(attributes.terms) if term.startswith(ROUND)]
    stage = attributes.row(following) if following else -1
    stages = np.full(2, stage, dtype=np.int32)
    moved = in_next_round(table, stages, np.array(marked), np.array(columns, dtype=np.int32))
    return table, moved, attributes


def said(table: FeatureTable, row: int, attributes: Vocabulary) -> set[str]:
    return {attributes.terms[column] for column in table.attributes[[row]].indices.tolist()}


def test_in_its_next_round_a_startup_asks_for_the_stage_that_follows_and_tells_no_amount():
    table, moved, attributes = next_round([True, False], "stage:a")

    before = said(table, 0, attributes)
    assert any(term.startswith("amount:") for term in before)
    assert said(moved, 0, attributes) == {t for t in before if not t.startswith(ROUND)} | {"stage:a"}
    assert np.isnan(moved.amounts[0]).all()


def test_where_no_stage_is_expected_the_round_tells_none():
    table, moved, attributes = next_round([True, False], "")

    before = said(table, 0, attributes)
    assert said(moved, 0, attributes) == {term for term in before if not term.startswith(ROUND)}


def test_a_stage_that_follows_itself_is_told_once():
    _, moved, attributes = next_round([False, True], "stage:a")

    assert said(moved, 1, attributes) == {"stage:a"}
    assert moved.attributes[[1]].data.tolist() == [1]


def test_who_is_not_marked_stays_as_it_was_and_the_table_is_only_read():
    table, moved, _ = next_round([True, False], "stage:a")
    again = table_of(RAISING, LATER)

    assert moved.attributes[[1]].toarray().tolist() == table.attributes[[1]].toarray().tolist()
    assert moved.amounts[1].tobytes() == table.amounts[1].tobytes()
    assert table.attributes.toarray().tolist() == again.attributes.toarray().tolist()


def test_columns_of_a_next_round_stand_in_order():
    _, moved, _ = next_round([True, True], "stage:a")

    assert moved.attributes.has_sorted_indices
    assert (moved.attributes.data == 1).all()


def test_with_nobody_marked_it_is_the_very_same_table():
    table, moved, _ = next_round([False, False], "stage:a")

    assert moved is table
