"""What was tried how often, known to all workers."""

import datetime as dt

import sqlalchemy as sa

from matcher.attempts import FORGOTTEN_AFTER, Rule, Tries
from matcher.store.bulk import insert_new, upsert
from matcher.store.engine import reading, writing
from matcher.store.people_schema import attempts

_TRIES = (attempts.c["count"], attempts.c.since, attempts.c.at, attempts.c.until)
_KEPT = 2 * FORGOTTEN_AFTER


class Attempts:
    """Counts tries by key. Each method is one transaction."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine

    def begin(self, key: str, rule: Rule, now: dt.datetime) -> dt.datetime | None:
        """Count one more try, before it is made, so that many at once count as many.

        None where it may be made, else the moment until which it may not; then it is not counted.
        """
        with reading(self._engine) as connection:
            before = _tries(connection, key)
        if before and before.is_over(now):
            return before.until
        with writing(self._engine) as connection:
            connection.execute(sa.delete(attempts).where(attempts.c.at < now - _KEPT))
            before = _locked(connection, key, now)
            if before and before.is_over(now):
                return before.until
            after = rule(before, now)
            row = {
                "key": key,
                "count": after.count,
                "since": after.since,
                "at": after.at,
                "until": after.until,
            }
            upsert(connection, attempts, [row], by=["key"])
        return None

    def withdraw(self, key: str) -> None:
        """Count one try less: it has succeeded."""
        mine = (attempts.c.key == key, attempts.c["count"] > 0)
        less = sa.update(attempts).where(*mine).values(count=attempts.c["count"] - 1, until=None)
        with writing(self._engine) as connection:
            connection.execute(less)

    def clear(self, key: str) -> None:
        """Forget the tries: one has succeeded."""
        with writing(self._engine) as connection:
            connection.execute(sa.delete(attempts).where(attempts.c.key == key))


def _tries(connection: sa.Connection, key: str) -> Tries | None:
    row = connection.execute(sa.select(*_TRIES).where(attempts.c.key == key)).one_or_none()
    return None if row is None or not row[0] else Tries(*row)


def _locked(connection: sa.Connection, key: str, now: dt.datetime) -> Tries | None:
    """The tries, which no other transaction counts until this one ends."""
    insert_new(connection, attempts, [{"key": key, "count": 0, "since": now, "at": now}], by=["key"])
    row = connection.execute(sa.select(*_TRIES).where(attempts.c.key == key).with_for_update()).one()
    return Tries(*row) if row[0] else None
