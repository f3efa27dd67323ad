"""Where whoever a profile is about is reached: the contact that is kept of it; where none is, the address of
those who sign in for it and have accepted their invitation (of several the one who was there first)."""

import datetime as dt

import sqlalchemy as sa

from matcher.cohorts.introducing.messages import SendStatus
from matcher.store.introduction_schema import contacts, outbox
from matcher.store.outbox_rows import NO_ADDRESS
from matcher.store.people_schema import people
from matcher.store.schema import profiles
from matcher.store.sign_on_schema import identities

_LINKED = sa.select(1).where(identities.c.person == people.c.id).correlate(people).exists()
_HOLDS = sa.and_(
    people.c.organisation == profiles.c.organisation,
    people.c.profile_id == profiles.c.id,
    people.c.active,
    people.c.erased_at.is_(None),
    sa.or_(people.c.password != "", _LINKED),
)
"""Whether a person signs in for a profile."""


def reached(*whose: sa.ColumnElement[bool], accounts: bool = True) -> sa.Subquery:
    """profile, email and language of the profiles that fulfil all conditions and can be reached; without
    `accounts`, of those of whom a contact is kept."""
    kept = sa.select(contacts.c.profile, contacts.c.email, contacts.c.language)
    kept = kept.join(profiles, profiles.c.number == contacts.c.profile).where(*whose)
    return (sa.union_all(kept, _of_accounts(*whose)) if accounts else kept).subquery("reached")


def reachable() -> sa.ColumnElement[bool]:
    """Whether a profile of the surrounding query can be reached."""
    contact = sa.select(1).where(contacts.c.profile == profiles.c.number)
    account = sa.select(1).where(_HOLDS)
    return sa.or_(contact.correlate(profiles).exists(), account.correlate(profiles).exists())


def send_again(connection: sa.Connection, whose: sa.ColumnElement[bool], now: dt.datetime) -> None:
    """Have messages sent that failed for want of the address of the profiles that fulfil the condition."""
    numbers = sa.select(profiles.c.number).where(whose).scalar_subquery()
    theirs = (outbox.c.profile.in_(numbers), outbox.c.failure == NO_ADDRESS)
    again = {"status": SendStatus.WAITING.value, "next_at": now, "done_at": None, "failure": ""}
    connection.execute(sa.update(outbox).where(*theirs).values(again))


def _of_accounts(*whose: sa.ColumnElement[bool]) -> sa.Select[tuple[int, str, str]]:
    """The same of those of whom no contact is kept."""
    first = sa.func.row_number().over(
        partition_by=profiles.c.number, order_by=(people.c.created_at, people.c.id)
    )
    language = sa.case((people.c.language == "en", "en"), else_="zh")
    columns = (profiles.c.number.label("profile"), people.c.email, language.label("language"))
    kept = sa.select(1).where(contacts.c.profile == profiles.c.number).correlate(profiles).exists()
    holders = sa.select(*columns, first.label("place")).join_from(profiles, people, _HOLDS)
    found = holders.where(*whose, ~kept).subquery("holders")
    return sa.select(found.c.profile, found.c.email, found.c.language).where(found.c.place == 1)
