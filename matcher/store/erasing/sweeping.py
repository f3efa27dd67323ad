"""What is left over after erasures: vectors that no text needs, and free space in the database's files."""

import sqlite3

import sqlalchemy as sa

from matcher.encoding.cache import content_hash
from matcher.encoding.parts import parts_of
from matcher.store.bulk import CHUNK, lists
from matcher.store.profiles import LIVE
from matcher.store.schema import profiles, vectors
from matcher.text.comparable import comparable


def sweep_vectors(connection: sa.Connection) -> int:
    """Delete the vectors of texts that no profile has; how many."""
    needed = _needed(connection)
    rows = connection.execute(sa.select(vectors.c.hash).distinct()).scalars()
    left_over = [hashed for hashed in rows if hashed not in needed]
    return sum(
        connection.execute(sa.delete(vectors).where(vectors.c.hash.in_(some))).rowcount
        for some in lists(left_over)
    )


def _needed(connection: sa.Connection) -> set[bytes]:
    found: set[bytes] = set()
    last = -1
    while True:
        wanted = sa.select(profiles.c.number, profiles.c.body).where(LIVE, profiles.c.number > last)
        rows = connection.execute(wanted.order_by(profiles.c.number).limit(CHUNK)).all()
        if not rows:
            return found
        for number, body in rows:
            found |= hashes_of(str(body.get("description", "")))
            last = number


def hashes_of(description: str) -> set[bytes]:
    """What the vectors of a text and of its parts are kept under."""
    text = description.strip()
    return {content_hash(one) for one in (comparable(text), *map(comparable, parts_of(text))) if one}


def compact(engine: sa.Engine) -> bool:
    """Write the database anew without what was deleted, and empty its write-ahead log; whether that came to
    its end. What replicas and backups have is for who keeps them."""
    raw = engine.raw_connection()
    try:
        if engine.dialect.name == "sqlite":
            return _compact_file(raw.driver_connection)
        raw.driver_connection.autocommit = True  # type: ignore[union-attr]
        raw.cursor().execute("VACUUM")
        return True
    finally:
        raw.invalidate()
        raw.close()


def _compact_file(connection: sqlite3.Connection | None) -> bool:
    assert connection is not None
    try:
        connection.execute("VACUUM")
        busy, _, _ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    except sqlite3.OperationalError:  # others write for longer than one waits
        return False
    return not busy
