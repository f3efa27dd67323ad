"""Links mailed to people: only their hashes, each used once."""

import datetime as dt

import sqlalchemy as sa

from matcher.errors import NotFound
from matcher.people import Purpose
from matcher.store.people_schema import mailed_links

REFUSED = "the link is unknown, was used already or has expired; ask for a new one"


def add(
    connection: sa.Connection,
    person_id: str,
    purpose: Purpose,
    hashed: str,
    span: tuple[dt.datetime, dt.datetime],
) -> None:
    """Keep a link that is good for a span of time."""
    made = sa.insert(mailed_links).values(hash=hashed, person=person_id, purpose=purpose.value)
    connection.execute(made.values(created_at=span[0], expires_at=span[1]))


def person_of(connection: sa.Connection, purpose: Purpose, hashed: str, now: dt.datetime) -> str:
    """The id of the person whom a link is for.

    Raises:
        NotFound: unknown, for another purpose, used or expired.
    """
    wanted = sa.select(mailed_links.c.person).where(*_good(purpose, hashed, now))
    found: str | None = connection.execute(wanted).scalar_one_or_none()
    if found is None:
        raise NotFound(REFUSED)
    return found


def use(connection: sa.Connection, purpose: Purpose, hashed: str, now: dt.datetime) -> str:
    """Use a link up; gives the id of its person. Of several who try at once one succeeds.

    Raises:
        NotFound: as `person_of`.
    """
    person = person_of(connection, purpose, hashed, now)
    used = sa.update(mailed_links).where(*_good(purpose, hashed, now)).values(used_at=now)
    if not connection.execute(used).rowcount:
        raise NotFound(REFUSED)
    return person


def end(connection: sa.Connection, person_id: str, now: dt.datetime) -> None:
    """Have all the person's links used."""
    theirs = (mailed_links.c.person == person_id, mailed_links.c.used_at.is_(None))
    connection.execute(sa.update(mailed_links).where(*theirs).values(used_at=now))


def _good(purpose: Purpose, hashed: str, now: dt.datetime) -> tuple[sa.ColumnElement[bool], ...]:
    mine = (mailed_links.c.hash == hashed, mailed_links.c.purpose == purpose.value)
    return (*mine, mailed_links.c.used_at.is_(None), mailed_links.c.expires_at > now)
