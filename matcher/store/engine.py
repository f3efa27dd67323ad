"""Connections: how a database is opened, read and written so that several processes can do so at once."""

import sqlite3
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa
from sqlalchemy import exc

from matcher.audit import Deed, acts
from matcher.errors import InvalidInput, NotReady
from matcher.store.audit_chain import append
from matcher.store.audit_deeds import deeds
from matcher.store.audit_notes import NOTES, Notes, notice
from matcher.store.schema import Clock, microseconds, utc_now

BUSY_TIMEOUT_MS = 60_000
"""How long a SQLite writer waits for another: a large import holds the lock for several seconds."""
SWITCH_RETRY_SECONDS = 0.01
_CLOCK = "bole_clock"
CACHE_KIB = 64 * 1024
"""Pages that one SQLite connection keeps: an import writes to indexes at random places."""


def open_engine(url: str, clock: Clock = utc_now) -> sa.Engine:
    """An engine for "sqlite:///path" or "postgresql+psycopg://…". Connects on first use. `clock` dates the
    lines of the audit log.

    Raises:
        InvalidInput: not such a URL, or the driver of PostgreSQL is not installed.
    """
    scheme = url.partition(":")[0] if ":" in url else ""  # without one it may be all passwords
    if scheme not in {"sqlite", "postgresql", "postgresql+psycopg"}:
        raise InvalidInput(
            "database", scheme, "is no database that Bole knows", "write sqlite:///PATH or postgresql://…"
        )
    try:
        options = {_CLOCK: clock}
        engine = sa.create_engine(url, pool_pre_ping=scheme != "sqlite", execution_options=options)
    except (exc.ArgumentError, ValueError) as error:
        raise InvalidInput("database", scheme, "is followed by no address", "write sqlite:///PATH") from error
    except ModuleNotFoundError as error:
        raise InvalidInput("database", scheme, "needs a driver", "install bole[postgres]") from error
    sa.event.listen(engine, "after_execute", notice)
    if engine.dialect.name == "sqlite":
        sa.event.listen(engine, "connect", _prepare_sqlite)
        sa.event.listen(engine, "begin", _begin_sqlite)
    return engine


@contextmanager
def reading(engine: sa.Engine) -> Iterator[sa.Connection]:
    """A connection that reads and leaves nothing behind.

    Raises:
        NotReady: the database cannot be reached or was never migrated.
    """
    with _trouble_named(), engine.connect() as connection:
        yield connection


@contextmanager
def writing(engine: sa.Engine, *, audited: bool = True) -> Iterator[sa.Connection]:
    """A transaction that is kept when the block ends and undone when it raises.

    What it changes is put on the audit log with it (`audited`: but for migrations, which make the log, and
    what is only tried and taken back). On SQLite it takes the write lock at the start: one that reads first
    and writes later could fail half way.

    Raises:
        NotReady: the database cannot be reached, or another writer kept it for longer than a minute.
    """
    options = _noting() if audited else {"bole_writes": True}
    with _trouble_named(), engine.execution_options(**options).begin() as connection:
        yield connection
        _put_on_record(connection)


@contextmanager
def writing_now(engine: sa.Engine) -> Iterator[sa.Connection]:
    """A transaction as `writing`, of what may be left undone: on SQLite it waits for no other writer.

    Raises:
        NotReady: the database cannot be reached, or another one writes at this moment.
    """
    with _trouble_named(), engine.connect() as connection:
        _wait_at_most(connection, 0)
        try:
            with connection.execution_options(**_noting()).begin():
                yield connection
                _put_on_record(connection)
        finally:
            _wait_at_most(connection, BUSY_TIMEOUT_MS)


def _noting() -> dict[str, Any]:
    """The options of a connection whose changes are noted: of inserts, too, the rows are to be counted."""
    return {"bole_writes": True, "preserve_rowcount": True, NOTES: Notes()}


def _put_on_record(connection: sa.Connection) -> None:
    """Put what the transaction changed on the audit log, as its last act."""
    options, actor = connection.get_execution_options(), acts()
    if NOTES in options and options[NOTES].touched:
        done = deeds(connection, options[NOTES], actor.organisation)
        append(connection, done, actor, microseconds(options[_CLOCK]()))


def put_on_record(engine: sa.Engine, done: Sequence[Deed]) -> None:
    """Put what somebody read on the audit log, in a transaction of its own.

    Raises:
        NotReady: as `writing`; then it is not on record.
    """
    with writing(engine) as connection:
        at = microseconds(connection.get_execution_options()[_CLOCK]())
        append(connection, done, acts(), at)


def _wait_at_most(connection: sa.Connection, milliseconds: int) -> None:
    """Tell SQLite, outside of any transaction, how long to wait for another writer."""
    raw = connection.connection.dbapi_connection
    if connection.dialect.name == "sqlite" and raw is not None:
        raw.cursor().execute(f"PRAGMA busy_timeout = {milliseconds}")


@contextmanager
def _trouble_named() -> Iterator[None]:
    try:
        yield
    except (exc.OperationalError, exc.ProgrammingError, exc.TimeoutError) as error:
        raise NotReady(f"the database cannot be used: {getattr(error, 'orig', error)}") from error
    except (exc.DataError, UnicodeEncodeError) as error:
        raise InvalidInput(
            "text", ascii(error), "has a character that no database keeps", "remove it"
        ) from error


def _prepare_sqlite(connection: Any, _record: object) -> None:
    # Transactions are begun by `_begin_sqlite`, not by the driver, which would begin them too late.
    connection.isolation_level = None
    connection.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}")
    _write_ahead(connection)
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA secure_delete = ON")  # what is deleted is overwritten, whoever deletes it
    connection.execute(f"PRAGMA cache_size = -{CACHE_KIB}")


def _write_ahead(connection: Any) -> None:
    """Switch a new database to its write-ahead log. SQLite waits for readers and writers by itself, but not
    for another process that switches at the same moment."""
    deadline = time.monotonic() + BUSY_TIMEOUT_MS / 1000
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError:
            if time.monotonic() >= deadline:
                raise
            time.sleep(SWITCH_RETRY_SECONDS)
        else:
            return


def _begin_sqlite(connection: sa.Connection) -> None:
    writes = connection.get_execution_options().get("bole_writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
