"""Declared fit: what the startup says it needs and is, against what the partner says it gives and wants."""

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

from matcher.signals.meeting import EVERYBODY, Meeting
from matcher.signals.products import layers

Float32 = npt.NDArray[np.float32]
Float64 = npt.NDArray[np.float64]
Bool = npt.NDArray[np.bool_]

DECADES_TO_HALF = 0.3
"""An ask outside the ticket range by a factor of two (0.3 decades) counts one half."""


def coverage(
    startup_attributes: sp.csr_matrix,
    partner_attributes: sp.csr_matrix,
    kinds: Bool,
    meeting: Meeting = EVERYBODY,
) -> Float32:
    """The share of the startup's attributes of each kind that the partner declares too, 0…1, [kinds, ...].

    Both are 0/1 rows, `kinds` [kinds, attributes] families of them (see `matcher.features.attributes`).
    Broader terms stand beside the narrower ones, so that the same broad industry or province earns part of
    the credit. NaN where either declares nothing of the family.
    """
    asked = layers(startup_attributes, kinds)
    wanted = np.diff(asked.indptr).reshape(len(kinds), -1).astype(np.float32)
    scores = meeting.layered(asked, partner_attributes, len(kinds))
    scores = scores / meeting.startups(np.maximum(wanted, 1))
    given = partner_attributes @ kinds.T.astype(np.float32)
    known = meeting.startups(wanted > 0) & meeting.partners(given.T > 0)
    return np.where(known, scores, np.nan).astype(np.float32)


def nearest(wanted: Bool, given: Bool, closeness: Float32, meeting: Meeting = EVERYBODY) -> Float32:
    """Closeness of what the startup wants to the nearest thing that the partner gives, 0…1.

    `wanted` [startups, things], `given` [partners, things]; `closeness` [things, things] is 1 for the same,
    less for adjacent ones (stages in their order). NaN where either side has none.
    """
    any_wanted, any_given = (np.asarray(side.any(axis=1)) for side in (wanted, given))
    shape = (meeting.startups(any_wanted) & meeting.partners(any_given)).shape
    best = np.full(shape, np.nan, dtype=np.float32)
    for thing, worth in enumerate(_worth(wanted, closeness).T):
        np.fmax(best, meeting.startups(worth), out=best, where=meeting.partners(given[:, thing]))
    return best


def _worth(wanted: Bool, closeness: Float32) -> Float32:
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
