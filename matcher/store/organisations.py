"""Organisations: who owns profiles."""

import re

import sqlalchemy as sa

from matcher.errors import InvalidInput, NotFound
from matcher.store.bulk import insert_new
from matcher.store.schema import organisations

_SLUG = re.compile(r"[a-z0-9][a-z0-9-]{0,62}")


def add(connection: sa.Connection, organisation: str, name: str) -> None:
    """Make sure that the organisation exists; a name that is given becomes its name.

    Raises:
        InvalidInput: the slug has other characters than a–z, 0–9 and hyphens, or over 63 of them.
    """
    if not _SLUG.fullmatch(organisation):
        rule = "must be 1 to 63 of a–z, 0–9 and hyphens, no hyphen first"
        raise InvalidInput("organisation", organisation, rule)
    insert_new(connection, organisations, [{"organisation": organisation, "name": name}], ["organisation"])
    if name:
        mine = organisations.c.organisation == organisation
        connection.execute(sa.update(organisations).where(mine).values(name=name))


def every(connection: sa.Connection) -> list[str]:
    """All slugs, in order."""
    column = organisations.c.organisation
    return list(connection.execute(sa.select(column).order_by(column)).scalars())


def name_of(connection: sa.Connection, organisation: str) -> str:
    """What the organisation is called, its slug where it was given no name or is not there."""
    named = sa.select(organisations.c.name).where(organisations.c.organisation == organisation)
    return connection.execute(named).scalar_one_or_none() or organisation


def require(connection: sa.Connection, names: set[str]) -> None:
    """Refuse organisations that do not exist.

    Raises:
        NotFound: names the first of them.
    """
    column = organisations.c.organisation
    known = set(connection.execute(sa.select(column).where(column.in_(names))).scalars())
    if unknown := sorted(names - known):
        raise NotFound(f"no organisation {unknown[0]!r}: add it first")
