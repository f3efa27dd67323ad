"""Whether the last week brought as much as weeks usually do.

A usual week is the median of the weeks before, its spread 1.4826 × their median absolute deviation, at least
that of a Poisson count. Weeks that come in bursts (a demo day a month) have a wide spread, and a week is too
much only beside the busiest of them. Holidays make a low week, too: whoever reads the warning knows them.
"""

import math

import numpy as np
import numpy.typing as npt

from training.weekly.checks.days import iso_day
from training.weekly.checks.evidence import Events, Evidence
from training.weekly.checks.settings import CheckSettings
from training.weekly.findings import Finding, Severity

Weeks = npt.NDArray[np.int64]

_WEEK_DAYS = 7
_MAD_TO_DEVIATION = 1.4826


def volume(evidence: Evidence, settings: CheckSettings) -> list[Finding]:
    """interactions_none, volume_unknown, volume_none, volume_low, volume_high or volume_ok."""
    events, today = evidence.events, evidence.today
    past = events.take(events.days < today)
    if not len(past):
        return [Finding("interactions_none", Severity.NOTE, {})]
    weeks = weekly_counts(past, today, settings.weeks + 1)
    if len(weeks) <= settings.least_weeks:
        facts = {"interactions": int(weeks[0]), "weeks": len(weeks) - 1, "least": settings.least_weeks}
        return [Finding("volume_unknown", Severity.NOTE, facts)]
    return [_silent(past, weeks, settings) if not weeks[0] else _week(weeks, today, settings)]


def weekly_counts(events: Events, today: int, most: int) -> Weeks:
    """Events of each of the last weeks, the latest first; at most `most`, and none from before the first
    event's whole weeks."""
    ages = (today - 1 - events.days) // _WEEK_DAYS
    whole = (today - int(events.days.min())) // _WEEK_DAYS
    return np.bincount(ages, minlength=most)[: max(1, min(most, whole))]


def _silent(past: Events, weeks: Weeks, settings: CheckSettings) -> Finding:
    """Weeks of silence count as one long week: in four weeks a small incubator's silence tells, too."""
    silent = int(np.argmax(weeks > 0)) or len(weeks)
    before = weeks[silent:]
    low = len(before) >= settings.least_weeks and is_low(0, silent * before, settings)
    facts = {
        "since": iso_day(int(past.days.max())),
        "usual": float(np.median(before)) if len(before) else 0.0,
        "weeks": len(before),
    }
    return Finding("volume_none", Severity.WARNING if low else Severity.NOTE, facts)


def _week(weeks: Weeks, today: int, settings: CheckSettings) -> Finding:
    last, before = int(weeks[0]), weeks[1:]
    facts = {
        "first": iso_day(today - _WEEK_DAYS),
        "last": iso_day(today - 1),
        "interactions": last,
        "usual": float(np.median(before)),
        "weeks": len(before),
    }
    if is_low(last, before, settings):
        return Finding("volume_low", Severity.WARNING, facts)
    if last >= settings.high_least_events and last > settings.high_warning_times * before.max():
        return Finding("volume_high", Severity.WARNING, facts)
    return Finding("volume_ok", Severity.OK, facts)


def is_low(last: int, before: Weeks, settings: CheckSettings) -> bool:
    """Whether a week is so far below the weeks before that chance does not explain it.

    Counts are compared by their roots, which spread alike whatever their size (Anscombe 1948).
    """
    roots, usual = _root(before), float(np.median(before))
    deviation = max(_MAD_TO_DEVIATION * float(np.median(np.abs(roots - np.median(roots)))), 1.0)
    least = float(np.median(roots)) - settings.low_deviations * deviation
    poisson = usual - settings.low_deviations * math.sqrt(usual)
    return bool(_root(last) < least and last < min(poisson, settings.low_warning_share * usual))


def _root(counts: npt.ArrayLike) -> npt.NDArray[np.float64]:
    """Anscombe's transform: a Poisson count gets a standard deviation of 1."""
    return np.asarray(2 * np.sqrt(np.asarray(counts) + 3 / 8))
