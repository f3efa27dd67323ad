"""What startups ask for themselves, as rows."""

import datetime as dt

import sqlalchemy as sa

from matcher.cohorts.introducing.answering import interactions_of
from matcher.cohorts.introducing.introduction import Introduction, Side
from matcher.cohorts.introducing.requests import Asking, Refusal, RequestRefused, Standing, refusal
from matcher.cohorts.introducing.terms import Terms
from matcher.cohorts.run import Change
from matcher.interactions import InteractionType, qualified
from matcher.matching.answers import PairScore
from matcher.store import interactions as stored_interactions
from matcher.store import introduction_room, revisions
from matcher.store.introduction_offers import insert, partners_of
from matcher.store.introduction_room import OPEN
from matcher.store.introduction_rows import new_row, partners, read, startups
from matcher.store.introduction_schema import introductions
from matcher.store.match_results import numbers_of
from matcher.store.texts import check_storable


def open_between(connection: sa.Connection, organisation: str, pair: PairScore) -> Introduction | None:
    """The introduction of the pair that waits for an answer, of whatever run; None where none does."""
    both = (
        startups.c.key == qualified(organisation, pair.startup_id),
        partners.c.key == qualified(organisation, pair.partner_id),
    )
    return next(read(connection, organisation, OPEN, *both), None)


def request(
    connection: sa.Connection, organisation: str, asking: Asking, change: Change, now: dt.datetime
) -> Introduction:
    """The new introduction, with the startup's yes, which is recorded as an interaction too.

    Raises:
        RequestRefused: something stands against it. NotFound: one of the two never existed.
    """
    check_storable("note", asking.note)
    revision = revisions.begin(connection)
    pair, terms = asking.pair, Terms()
    numbers = numbers_of(connection, organisation, [pair.startup_id, pair.partner_id])
    startup, partner = numbers[pair.startup_id], numbers[pair.partner_id]
    _refuse(connection, organisation, startup, partner, now)
    place = {
        "organisation": organisation,
        "run": None,
        "cohort": None,
        "startup": startup,
        "partner": partner,
        "place": 0,
        "slot": "",
        "instead_of": "",
        "note": asking.note,
        "startup_agreed_at": now,
    }
    row = new_row(place, pair, now, terms.expiry(now))
    [made] = insert(connection, organisation, [row], change, now, terms, {"sides": [Side.STARTUP.value]})
    [said] = interactions_of(made, [InteractionType.REQUESTED], now, asking.request_id)
    if stored_interactions.add(connection, [said], revision).written:
        revisions.record(connection, revision)
    return made


def _refuse(
    connection: sa.Connection, organisation: str, startup: int, partner: int, now: dt.datetime
) -> None:
    people = partners_of(connection, (startup, partner))
    if len(people) < 2:  # one was deleted
        raise RequestRefused(Refusal.UNAVAILABLE)
    relations = introduction_room.relations_of(connection, startup, [partner])
    standing = Standing(
        people[startup],
        people[partner],
        relations.between(people[startup].key, people[partner].key),
        introduction_room.used(connection, [partner], now.date())[partner],
        _waiting(connection, organisation, startup),
    )
    if why := refusal(standing):
        raise RequestRefused(why)


def _waiting(connection: sa.Connection, organisation: str, startup: int) -> int:
    """How many requests of the startup wait for an answer."""
    mine = (OPEN, introductions.c.run.is_(None), introductions.c.startup == startup)
    wanted = sa.select(sa.func.count()).select_from(introductions).where(*mine)
    count: int = connection.execute(wanted.where(introductions.c.organisation == organisation)).scalar_one()
    return count
