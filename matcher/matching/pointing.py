"""Which way each signal of a pair points, how strongly, and which of its columns leads."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from matcher.matching.scoring import Halves, log_odds, terms_of, two_sided
from matcher.model.combination import COLUMNS, SIGNAL_OF, SIGNALS, Combination, by_signal

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


@dataclass(frozen=True, slots=True)
class Pointing:
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
    by_column = combination.standardise(columns) * (combination.startup + combination.partner)
    pairs = zip(terms.points, _sound(terms.points, columns, combination), by_column, strict=True)
    return Pointings(terms.base, [list(_of_pair(*pair)) for pair in pairs])


def _of_pair(points: Float64, sound: Bool, by_column: Float64) -> Iterator[Pointing]:
    for signal in np.argsort(-np.abs(points), kind="stable").tolist():
        if points[signal]:
            own = np.where(np.equal(SIGNAL_OF, signal), by_column * np.sign(points[signal]), -np.inf)
            lead = COLUMNS[int(own.argmax())]
            yield Pointing(SIGNALS[signal], float(points[signal]), lead, bool(sound[signal]))


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
