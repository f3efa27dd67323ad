"""Timings of several ways, taken in turns so that all meet the same machine."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from matcher.vocabulary import Rows


@dataclass(frozen=True, slots=True)
class Timing:
    """Milliseconds: the median, and the time that 95 % stay within."""

    p50: float
    p95: float


def in_turns(ways: Mapping[str, Callable[[int], object]], order: Rows, warm: int) -> dict[str, Timing]:
    """Call every way with each number of `order` in turn; the first `warm` rounds do not count."""
    taken: dict[str, list[float]] = {name: [] for name in ways}
    for number in order.tolist():
        for name, way in ways.items():
            began = time.perf_counter()
            way(number)
            taken[name].append((time.perf_counter() - began) * 1000)
    return {name: _timing(times[warm:]) for name, times in taken.items()}


def _timing(times: list[float]) -> Timing:
    return Timing(*(round(float(value), 3) for value in np.percentile(times, [50, 95])))
