"""Dates that cannot be: in the future, before anything, before the company, all on one day.

Spreadsheets bring them about: day and month swapped, days counted from 1904 instead of 1900 (four years and a
day too early), an empty cell as day 0, a day of typing in place of the day of the event.
"""

import datetime as dt
from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from matcher.interactions import day_number
from training.weekly.checks.days import iso_day
from training.weekly.checks.evidence import Evidence, Mask
from training.weekly.checks.grading import Part, graded
from training.weekly.checks.settings import CheckSettings
from training.weekly.findings import Finding, Severity

_QUARTER_DAYS = 91


def dates(evidence: Evidence, settings: CheckSettings) -> list[Finding]:
    """dates_in_future, dates_implausible, dates_before_founding, dates_on_one_day, else dates_ok."""
    found = [
        *_future(evidence, settings),
        *_implausible(evidence, settings),
        *_founding(evidence, settings),
        *_one_day(evidence, settings),
    ]
    return found or [Finding("dates_ok", Severity.OK, {"interactions": len(evidence.events)})]


def _future(evidence: Evidence, settings: CheckSettings) -> Iterator[Finding]:
    """Of what happened in the last quarter or later: old events cannot dilute a bad import."""
    days = evidence.events.days
    late = days > evidence.today + settings.future_grace_days
    if late.any():
        wrong = _part(late, days >= evidence.today - _QUARTER_DAYS)
        severity = _severity(wrong, settings.future_warning_share, settings.future_error_share, settings)
        facts = wrong.facts("interactions") | {"last": iso_day(int(days.max()))}
        yield Finding("dates_in_future", severity, facts)


def _implausible(evidence: Evidence, settings: CheckSettings) -> Iterator[Finding]:
    days, year = evidence.events.days, settings.earliest_year
    early = days < _first_day(settings)
    if early.any():
        wrong = Part(int(early.sum()), len(days))
        limits = settings.implausible_warning_share, settings.implausible_error_share
        facts = wrong.facts("interactions") | {"first": iso_day(int(days.min())), "earliest_year": year}
        yield Finding("dates_implausible", _severity(wrong, *limits, settings), facts)


def _founding(evidence: Evidence, settings: CheckSettings) -> Iterator[Finding]:
    """Events of startups that were not founded yet, of those whose founding is known."""
    days, founded = evidence.events.days, _founded(evidence)[evidence.events.startups]
    asked = ~np.isnan(founded) & (days >= _first_day(settings))
    wrong = _part(days < founded - settings.founding_grace_days, asked)
    severity = _severity(wrong, settings.founding_warning_share, settings.founding_error_share, settings)
    if severity is not Severity.NOTE:
        yield Finding("dates_before_founding", severity, wrong.facts("interactions"))


def _first_day(settings: CheckSettings) -> int:
    return day_number(dt.date(settings.earliest_year, 1, 1))


def _founded(evidence: Evidence) -> npt.NDArray[np.float64]:
    """The day of each profile's founding, NaN where unknown, [profiles]."""
    days = (day_number(p.founded) if p.founded else np.nan for p in evidence.data.profiles)
    return np.fromiter(days, dtype=np.float64, count=len(evidence.data.profiles))


def _one_day(evidence: Evidence, settings: CheckSettings) -> Iterator[Finding]:
    """A day that has most of what happened in half a year: perhaps that of an import."""
    events = evidence.recent(settings.earlier_days)
    days, counts = np.unique(events.days, return_counts=True)
    if len(events) < settings.least_events or len(days) < settings.least_active_days:
        return
    fullest = Part(int(counts.max()), len(events))
    if fullest.share >= settings.one_day_warning_share:
        facts = fullest.facts("interactions") | {"day": iso_day(int(days[counts.argmax()]))}
        yield Finding("dates_on_one_day", Severity.WARNING, facts)


def _part(wrong: Mask, of: Mask) -> Part:
    return Part(int((wrong & of).sum()), int(of.sum()))


def _severity(wrong: Part, warning: float, error: float, settings: CheckSettings) -> Severity:
    """A note where they are few, or too few to say; otherwise as their share says."""
    if wrong.of < settings.least_events:
        return Severity.NOTE
    return graded(wrong.share, note=0.0, warning=warning, error=error)
