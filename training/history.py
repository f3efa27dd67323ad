"""What deals leave behind for affinity and neighbours: decayed counts by attribute and by segment."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

from matcher.features.table import widened
from training.deals import Deals


@dataclass(frozen=True, slots=True)
class History:
    """See `matcher.model.parameters.RoleModel` for the arrays."""

    counts: sp.csr_matrix
    deals: npt.NDArray[np.float64]
    segments: sp.csr_matrix
    chosen: sp.csr_matrix


def history_of(deals: Deals, attributes: int) -> History:
    """Counts over `attributes` columns. A segment is the set of deals with the very same description."""
    description = widened(deals.attributes, attributes)
    by_partner = _incidence(deals.partners, deals.weights, len(deals.partner_keys))
    first, segment_of = _segments(description)
    return History(
        counts=_sorted(by_partner @ description),
        deals=np.asarray(by_partner.sum(axis=1), dtype=np.float64).ravel(),
        segments=_sorted(description[first]),
        chosen=_sorted(by_partner @ _incidence(segment_of, np.ones(len(deals)), len(first)).T),
    )


def _incidence(rows: npt.NDArray[np.intp], weights: npt.NDArray[np.float64], size: int) -> sp.csr_matrix:
    """CSR [size, deals] with each deal's weight in its row."""
    return sp.csr_matrix((weights, (rows, np.arange(len(rows)))), shape=(size, len(rows)))


def _segments(description: sp.csr_matrix) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]:
    """The first deal of each distinct description, and the segment of each deal."""
    ordered = description.sorted_indices()
    names = [ordered.indices[start:end].tobytes() for start, end in pairwise(ordered.indptr)]
    number: dict[bytes, int] = {}
    segment_of = np.array([number.setdefault(name, len(number)) for name in names], dtype=np.intp)
    first = np.unique(segment_of, return_index=True)[1].astype(np.intp)
    return first, segment_of


def _sorted(matrix: sp.spmatrix) -> sp.csr_matrix:
    """Float32 CSR in canonical order, so that the same data give the same bytes."""
    ordered = sp.csr_matrix(matrix, dtype=np.float32)
    ordered.sum_duplicates()
    return ordered
