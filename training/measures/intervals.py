"""Intervals by the bootstrap over queries (Efron & Tibshirani 1993): the same resamples for every method."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Float64 = npt.NDArray[np.float64]

RESAMPLES = 2000
SEED = 20150701
_OUTER = (2.5, 97.5)


@dataclass(frozen=True, slots=True)
class Interval:
    """A mean with the ends of its 95 % interval."""

    mean: float
    low: float
    high: float

    @property
    def standard_error(self) -> float:
        """About that of the mean: the interval is 2 × 1.96 of them wide."""
        return (self.high - self.low) / 3.92

    def __str__(self) -> str:
        return f"{self.mean:+.4f} [{self.low:+.4f}, {self.high:+.4f}]"


def interval(values: Float64, seed: int = SEED) -> Interval:
    """The mean of values, one for each query, and where it would lie with other queries of the same kind.

    For the difference of two methods give the differences, query by query (a paired interval). No values give
    zeros.
    """
    if not len(values):
        return Interval(0.0, 0.0, 0.0)
    draws = np.random.default_rng(seed).multinomial(
        len(values), np.full(len(values), 1 / len(values)), size=RESAMPLES
    )
    low, high = np.percentile(draws @ values / len(values), _OUTER)
    return Interval(float(values.mean()), float(low), float(high))


def verdict(difference: Interval) -> str:
    """What a paired difference from Bole says in words."""
    if difference.low > 0:
        return "better"
    if difference.mean >= 0:
        return "not worse"
    return "within noise" if difference.high >= 0 else "**worse**"
