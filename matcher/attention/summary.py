"""Figures of a startup, or of several together, over some months."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from matcher.attention.months import is_reported
from matcher.attention.periods import Span
from matcher.ledger import LedgerEntry


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """What was reported over some months. None where nothing is known: that is not zero.

    `startups` reported, in `months` months in all. `headcount` and `cash` are those of the last month known;
    `revenue` and `orders` are sums, `monthly_revenue` and `monthly_orders` means of the months known, so that
    a month that is missing does not look like a fall. `present` and `people` are person-months, present and
    in all, where both are known.
    """

    startups: int = 0
    months: int = 0
    headcount: float | None = None
    revenue: float | None = None
    orders: float | None = None
    cash: float | None = None
    monthly_revenue: float | None = None
    monthly_orders: float | None = None
    present: float | None = None
    people: float | None = None

    @property
    def present_share(self) -> float | None:
        """Share of the people who were present."""
        return self.present / self.people if self.people and self.present is not None else None


@dataclass(frozen=True, slots=True)
class Changes:
    """How figures changed since the span before, as shares (0.1 is a tenth more); None where unknown. Of
    several startups only those with both figures are compared."""

    revenue: float | None
    orders: float | None
    headcount: float | None


def summary_of(entries: Iterable[LedgerEntry], span: Span) -> Summary:
    """One startup's figures over the span, from its entries oldest first."""
    told = [entry for entry in entries if entry.month in span and is_reported(entry)]
    if not told:
        return Summary()
    revenue, orders = ([entry.revenue for entry in told], [entry.orders for entry in told])
    both = [
        (entry.present, entry.headcount)
        for entry in told
        if entry.present is not None and entry.headcount is not None
    ]
    return Summary(
        startups=1,
        months=len(told),
        headcount=_last(entry.headcount for entry in told),
        revenue=_sum(revenue),
        orders=_sum(orders),
        cash=_last(entry.cash for entry in told),
        monthly_revenue=_mean(revenue),
        monthly_orders=_mean(orders),
        present=_sum(present for present, _ in both),
        people=_sum(people for _, people in both),
    )


def together(summaries: Sequence[Summary]) -> Summary:
    """The figures of several startups over the same span, added up."""
    return Summary(
        startups=sum(each.startups for each in summaries),
        months=sum(each.months for each in summaries),
        headcount=_sum(each.headcount for each in summaries),
        revenue=_sum(each.revenue for each in summaries),
        orders=_sum(each.orders for each in summaries),
        cash=_sum(each.cash for each in summaries),
        monthly_revenue=_sum(each.monthly_revenue for each in summaries),
        monthly_orders=_sum(each.monthly_orders for each in summaries),
        present=_sum(each.present for each in summaries),
        people=_sum(each.people for each in summaries),
    )


def changes(now: Sequence[Summary], before: Sequence[Summary]) -> Changes:
    """How the same startups, in the same order, changed from one span to the next."""
    return Changes(
        _change(now, before, lambda each: each.monthly_revenue),
        _change(now, before, lambda each: each.monthly_orders),
        _change(now, before, lambda each: each.headcount),
    )


def _change(
    now: Sequence[Summary], before: Sequence[Summary], figure: Callable[[Summary], float | None]
) -> float | None:
    pairs = [(figure(later), figure(earlier)) for later, earlier in zip(now, before, strict=True)]
    known = [(later, earlier) for later, earlier in pairs if later is not None and earlier is not None]
    base = sum(earlier for _, earlier in known)
    return sum(later for later, _ in known) / base - 1 if base > 0 else None


def _sum(values: Iterable[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return sum(known) if known else None


def _mean(values: Sequence[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return sum(known) / len(known) if known else None


def _last(values: Iterable[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return known[-1] if known else None
