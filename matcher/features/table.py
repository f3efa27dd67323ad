"""The featuriser: profiles → a table of aligned arrays, shared by training and serving."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

from matcher.encoding.texts import TextVectors, stacked_texts
from matcher.features.attributes import attributes_of
from matcher.money import log_cny
from matcher.profiles import Profile, Role
from matcher.text.terms import name_counts, term_counts
from matcher.vocabulary import Rows, Vocabulary

Float32 = npt.NDArray[np.float32]
Float64 = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class FeatureTable:
    """What n profiles of one side say, row by row. Arrays are read-only by convention.

    `attributes`: 0/1 float32 CSR [n, number of attributes], columns in order. `texts`: encoded, as a
    whole and in parts. `terms`: dampened term counts, float32 CSR [n,
    BUCKETS]. `amounts`: log10 CNY of the least and the most that is asked for or given, float64 [n, 2], NaN
    where unknown. `names`: dampened counts of what the names are made of, float32 CSR [n, BUCKETS].
    """

    attributes: sp.csr_matrix
    texts: TextVectors
    terms: sp.csr_matrix
    amounts: Float64
    names: sp.csr_matrix

    def __len__(self) -> int:
        return len(self.texts)

    @property
    def name_terms(self) -> sp.csr_matrix:
        """What names and texts say together, float32 CSR [n, BUCKETS]; without a text, the name alone."""
        return self.terms + self.names

    def take(self, rows: Rows) -> "FeatureTable":
        """The chosen rows, in the order given."""
        return FeatureTable(
            attributes=self.attributes[rows],
            texts=self.texts.take(rows),
            terms=self.terms[rows],
            amounts=self.amounts[rows],
            names=self.names[rows],
        )


def featurise(profiles: Sequence[Profile], texts: TextVectors, attributes: Vocabulary) -> FeatureTable:
    """The table of `profiles`, whose encoded texts are `texts` (same order).

    `attributes` grows by the terms that it has not seen: rows of the vocabulary are columns of the table.
    """
    return FeatureTable(
        attributes=_attribute_matrix(profiles, attributes),
        texts=texts,
        terms=term_counts([_lexical_text(profile) for profile in profiles]),
        amounts=np.array([_amounts(profile) for profile in profiles], dtype=np.float64).reshape(-1, 2),
        names=name_counts([profile.name for profile in profiles]),
    )


def in_context(table: FeatureTable, profiles: Sequence[Profile], attributes: Vocabulary) -> FeatureTable:
    """The same rows as if they had been the `profiles` given: other stages and asks, the same texts."""
    return FeatureTable(
        attributes=_attribute_matrix(profiles, attributes),
        texts=table.texts,
        terms=table.terms,
        amounts=np.array([_amounts(profile) for profile in profiles], dtype=np.float64).reshape(-1, 2),
        names=table.names,
    )


def in_next_round(
    table: FeatureTable,
    stages: npt.NDArray[np.int32],
    rows: npt.NDArray[np.bool_],
    columns: npt.NDArray[np.int32],
) -> FeatureTable:
    """The same table in which the marked rows tell no amount and, of the attributes in `columns`, only the
    one named in `stages` [n] (−1: none)."""
    if not rows.any():
        return table
    attributes = table.attributes.copy()
    marked = np.repeat(rows, np.diff(attributes.indptr))
    attributes.data[marked & np.isin(attributes.indices, columns)] = 0
    named = np.flatnonzero(rows & (stages >= 0))
    attributes = sp.csr_matrix(
        attributes
        + sp.csr_matrix((np.ones(len(named), np.float32), (named, stages[named])), shape=attributes.shape)
    )
    attributes.eliminate_zeros()
    attributes.sort_indices()
    amounts = np.where(rows[:, None], np.nan, table.amounts)
    return replace(table, attributes=attributes, amounts=amounts)


def stacked(tables: Sequence[FeatureTable]) -> FeatureTable:
    """The rows of several tables (at least one), one after the other, with the columns of the widest."""
    columns = max(table.attributes.shape[1] for table in tables)
    return FeatureTable(
        attributes=sp.vstack([widened(table.attributes, columns) for table in tables], format="csr"),
        texts=stacked_texts([table.texts for table in tables]),
        terms=sp.vstack([table.terms for table in tables], format="csr"),
        amounts=np.concatenate([table.amounts for table in tables]),
        names=sp.vstack([table.names for table in tables], format="csr"),
    )


def in_columns(table: FeatureTable, columns: Rows, width: int) -> FeatureTable:
    """The same rows with attribute c in column `columns[c]` of `width`; the columns of two may not be one."""
    attributes = sp.csr_matrix(
        (table.attributes.data, columns[table.attributes.indices], table.attributes.indptr),
        shape=(len(table), width),
        copy=True,
    )
    attributes.sort_indices()
    return replace(table, attributes=attributes)


def _attribute_matrix(profiles: Sequence[Profile], attributes: Vocabulary) -> sp.csr_matrix:
    terms = [attributes_of(profile) for profile in profiles]
    for row in terms:
        attributes.extend(row)
    ends = np.cumsum([0, *map(len, terms)])
    columns = attributes.rows((term for row in terms for term in row), unknown=0)
    data = np.ones(len(columns), dtype=np.float32)
    matrix = sp.csr_matrix((data, columns, ends), shape=(len(profiles), len(attributes)))
    matrix.sort_indices()
    return matrix


def _lexical_text(profile: Profile) -> str:
    return f"{profile.name}\n{profile.text}" if profile.text else ""


def _amounts(profile: Profile) -> tuple[float, float]:
    if profile.role is Role.STARTUP:
        asked = log_cny(profile.raising_amount, profile.raising_currency)
        return asked, asked
    return log_cny(profile.ticket_min, profile.currency), log_cny(profile.ticket_max, profile.currency)


def widened(matrix: sp.csr_matrix, columns: int) -> sp.csr_matrix:
    """The same rows with empty columns added at the right, so that tables of different ages meet."""
    return sp.csr_matrix((matrix.data, matrix.indices, matrix.indptr), shape=(matrix.shape[0], columns))
