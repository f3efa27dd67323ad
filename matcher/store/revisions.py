"""The store's revision: a number that rises with every change to what matching reads."""

import sqlalchemy as sa

from matcher.store.schema import revisions


def current(connection: sa.Connection) -> int:
    """The revision of the last change; 0 before any."""
    return int(connection.execute(sa.select(revisions.c.revision)).scalar_one())


def begin(connection: sa.Connection) -> int:
    """The revision that this transaction may `record`. Other writers wait from here until it ends."""
    return int(connection.execute(sa.select(revisions.c.revision).with_for_update()).scalar_one()) + 1


def record(connection: sa.Connection, revision: int) -> None:
    """Make `revision`, which `begin` gave, the current one."""
    connection.execute(sa.update(revisions).values(revision=revision))
