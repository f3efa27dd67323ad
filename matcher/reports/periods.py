"""Spans of days that reports are of: a month, a quarter, a year, or any days; and the one before."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from matcher.errors import InvalidInput

LONGEST_DAYS = 3660
_MONTHS = {"month": 1, "quarter": 3, "year": 12}


class Span(StrEnum):
    """What a period is called."""

    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    OWN = "own"


@dataclass(frozen=True, slots=True)
class Period:
    """The days from `first` to `last`, both included.

    Raises:
        InvalidInput: it ends before it begins, or is longer than ten years.
    """

    span: Span
    first: dt.date
    last: dt.date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise InvalidInput("to", self.last, f"must not be before {self.first}")
        if (self.last - self.first).days >= LONGEST_DAYS:
            raise InvalidInput("from", self.first, "is more than ten years before the end")

    def since(self, zone: dt.tzinfo) -> dt.datetime:
        """The first moment, where clocks show that zone."""
        return dt.datetime.combine(self.first, dt.time(), zone).astimezone(dt.UTC)

    def until(self, zone: dt.tzinfo) -> dt.datetime:
        """The first moment after."""
        return dt.datetime.combine(self.last + dt.timedelta(days=1), dt.time(), zone).astimezone(dt.UTC)

    @property
    def before(self) -> "Period":
        """The period before: the whole month, quarter or year, of own dates as many days."""
        end = self.first - dt.timedelta(days=1)
        if self.span is Span.OWN:
            return Period(self.span, end - (self.last - self.first), end)
        return around(self.span, end)


def around(span: Span, day: dt.date) -> Period:
    """The calendar month, quarter or year that a day lies in."""
    length = _MONTHS[span]
    first = dt.date(day.year, (day.month - 1) // length * length + 1, 1)
    year, month = divmod(first.year * 12 + first.month - 1 + length, 12)
    return Period(span, first, dt.date(year, month + 1, 1) - dt.timedelta(days=1))
