"""What deals leave behind: each partner's record by attribute, and the crowd's choices by kind of deal."""

from itertools import pairwise

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

from matcher.features.table import widened
from matcher.model.parameters import Crowd, Record
from training.deals import DECAY_DAYS, Deals

RECENT_DAYS = 200.0
"""Decay of what is called recent."""


def record_of(deals: Deals, attributes: int) -> Record:
    """The record of each partner over `attributes` columns."""
    described, partners = widened(deals.described, attributes), len(deals.partner_keys)
    by_partner = _incidence(deals.partners, deals.weights(), partners)
    counts = _sorted(by_partner @ described)
    times = _sorted(_incidence(deals.partners, np.ones(len(deals)), partners) @ described)
    totals = np.asarray(by_partner.sum(axis=1), dtype=np.float64).ravel()
    return Record(counts, times, _latest(deals, described, times), totals)


def _latest(deals: Deals, described: sp.csr_matrix, pattern: sp.csr_matrix) -> sp.csr_matrix:
    """The latest day of each entry of `pattern`."""
    width = described.shape[1]
    row_of = np.repeat(np.arange(len(deals)), np.diff(described.indptr))
    entries = deals.partners[row_of] * width + described.indices
    cells = np.repeat(np.arange(pattern.shape[0]), np.diff(pattern.indptr)) * width + pattern.indices
    days = np.zeros(len(cells), dtype=np.float32)
    np.maximum.at(days, np.searchsorted(cells, entries), deals.days[row_of].astype(np.float32))
    return sp.csr_matrix((days, pattern.indices, pattern.indptr), shape=pattern.shape)


def crowd_of(deals: Deals, attributes: int) -> Crowd:
    """Past deals by segment: the set of deals with the very same description."""
    description = widened(deals.described, attributes)
    first, segment_of = _segments(description)
    by_segment = _incidence(segment_of, np.ones(len(deals)), len(first)).T
    chosen, recent = (
        _sorted(_incidence(deals.partners, deals.weights(decay), len(deals.partner_keys)) @ by_segment)
        for decay in (DECAY_DAYS, RECENT_DAYS)
    )
    return Crowd(_sorted(description[first]), chosen, recent)


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
