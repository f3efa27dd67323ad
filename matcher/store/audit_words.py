"""What the numbers of the audit log are called today, and which lines a search means."""

import pwd
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

import sqlalchemy as sa

from matcher.audit import READINGS, Sought
from matcher.store.audit_schema import audit
from matcher.store.bulk import lists
from matcher.store.cohort_schema import cohorts
from matcher.store.panel_schema import panels
from matcher.store.people_schema import people
from matcher.store.schema import microseconds, profiles, tokens
from matcher.store.values import PUBLIC_ID

_TOKEN = sa.func.substr(tokens.c.token_hash, 1, PUBLIC_ID)
_PERSON_NAME = sa.func.coalesce(sa.func.nullif(people.c.name, ""), people.c.email)
_PROFILE = sa.cast(profiles.c.number, sa.Text)


def conditions(organisation: str, sought: Sought) -> list[sa.ColumnElement[bool]]:
    """What lines of the organisation must meet."""
    kind, _, id_ = sought.subject.partition(":")
    asked: list[tuple[object, sa.ColumnElement[bool]]] = [
        (sought.who, sa.or_(audit.c.who == sought.who, audit.c.caller == sought.who)),
        (sought.action, _action(sought.action)),
        (kind, audit.c.subject == kind),
        (id_, _subject_id(organisation, kind, id_)),
        (sought.since, audit.c.at >= microseconds(sought.since) if sought.since else sa.true()),
        (sought.until, audit.c.at < microseconds(sought.until) if sought.until else sa.true()),
    ]
    worded = [_has(organisation, word.lower()) for word in sought.words.split()]
    return [audit.c.organisation == organisation, *(each for given, each in asked if given), *worded]


def _action(word: str) -> sa.ColumnElement[bool]:
    reads = audit.c.action.in_(READINGS)
    return {"reads": reads, "changes": ~reads}.get(word, audit.c.action == word)


def _subject_id(organisation: str, kind: str, id_: str) -> sa.ColumnElement[bool]:
    if kind != "profile":
        return audit.c.subject_id == id_
    whose = (profiles.c.organisation == organisation, profiles.c.id == id_)
    key = profiles.c.key == id_
    return audit.c.subject_id.in_(sa.select(_PROFILE).where(sa.or_(key, sa.and_(*whose))))


def _has(organisation: str, word: str) -> sa.ColumnElement[bool]:
    """Whether a line has the word: in what it says itself, or in a name that is joined to it."""
    told = audit.c.action + " " + audit.c.subject + " " + audit.c.subject_id + " " + audit.c.fields
    told = sa.func.lower(told + " " + audit.c.caller + " " + audit.c.who)
    someone = sa.func.lower(people.c.name + " " + people.c.email).contains(word, autoescape=True)
    named = sa.func.lower(profiles.c.name + " " + profiles.c.id).contains(word, autoescape=True)
    labelled = sa.func.lower(tokens.c.label).contains(word, autoescape=True)
    own = {table: table.c.organisation == organisation for table in (people, profiles, tokens)}
    persons = sa.select(people.c.id).where(own[people], someone)
    return sa.or_(
        told.contains(word, autoescape=True),
        audit.c.request_id == word,
        audit.c.who.in_(sa.select("person:" + people.c.id).where(own[people], someone)),
        audit.c.who.in_(sa.select("token:" + _TOKEN).where(own[tokens], labelled)),
        sa.and_(audit.c.subject == "person", audit.c.subject_id.in_(persons)),
        sa.and_(
            audit.c.subject == "profile",
            audit.c.subject_id.in_(sa.select(_PROFILE).where(own[profiles], named)),
        ),
    )


def actors(connection: sa.Connection, organisation: str, whos: Iterable[str]) -> dict[str, str]:
    """What those who acted are called today; who was forgotten is left out. Of other organisations' people
    the reader learns the organisation alone."""
    by: dict[str, set[str]] = defaultdict(set)
    for who in whos:
        kind, _, id_ = who.partition(":")
        by[kind].add(id_)
    found = {f"uid:{number}": _user(number) for number in by["uid"]}
    named = ((people, "person", people.c.id, _PERSON_NAME), (tokens, "token", _TOKEN, tokens.c.label))
    for table, kind, key, own_name in named:
        own = table.c.organisation == organisation
        name = sa.case((own, own_name), else_=table.c.organisation)
        found |= {f"{kind}:{id_}": called for id_, called in _pairs(connection, key, name, by[kind])}
    return {who: name for who, name in found.items() if name}


def subjects(
    connection: sa.Connection, organisation: str, about: Iterable[tuple[str, str]]
) -> dict[tuple[str, str], tuple[str, str]]:
    """Name and, of profiles, key of what lines are about, by kind and id; what was forgotten is left out."""
    by: dict[str, set[str]] = defaultdict(set)
    for kind, id_ in about:
        by[kind].add(id_)
    found: dict[tuple[str, str], tuple[str, str]] = {}
    for table in (cohorts, panels):
        kind, own = table.name.removesuffix("s"), table.c.organisation == organisation
        pairs = _pairs(connection, table.c.id, table.c.name, by[kind], own)
        found |= {(kind, id_): (name, "") for id_, name in pairs}
    own_people = people.c.organisation == organisation
    named = _pairs(connection, people.c.id, _PERSON_NAME, by["person"], own_people)
    found |= {("person", id_): (name, "") for id_, name in named}
    numbers = [int(number) for number in by["profile"] if number.isdecimal()]
    for some in lists(numbers):
        wanted = sa.select(profiles.c.number, profiles.c.name, profiles.c.key)
        rows = connection.execute(wanted.where(profiles.c.number.in_(some)))
        found |= {("profile", str(number)): (name, key) for number, name, key in rows}
    return found


def _pairs(
    connection: sa.Connection,
    key: sa.ColumnElement[Any],
    name: sa.ColumnElement[Any],
    ids: Iterable[str],
    *more: sa.ColumnElement[bool],
) -> Sequence[tuple[str, str]]:
    some = sorted(set(ids) - {""})
    if not some:
        return []
    return [(row[0], row[1]) for row in connection.execute(sa.select(key, name).where(key.in_(some), *more))]


def _user(number: str) -> str:
    """The machine's user of a number."""
    try:
        return pwd.getpwuid(int(number)).pw_name
    except (KeyError, ValueError, OverflowError):
        return ""
