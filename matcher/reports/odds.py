"""The odds of one thing beside another where a third, such as the place in a list, plays its part too."""

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from matcher.intervals import NORMAL_95

Counts = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class OddsRatio:
    """How many times as high the odds of a yes are for the second as for the first, and its 95 % interval."""

    ratio: float
    low: float
    high: float


def mantel_haenszel(tables: Counts) -> OddsRatio | None:
    """The common odds ratio of strata, float [s, 2, 2]: rows first and second, columns yes and no.

    Mantel & Haenszel 1959; the interval is that of Robins, Breslow & Greenland 1986, right both for a few
    large strata and for many small ones. A stratum in which only one of the two was there says nothing, nor
    does one in which all said the same. None where nothing is left that speaks for the first, or nothing
    that speaks for the second: the ratio would be endless or nought, and there is no interval.
    """
    (c, d), (a, b) = tables[:, 0].T, tables[:, 1].T
    n = np.maximum(a + b + c + d, 1)
    more, less = a * d / n, b * c / n
    agree, differ = (a + d) / n, (b + c) / n
    up, down = more.sum(), less.sum()
    if not (up > 0 and down > 0):
        return None
    variance = (
        (agree * more).sum() / (2 * up**2)
        + (agree * less + differ * more).sum() / (2 * up * down)
        + (differ * less).sum() / (2 * down**2)
    )
    ratio, spread = up / down, math.exp(NORMAL_95 * math.sqrt(variance))
    return OddsRatio(float(ratio), float(ratio / spread), float(ratio * spread))
