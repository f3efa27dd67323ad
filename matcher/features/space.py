"""What the columns of attribute arrays mean: their families, and how stages relate."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

from matcher.features.attributes import Family, family_of
from matcher.taxonomy import stages
from matcher.vocabulary import Rows, Vocabulary

Float32 = npt.NDArray[np.float32]
Bool = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class AttributeSpace:
    """What the columns of attribute arrays mean: `masks` [columns] for each family, and how stages relate.

    `stage_columns` [stages] are those of the stages, `stage_of` [columns] the stage of each column, −1 where
    it is none; `stage_closeness` and `broader` are [stages, stages], `broader` 1 where the column is a stage
    that contains the row's.
    """

    columns: int
    masks: MappingProxyType[Family, Float32]
    stage_columns: Rows
    stage_of: Rows
    stage_closeness: Float32
    broader: Float32

    def kinds(self, *families: Family) -> Bool:
        """Which columns are of each family, [families, columns]."""
        return np.array([self.masks[family] for family in families], dtype=bool)

    def counts(self, attributes: sp.csr_matrix, *families: Family) -> Float32:
        """How many attributes of each family the rows have, [n, families]."""
        masks = np.column_stack([self.masks[family] for family in families])
        return np.asarray(attributes @ masks[: attributes.shape[1]])

    def weighed(self, attributes: sp.csr_matrix, weights: Mapping[Family, float]) -> sp.csr_matrix:
        """The same rows, each entry times the weight of its family, 0 where it has none."""
        worth = np.zeros(self.columns, dtype=np.float32)
        for family, weight in weights.items():
            worth += np.float32(weight) * self.masks[family]
        data = attributes.data * worth[attributes.indices]
        shape = (attributes.shape[0], self.columns)
        return sp.csr_matrix((data, attributes.indices, attributes.indptr), shape=shape)

    def stages_of(self, attributes: sp.csr_matrix) -> Bool:
        """Which stages each row declares, [n, stages], without the broader ones that those imply."""
        stage = self.stage_of[attributes.indices]
        entries = np.flatnonzero((stage >= 0) & (attributes.data != 0))
        row_of = np.repeat(np.arange(attributes.shape[0]), np.diff(attributes.indptr))
        declared = np.zeros((attributes.shape[0], len(self.stage_columns)), dtype=bool)
        declared[row_of[entries], stage[entries]] = True
        return declared & ~(declared.astype(np.float32) @ self.broader > 0)


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
    return AttributeSpace(
        columns=len(attributes),
        masks=MappingProxyType(masks),
        stage_columns=columns,
        stage_of=_places(columns, len(attributes)),
        stage_closeness=_closeness(codes, broader),
        broader=broader,
    )


def _places(columns: Rows, width: int) -> Rows:
    places = np.full(width, -1, dtype=np.intp)
    places[columns] = np.arange(len(columns))
    return places


def _closeness(codes: Sequence[str], broader: Float32) -> Float32:
    """exp(−distance in steps): 1 for the same stage, .37 for the next; 1 for one that contains the other.

    A stage without order is close to itself and to what contains it alone. How close a label that no taxonomy
    knows is to any other is unknown: NaN.
    """
    positions = np.array([_stage_order(code) for code in codes], dtype=np.float64)
    distance = np.abs(positions[:, None] - positions[None, :])
    closeness = np.maximum(np.exp(-np.nan_to_num(distance, nan=np.inf)), np.maximum(broader, broader.T))
    free = np.array([code.startswith("~") for code in codes], dtype=bool)
    closeness[free[:, None] | free[None, :]] = np.nan
    np.fill_diagonal(closeness, 1.0)
    return np.asarray(closeness, dtype=np.float32)


def _stage_order(code: str) -> float:
    order = stages().order(code)
    return np.nan if order is None else order
