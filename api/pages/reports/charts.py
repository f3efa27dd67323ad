"""Charts as shapes for SVG: coordinates in a view box of 0 to 100, made here so that templates only draw."""

from collections.abc import Sequence
from dataclasses import dataclass

from matcher.reports.rates import Rate

SIZE = 100.0


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: how long (0…100), and where its interval ends; None where it has none."""

    length: float
    low: float | None = None
    high: float | None = None


def bars(values: Sequence[float]) -> list[Bar]:
    """Bars in proportion, the longest whole; all 0 where nothing is larger."""
    most = max(values, default=0)
    return [Bar(SIZE * value / most if most else 0.0) for value in values]


def rate_bars(rates: Sequence[Rate]) -> list[Bar]:
    """Bars of shares with the ends of their intervals, on one scale that holds all of them."""
    most = max((rate.high for rate in rates if rate.of), default=1.0) or 1.0
    return [
        Bar(SIZE * (rate.share or 0.0) / most, SIZE * rate.low / most, SIZE * rate.high / most)
        if rate.of
        else Bar(0.0)
        for rate in rates
    ]


def polyline(curve: Sequence[float]) -> str:
    """The points of a curve over 0…1 in both directions, from below on the left; "" of nothing."""
    last = len(curve) - 1
    return " ".join(
        f"{SIZE * place / last:.2f},{SIZE * (1 - share):.2f}" for place, share in enumerate(curve)
    )
