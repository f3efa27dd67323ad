"""Whether columns are filled as they were at the live model, and with the same values.

A column that is lost (renamed in the sheet, cut off in an export) blanks the profiles that are there
already: only what was there before tells.
"""

import math
from collections.abc import Iterator

from matcher.profiles import Role
from training.weekly.checks.evidence import Evidence
from training.weekly.checks.grading import share
from training.weekly.checks.portrait import FILLED, LABELLED, Portrait
from training.weekly.checks.settings import CheckSettings
from training.weekly.checks.shift import Shift, shift_between
from training.weekly.findings import Finding, Severity

MATCHED = frozenset(
    (
        "description industries region stage stages needs offers kind raising_amount ticket_min ticket_max"
    ).split()
)
"""The columns that matching reads of every profile: without one of them nothing may go live."""

_MOST = 0.5
_DEVIATIONS = 4.0


def columns(evidence: Evidence, settings: CheckSettings) -> list[Finding]:
    """field_emptied, field_thinner, field_shifted; else fields_ok, or fields_unknown where no portrait of
    the live model's profiles is known."""
    now, live = evidence.now, evidence.data.live
    if not live.filled:
        return [Finding("fields_unknown", Severity.OK, {})]
    found = [
        finding
        for role in Role
        if min(live.profiles.get(role, 0), now.profiles[role]) >= settings.least_profiles
        for finding in (*_filling(role, now, live, settings), *_values(role, now, live, settings))
    ]
    return found or [Finding("fields_ok", Severity.OK, {"fields": sum(map(len, FILLED.values()))})]


def _filling(role: Role, now: Portrait, live: Portrait, settings: CheckSettings) -> Iterator[Finding]:
    for column in FILLED[role]:
        before, after = (share(p.filled[role].get(column, 0), p.profiles[role]) for p in (live, now))
        facts = {"role": role.value, "field": column, "before": before, "share": after}
        if before >= _MOST and after <= settings.emptied_error_share * before:
            severity = Severity.ERROR if column in MATCHED else Severity.WARNING
            yield Finding("field_emptied", severity, facts)
        elif before - after >= max(settings.thinner_warning_share, _noise(before, now.profiles[role])):
            yield Finding("field_thinner", Severity.WARNING, facts)


def _noise(before: float, profiles: int) -> float:
    """How far a share of so many strays by chance."""
    return _DEVIATIONS * math.sqrt(before * (1 - before) / profiles)


def _values(role: Role, now: Portrait, live: Portrait, settings: CheckSettings) -> Iterator[Finding]:
    for column in LABELLED[role]:
        sizes = live.filled[role].get(column, 0), now.filled[role].get(column, 0)
        if min(sizes) < settings.least_profiles:
            continue
        shift = shift_between(live.labels[role].get(column, {}), now.labels[role].get(column, {}), sizes)
        if shift.index >= settings.shift_warning_index and shift.chance < settings.shift_chance:
            yield _shifted(role, column, shift)


def _shifted(role: Role, column: str, shift: Shift) -> Finding:
    facts = {
        "role": role.value,
        "field": column,
        "index": shift.index,
        "value": shift.value,
        "before": shift.before,
        "share": shift.now,
    }
    return Finding("field_shifted", Severity.WARNING, facts)
