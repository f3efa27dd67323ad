"""Which way each signal of a pair points, how strongly, and which of its columns leads."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from matcher.matching.scoring import Halves, log_odds_at, terms_of, two_sided
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
    steps, terms = combination.standardise(columns), terms_of(columns, combination)
    order = np.argsort(-np.abs(terms.points), axis=1, kind="stable")
    told = (
        terms.points,
        _sound(terms.points, steps, combination),
        _leads(terms.points, steps, combination),
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


def _leads(points: Float64, steps: Float64, combination: Combination) -> Rows:
    """For each signal the column that adds most the way it points, [pairs, signals]; of several the first."""
    by_column = steps * (combination.startup + combination.partner)
    best = (by_column[:, _COLUMNS_OF] * np.sign(points)[:, :, None]).argmax(axis=2)
    return np.asarray(_COLUMNS_OF[np.arange(len(SIGNALS)), best])


def _sound(points: Float64, steps: Float64, combination: Combination) -> Bool:
    """See Pointing, [pairs, signals]."""
    halves = log_odds_at(steps, combination)
    own = Halves(by_signal(steps * combination.startup), by_signal(steps * combination.partner))
    shared = Halves(own.startup @ _TOGETHER.T, own.partner @ _TOGETHER.T)
    alone = points * _effects(halves, own) > 0
    return np.asarray(alone & ((points < 0) | (_effects(halves, shared) > 0)))


def _effects(halves: Halves, removed: Halves) -> Float64:
    """The scores less what they would be without what is `removed`, [pairs, rows], from the log-odds."""
    without = two_sided(
        Halves(halves.startup[:, None] - removed.startup, halves.partner[:, None] - removed.partner)
    )
    return np.asarray(two_sided(halves)[:, None] - without)


def _together() -> Float64:
    """For each signal a row that marks it and all that hear of the same fact."""
    marks = np.eye(len(SIGNALS))
    for group in SAME_FACT:
        rows = [SIGNALS.index(name) for name in group]
        marks[np.ix_(rows, rows)] = 1
    return marks


def _columns_of() -> Rows:
    """The columns of each signal, [signals, most]; where there are fewer, the first again."""
    own = [np.flatnonzero(np.equal(SIGNAL_OF, signal)) for signal in range(len(SIGNALS))]
    most = max(map(len, own))
    return np.array([np.append(some, [some[0]] * (most - len(some))) for some in own], dtype=np.intp)


_TOGETHER = _together()
_COLUMNS_OF = _columns_of()
