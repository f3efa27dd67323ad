"""Which span of time a report's address asks for."""

import datetime as dt
from dataclasses import dataclass

from flask import request

from matcher.errors import InvalidInput
from matcher.reports.periods import Period, Span, around


@dataclass(frozen=True, slots=True)
class Asked:
    """The period, and whether the address asked for one that cannot be (this quarter then stands for it)."""

    period: Period
    wrong: bool = False


def asked(today: dt.date) -> Asked:
    """The period that this address asks for; this quarter where it names none.

    A month, quarter or year is the one that `on` lies in, today without it, so that a link can be kept.
    """
    span, on = request.args.get("period", Span.QUARTER.value), request.args.get("on", "")
    first, last = request.args.get("from", ""), request.args.get("to", "")
    try:
        if span == Span.OWN:
            return Asked(Period(Span.OWN, _day(first), _day(last)))
        return Asked(around(Span(span), _day(on) if on else today))
    except (ValueError, InvalidInput):
        return Asked(around(Span.QUARTER, today), wrong=True)


def _day(text: str) -> dt.date:
    """The day, of years that calendars of both sides know."""
    day = dt.date.fromisoformat(text)
    if not 1990 <= day.year < 2100:
        raise ValueError(text)
    return day
