"""Whether partners have places left: who has none stands in no list."""

import datetime as dt
from collections.abc import Iterator, Sequence

import numpy as np

from matcher.matching.pool import room_of
from matcher.matching.relations import CYCLE_DAYS, NO_RELATIONS, Relations, extended
from matcher.profiles import PARTNER_ROLES, Profile, Role
from training.weekly.checks.days import iso_day
from training.weekly.checks.evidence import Evidence
from training.weekly.checks.grading import Part, graded
from training.weekly.checks.settings import CheckSettings
from training.weekly.findings import Finding, Severity


def capacity(evidence: Evidence, settings: CheckSettings) -> list[Finding]:
    """partners_full by role, else capacity_ok."""
    table, today = evidence.data.interactions, evidence.today
    relations = extended(NO_RELATIONS, table.take(table.days >= today - CYCLE_DAYS))
    found = [
        finding
        for role in PARTNER_ROLES
        for finding in _full(role, _limited(evidence.by_role[role]), relations, today, settings)
    ]
    return found or [Finding("capacity_ok", Severity.OK, {})]


def _limited(partners: Sequence[Profile]) -> list[Profile]:
    """The active ones that say how many startups they take."""
    return [p for p in partners if p.takes_part and p.capacity is not None]


def _full(
    role: Role, partners: Sequence[Profile], relations: Relations, today: int, settings: CheckSettings
) -> Iterator[Finding]:
    room = room_of(partners, relations, dt.date.fromisoformat(iso_day(today)))
    full = Part(int(np.count_nonzero(room <= 0)), len(partners))
    severity = graded(full.share, note=settings.full_note_share, warning=settings.full_warning_share)
    if full.of >= settings.least_profiles and severity is not Severity.OK:
        yield Finding("partners_full", severity, full.facts("partners") | {"role": role.value})
