"""From signals to probabilities, and from a score back to the terms that made it.

The score is the geometric mean of the two halves. Its terms are Aumann–Shapley values: each signal's
contribution is integrated along the straight path from an average pair (every signal at its centre) to this
pair. They add up to the score exactly, whatever the number of signals and however curved the score
(Aumann & Shapley 1974; as integrated gradients in Sundararajan et al. 2017).
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from matcher.model.combination import Combination, by_signal

Float32 = npt.NDArray[np.float32]
Float64 = npt.NDArray[np.float64]

_NODES, _WEIGHTS = np.polynomial.legendre.leggauss(16)
_PATH = (_NODES + 1) / 2
_STEP = _WEIGHTS / 2


@dataclass(frozen=True, slots=True)
class Halves:
    """Log-odds of each side's yes, same shape; see `probabilities`."""

    startup: Float64
    partner: Float64


def log_odds(columns: Float32, combination: Combination) -> Halves:
    """Both halves of every pair: `columns` [..., columns] gives log-odds of shape [...]."""
    return log_odds_at(combination.standardise(columns), combination)


def log_odds_at(steps: Float64, combination: Combination) -> Halves:
    """The same of standardised columns."""
    return Halves(
        np.asarray(np.linalg.vecdot(steps, combination.startup) + combination.startup_intercept),
        np.asarray(np.linalg.vecdot(steps, combination.partner) + combination.partner_intercept),
    )


def sigmoid(log_odds: Float64) -> Float64:
    """1 / (1 + e^−x), without overflow."""
    return np.asarray(0.5 * (1 + np.tanh(0.5 * log_odds)))


def two_sided(halves: Halves) -> Float64:
    """The score in 0…1: the geometric mean of p_startup and p_partner."""
    return np.asarray(np.sqrt(sigmoid(halves.startup) * sigmoid(halves.partner)))


@dataclass(frozen=True, slots=True)
class Terms:
    """What carried each pair to its score: base [pairs] + points [pairs, signals] summed = score [pairs]."""

    base: Float64
    points: Float64


def terms_of(columns: Float32, combination: Combination) -> Terms:
    """The terms of the pairs' scores; `columns` is [pairs, columns]. A signal's is the sum of its columns'.

    The quadrature's rounding error (below 1e-6) is given back in proportion, so that the sum is exact.
    """
    steps = combination.standardise(columns)
    start = Halves(
        np.full(len(steps), combination.startup_intercept), np.full(len(steps), combination.partner_intercept)
    )
    rise = Halves(np.linalg.vecdot(steps, combination.startup), np.linalg.vecdot(steps, combination.partner))
    slope_startup, slope_partner = _mean_slopes(start, rise)
    points = (
        steps * combination.startup * slope_startup[:, None]
        + steps * combination.partner * slope_partner[:, None]
    )
    base = two_sided(start)
    score = two_sided(Halves(start.startup + rise.startup, start.partner + rise.partner))
    return Terms(base, by_signal(points + _remainder(points, score - base)))


def _mean_slopes(start: Halves, rise: Halves) -> tuple[Float64, Float64]:
    """The score's mean derivative by each half along the path, [pairs] each: ∂√(pq)/∂a = √(pq)·(1−p)/2."""
    startup = start.startup[:, None] + rise.startup[:, None] * _PATH
    partner = start.partner[:, None] + rise.partner[:, None] * _PATH
    score = two_sided(Halves(startup, partner))
    slopes = (score * (1 - sigmoid(half)) / 2 for half in (startup, partner))
    by_startup, by_partner = (np.linalg.vecdot(slope, _STEP) for slope in slopes)
    return by_startup, by_partner


def _remainder(points: Float64, wanted: Float64) -> Float64:
    """What each term must still get so that the row sums to `wanted`: in proportion to its size."""
    size = np.abs(points)
    whole = np.maximum(size.sum(axis=1, keepdims=True), 1e-300)
    return np.asarray((wanted - points.sum(axis=1))[:, None] * size / whole)
