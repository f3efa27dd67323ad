"""Worlds to check: an incubator's as the demo has them, on any day; small ones by hand."""

import dataclasses
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

import numpy as np

from fixtures.behaviour import events
from fixtures.profiles import investor_rows, mentor_rows, partner_ids, startup_ids, startup_rows
from fixtures.world import Settings, World, make_world
from matcher.interactions import TYPES, InteractionTable, InteractionType, table_of
from matcher.profiles import Profile, Role, Status
from tests.matcher.worlds import ORGANISATION, startup
from training.weekly.checks import NO_PORTRAIT, CheckedData, CheckSettings, Portrait, check, portrait_of
from training.weekly.checks.evidence import Evidence, evidence_of
from training.weekly.findings import Finding, Severity, worst_first

TODAY = 20_758
"""2026-11-01, a Sunday, on which the demo's world ends."""
SETTINGS = CheckSettings()
Event = tuple[str, str, InteractionType, int]
"""Startup id, partner id, type, days before today."""


@dataclasses.dataclass(frozen=True)
class Grown:
    """A whole history, of which any day can be looked at; `joined` has the day of each profile."""

    profiles: tuple[Profile, ...]
    joined: tuple[int, ...]
    table: InteractionTable

    def on(self, day: int, live: Portrait = NO_PORTRAIT) -> CheckedData:
        """What was known on the day."""
        profiles = [p for p, joined in zip(self.profiles, self.joined, strict=True) if joined < day]
        return CheckedData(profiles, self.table.take(self.table.days < day), day, live)

    def after(self, days: int, day: int = TODAY) -> CheckedData:
        """What is known on the day, `days` after the live model was trained."""
        return self.on(day, live_of(self.on(day - days)))


@cache
def grown(**settings: Any) -> Grown:
    """An invented world; partners are there from the beginning."""
    world = make_world(Settings(**settings))
    by_role = {Role.STARTUP: startup_rows, Role.MENTOR: mentor_rows, Role.INVESTOR: investor_rows}
    profiles = [_profile(role, row) for role, rows in by_role.items() for row in rows(world)]
    joined = (*world.startups.joined.tolist(), *[0] * world.settings.partners)
    return Grown(tuple(profiles), joined, _table(world))


def demo() -> CheckedData:
    """The demo's world on its last day, a week after the live model was trained."""
    return grown().after(7)


def small(profiles: Iterable[Profile], happened: Iterable[Event] = (), **given: Any) -> CheckedData:
    """A world made by hand."""
    return CheckedData(
        **{"profiles": list(profiles), "interactions": table(happened), "today": TODAY} | given
    )


def seen(profiles: Iterable[Profile], happened: Iterable[Event] = (), **given: Any) -> Evidence:
    """A world made by hand, as a check looks at it."""
    return evidence_of(small(profiles, happened, **given))


def startups(number: int, **given: Any) -> list[Profile]:
    """s0, s1 …, each with a text of its own."""
    return [startup(f"s{n}", **{"description": f"text {n}"} | given) for n in range(number)]


def live_of(data: CheckedData) -> Portrait:
    """The portrait of a model that was trained on the data."""
    return portrait_of(data.profiles, len(data.interactions))


def table(happened: Iterable[Event]) -> InteractionTable:
    """Events as a table; ratings are 5."""
    return table_of(
        (
            f"{ORGANISATION}:{startup_id}",
            f"{ORGANISATION}:{partner_id}",
            TYPES.index(kind),
            TODAY - ago,
            5.0 if kind is InteractionType.RATED else None,
            "",
            None,
            "",
        )
        for startup_id, partner_id, kind, ago in happened
    )


def joined(one: InteractionTable, other: InteractionTable) -> InteractionTable:
    """Both tables' events."""
    columns = ((getattr(one, name), getattr(other, name)) for name in one.__slots__)
    return InteractionTable(*(np.concatenate(column) for column in columns))


def told(findings: Iterable[Finding]) -> dict[str, Severity]:
    """The worst severity of each code."""
    return {finding.code: finding.severity for finding in reversed(worst_first(findings))}


def odd(data: CheckedData, settings: CheckSettings = SETTINGS) -> dict[str, Severity]:
    """What the checks found to warn of or stop at."""
    found = told(check(data, settings))
    return {code: severity for code, severity in found.items() if severity not in ("ok", "note")}


def _profile(role: Role, row: dict[str, Any]) -> Profile:
    status = Status(row["status"] or "active")
    return Profile(organisation=ORGANISATION, role=role, **row | {"status": status})


def _table(world: World) -> InteractionTable:
    (happened,) = events(world)
    blank = np.full(len(happened), "", object)
    return InteractionTable(
        startups=_keys(startup_ids(world))[happened.startups],
        partners=_keys(partner_ids(world))[happened.partners],
        types=happened.types,
        days=happened.times.astype("datetime64[D]").astype(np.int32),
        values=happened.values,
        stages=blank,
        amounts=happened.amounts,
        currencies=blank,
    )


def _keys(ids: Sequence[str]) -> np.ndarray:
    return np.array([f"{ORGANISATION}:{id_}" for id_ in ids], dtype=object)
