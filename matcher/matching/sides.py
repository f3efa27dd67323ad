"""The two sides of a match as aligned arrays: what profiles say joined with what the model knows of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

from matcher.encoding.texts import TextVectors
from matcher.features.table import FeatureTable, in_next_round
from matcher.model.combination import HABITS
from matcher.model.parameters import Embeddings, RoleModel
from matcher.signals.affinity import Affinity, counted_affinity, learned_affinity
from matcher.text.terms import tf_idf
from matcher.vocabulary import Rows

Float32 = npt.NDArray[np.float32]
Float64 = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class _Side:
    """n profiles under one partner role's model: what they say (see `FeatureTable`), `words` as tf-idf rows,
    the role's factors of them, and the row of its `Knowledge` that holds the `past` of each."""

    attributes: sp.csr_matrix
    texts: TextVectors
    amounts: Float64
    words: sp.csr_matrix
    factors: Float32
    bias: Float32
    past: Rows

    def __len__(self) -> int:
        return len(self.past)

    def take(self, rows: Rows) -> Self:
        """The chosen ones, in the order given."""
        return type(self)(
            self.attributes[rows],
            self.texts.take(rows),
            self.amounts[rows],
            self.words[rows],
            self.factors[rows],
            self.bias[rows],
            self.past[rows],
        )


class StartupSide(_Side):
    """n startups."""

    __slots__ = ()


class PartnerSide(_Side):
    """n partners of the role."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Knowledge:
    """A role model made ready: derived once for each model version.

    Arrays have one row more than the model has partners: the last is that of a partner without history. So it
    is with `friends` CSR [startups + 1, partners], 1 for the partners that a startup has dealt with, and
    `closed`. `shares` CSR [partners + 1, described + 1] are decayed deal counts for `behaviour.share`,
    `habits` [partners + 1, len(HABITS)], `asks` [partners + 1, 2] mean and variance of log10 CNY, NaN where
    unknown.
    """

    model: RoleModel
    affinity: Affinity
    declined: Affinity
    dismissed: Affinity
    habits: Float32
    asks: Float64
    chosen: sp.csr_matrix
    recent: sp.csr_matrix
    shares: sp.csr_matrix
    together: sp.csr_matrix
    friends: sp.csr_matrix
    closed: sp.csr_matrix
    segment_totals: Float32
    recent_totals: Float32
    together_totals: Float32


def knowledge_of(model: RoleModel) -> Knowledge:
    """What a role's model knows, ready to be joined with profiles."""
    nobody = np.full((1, len(HABITS)), np.nan, np.float32)
    return Knowledge(
        model,
        _affinity(model),
        _refused(model.refusals.declined, model.refusals.declined_in_all),
        _refused(model.refusals.dismissed, model.refusals.dismissed_in_all),
        np.vstack([model.habits, nobody]),
        np.vstack([model.asks[:-1], np.full((1, 2), np.nan)]),
        _with_empty_row(model.crowd.chosen),
        _with_empty_row(model.crowd.recent),
        _shares(model),
        _with_empty_row(model.companions.together),
        _with_empty_row(model.companions.partners),
        _with_empty_row(model.companions.closed),
        _totals(model.crowd.chosen),
        _totals(model.crowd.recent),
        _totals(model.companions.together),
    )


def _totals(chosen: sp.csr_matrix) -> Float32:
    return np.asarray(chosen.sum(axis=0), dtype=np.float32).ravel()


def _affinity(model: RoleModel) -> Affinity:
    """Learned where tastes were, else counted."""
    described, weights, deals = (
        model.tastes.described,
        model.tastes.weights,
        np.append(model.record.deals, 0.0),
    )
    if len(weights):
        return learned_affinity(np.vstack([weights, np.zeros((1, len(described)), np.float32)]), deals)
    return counted_affinity(_with_empty_row(model.record.counts[:, described]), deals)


def _refused(counts: sp.csr_matrix, in_all: Float64) -> Affinity:
    return counted_affinity(_with_empty_row(counts), np.append(in_all, 0.0))


def _shares(model: RoleModel) -> sp.csr_matrix:
    """Decayed deal counts by description and in all, times the number of partners."""
    counts = model.record.counts[:, model.tastes.described]
    with_all = sp.hstack([counts, sp.csr_matrix(model.record.deals[:, None])]).tocsr()
    return _with_empty_row((with_all * len(model.partners)).astype(np.float32))


def startup_side(keys: Sequence[str], table: FeatureTable, idf: Float32, knowledge: Knowledge) -> StartupSide:
    """Join the startups named by `keys` with a role's knowledge. A startup whose round is known to be closed
    raises the next: its stage and ask, as they stand in its profile, no longer tell what it asks for."""
    rows = knowledge.model.companions.startups.rows(keys, unknown=len(knowledge.model.companions.startups))
    columns = knowledge.model.companions.round_columns
    stages = np.append(knowledge.model.companions.asking, np.int32(-1))[rows]
    asking = in_next_round(table, stages, _closed(table, knowledge.closed[rows]), columns)
    factors, bias = _factors(asking, knowledge.model.startup_factors, np.full(len(table), -1))
    words = tf_idf(table.terms, idf)
    return StartupSide(asking.attributes, asking.texts, asking.amounts, words, factors, bias, rows)


def _closed(table: FeatureTable, closed: sp.csr_matrix) -> npt.NDArray[np.bool_]:
    """Whether the stage that each profile tells is one whose round is closed, [n]."""
    stages = table.attributes[:, : closed.shape[1]]
    return np.asarray(stages.multiply(closed[:, : stages.shape[1]]).sum(axis=1)).ravel() > 0


def partner_side(keys: Sequence[str], table: FeatureTable, idf: Float32, knowledge: Knowledge) -> PartnerSide:
    """Join the partners named by `keys` with what a role knows of them."""
    rows = knowledge.model.partners.rows(keys, unknown=len(knowledge.model.partners))
    own = np.where(rows < len(knowledge.model.partner_factors.own), rows, -1)
    factors, bias = _factors(table, knowledge.model.partner_factors, own)
    words = tf_idf(table.terms, idf)
    return PartnerSide(table.attributes, table.texts, table.amounts, words, factors, bias, rows)


def _factors(table: FeatureTable, embeddings: Embeddings, own: Rows) -> tuple[Float32, Float32]:
    """A profile's factors: the sum over its attributes that the model knows, plus its own row (−1: none)."""
    attributes = table.attributes[:, : len(embeddings.attribute_bias)]
    factors = attributes @ embeddings.attributes[: attributes.shape[1]]
    bias = attributes @ embeddings.attribute_bias[: attributes.shape[1]]
    known = own >= 0
    factors[known] += embeddings.own[own[known]]
    bias[known] += embeddings.own_bias[own[known]]
    return factors.astype(np.float32), bias.astype(np.float32)


def _with_empty_row(matrix: sp.csr_matrix) -> sp.csr_matrix:
    ends = np.append(matrix.indptr, matrix.indptr[-1])
    return sp.csr_matrix((matrix.data, matrix.indices, ends), shape=(matrix.shape[0] + 1, matrix.shape[1]))
