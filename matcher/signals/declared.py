"""Declared fit: what the startup says it needs and is, against what the partner says it gives and wants."""

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

from matcher.signals.meeting import EVERYBODY, Meeting

Float32 = npt.NDArray[np.float32]
Float64 = npt.NDArray[np.float64]

DECADES_TO_HALF = 0.3
"""An ask outside the ticket range by a factor of two (0.3 decades) counts one half."""


def coverage(
    startup_attributes: sp.csr_matrix, partner_attributes: sp.csr_matrix, meeting: Meeting = EVERYBODY
) -> Float32:
    """The share of the startup's attributes that the partner declares too, 0…1.

    Both are 0/1 rows of one family (see `matcher.features.attributes`). Broader terms stand beside the
    narrower ones, so that the same broad industry or province earns part of the credit. NaN where either
    declares nothing of the family.
    """
    shared = meeting.products(startup_attributes, partner_attributes)
    wanted = _counts(startup_attributes)
    scores = shared / meeting.startups(np.maximum(wanted, 1))
    known = meeting.startups(wanted > 0) & meeting.partners(_counts(partner_attributes) > 0)
    return np.where(known, scores, np.nan).astype(np.float32)


def nearest(
    startup_attributes: sp.csr_matrix,
    partner_attributes: sp.csr_matrix,
    closeness: Float32,
    meeting: Meeting = EVERYBODY,
) -> Float32:
    """Closeness of the startup's attribute to the nearest one that the partner declares, 0…1.

    `closeness` [attributes, attributes] is 1 for the same, less for adjacent ones (stages in their order).
    NaN where either declares nothing of the family.
    """
    wanted, given = ((side > 0).toarray() for side in (startup_attributes, partner_attributes))
    known = meeting.startups(wanted.any(axis=1)) & meeting.partners(given.any(axis=1))
    best = np.full(known.shape, np.nan, dtype=np.float32)
    for column, worth in enumerate(_worth(wanted, closeness).T):
        met = np.where(meeting.partners(given[:, column]), meeting.startups(worth), np.float32(np.nan))
        np.fmax(best, met, out=best)
    return best


def _worth(wanted: npt.NDArray[np.bool_], closeness: Float32) -> Float32:
    """What each attribute of a partner is worth to each startup, [startups, attributes], or NaN."""
    rows = [np.fmax.reduce(closeness[mine], axis=0, initial=np.nan) for mine in wanted]
    return np.array(rows, dtype=np.float32).reshape(wanted.shape)


def ticket(startup_amounts: Float64, partner_amounts: Float64, meeting: Meeting = EVERYBODY) -> Float32:
    """1 where the ask lies within the partner's range, halving with each factor of two outside it.

    Both are log10 CNY [n, 2] (least, most); an open end of the range is no limit. NaN where the ask or
    both ends are unknown.
    """
    ask = meeting.startups(startup_amounts[:, 0])
    least, most = map(meeting.partners, partner_amounts.T)
    below = np.fmax(np.nan_to_num(least - ask, nan=0.0), 0)
    above = np.fmax(np.nan_to_num(ask - most, nan=0.0), 0)
    scores = 0.5 ** ((below + above) / DECADES_TO_HALF)
    unknown = np.isnan(ask) | (np.isnan(least) & np.isnan(most))
    return np.where(unknown, np.nan, scores).astype(np.float32)


def _counts(attributes: sp.csr_matrix) -> npt.NDArray[np.float64]:
    return np.asarray(attributes.sum(axis=1)).ravel()
