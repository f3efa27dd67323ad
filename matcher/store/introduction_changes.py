"""Finding introductions, and changing one: with a precondition, as an event, with its messages."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from matcher.cohorts.introducing.introduction import Introduction, IntroductionEvent, IntroductionEventKind
from matcher.cohorts.introducing.messages import kind_of
from matcher.cohorts.run import Change, Changed
from matcher.errors import NotFound
from matcher.store import outbox_rows
from matcher.store.introduction_rows import event_row, events_after, partners, read, startups
from matcher.store.introduction_schema import introduction_events, introductions
from matcher.store.texts import check_storable


def of_organisation(organisation: str) -> sa.ColumnElement[bool]:
    """The condition that an introduction is of the organisation's startup or of its partner."""
    own = (startups.c.organisation == organisation, partners.c.organisation == organisation)
    return sa.or_(introductions.c.organisation == organisation, *own)


def find(connection: sa.Connection, organisation: str, id_: str) -> Introduction:
    """The introduction, with ids as the organisation writes them.

    Raises:
        NotFound: there is none of this id that is of the organisation's startup or of its partner.
    """
    found = next(
        read(connection, organisation, introductions.c.id == id_, of_organisation(organisation)), None
    )
    if found is None:
        raise NotFound(f"no introduction {id_!r} here; `bole introduction list` names those there are")
    return found


def seen(connection: sa.Connection, organisation: str, id_: str, change: Change) -> Introduction:
    """The introduction, for a change of it.

    Raises:
        NotFound: as `find`. Changed: it is not at the version that was seen.
    """
    found = find(connection, organisation, id_)
    if change.version is not None and change.version != found.version:
        since = events_after(connection, id_, change.version)
        raise Changed(change.version, found.version, since, f"introduction {id_}")
    return found


def record(
    connection: sa.Connection,
    before: Introduction,
    kind: IntroductionEventKind,
    change: Change,
    now: dt.datetime,
    details: Mapping[str, Any] | None = None,
    **columns: Any,
) -> Introduction:
    """Give the introduction its next version and the new `columns`, keep the event, and leave the messages
    that tell of it; the introduction after that.

    Raises:
        InvalidInput: a reason that no database keeps.
    """
    check_storable("by", change.by)
    check_storable("reason", change.why)
    event = IntroductionEvent(
        version=before.version + 1, at=now, by=change.by, kind=kind, why=change.why, details=details or {}
    )
    mine = introductions.c.id == before.id
    connection.execute(sa.update(introductions).where(mine).values({**columns, "version": event.version}))
    connection.execute(sa.insert(introduction_events), event_row(before.id, event))
    after = next(read(connection, before.organisation, mine))
    outbox_rows.leave(connection, [after], kind_of(kind), now)
    return after
