"""Declared fit: what the startup says it needs and is, against what the partner says it gives and wants."""

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

from matcher.signals.products import products

Float32 = npt.NDArray[np.float32]
Float64 = npt.NDArray[np.float64]

DECADES_TO_HALF = 0.3
"""An ask outside the ticket range by a factor of two (0.3 decades) counts one half."""


def coverage(startup_attributes: sp.csr_matrix, partner_attributes: sp.csr_matrix) -> Float32:
    """The share of the startup's attributes that the partner declares too, 0…1.

    Both are 0/1 rows of one family (see `matcher.features.attributes`). Broader terms stand beside the
    narrower ones, so that the same broad industry or province earns part of the credit. NaN where either
    declares nothing of the family.
    """
    shared = products(startup_attributes, partner_attributes)
    wanted = _counts(startup_attributes)
    scores = shared / np.maximum(wanted, 1)[:, None]
    known = (wanted > 0)[:, None] & (_counts(partner_attributes) > 0)[None, :]
    return np.where(known, scores, np.nan).astype(np.float32)


def nearest(
    startup_attributes: sp.csr_matrix, partner_attributes: sp.csr_matrix, closeness: Float32
) -> Float32:
    """Closeness of the startup's attribute to the nearest one that the partner declares, 0…1.

    `closeness` [attributes, attributes] is 1 for the same, less for adjacent ones (stages in their order).
    NaN where either declares nothing of the family.
    """
    scores = np.full((startup_attributes.shape[0], partner_attributes.shape[0]), np.nan, dtype=np.float32)
    for row in range(startup_attributes.shape[0]):
        wanted = _columns_of(startup_attributes, row)
        if len(wanted):
            scores[row] = _best(closeness[wanted].max(axis=0), partner_attributes)
    return scores


def _best(value_of_column: Float32, partners: sp.csr_matrix) -> Float32:
    values = np.where(partners.data > 0, value_of_column[partners.indices], np.nan)
    row_of = np.repeat(np.arange(partners.shape[0]), np.diff(partners.indptr))
    best = np.full(partners.shape[0], np.nan, dtype=np.float32)
    np.fmax.at(best, row_of, values.astype(np.float32))
    return best


def ticket(startup_amounts: Float64, partner_amounts: Float64) -> Float32:
    """1 where the ask lies within the partner's range, halving with each factor of two outside it.

    Both are log10 CNY [n, 2] (least, most); an open end of the range is no limit. NaN where the ask or
    both ends are unknown.
    """
    ask = startup_amounts[:, :1]
    least, most = partner_amounts[:, 0], partner_amounts[:, 1]
    below = np.fmax(np.nan_to_num(least - ask, nan=0.0), 0)
    above = np.fmax(np.nan_to_num(ask - most, nan=0.0), 0)
    scores = 0.5 ** ((below + above) / DECADES_TO_HALF)
    unknown = np.isnan(ask) | (np.isnan(least) & np.isnan(most))[None, :]
    return np.where(unknown, np.nan, scores).astype(np.float32)


def _counts(attributes: sp.csr_matrix) -> npt.NDArray[np.float64]:
    return np.asarray(attributes.sum(axis=1)).ravel()


def _columns_of(matrix: sp.csr_matrix, row: int) -> npt.NDArray[np.int32]:
    columns = slice(matrix.indptr[row], matrix.indptr[row + 1])
    return np.asarray(matrix.indices[columns][matrix.data[columns] > 0])
