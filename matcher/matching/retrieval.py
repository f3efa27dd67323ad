"""Candidates for large pools: everything linear in the pair goes into one vector per profile.

For a startup s and a partner p, inner product ⟨φ(s), ψ(p)⟩ = the linear part of the mean log-odds of the two
halves: text similarity, hybrid factors, attribute affinity, declared overlap and activity. One exact search
over ψ then finds the partners worth scoring in full, and one over φ the startups.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

from matcher.features.attributes import Family
from matcher.features.table import widened
from matcher.matching.sides import AttributeSpace, PartnerSide, StartupSide
from matcher.model.combination import SIGNALS, Combination

Float32 = npt.NDArray[np.float32]
Float64 = npt.NDArray[np.float64]

DIMENSIONS = 256
"""Vectors are projected to so many: on the worlds measured, the search costs a third and loses nothing in the
top 10."""
SAMPLE = 4096
_CHUNK = 4096
_AFFINITY = {
    "affinity_industry": (Family.INDUSTRY,),
    "affinity_region": (Family.REGION,),
    "affinity_stage": (Family.STAGE,),
    "affinity_ask": (Family.AMOUNT, Family.CURRENCY),
}
_DECLARED = {
    "needs": Family.SERVICE,
    "industry": Family.INDUSTRY,
    "region": Family.REGION,
    "stage": Family.STAGE,
}


@dataclass(frozen=True, slots=True)
class Blocks:
    """Vectors before projection: `dense` [n, d] beside `sparse` CSR [n, attributes]."""

    dense: Float32
    sparse: sp.csr_matrix

    def __len__(self) -> int:
        return len(self.dense)

    @property
    def width(self) -> int:
        """Columns in all."""
        return int(self.dense.shape[1] + self.sparse.shape[1])

    def times(self, right: Float32) -> Float32:
        """The product with a matrix [width, m], in chunks that keep memory flat."""
        dense_part, sparse_part = right[: self.dense.shape[1]], right[self.dense.shape[1] :]
        out = self.dense @ dense_part
        for start in range(0, len(self), _CHUNK):
            out[start : start + _CHUNK] += self.sparse[start : start + _CHUNK] @ sparse_part
        return np.asarray(out, dtype=np.float32)


def partner_blocks(side: PartnerSide, combination: Combination, space: AttributeSpace) -> Blocks:
    """ψ of every partner."""
    weight = _weights(combination)
    constant = (
        np.nan_to_num(side.log_activity)[:, None] * weight["activity"]
        + side.bias[:, None] * weight["factors"]
    )
    dense = np.hstack([side.table.vectors, side.factors, constant.astype(np.float32)])
    gains = widened(side.affinity.gains, space.columns)
    declared = widened(side.table.attributes, space.columns)
    lifts = sum(weight[name] * _of(families, gains, space) for name, families in _AFFINITY.items())
    return Blocks(dense, (lifts + _declared(declared, weight, space)).tocsr())


def startup_blocks(side: StartupSide, combination: Combination, space: AttributeSpace) -> Blocks:
    """φ of every startup, so that ⟨φ, ψ⟩ is the linear part of the log-odds."""
    weight = _weights(combination)
    ones = np.ones((len(side.table), 1), dtype=np.float32)
    dense = np.hstack([side.table.vectors * weight["semantic"], side.factors * weight["factors"], ones])
    return Blocks(dense.astype(np.float32), widened(side.table.attributes, space.columns))


def projection(blocks: Blocks, seed: int = 0) -> Float32:
    """Orthonormal columns [width, min(DIMENSIONS, width)] that keep inner products with these vectors best.

    They span the leading right singular vectors of a sample (randomised range finder with one power
    iteration, Halko, Martinsson & Tropp 2011).
    """
    rng = np.random.default_rng(seed)
    rows = np.sort(rng.choice(len(blocks), size=min(SAMPLE, len(blocks)), replace=False))
    sample = np.hstack([blocks.dense[rows], blocks.sparse[rows].toarray()])
    found = sample.T @ (sample @ rng.standard_normal((blocks.width, DIMENSIONS)).astype(np.float32))
    found, _ = np.linalg.qr(sample.T @ (sample @ np.linalg.qr(found)[0]))
    return np.asarray(found, dtype=np.float32)


def _weights(combination: Combination) -> dict[str, float]:
    """Mean log-odds of the two halves per unit of each raw signal."""
    per_unit = (combination.startup + combination.partner) / 2 / combination.scale
    return dict(zip(SIGNALS, per_unit.tolist(), strict=True))


def _declared(attributes: sp.csr_matrix, weight: dict[str, float], space: AttributeSpace) -> sp.csr_matrix:
    """Overlap counts in place of shares: linear, and near enough to choose candidates."""
    return sum(weight[name] / 2 * space.of(family, attributes) for name, family in _DECLARED.items())


def _of(families: tuple[Family, ...], matrix: sp.csr_matrix, space: AttributeSpace) -> sp.csr_matrix:
    return sum(space.of(family, matrix) for family in families)
