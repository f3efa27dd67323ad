"""What reports of outcomes and exposure are made of."""

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import sqlalchemy as sa

from matcher.cohorts.introducing.introduction import Side
from matcher.interactions import TYPES, InteractionType
from matcher.profiles import PARTNER_ROLES, Role, Status
from matcher.reports.exposure import Partner
from matcher.reports.outcomes import COUNTED, Events
from matcher.store import merged, revisions
from matcher.store.bulk import CHUNK
from matcher.store.engine import reading
from matcher.store.introduction_schema import introductions
from matcher.store.profiles import LIVE
from matcher.store.schema import interactions, microseconds, profiles, shown_lists

_CODES = {kind.value: code for code, kind in enumerate(TYPES)}
_offered_at = sa.type_coerce(introductions.c.offered_at, sa.BigInteger)


class Outcomes:
    """What was shown and what became of it. Whoever asks names the own organisation."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine

    def mark(self, organisation: str) -> tuple[int, int, int]:
        """Numbers of which one rises whenever `events` may have changed: with profiles and interactions, and
        with each step of an introduction."""
        steps = sa.select(sa.func.count(), sa.func.coalesce(sa.func.sum(introductions.c.version), 0))
        with reading(self._engine) as connection:
            count, versions = connection.execute(
                steps.where(introductions.c.organisation == organisation)
            ).one()
            return revisions.current(connection), int(count), int(versions)

    def events(self, organisation: str) -> Events:
        """The events of pairs of the organisation's startups that count as steps, whatever became of the
        profiles since; those of merged profiles belong to who stays."""
        with reading(self._engine) as connection:
            return _events(connection, organisation)

    def partners(self, organisation: str) -> list[Partner]:
        """The active partners that the organisation's startups may be shown, by key."""
        with reading(self._engine) as connection:
            return _partners_of(connection, organisation)

    def shown(self, organisation: str, *spans: tuple[dt.datetime, dt.datetime]) -> list[dict[str, int]]:
        """How often each partner (by key) was shown to them in each span [since, until): in lists that were
        served, by offers of published runs, and in events that were imported."""
        with reading(self._engine) as connection:
            return _shown(connection, organisation, [(microseconds(a), microseconds(b)) for a, b in spans])


def _of(organisation: str) -> sa.ColumnElement[bool]:
    """The condition that an event is of a startup of the organisation."""
    own = sa.select(profiles.c.number).where(profiles.c.organisation == organisation)
    return interactions.c.startup.in_(own)


def _events(connection: sa.Connection, organisation: str) -> Events:
    names = ("startup", "partner", "type", "at", "value")
    wanted = sa.select(*(interactions.c[name] for name in names))
    said = connection.execute(wanted.where(_of(organisation), interactions.c.type.in_(COUNTED))).all()
    rows = [*said, *_offered(connection, organisation)]
    startups, partners, types, moments, values = list(zip(*rows, strict=True)) or [()] * 5
    staying = merged.staying(connection)
    sides = [staying.of(np.array(side, np.int64)) for side in (startups, partners)]
    numbers = np.unique(np.concatenate(sides))
    known = _known(connection, numbers.tolist())
    return Events(
        keys=np.array([known[number][0] for number in numbers.tolist()], dtype=object),
        roles=np.array([known[number][1] for number in numbers.tolist()], dtype=object),
        startups=np.searchsorted(numbers, sides[0]),
        partners=np.searchsorted(numbers, sides[1]),
        types=np.array([_CODES[each] for each in types], np.int8),
        moments=np.array(moments, np.int64),
        values=np.array(values, np.float64),
    )


def _offered(
    connection: sa.Connection, organisation: str
) -> Iterator[tuple[int, int, str, int, float | None]]:
    """What published runs offered, as events: each offer shows the pair to both, and the startup's no to
    it is no dismissal of a suggestion among many. A partner's no is on record as an interaction."""
    names = ("startup", "partner", "offered_at", "ended_at", "declined_by")
    wanted = sa.select(*(introductions.c[name] for name in names)).where(*_by_runs(organisation))
    for startup, partner, offered_at, ended_at, declined_by in connection.execute(wanted):
        yield startup, partner, InteractionType.SHOWN.value, microseconds(offered_at), None
        if declined_by == Side.STARTUP.value and ended_at is not None:
            yield startup, partner, InteractionType.DISMISSED.value, microseconds(ended_at), None


def _by_runs(organisation: str) -> tuple[sa.ColumnElement[bool], ...]:
    """The conditions that an introduction was offered by a run of the organisation."""
    return introductions.c.organisation == organisation, introductions.c.run.is_not(None)


def _partners_of(connection: sa.Connection, organisation: str) -> list[Partner]:
    seen = sa.or_(profiles.c.organisation == organisation, profiles.c.shared)
    wanted = sa.select(profiles.c.key, profiles.c.name, profiles.c.role, profiles.c.body)
    active = (profiles.c.status == Status.ACTIVE.value, profiles.c.opted_out_at.is_(None))
    wanted = wanted.where(LIVE, seen, *active, profiles.c.role.in_([role.value for role in PARTNER_ROLES]))
    rows = connection.execute(wanted.order_by(profiles.c.key))
    return [Partner(key, name, role, body.get("capacity")) for key, name, role, body in rows]


def _shown(
    connection: sa.Connection, organisation: str, spans: Sequence[tuple[int, int]]
) -> list[dict[str, int]]:
    moments, numbers = _lines(connection, organisation, min(spans)[0], max(end for _, end in spans))
    known = _known(connection, np.unique(numbers).tolist())
    found = []
    for since, until in spans:
        inside = numbers[(moments >= since) & (moments < until)]
        shown = zip(*(side.tolist() for side in np.unique(inside, return_counts=True)), strict=True)
        found.append({known[number][0]: count for number, count in shown})
    return found


def _lines(
    connection: sa.Connection, organisation: str, since: int, until: int
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """When who was shown: a line for each time, moments and profile numbers."""
    own = (shown_lists.c.organisation == organisation, shown_lists.c.role != Role.STARTUP.value)
    served = (shown_lists.c.at >= since, shown_lists.c.at < until)
    lists = connection.execute(sa.select(shown_lists.c.at, shown_lists.c.partners).where(*own, *served)).all()
    told = (interactions.c.type == InteractionType.SHOWN.value, _of(organisation))
    span = (interactions.c.at >= since, interactions.c.at < until)
    wanted = sa.select(interactions.c.at, interactions.c.partner).where(*told, *span)
    offers = sa.select(_offered_at, introductions.c.partner)
    offers = offers.where(*_by_runs(organisation), _offered_at >= since, _offered_at < until)
    rows = [tuple(row) for query in (wanted, offers) for row in connection.execute(query)]
    events = np.array(rows, np.int64).reshape(-1, 2)
    packed = [np.frombuffer(partners, np.dtype("<i8")) for _, partners in lists]
    at = np.repeat(np.array([row[0] for row in lists], np.int64), [len(part) for part in packed])
    numbers = np.concatenate([*packed, events[:, 1]])
    return np.concatenate([at, events[:, 0]]), merged.staying(connection).of(numbers)


def _known(connection: sa.Connection, numbers: list[int]) -> dict[int, tuple[str, str]]:
    """Key and role of the profiles of these numbers; all are read where they are many."""
    wanted = sa.select(profiles.c.number, profiles.c.key, profiles.c.role)
    if len(numbers) <= CHUNK:
        wanted = wanted.where(profiles.c.number.in_(numbers))
    rows: Any = connection.execute(wanted)
    return {number: (key, role) for number, key, role in rows}
