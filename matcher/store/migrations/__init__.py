"""How the tables came to be, step by step, and how a database catches up."""

from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.util import CommandError

from matcher.errors import Conflict

_LOCK = 0x426F6C65
"""The number of the advisory lock on PostgreSQL: "Bole" in ASCII."""


def upgrade(connection: sa.Connection, to: str = "head") -> None:
    """Run the steps that the database lacks, inside the connection's (writing) transaction.

    All of them, or those up to and with one.

    Others that migrate at the same moment wait, and then find nothing to do: SQLite's write lock is held
    already, on PostgreSQL an advisory lock is taken until the transaction ends.

    Raises:
        Conflict: the database is at a step that this version does not have.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_LOCK)))
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    try:
        command.upgrade(config, to)
    except CommandError as error:
        raise Conflict(
            f"this database was made by another version of Bole: {error}; install the newer one"
        ) from error
