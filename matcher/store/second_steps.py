"""Which roles of an organisation need a code beside their password."""

from collections.abc import Collection

import sqlalchemy as sa

from matcher.store import organisations
from matcher.store.bulk import insert_new
from matcher.store.engine import reading, writing
from matcher.store.people_schema import second_steps


class SecondSteps:
    """The roles of all organisations. Each method is one transaction."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine

    def of(self, organisation: str) -> frozenset[str]:
        """The roles whose people need a code."""
        mine = sa.select(second_steps.c.role).where(second_steps.c.organisation == organisation)
        with reading(self._engine) as connection:
            return frozenset(connection.execute(mine).scalars())

    def put(self, organisation: str, roles: Collection[str]) -> None:
        """Ask the people of these roles for a code, and nobody else. Sessions that are open heed it at once.

        Raises:
            NotFound: the organisation does not exist.
        """
        theirs = second_steps.c.organisation == organisation
        rows = [{"organisation": organisation, "role": role} for role in sorted(set(roles))]
        with writing(self._engine) as connection:
            organisations.require(connection, {organisation})
            connection.execute(sa.delete(second_steps).where(theirs, second_steps.c.role.not_in(roles)))
            insert_new(connection, second_steps, rows, by=["organisation", "role"])
