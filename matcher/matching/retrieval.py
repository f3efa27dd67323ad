"""Candidates for large pools: everything linear in the pair goes into one vector per profile.

For a startup s and a partner p, inner product ⟨φ(s), ψ(p)⟩ = the linear part of the mean log-odds of the two
halves: text similarity, hybrid factors, attribute affinity, activity and declared fit. One exact search over
ψ then finds the partners worth scoring in full, and one over φ the startups.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

from matcher.features.attributes import Family
from matcher.features.space import AttributeSpace
from matcher.matching.sides import Knowledge, PartnerSide, StartupSide
from matcher.matching.signal_matrix import AFFINITY, COVERAGE
from matcher.model.combination import COLUMNS, HABITS, Combination
from matcher.signals.declared import nearest
from matcher.vocabulary import Rows

Float32 = npt.NDArray[np.float32]
Float64 = npt.NDArray[np.float64]

DIMENSIONS = 256
"""Vectors are projected to so many: on the worlds measured, the search costs a third and loses nothing in the
top 10."""
SAMPLE = 4096
_HABITUAL = [COLUMNS.index(name) for name in HABITS]
_CENTRED = ("semantic", *COVERAGE, "stage")
"""Signals that say nothing at their centre: where both sides are known, the centre is taken off."""


@dataclass(frozen=True, slots=True)
class Blocks:
    """Vectors before projection: `dense` [n, d] beside `sparse` CSR [n, 2 × attributes]."""

    dense: Float32
    sparse: sp.csr_matrix

    def __len__(self) -> int:
        return len(self.dense)

    @property
    def width(self) -> int:
        """Columns in all."""
        return int(self.dense.shape[1] + self.sparse.shape[1])

    def narrowed(self, width: int) -> "Blocks":
        """The same without the columns beyond the first `width`."""
        return (
            self if self.width == width else Blocks(self.dense, self.sparse[:, : width - self.dense.shape[1]])
        )

    def times(self, right: Float32) -> Float32:
        """The product with a matrix [width, m]."""
        out = self.dense @ right[: self.dense.shape[1]]
        out += self.sparse @ right[self.dense.shape[1] :]
        return np.asarray(out, dtype=np.float32)

    def transposed_times(self, right: Float32) -> Float32:
        """The product of the transpose, [width, n], with a matrix [n, m]."""
        return np.asarray(np.vstack([self.dense.T @ right, self.sparse.T @ right]), dtype=np.float32)


def partner_blocks(side: PartnerSide, knowledge: Knowledge, space: AttributeSpace) -> Blocks:
    """ψ of every partner."""
    combination = knowledge.model.combination
    weight = _weights(combination)
    usual, usual_affinity = (_usual(names, combination) for names in (_CENTRED, AFFINITY))
    constant = _habitual(knowledge.habits[side.past], combination) + side.bias * weight["factors"]
    affinity = knowledge.affinity.take(side.past)
    dense = [
        side.texts.whole,
        side.factors,
        np.column_stack([constant, np.ones(len(constant))]),
        -usual * _known(side, space),
        affinity.base[:, None] * np.array([weight[name] for name in AFFINITY]),
        -usual_affinity * affinity.known[:, None],
    ]
    gains = _over_attributes(affinity.gains, knowledge, space)
    lifts = {family: weight[name] for name, family in AFFINITY.items()}
    return Blocks(_joined(dense), _in_turn(space.weighed(gains, lifts), _given(side, weight, space)))


def startup_blocks(side: StartupSide, knowledge: Knowledge, space: AttributeSpace) -> Blocks:
    """φ of every startup, so that ⟨φ, ψ⟩ is the linear part of the log-odds."""
    weight = _weights(knowledge.model.combination)
    how_many = _described_counts(side.attributes, knowledge, space)
    dense = [
        side.texts.whole * weight["semantic"],
        side.factors * weight["factors"],
        np.column_stack([np.ones(len(side.bias)), side.bias * weight["factors"]]),
        _known(side, space),
        how_many,
        how_many > 0,
    ]
    return Blocks(_joined(dense), _wanted(side.attributes, space))


def sampled(size: int, seed: int = 0) -> Rows:
    """The rows, of so many, whose vectors decide the projection: SAMPLE of them in order, all where they are
    fewer."""
    rng = np.random.default_rng(seed)
    return np.sort(rng.choice(size, size=min(SAMPLE, size), replace=False))


def projection(blocks: Blocks, seed: int = 0) -> Float32:
    """Orthonormal columns [width, min(DIMENSIONS, width)] that keep inner products with these vectors (a
    sample of all; not too many) best.

    They span the leading right singular vectors (randomised range finder with one power iteration, Halko,
    Martinsson & Tropp 2011).
    """
    rng = np.random.default_rng(seed)
    found = rng.standard_normal((blocks.width, DIMENSIONS)).astype(np.float32)
    for _ in range(2):
        found, _ = np.linalg.qr(blocks.transposed_times(blocks.times(found)))
    return np.asarray(found, dtype=np.float32)


def _weights(combination: Combination) -> dict[str, float]:
    """Mean log-odds of the two halves per unit of each raw column."""
    per_unit = (combination.startup + combination.partner) / 2 / combination.scale
    return dict(zip(COLUMNS, per_unit.tolist(), strict=True))


def _usual(names: Iterable[str], combination: Combination) -> Float64:
    """Mean log-odds of each column at its centre, [names]."""
    weight = _weights(combination)
    return np.array([combination.centre[COLUMNS.index(name)] * weight[name] for name in names])


def _habitual(habits: Float32, combination: Combination) -> Float64:
    """Mean log-odds that partners' habits give them with everyone, [n]."""
    columns = np.full((len(habits), len(COLUMNS)), np.nan, np.float32)
    columns[:, _HABITUAL] = habits
    both = combination.startup + combination.partner
    return np.asarray(np.linalg.vecdot(combination.standardise(columns), both) / 2)


def _over_attributes(
    gains: Float32 | sp.csr_matrix, knowledge: Knowledge, space: AttributeSpace
) -> sp.csr_matrix:
    """Rows over what describes deals as rows over all attributes."""
    rows = sp.csr_matrix(gains)
    columns = knowledge.model.tastes.described[rows.indices]
    return sp.csr_matrix((rows.data, columns, rows.indptr), shape=(rows.shape[0], space.columns))


def _described_counts(attributes: sp.csr_matrix, knowledge: Knowledge, space: AttributeSpace) -> Float64:
    """How many attributes of each affinity a startup has that any deal had, [startups, affinities]."""
    seen = np.zeros(space.columns)
    seen[knowledge.model.tastes.described] = 1
    described = np.column_stack([space.masks[family] for family in AFFINITY.values()]) * seen[:, None]
    return np.asarray(attributes @ described[: attributes.shape[1]])


def _joined(parts: list[npt.NDArray[np.floating | np.bool_]]) -> Float32:
    return np.hstack([np.asarray(part, dtype=np.float32) for part in parts])


def _known(side: StartupSide | PartnerSide, space: AttributeSpace) -> Float64:
    """1 where a profile says anything that the signal can compare, else 0, [n, len(_CENTRED)]."""
    said = space.counts(side.attributes, *COVERAGE.values(), Family.STAGE) > 0
    return np.column_stack([side.texts.whole.any(axis=1), said]).astype(np.float64)


def _wanted(attributes: sp.csr_matrix, space: AttributeSpace) -> sp.csr_matrix:
    """Each of a startup's attributes in turn with the share of its family that it is, [n, 2 × attributes]."""
    counts = np.maximum(space.counts(attributes, *COVERAGE.values()), 1)
    families = np.column_stack([space.masks[family] for family in COVERAGE.values()])
    row_of = np.repeat(np.arange(len(counts)), np.diff(attributes.indptr))
    shares = (families[attributes.indices] / counts[row_of]).sum(axis=1)
    stages, stage = space.stages_of(attributes), space.stage_of[attributes.indices]
    own = np.flatnonzero(stage >= 0)
    shares[own] = (stages / np.maximum(stages.sum(axis=1), 1)[:, None])[row_of[own], stage[own]]
    data = np.column_stack([attributes.data, shares]).ravel()
    columns = np.column_stack([2 * attributes.indices, 2 * attributes.indices + 1]).ravel()
    return sp.csr_matrix((data, columns, 2 * attributes.indptr), shape=(len(counts), 2 * space.columns))


def _given(side: PartnerSide, weight: dict[str, float], space: AttributeSpace) -> sp.csr_matrix:
    """What meeting each of a startup's attributes is worth to a partner, [n, attributes]."""
    declared = space.weighed(side.attributes, {family: weight[name] for name, family in COVERAGE.items()})
    every = np.eye(len(space.stage_columns), dtype=bool)
    close = nearest(every, space.stages_of(side.attributes), space.stage_closeness).T
    return declared + _at_home(sp.csr_matrix(np.nan_to_num(close) * np.float32(weight["stage"])), space)


def _at_home(stages: sp.csr_matrix, space: AttributeSpace) -> sp.csr_matrix:
    """Rows over the stages as rows over all attributes."""
    columns = space.stage_columns[stages.indices]
    return sp.csr_matrix((stages.data, columns, stages.indptr), shape=(stages.shape[0], space.columns))


def _in_turn(first: sp.csr_matrix, second: sp.csr_matrix) -> sp.csr_matrix:
    """The columns of the two in turn, so that new attributes only add columns at the right."""
    shape = (first.shape[0], 2 * first.shape[1])
    apart = [
        sp.csr_matrix((part.data, 2 * part.indices + place, part.indptr), shape=shape)
        for place, part in enumerate((first, second))
    ]
    return apart[0] + apart[1]
