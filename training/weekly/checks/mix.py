"""Whether recent events are of the kinds, and between the profiles, that they were before.

A type of event that is no longer recorded is to be looked at (an export that lost its declines). Other
shifts are life: a cohort of one trade, a step that is recorded from now on.
"""

from collections import Counter
from collections.abc import Iterator

import numpy as np

from matcher.interactions import TYPES
from training.weekly.checks.duplicates import DECIDED
from training.weekly.checks.evidence import Events, Evidence
from training.weekly.checks.portrait import labels_of, term_of
from training.weekly.checks.settings import CheckSettings
from training.weekly.checks.shift import shift_between
from training.weekly.findings import Finding, Severity

SEEN_BY = ("industries", "region", "stage")
"""The columns of startups by which events are compared."""


def mix(evidence: Evidence, settings: CheckSettings) -> list[Finding]:
    """type_vanished, events_shifted; else mix_ok, or mix_unknown."""
    first = evidence.today - settings.recent_days
    earlier, recent = (
        events.of(*DECIDED)
        for events in (
            evidence.events.between(first - settings.earlier_days, first),
            evidence.recent(settings.recent_days),
        )
    )
    if min(len(earlier), len(recent)) < settings.least_events:
        facts = {"interactions": min(len(earlier), len(recent)), "least": settings.least_events}
        return [Finding("mix_unknown", Severity.OK, facts)]
    found = [*_vanished(earlier, recent, settings), *_shifted(evidence, earlier, recent, settings)]
    return found or [Finding("mix_ok", Severity.OK, {"interactions": len(recent)})]


def _vanished(earlier: Events, recent: Events, settings: CheckSettings) -> Iterator[Finding]:
    before, now = (np.bincount(events.types, minlength=len(TYPES)) for events in (earlier, recent))
    expected = before / len(earlier) * len(recent)
    gone = (expected >= settings.vanished_type_events) & (now <= settings.vanished_type_share * expected)
    for code in np.flatnonzero(gone).tolist():
        facts = {
            "type": TYPES[code].value,
            "interactions": int(now[code]),
            "expected": float(expected[code]),
        }
        yield Finding("type_vanished", Severity.WARNING, facts)


def _shifted(
    evidence: Evidence, earlier: Events, recent: Events, settings: CheckSettings
) -> Iterator[Finding]:
    """Each startup counts once: what happens to one startup is of one piece."""
    startups = [np.unique(events.startups).tolist() for events in (earlier, recent)]
    sizes = len(startups[0]), len(startups[1])
    for column in SEEN_BY:
        before, now = (_terms(evidence, rows, column) for rows in startups)
        shift = shift_between(before, now, sizes)
        if shift.index >= settings.shift_warning_index and shift.chance < settings.shift_chance:
            facts = {"field": column, "value": shift.value, "before": shift.before, "share": shift.now}
            yield Finding("events_shifted", Severity.NOTE, facts | {"index": shift.index})


def _terms(evidence: Evidence, rows: list[int], column: str) -> Counter[str]:
    profiles = evidence.data.profiles
    return Counter(
        term
        for row in rows
        for term in {term_of(column, label) for label in labels_of(profiles[row], column)} - {""}
    )
