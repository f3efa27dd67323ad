"""Periods of a calendar: months, quarters, half-years, years."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from matcher.attention.months import month_number, month_of
from matcher.errors import InvalidInput
from matcher.interactions import END, FIRST

MOST_MONTHS = 120
"""A report looks back ten years at most."""


class Period(StrEnum):
    """How figures are put together."""

    MONTH = "month"
    QUARTER = "quarter"
    HALF_YEAR = "half-year"
    YEAR = "year"


LENGTH = {Period.MONTH: 1, Period.QUARTER: 3, Period.HALF_YEAR: 6, Period.YEAR: 12}
"""In months."""


@dataclass(frozen=True, slots=True)
class Span:
    """Some months in a row, given by the number of the first (see `month_number`) and how many."""

    start: int
    months: int

    @property
    def first(self) -> dt.date:
        """The first day."""
        return month_of(self.start)

    @property
    def end(self) -> dt.date:
        """The day after the last."""
        return month_of(self.start + self.months)

    @property
    def last_month(self) -> dt.date:
        """The first day of the last month."""
        return month_of(self.start + self.months - 1)

    @property
    def before(self) -> "Span":
        """As many months just before."""
        return Span(self.start - self.months, self.months)

    @property
    def name(self) -> str:
        """2026-10, 2026-Q4, 2026-H2, 2026; 2026-05–2026-10 of months that are no such period."""
        year, within = divmod(self.start, 12)
        if within % self.months or self.months not in LENGTH.values():
            return f"{self.first:%Y-%m}–{self.last_month:%Y-%m}"
        part = within // self.months + 1
        return {1: f"{year}-{part:02}", 3: f"{year}-Q{part}", 6: f"{year}-H{part}"}.get(
            self.months, str(year)
        )

    def __contains__(self, month: dt.date) -> bool:
        return self.start <= month_number(month) < self.start + self.months


def check_month(field: str, month: dt.date) -> None:
    """Refuse a month in which nothing can have happened.

    Raises:
        InvalidInput: before 1900 or after 2100.
    """
    if not FIRST.year <= month.year < END.year:
        raise InvalidInput(field, month.isoformat(), f"must be from {FIRST.year} to {END.year - 1}")


def span_between(first: dt.date, last: dt.date) -> Span:
    """The months from that of `first` to that of `last`, both included.

    Raises:
        InvalidInput: none, more than MOST_MONTHS, or such as `check_month` refuses.
    """
    check_month("from", first)
    check_month("to", last)
    months = month_number(last) - month_number(first) + 1
    if not 1 <= months <= MOST_MONTHS:
        rule = f"must be 0 to {MOST_MONTHS - 1} months before {last:%Y-%m}"
        raise InvalidInput("from", f"{first:%Y-%m}", rule)
    return Span(month_number(first), months)


def spans(within: Span, period: Period) -> list[Span]:
    """The calendar's periods that have a month within the span, oldest first; the ends may reach beyond."""
    length = LENGTH[period]
    first = within.start // length * length
    return [Span(start, length) for start in range(first, within.start + within.months, length)]
