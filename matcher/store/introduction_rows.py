"""Introductions and their events as rows, and back."""

import datetime as dt
import secrets
from collections.abc import Iterator, Mapping
from typing import Any

import sqlalchemy as sa

from matcher.cohorts.introducing.introduction import (
    Introduction,
    IntroductionEvent,
    IntroductionEventKind,
    IntroductionStatus,
    Side,
)
from matcher.matching.answers import PairScore
from matcher.store.cohort_schema import cohorts
from matcher.store.introduction_schema import introduction_events, introductions
from matcher.store.match_run_rows import pair_columns, pair_of
from matcher.store.schema import profiles

startups, partners = profiles.alias("startups"), profiles.alias("partners")

_AS_THEY_ARE = (
    "id organisation version place instead_of slot offered_at expires_at ended_at reason note startup_key "
    "partner_key startup_name partner_name"
).split()
_JOINED = (
    introductions.join(startups, introductions.c.startup == startups.c.number)
    .join(partners, introductions.c.partner == partners.c.number)
    .outerjoin(cohorts, introductions.c.cohort == cohorts.c.number)
)
EVERY = sa.select(
    introductions,
    cohorts.c.id.label("cohort_id"),
    startups.c.key.label("startup_key"),
    partners.c.key.label("partner_key"),
    startups.c.name.label("startup_name"),
    partners.c.name.label("partner_name"),
    partners.c.role.label("partner_role"),
).select_from(_JOINED)
"""Introductions with what `introduction_of` needs."""


def introduction_of(row: sa.RowMapping, organisation: str) -> Introduction:
    """The introduction of a row of EVERY, with ids as an organisation writes them."""
    agreed = {Side.STARTUP: row["startup_agreed_at"], Side.PARTNER: row["partner_agreed_at"]}
    return Introduction(
        cohort=row["cohort_id"] or "",
        run=row["run"] or "",
        pair=pair_of(row, organisation),
        status=IntroductionStatus(row["status"]),
        agreed=frozenset(side for side, at in agreed.items() if at is not None),
        declined_by=Side(row["declined_by"]) if row["declined_by"] else None,
        **{name: row[name] for name in _AS_THEY_ARE},
    )


def read(
    connection: sa.Connection,
    organisation: str,
    *conditions: sa.ColumnElement[bool],
    offset: int = 0,
    limit: int | None = None,
    newest_first: bool = False,
) -> Iterator[Introduction]:
    """Introductions that meet the conditions, the oldest offer first (or the newest), ids as an organisation
    writes them.

    All, or `limit` of them after `offset`.
    """
    order = (introductions.c.offered_at, introductions.c.id)
    turned = [column.desc() for column in order] if newest_first else order
    wanted = EVERY.where(*conditions).order_by(*turned).offset(offset).limit(limit)
    rows = connection.execute(wanted).mappings()
    return (introduction_of(row, organisation) for row in rows)


def new_row(
    place: Mapping[str, Any], pair: PairScore, offered_at: dt.datetime, expires_at: dt.datetime
) -> dict[str, Any]:
    """The row of a new offer. `place` has its run, cohort, organisation, startup, partner (numbers), place,
    slot and what it is instead of."""
    return {
        "id": f"i{secrets.token_hex(8)}",
        "status": IntroductionStatus.OFFERED.value,
        "version": 1,
        "offered_at": offered_at,
        "expires_at": expires_at,
        "declined_by": "",
        "reason": "",
        **place,
        **pair_columns(pair),
    }


def event_row(introduction: str, event: IntroductionEvent) -> dict[str, Any]:
    """The event as a row."""
    return {
        "introduction": introduction,
        "version": event.version,
        "at": event.at,
        "who": event.by,
        "kind": event.kind.value,
        "why": event.why,
        "details": dict(event.details),
    }


def events_after(connection: sa.Connection, introduction: str, version: int) -> list[IntroductionEvent]:
    """What happened to the introduction after a version, oldest first."""
    mine = (introduction_events.c.introduction == introduction, introduction_events.c.version > version)
    wanted = sa.select(introduction_events).where(*mine).order_by(introduction_events.c.version)
    return [_event_of(row) for row in connection.execute(wanted).mappings()]


def _event_of(row: sa.RowMapping) -> IntroductionEvent:
    return IntroductionEvent(
        version=row["version"],
        at=row["at"],
        by=row["who"],
        kind=IntroductionEventKind(row["kind"]),
        why=row["why"],
        details=row["details"],
    )
