"""The two sides of a match as aligned arrays: what profiles say joined with what the model knows of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

from matcher.features.attributes import Family, family_of
from matcher.features.table import FeatureTable, widened
from matcher.model.parameters import Embeddings, RoleModel
from matcher.signals.affinity import Affinity, affinity_of
from matcher.taxonomy import stages
from matcher.text.terms import tf_idf
from matcher.vocabulary import Rows, Vocabulary

Float32 = npt.NDArray[np.float32]

QUIET = 0.1
"""Decayed deals added before the logarithm of activity, so that a long silence stays finite."""

DESCRIPTION_WEIGHTS = {
    Family.INDUSTRY: 2.0,
    Family.REGION: 1.5,
    Family.STAGE: 1.2,
    Family.AMOUNT: 0.8,
    Family.CURRENCY: 0.5,
}
"""What it is worth, in log-likeness, that a past deal agrees with the startup in each family."""


@dataclass(frozen=True, slots=True)
class StartupSide:
    """n startups under one partner role's model: `words` are tf-idf rows, factors those of that role."""

    table: FeatureTable
    words: sp.csr_matrix
    factors: Float32
    bias: Float32

    def take(self, rows: Rows) -> "StartupSide":
        """The chosen startups, in the order given."""
        return StartupSide(self.table.take(rows), self.words[rows], self.factors[rows], self.bias[rows])


@dataclass(frozen=True, slots=True)
class PartnerSide:
    """n partners of one role with their history (nothing where they have none)."""

    table: FeatureTable
    words: sp.csr_matrix
    factors: Float32
    bias: Float32
    affinity: Affinity
    log_activity: Float32
    chosen: sp.csr_matrix

    def take(self, rows: Rows) -> "PartnerSide":
        """The chosen partners, in the order given."""
        return PartnerSide(
            self.table.take(rows),
            self.words[rows],
            self.factors[rows],
            self.bias[rows],
            self.affinity.take(rows),
            self.log_activity[rows],
            self.chosen[rows],
        )


@dataclass(frozen=True, slots=True)
class Knowledge:
    """A role model made ready: derived once for each model version.

    Arrays have one row more than the model has partners: the last is that of a partner without history.
    """

    model: RoleModel
    affinity: Affinity
    log_activity: Float32
    chosen: sp.csr_matrix
    segment_totals: Float32


def knowledge_of(model: RoleModel) -> Knowledge:
    """What a role's model knows, ready to be joined with profiles."""
    affinity = affinity_of(_with_empty_row(model.counts), np.append(model.deals, 0.0))
    activity = np.log(model.deals + QUIET)
    usual = activity.mean() if len(activity) else 0.0
    log_activity = np.append(activity - usual, np.nan).astype(np.float32)
    totals = np.asarray(model.chosen.sum(axis=0), dtype=np.float32).ravel()
    return Knowledge(model, affinity, log_activity, _with_empty_row(model.chosen), totals)


def startup_side(table: FeatureTable, idf: Float32, knowledge: Knowledge) -> StartupSide:
    """Join startups with a role's knowledge."""
    factors, bias = _factors(table, knowledge.model.startup_factors, np.full(len(table), -1))
    return StartupSide(table, tf_idf(table.terms, idf), factors, bias)


def partner_side(keys: Sequence[str], table: FeatureTable, idf: Float32, knowledge: Knowledge) -> PartnerSide:
    """Join the partners named by `keys` with what is known of them."""
    nobody = len(knowledge.model.partners)
    rows = knowledge.model.partners.rows(keys, unknown=nobody)
    own = np.where(rows < len(knowledge.model.partner_factors.own), rows, -1)
    factors, bias = _factors(table, knowledge.model.partner_factors, own)
    return PartnerSide(
        table=table,
        words=tf_idf(table.terms, idf),
        factors=factors,
        bias=bias,
        affinity=knowledge.affinity.take(rows),
        log_activity=knowledge.log_activity[rows],
        chosen=knowledge.chosen[rows],
    )


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


@dataclass(frozen=True, slots=True)
class AttributeSpace:
    """What the columns of attribute arrays mean: `masks` [columns] for each family, and how stages relate.

    `stage_columns` [stages] are those of the stages; `stage_closeness` and `broader` are [stages, stages],
    `broader` 1 where the column is a stage that contains the row's.
    """

    columns: int
    masks: MappingProxyType[Family, Float32]
    stage_columns: Rows
    stage_closeness: Float32
    broader: sp.csr_matrix

    def of(self, attributes: sp.csr_matrix, *families: Family) -> sp.csr_matrix:
        """The same rows with every other family's entries set to 0."""
        return self.weighed(attributes, dict.fromkeys(families, 1.0))

    def weighed(self, attributes: sp.csr_matrix, weights: Mapping[Family, float]) -> sp.csr_matrix:
        """The same rows, each entry times the weight of its family, 0 where it has none."""
        worth = np.zeros(self.columns, dtype=np.float32)
        for family, weight in weights.items():
            worth += np.float32(weight) * self.masks[family]
        data = attributes.data * worth[attributes.indices]
        shape = (attributes.shape[0], self.columns)
        return sp.csr_matrix((data, attributes.indices, attributes.indptr), shape=shape)

    def stages_of(self, attributes: sp.csr_matrix) -> sp.csr_matrix:
        """The stages that each row declares, 0/1 [n, stages], without the broader ones that those imply."""
        rows = widened(attributes, self.columns)[:, self.stage_columns]
        return (rows - rows.multiply((rows @ self.broader).sign())).tocsr()


def attribute_space(attributes: Vocabulary) -> AttributeSpace:
    """The space of the vocabulary as it stands; make it anew when the vocabulary has grown."""
    families = np.array([family_of(term) for term in attributes.terms], dtype=np.str_)
    masks = {family: (families == family.value).astype(np.float32) for family in Family}
    columns = np.flatnonzero(masks[Family.STAGE])
    codes = [attributes.terms[column].partition(":")[2] for column in columns.tolist()]
    broader = np.array(
        [[b != a and b in stages().ancestors(a) for b in codes] for a in codes], dtype=np.float32
    )
    broader = broader.reshape(len(codes), len(codes))
    closeness = _closeness(codes, broader)
    return AttributeSpace(
        len(attributes), MappingProxyType(masks), columns, closeness, sp.csr_matrix(broader)
    )


def description_weights(startups: sp.csr_matrix, space: AttributeSpace) -> sp.csr_matrix:
    """What sharing each attribute of a startup is worth: the family's weight, split evenly over its terms."""
    row_of = np.repeat(np.arange(startups.shape[0]), np.diff(startups.indptr))
    worth = np.zeros(len(startups.data))
    for family, weight in DESCRIPTION_WEIGHTS.items():
        part = space.of(startups, family).data
        terms = np.bincount(row_of, weights=part, minlength=startups.shape[0])
        worth += weight * part / np.maximum(terms, 1)[row_of]
    return sp.csr_matrix((worth.astype(np.float32), startups.indices, startups.indptr), shape=startups.shape)


def _closeness(codes: Sequence[str], broader: Float32) -> Float32:
    """exp(−distance in steps): 1 for the same stage, .37 for the next; 1 for one that contains the other.

    A stage without order is close to itself and to what contains it alone.
    """
    positions = np.array([_stage_order(code) for code in codes], dtype=np.float64)
    distance = np.abs(positions[:, None] - positions[None, :])
    closeness = np.maximum(np.exp(-np.nan_to_num(distance, nan=np.inf)), np.maximum(broader, broader.T))
    np.fill_diagonal(closeness, 1.0)
    return np.asarray(closeness, dtype=np.float32)


def _stage_order(code: str) -> float:
    order = stages().order(code)
    return np.nan if order is None else order
