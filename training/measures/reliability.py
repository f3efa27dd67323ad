"""Calibration: do predicted probabilities come true as often as they say? Pure functions over pairs."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from matcher.intervals import wilson

Float64 = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]
Places = npt.NDArray[np.intp]
Binning = Callable[[Float64, int], Places]

BINS = 15
_LEAST = 1e-12
"""Probabilities are kept so far from 0 and 1 before a logarithm."""


@dataclass(frozen=True, slots=True)
class Bin:
    """Pairs of like probability: the mean predicted, the share that came true, and where its 95 % lies."""

    predicted: float
    observed: float
    pairs: int
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Calibration:
    """How far predictions are from what came true, in 0…1 (log loss: nats); less is better.

    `ece` and `ece_mass` are the expected calibration error over bins of equal width and of equal numbers;
    `ece_listed` the same as `ece` over the ten best of each query alone, where people read the figures.
    """

    ece: float
    ece_mass: float
    ece_listed: float
    brier: float
    log_loss: float
    predicted: float
    observed: float


def calibration(predicted: Float64, came_true: Mask, listed: Mask) -> Calibration:
    """All figures of aligned pairs, each array [n]; `listed` marks those that stand in a list of ten."""
    widths = reliability(predicted, came_true, equal_width)
    masses = reliability(predicted, came_true, equal_mass)
    shown = reliability(predicted[listed], came_true[listed], equal_width)
    return Calibration(
        ece=expected_calibration_error(widths),
        ece_mass=expected_calibration_error(masses),
        ece_listed=expected_calibration_error(shown),
        brier=brier(predicted, came_true),
        log_loss=log_loss(predicted, came_true),
        predicted=_mean(predicted),
        observed=_mean(came_true),
    )


def expected_calibration_error(bins: tuple[Bin, ...]) -> float:
    """Mean of |observed − predicted| over the bins, each weighing as many as its pairs; 0 without bins.

    Naeini, Cooper & Hauskrecht 2015 (equal numbers); Guo et al. 2017, eq. 3 (equal width).
    """
    pairs = sum(one.pairs for one in bins)
    return sum(one.pairs * abs(one.observed - one.predicted) for one in bins) / max(pairs, 1)


def reliability(predicted: Float64, came_true: Mask, binning: Binning, bins: int = BINS) -> tuple[Bin, ...]:
    """The reliability curve: the bins that hold a pair, the least probable first."""
    place = binning(predicted, bins)
    return tuple(_bin(predicted[place == at], came_true[place == at]) for at in np.unique(place))


def equal_width(predicted: Float64, bins: int) -> Places:
    """The bin of each probability in 0…1 when bins are equally wide: 0 … bins − 1."""
    return np.minimum((predicted * bins).astype(np.intp), bins - 1)


def equal_mass(predicted: Float64, bins: int) -> Places:
    """The bin of each probability when bins hold equally many. Equal probabilities share one bin."""
    if not len(predicted):
        return np.zeros(0, dtype=np.intp)
    edges = np.quantile(predicted, np.arange(1, bins) / bins)
    return np.searchsorted(edges, predicted, side="left").astype(np.intp)


def brier(predicted: Float64, came_true: Mask) -> float:
    """Mean squared distance of the probability from what came true (Brier 1950); 0 for no pairs."""
    return _mean((predicted - came_true) ** 2)


def log_loss(predicted: Float64, came_true: Mask) -> float:
    """Mean −log of the probability given to what came true, in nats; 0 for no pairs."""
    likely = np.clip(np.where(came_true, predicted, 1 - predicted), _LEAST, 1.0)
    return _mean(-np.log(likely))


def _bin(predicted: Float64, came_true: Mask) -> Bin:
    pairs, happened = len(predicted), int(came_true.sum())
    return Bin(float(predicted.mean()), happened / pairs, pairs, *wilson(happened, pairs))


def _mean(values: Float64 | Mask) -> float:
    return float(np.mean(values)) if len(values) else 0.0
