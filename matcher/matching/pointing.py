"""Which way each signal of a pair points, how strongly, and which of its columns leads."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from matcher.matching.scoring import Halves, log_odds, terms_of, two_sided
from matcher.model.combination import COLUMNS, SIGNAL_OF, SIGNALS, Combination, by_signal

Float32 = npt.NDArray[np.float32]
Float64 = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Pointing:
    """One signal of one pair: the `points` it adds to the score, and the column that adds most that way.

    `sound`: without the signal the score would change the same way. A signal with a column for and another
    against the pair can add points on the way to the score and yet stand in its way at the end.
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
    steps = combination.standardise(columns)
    by_column = steps * (combination.startup + combination.partner)
    effects = _effects(columns, combination)
    pairs = zip(terms.points, effects, by_column, strict=True)
    return Pointings(terms.base, [list(_of_pair(*pair)) for pair in pairs])


def _of_pair(points: Float64, effects: Float64, by_column: Float64) -> Iterator[Pointing]:
    for signal in np.argsort(-np.abs(points), kind="stable").tolist():
        if points[signal]:
            own = np.where(signal == SIGNAL_OF, by_column * np.sign(points[signal]), -np.inf)
            sound = bool(points[signal] * effects[signal] > 0)
            yield Pointing(SIGNALS[signal], float(points[signal]), COLUMNS[int(own.argmax())], sound)


def _effects(columns: Float32, combination: Combination) -> Float64:
    """The score less what it would be without each signal, [pairs, signals]."""
    steps, halves = combination.standardise(columns), log_odds(columns, combination)
    startup, partner = (by_signal(steps * weights) for weights in (combination.startup, combination.partner))
    without = two_sided(Halves(halves.startup[:, None] - startup, halves.partner[:, None] - partner))
    return np.asarray(two_sided(halves)[:, None] - without)
