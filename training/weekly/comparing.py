"""The candidate as it would serve today, beside the live model and its own rehearsal: lists, cost, probes."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from matcher.matching.snapshot import Snapshot, Sources, take_snapshot
from matcher.model.bundle import model_mebibytes
from matcher.model.parameters import Model, untrained
from matcher.profiles import PARTNER_ROLES, Role
from training.weekly.changes import (
    Listed,
    changed,
    exposed,
    lists_of,
    mean_overlap,
    median_milliseconds,
    partners_of,
    startups_of,
)
from training.weekly.findings import Finding
from training.weekly.gate import Cost, judge_cost, judge_resemblance, judge_roles
from training.weekly.probes import Pair, judge_probes, standings
from training.weekly.record import Exposure, Lists
from training.weekly.settings import GateSettings

ListsByRole = Mapping[Role, Sequence[Listed]]


@dataclass(frozen=True, slots=True)
class Versions:
    """The three that are compared: what would serve, what serves (None: profiles alone), what was judged."""

    candidate: Model
    live: Model | None
    rehearsal: Model


@dataclass(frozen=True, slots=True)
class Compared:
    """What was found, by role, and what the gate says of it."""

    findings: tuple[Finding, ...]
    lists: Mapping[str, Lists]
    exposure: Mapping[str, Exposure]


def compared(
    versions: Versions, sources: Sources, today: dt.date, probes: Sequence[Pair], settings: GateSettings
) -> Compared:
    """Lists of today's startups under each of the three, one snapshot in memory at a time."""
    before, theirs = _served(versions.live or untrained(), sources, today)
    rehearsed = _lists(take_snapshot(sources, versions.rehearsal, today))
    snapshot = take_snapshot(sources, versions.candidate, today)
    after = _lists(snapshot)
    partners = partners_of(snapshot)
    roles = [role for role in PARTNER_ROLES if partners[role]]
    found = [
        *judge_roles(versions.candidate, versions.live or untrained(), partners),
        *judge_cost(_cost(versions.candidate, snapshot), theirs if versions.live else None, settings),
        *judge_probes(standings(snapshot, probes), settings.probes_least),
    ]
    for role in roles:
        found += judge_resemblance(role, mean_overlap(rehearsed[role], after[role]), settings)
    return Compared(
        tuple(found),
        {role.value: changed(before[role], after[role], snapshot, role) for role in roles},
        {role.value: exposed(before[role], after[role], partners[role]) for role in roles},
    )


def _served(model: Model, sources: Sources, today: dt.date) -> tuple[ListsByRole, Cost]:
    snapshot = take_snapshot(sources, model, today)
    return _lists(snapshot), _cost(model, snapshot)


def _lists(snapshot: Snapshot) -> ListsByRole:
    startups = startups_of(snapshot)
    return {role: lists_of(snapshot, startups, role) for role in PARTNER_ROLES}


def _cost(model: Model, snapshot: Snapshot) -> Cost:
    slowest = max(median_milliseconds(snapshot, role) for role in PARTNER_ROLES)
    return Cost(slowest, model_mebibytes(model))
