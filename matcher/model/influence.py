"""How much each signal counts in a combination, as people can compare it: shares of all that counts."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from matcher.model.combination import SIGNALS, Combination, by_signal

Float64 = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Influence:
    """What one signal counts in a score and in its two halves: shares of 1 (0 where nothing counts)."""

    signal: str
    score: float
    startup: float
    partner: float


def influences(combination: Combination) -> Sequence[Influence]:
    """Every signal with its shares, in the order of the signals.

    A weight is the log-odds that a step counts which is usual for its column, so weights of different columns
    compare; one that counts against a pair counts as much as one in favour. The halves count the same in the
    score.
    """
    startup, partner = (by_signal(np.abs(half)) for half in (combination.startup, combination.partner))
    columns = [_shares(each) for each in (startup + partner, startup, partner)]
    rows = np.column_stack(columns).tolist()
    return [Influence(signal, *row) for signal, row in zip(SIGNALS, rows, strict=True)]


def _shares(weights: Float64) -> Float64:
    total = float(weights.sum())
    return weights / total if total else np.zeros_like(weights)
