"""Many rows at a time, with memory bounded by the chunk."""

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

CHUNK = 2_000
"""Rows read, compared and written together; well below SQLite's limit of 32,766 parameters."""

T = TypeVar("T")
K = TypeVar("K", bound=Hashable)


def chunks(items: Iterable[T], key: Callable[[T], K], size: int = CHUNK) -> Iterator[dict[K, T]]:
    """The items by key, at most `size` at a time, in order.

    A chunk ends early where a key comes again, so that chunk after chunk has the effect of one after another.
    """
    chunk: dict[K, T] = {}
    for item in items:
        name = key(item)
        if len(chunk) == size or name in chunk:
            yield chunk
            chunk = {}
        chunk[name] = item
    if chunk:
        yield chunk


def lists(items: Iterable[T], size: int = CHUNK) -> Iterator[list[T]]:
    """The items in lists of `size`, in order; the last may be shorter."""
    rest = iter(items)
    while part := list(islice(rest, size)):
        yield part


def upsert(
    connection: sa.Connection, table: sa.Table, rows: Sequence[Mapping[str, Any]], by: Sequence[str]
) -> None:
    """Insert the rows; where one with the same `by` columns exists, it takes the new values."""
    if rows:
        insert = _insert(connection, table)
        values = {name: insert.excluded[name] for name in rows[0] if name not in by}
        connection.execute(insert.on_conflict_do_update(index_elements=list(by), set_=values), rows)


def insert_new(
    connection: sa.Connection, table: sa.Table, rows: Sequence[Mapping[str, Any]], by: Sequence[str]
) -> int:
    """Insert the rows whose `by` columns are not there yet, and say how many were inserted."""
    if not rows:
        return 0
    insert = _insert(connection, table).on_conflict_do_nothing(index_elements=list(by))
    # Without the option the count of many inserts on PostgreSQL is -1.
    return connection.execute(insert, rows, execution_options={"preserve_rowcount": True}).rowcount


def insert_or_take(
    connection: sa.Connection,
    table: sa.Table,
    row: Mapping[str, Any],
    *,
    by: str,
    where: sa.ColumnElement[bool],
) -> None:
    """Insert the row; where one with the same `by` is there and meets `where`, it takes the new values.

    In one statement, so that of several who try at once one gets it. The row that is there afterwards is
    locked until the transaction ends.
    """
    insert = _insert(connection, table)
    values = {name: insert.excluded[name] for name in row if name != by}
    connection.execute(insert.on_conflict_do_update(index_elements=[by], set_=values, where=where), row)


def _insert(connection: sa.Connection, table: sa.Table) -> sqlite.Insert | postgresql.Insert:
    return sqlite.insert(table) if connection.dialect.name == "sqlite" else postgresql.insert(table)
