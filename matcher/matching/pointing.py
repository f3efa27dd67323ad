"""Which way each signal of a pair points, how strongly, and which of its columns leads."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from matcher.matching.scoring import Halves, log_odds, terms_of, two_sided
from matcher.model.combination import COLUMNS, SIGNAL_OF, SIGNALS, Combination, by_signal
from matcher.vocabulary import Rows

Float32 = npt.NDArray[np.float32]
Float64 = npt.NDArray[np.float64]
Bool = npt.NDArray[np.bool_]


SAME_FACT = (
    ("semantic", "lexical"),
    ("industry", "affinity_industry"),
    ("region", "affinity_region"),
    ("stage", "affinity_stage"),
    ("needs", "affinity_needs"),
    ("ticket", "affinity_ask"),
)
"""Signals that hear of the pair by the same fact: what the texts say, the startup's industry, …"""


class Pointing(NamedTuple):
    """One signal of one pair: the `points` it adds to the score, and the column that adds most that way.

    `sound`: without the signal the score would move the other way; and one for the pair is not outweighed by
    what the same fact adds against it. A signal with a column for and another against the pair can add points
    on the way to the score and yet stand in its way at the end.
    """

    signal: str
    points: float
    lead: str
    sound: bool = True

    @property
    def helps(self) -> bool:
        """Whether it is for the pair."""
        return self.points > 0


@dataclass(frozen=True, slots=True)
class Pointings:
    """Base [pairs] and, strongest first, what points each pair to its score; points of 0 are left out."""

    base: Float64
    pairs: list[list[Pointing]]


def pointings_of(columns: Float32, combination: Combination) -> Pointings:
    """How the signals of pairs, columns [pairs, columns], carry them from the base to their scores."""
    terms = terms_of(columns, combination)
    order = np.argsort(-np.abs(terms.points), axis=1, kind="stable")
    told = (
        terms.points,
        _sound(terms.points, columns, combination),
        _leads(terms.points, columns, combination),
    )
    lines = (np.take_along_axis(every, order, axis=1).tolist() for every in told)
    return Pointings(terms.base, [_of_pair(*pair) for pair in zip(order.tolist(), *lines, strict=True)])


def _of_pair(
    order: Sequence[int], points: Sequence[float], sound: Sequence[bool], leads: Sequence[int]
) -> list[Pointing]:
    every = zip(order, points, leads, sound, strict=True)
    return [
        Pointing(SIGNALS[signal], point, COLUMNS[lead], firm) for signal, point, lead, firm in every if point
    ]


def _leads(points: Float64, columns: Float32, combination: Combination) -> Rows:
    """For each signal the column that adds most the way it points, [pairs, signals]."""
    by_column = combination.standardise(columns) * (combination.startup + combination.partner)
    leads = np.empty(points.shape, dtype=np.intp)
    for signal, own in enumerate(_COLUMNS_OF):
        leads[:, signal] = own[(by_column[:, own] * np.sign(points[:, [signal]])).argmax(axis=1)]
    return leads


def _sound(points: Float64, columns: Float32, combination: Combination) -> Bool:
    """See Pointing, [pairs, signals]."""
    alone = points * _effects(columns, combination, np.eye(len(SIGNALS))) > 0
    together = _effects(columns, combination, _TOGETHER) > 0
    return np.asarray(alone & ((points < 0) | together))


def _effects(columns: Float32, combination: Combination, removed: Float64) -> Float64:
    """The score less what it would be without the signals that each row of `removed` [rows, signals] marks,
    [pairs, rows]."""
    steps, halves = combination.standardise(columns), log_odds(columns, combination)
    startup, partner = (
        by_signal(steps * weights) @ removed.T for weights in (combination.startup, combination.partner)
    )
    without = two_sided(Halves(halves.startup[:, None] - startup, halves.partner[:, None] - partner))
    return np.asarray(two_sided(halves)[:, None] - without)


def _together() -> Float64:
    """For each signal a row that marks it and all that hear of the same fact."""
    marks = np.eye(len(SIGNALS))
    for group in SAME_FACT:
        rows = [SIGNALS.index(name) for name in group]
        marks[np.ix_(rows, rows)] = 1
    return marks


_TOGETHER = _together()
_COLUMNS_OF = [np.flatnonzero(np.equal(SIGNAL_OF, signal)) for signal in range(len(SIGNALS))]
