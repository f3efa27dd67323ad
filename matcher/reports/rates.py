"""Shares with their intervals."""

from dataclasses import dataclass

from matcher.intervals import wilson


@dataclass(frozen=True, slots=True)
class Rate:
    """A share of `of` cases and the ends of its 95 % interval (Wilson 1927); None of no cases."""

    share: float | None
    low: float
    high: float
    of: int


def rate_of(successes: int, of: int) -> Rate:
    """The share of so many cases."""
    return Rate(successes / of if of else None, *wilson(successes, of), of)
