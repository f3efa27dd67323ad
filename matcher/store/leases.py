"""Leases: one holder for each name, on however many machines."""

import datetime as dt
import secrets
from dataclasses import asdict, replace
from typing import Any

import sqlalchemy as sa

from matcher.errors import Conflict, InvalidInput
from matcher.leases import MARK, Lease
from matcher.store.bulk import insert_or_take
from matcher.store.schema import leases


def acquire(
    connection: sa.Connection,
    name: str,
    owner: str,
    now: dt.datetime,
    *,
    stale_after_seconds: float,
    mark: str = "",
) -> Lease:
    """A lease of one's own, where none is there or the last heartbeat is older than `stale_after_seconds`.
    Its token ends with `mark`.

    Raises:
        Conflict: somebody holds it; names who, since when, the last heartbeat and what to do.
        InvalidInput: no time at all.
    """
    if not stale_after_seconds > 0:
        raise InvalidInput("stale_after_seconds", stale_after_seconds, "must be above 0")
    stale_after = dt.timedelta(seconds=stale_after_seconds)
    token = f"{secrets.token_hex(16)}{MARK}{mark}"
    mine = Lease(name=name, owner=owner, started_at=now, heartbeat_at=now, token=token)
    insert_or_take(
        connection, leases, asdict(mine), by="name", where=leases.c.heartbeat_at < now - stale_after
    )
    holder = Lease(**connection.execute(_named(name)).mappings().one())
    if holder.token != mine.token:
        raise Conflict(_held(holder, stale_after))
    return mine


def beat(connection: sa.Connection, lease: Lease, now: dt.datetime) -> Lease:
    """Show that the holder lives; the lease with its new heartbeat.

    Raises:
        Conflict: it was taken over, or released: stop the work.
    """
    done = connection.execute(sa.update(leases).where(*_same(lease)).values(heartbeat_at=now))
    _require(connection, lease, done.rowcount)
    return replace(lease, heartbeat_at=now)


def release(connection: sa.Connection, lease: Lease) -> None:
    """Let others have it.

    Raises:
        Conflict: it was taken over, or released before.
    """
    done = connection.execute(sa.delete(leases).where(*_same(lease)))
    _require(connection, lease, done.rowcount)


def get(connection: sa.Connection, name: str) -> Lease | None:
    """The lease as it stands, stale or not; None where nobody holds it."""
    row = connection.execute(_named(name)).mappings().one_or_none()
    return None if row is None else Lease(**row)


def _named(name: str) -> sa.Select[Any]:
    return sa.select(leases).where(leases.c.name == name)


def _same(lease: Lease) -> tuple[sa.ColumnElement[bool], ...]:
    return leases.c.name == lease.name, leases.c.token == lease.token


def _require(connection: sa.Connection, lease: Lease, found: int) -> None:
    if found:
        return
    holder = get(connection, lease.name)
    now = f"{holder.owner} took it over at {_said(holder.started_at)}" if holder else "it was released"
    raise Conflict(f"{lease.owner} no longer holds {lease.name}: {now}; stop this work")


def _held(holder: Lease, stale_after: dt.timedelta) -> str:
    free = _said(holder.heartbeat_at + stale_after)
    return (
        f"{holder.name} is held by {holder.owner} since {_said(holder.started_at)}, last heartbeat "
        f"{_said(holder.heartbeat_at)}: wait until it ends; where nothing runs there any more, try again "
        f"after {free}, when it may be taken over"
    )


def _said(at: dt.datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M:%S} UTC"
