"""What a place in a list costs each partner: prices that even out exposure, learned before any list is asked.

Lists of a sample of startups are made again and again; whoever stands in more of them than its capacity asks
for gets dearer, whoever stands in fewer cheaper, until lists and prices agree (a fixed point by averaged
steps, as in dual ascent).
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from matcher.matching.exposure import shares

Float64 = npt.NDArray[np.float64]
Rows = npt.NDArray[np.intp]

LENGTH = 10
"""Lists of so many are made even."""
STRENGTH = 0.42
"""Price of e times the due exposure: STRENGTH × ln e × the usual share of a list's last place."""
_DEAREST = 1.4
"""ln e from which nobody gets dearer: lists must not lose who is wanted most. With STRENGTH chosen on itjuzi
2015-01 and crunchbase 2011-01, where the Gini of exposure falls to .8 of what it was, against prices without
an end, prices by the rank of exposure (the gradient of Gini), and powers of exposure."""
_ROUNDS = 40
_FLOOR = 0.3
"""A share of the average exposure, and a list, that everyone is taken to have: no price is endless, and what
few lists show is not taken for much."""
_FLOOR_LISTS = 1.0


@dataclass(frozen=True, slots=True)
class Sample:
    """The candidates of a sample of startups: `rows` [startups, w] of partners 0…n−1 and `scores` alike."""

    rows: Rows
    scores: Float64


def exposure_prices(sample: Sample, capacities: Float64) -> Float64:
    """The price of each partner, shape [n] as `capacities` (NaN: unknown, taken as the average known one).

    In shares of a query's expected successes; 0 is that of a partner shown as often as its capacity asks
    for, below 0 of one that is shown less. All 0 where there is no sample or no choice.
    """
    prices = np.zeros(len(capacities))
    if not len(sample.rows) or sample.rows.shape[1] <= LENGTH:
        return prices
    worth = shares(sample.scores)
    unit = STRENGTH * float(np.median(np.sort(worth, axis=1)[:, -LENGTH]))
    due = _due(capacities) * LENGTH * len(sample.rows)
    for done in range(_ROUNDS):
        wanted = unit * _overshown(_shown(worth, sample.rows, prices), due)
        prices += (wanted - prices) / (done / 3 + 1.5)
    return prices


def _due(capacities: Float64) -> Float64:
    """Each one's part of all exposure, in proportion to capacity, summing to 1."""
    known = capacities[np.isfinite(capacities)]
    room = np.where(np.isfinite(capacities), capacities, known.mean() if len(known) else 1.0)
    room = np.maximum(room, 0.0)
    whole = float(room.sum())
    return np.asarray(room / whole) if whole else np.full(len(room), 1 / len(room))


def _shown(worth: Float64, rows: Rows, prices: Float64) -> Rows:
    """In how many of the lists each partner stands at these prices."""
    taken = np.argpartition(prices[rows] - worth, LENGTH - 1, axis=1)[:, :LENGTH]
    return np.bincount(np.take_along_axis(rows, taken, axis=1).ravel(), minlength=len(prices))


def _overshown(shown: Rows, due: Float64) -> Float64:
    """ln of exposure over due exposure, both raised by the floor, up to an end; 0 where they are equal."""
    floor = _FLOOR * due.mean() + _FLOOR_LISTS
    return np.asarray(np.minimum(np.log((shown + floor) / (due + floor)), _DEAREST))
