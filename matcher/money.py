"""Amounts of different currencies on one scale, good enough to compare orders of magnitude."""

import math

CNY_PER_UNIT = {
    "CNY": 1.0,
    "USD": 7.0,
    "HKD": 0.9,
    "EUR": 7.8,
    "GBP": 9.0,
    "JPY": 0.048,
    "TWD": 0.22,
    "SGD": 5.3,
    "KRW": 0.0052,
}
"""Rounded long-run rates. Matching asks whether an amount lies within a range, so that a drift of a few
percent is harmless."""


def log_cny(amount: float | None, currency: str) -> float:
    """log10 of the amount in CNY; NaN where it is unknown or zero. A blank or unknown currency is CNY."""
    if not amount:
        return math.nan
    return math.log10(amount * CNY_PER_UNIT.get(currency.upper(), 1.0))
