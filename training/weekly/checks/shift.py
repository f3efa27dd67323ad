"""How far counts by value have moved: the population stability index.

PSI = Σ (p − q) · ln(p / q) over the values, as used for scorecards (Siddiqi 2006: from 0.25 on a major
shift). It is estimated with half a count added to every value. Of two samples of one population, PSI ÷ (1/m
+ 1/n) has about a chi-square distribution with one degree of freedom less than there are values (Yurdakul
2018), which tells a shift from chance.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from scipy.special import chdtrc

_HALF = 0.5


@dataclass(frozen=True, slots=True)
class Shift:
    """`index`: the PSI; `chance`: how often two samples of one population differ so much; `value`: the one
    whose share changed most, from `before` to `now` (0…1)."""

    index: float
    chance: float
    value: str
    before: float
    now: float


def shift_between(before: Mapping[str, int], now: Mapping[str, int], sizes: tuple[int, int]) -> Shift:
    """The shift of the counts by value; `sizes` are how many independent things each were counted of.

    With no value, or one, nothing can move: index 0, chance 1.
    """
    values = sorted(before.keys() | now.keys())
    if len(values) < 2:
        return Shift(0.0, 1.0, "".join(values), 1.0, 1.0)
    counts = np.array([[side.get(value, 0) for value in values] for side in (before, now)], dtype=np.float64)
    q, p = (counts + _HALF) / (counts + _HALF).sum(axis=1, keepdims=True)
    index = float(((p - q) * np.log(p / q)).sum())
    noise = sum(1 / max(size, 1) for size in sizes)
    top = int(np.abs(p - q).round(9).argmax())
    raw = counts[:, top] / np.maximum(counts.sum(axis=1), 1)
    return Shift(
        index, float(chdtrc(len(values) - 1, index / noise)), values[top], float(raw[0]), float(raw[1])
    )
