"""Finding match runs, and changing one: under its lock, with a precondition, as an event."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from matcher.cohorts.run import Change, Changed, EventKind, MatchRun, RunEvent
from matcher.errors import NotFound
from matcher.store.cohort_schema import cohorts, match_run_events, match_runs
from matcher.store.match_run_rows import event_of, plain, run_of
from matcher.store.texts import check_storable

_COHORT = (cohorts.c[name].label(f"cohort_{name}") for name in ("id", "name", "created_at"))
_RUN = sa.select(match_runs, *_COHORT).join_from(match_runs, cohorts)


def find(connection: sa.Connection, organisation: str, run: str) -> MatchRun:
    """The run.

    Raises:
        NotFound: the organisation has none of this id.
    """
    return run_of(row_of(connection, match_runs.c.organisation == organisation, match_runs.c.id == run))


def row_of(connection: sa.Connection, *conditions: sa.ColumnElement[bool]) -> sa.RowMapping:
    """The one run's row, with its cohort's id as `cohort_id`, or NotFound."""
    row = connection.execute(_RUN.where(*conditions)).mappings().one_or_none()
    if row is None:
        raise NotFound("no such match run here; `bole run list` names those there are")
    return row


def listed(connection: sa.Connection, limit: int, *conditions: sa.ColumnElement[bool]) -> list[MatchRun]:
    """The runs that meet the conditions, the newest first."""
    wanted = _RUN.where(*conditions).order_by(match_runs.c.created_at.desc(), match_runs.c.id).limit(limit)
    return [run_of(row) for row in connection.execute(wanted).mappings()]


def locked(connection: sa.Connection, organisation: str, run: str, change: Change) -> MatchRun:
    """The run, which nobody else changes until the transaction ends.

    Raises:
        NotFound: the organisation has none of this id. Changed: it is not at the version that was seen.
    """
    own = (match_runs.c.organisation == organisation, match_runs.c.id == run)
    connection.execute(sa.select(match_runs.c.id).where(*own).with_for_update())
    found = find(connection, organisation, run)
    if change.version is not None and change.version != found.version:
        since = events_after(connection, run, change.version)
        raise Changed(change.version, found.version, since)
    return found


def locked_by_token(connection: sa.Connection, run: str, token: str) -> MatchRun | None:
    """The run, as `locked` gives it, where the token still is the one that may write its result."""
    mine = (match_runs.c.id == run, match_runs.c.token == token, match_runs.c.token != "")
    connection.execute(sa.select(match_runs.c.id).where(*mine).with_for_update())
    row = connection.execute(_RUN.where(*mine)).mappings().one_or_none()
    return None if row is None else run_of(row)


def events_after(connection: sa.Connection, run: str, version: int) -> list[RunEvent]:
    """What happened to the run after a version, oldest first."""
    mine = (match_run_events.c.run == run, match_run_events.c.version > version)
    wanted = sa.select(match_run_events).where(*mine).order_by(match_run_events.c.version)
    return [event_of(row) for row in connection.execute(wanted).mappings()]


def record(
    connection: sa.Connection,
    run: MatchRun,
    event: RunEvent,
    **columns: Any,
) -> MatchRun:
    """Give the run the event's version and moment and the new `columns`, and keep the event.

    Raises:
        InvalidInput: a reason that no database keeps.
    """
    for field in ("by", "why"):
        check_storable(field, getattr(event, field))
    values = {**columns, "version": event.version, "updated_at": event.at}
    connection.execute(sa.update(match_runs).where(match_runs.c.id == run.id).values(values))
    row = {
        "run": run.id,
        "version": event.version,
        "at": event.at,
        "who": event.by,
        "kind": event.kind.value,
        "why": event.why,
        "details": plain(event.details),
    }
    connection.execute(sa.insert(match_run_events), row)
    return run_of(row_of(connection, match_runs.c.id == run.id))


def following(
    run: MatchRun, kind: EventKind, change: Change, now: dt.datetime, details: Mapping[str, Any] | None = None
) -> RunEvent:
    """The event that would be the run's next one."""
    return RunEvent(
        version=run.version + 1, at=now, by=change.by, kind=kind, why=change.why, details=details or {}
    )
