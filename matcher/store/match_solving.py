"""Solving as the store sees it: asked for, begun, alive, ended; who may write the result has the token."""

import datetime as dt
import secrets
from typing import Any

import sqlalchemy as sa

from matcher.cohorts.result import Impasse, Result
from matcher.cohorts.run import ALIVE_FOR, Change, EventKind, MatchRun
from matcher.cohorts.status import RunStatus, moved
from matcher.errors import Conflict
from matcher.store import match_results
from matcher.store.cohort_schema import match_runs
from matcher.store.match_run_changes import following, locked_by_token, record
from matcher.store.match_run_rows import impasse_row, summary_row

BOLE = "bole"
"""Who is said to have changed a run when its solving ended."""
_AT_REST: dict[str, Any] = {"token": "", "queued_at": None, "started_at": None, "heartbeat_at": None}


def queue(
    connection: sa.Connection, run: MatchRun, change: Change, now: dt.datetime, *, afresh: bool
) -> tuple[MatchRun, str]:
    """Have the run wait for being solved; gives the token with which that may be begun. `afresh` is told in
    the event: what was solved before does not count.

    One that waits already keeps its token; one whose solver has been silent for too long gets a new one.

    Raises:
        Conflict: it is being solved, or was published.
    """
    if run.waits:
        token = sa.select(match_runs.c.token).where(match_runs.c.id == run.id)
        return run, str(connection.execute(token).scalar_one())
    if run.is_abandoned(now):
        run = record(connection, run, following(run, EventKind.ABANDONED, change, now), status="draft")
    elif run.status is RunStatus.SOLVING:
        raise Conflict(
            f"run {run.id} has been solved since {run.started_at:%H:%M:%S} UTC: wait for it, or cancel it"
        )
    status = moved(run.status, RunStatus.SOLVING)
    columns = {**_AT_REST, "token": secrets.token_hex(16), "queued_at": now, "failure": ""}
    event = following(run, EventKind.QUEUED, change, now, {"afresh": True} if afresh else None)
    return record(connection, run, event, status=status.value, **columns), columns["token"]


def begin(connection: sa.Connection, run: str, token: str, now: dt.datetime) -> MatchRun:
    """The run, whose solving begins now.

    Raises:
        Conflict: it was cancelled, or somebody else has begun.
    """
    found = locked_by_token(connection, run, token)
    if found is None or not found.waits:
        raise Conflict(f"run {run} no longer waits for this: it was cancelled, or another has begun")
    event = following(found, EventKind.STARTED, Change(by=BOLE), now)
    return record(connection, found, event, started_at=now, heartbeat_at=now)


def beat(connection: sa.Connection, run: str, token: str, now: dt.datetime) -> bool:
    """Show that the solving goes on; False where it was cancelled or taken over: stop it."""
    mine = (match_runs.c.id == run, match_runs.c.token == token, match_runs.c.started_at.is_not(None))
    return bool(connection.execute(sa.update(match_runs).where(*mine).values(heartbeat_at=now)).rowcount)


def finish(
    connection: sa.Connection, run: str, token: str, found: Result | Impasse, now: dt.datetime
) -> MatchRun:
    """Keep the result, or why there is none; then an earlier result stays to be looked at.

    Raises:
        Conflict: the solving was cancelled or taken over meanwhile: nothing is kept.
    """
    before = locked_by_token(connection, run, token)
    if before is None:
        raise Conflict(f"the solving of run {run} was cancelled or taken over: its result is not kept")
    if isinstance(found, Impasse):
        event = following(
            before,
            EventKind.INFEASIBLE,
            Change(by=BOLE),
            now,
            {"limits": sorted({name for clash in found.clashes for name in clash.limits})},
        )
        status = RunStatus.INFEASIBLE.value
        return record(connection, before, event, status=status, clash=impasse_row(found), **_AT_REST)
    match_results.save(connection, before.organisation, run, found)
    summary = found.summary
    told = {name: getattr(summary, name) for name in ("pairs", "met", "total", "gap")}
    event = following(before, EventKind.SOLVED, Change(by=BOLE), now, told)
    columns = {"summary": summary_row(summary), "clash": None, "solved_version": event.version}
    return record(connection, before, event, status=RunStatus.SOLVED.value, **columns, **_AT_REST)


def fail(connection: sa.Connection, run: str, token: str, why: str, now: dt.datetime) -> MatchRun | None:
    """Say that the solving came to nothing: the run is a draft again. None where it was cancelled before."""
    before = locked_by_token(connection, run, token)
    if before is None:
        return None
    event = following(before, EventKind.FAILED, Change(by=BOLE, why=why), now)
    return record(connection, before, event, status=RunStatus.DRAFT.value, failure=why, **_AT_REST)


def give_up_abandoned(connection: sa.Connection, why: str, now: dt.datetime) -> list[MatchRun]:
    """The runs, of all organisations, whose solver was silent for too long: drafts again that say why."""
    silent = (match_runs.c.status == RunStatus.SOLVING.value, match_runs.c.heartbeat_at <= now - ALIVE_FOR)
    wanted = sa.select(match_runs.c.id, match_runs.c.token).where(*silent).order_by(match_runs.c.id)
    change = Change(by=BOLE, why=why)
    given_up = []
    for run, token in connection.execute(wanted).all():
        found = locked_by_token(connection, run, token)
        if found is not None and found.is_abandoned(now):
            event = following(found, EventKind.ABANDONED, change, now)
            columns = {**_AT_REST, "status": RunStatus.DRAFT.value, "failure": why}
            given_up.append(record(connection, found, event, **columns))
    return given_up


def cancel(connection: sa.Connection, run: MatchRun, change: Change, now: dt.datetime) -> MatchRun:
    """Stop the solving: who does it is told at its next beat; the run is a draft again.

    Raises:
        Conflict: it is not being solved.
    """
    if run.status is not RunStatus.SOLVING:
        raise Conflict(f"run {run.id} is {run.status}, not being solved: there is nothing to cancel")
    event = following(run, EventKind.CANCELLED, change, now)
    return record(connection, run, event, status=RunStatus.DRAFT.value, **_AT_REST)
