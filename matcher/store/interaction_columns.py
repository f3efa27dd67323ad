"""Interactions read: a million as aligned arrays, without an object for each."""

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import sqlalchemy as sa

from matcher.interactions import TYPES, InteractionTable
from matcher.store import merged
from matcher.store.bulk import CHUNK
from matcher.store.schema import interactions, profiles

_DAY = 24 * 60 * 60 * 1_000_000
_CODES = {kind.value: code for code, kind in enumerate(TYPES)}
_PARTITION = 10_000
_WANTED = (
    interactions.c.startup,
    interactions.c.partner,
    interactions.c.type,
    interactions.c.at,
    interactions.c.value,
    interactions.c.stage,
    interactions.c.amount,
    interactions.c.currency,
)
_DTYPES = (np.int64, np.int64, np.int8, np.int64, np.float64, object, np.float64, object)


def read(connection: sa.Connection, *conditions: sa.ColumnElement[bool]) -> InteractionTable:
    """The interactions that meet the conditions, by moment, startup key, partner key, type, then as added.
    Those of merged profiles are the staying one's."""
    wanted = sa.select(*_WANTED).where(*conditions).order_by(interactions.c.number)
    rows = connection.execute(wanted.execution_options(yield_per=_PARTITION))
    startups, partners, types, moments, *context = _columns(rows.partitions())
    whose = merged.staying(connection)
    keys, ranks = _ranked(connection, whose.of(startups), whose.of(partners))
    startups, partners = ranks
    order = np.lexsort((types, partners, startups, moments))
    table = InteractionTable(
        keys[startups], keys[partners], types, (moments // _DAY).astype(np.int32), *context
    )
    return table.take(order)


def told_since(connection: sa.Connection, since: int, until: int) -> tuple[tuple[str, ...], InteractionTable]:
    """The keys of profiles that were merged or parted after revision `since`, up to and with `until`; and the
    interactions added in between, with all that ever happened to those."""
    revision = interactions.c.revision
    rows: Sequence[Any] = connection.execute(merged.retold(since, until)).all() if since else ()
    if not rows:
        return (), read(connection, revision > since, revision <= until)
    numbers = connection.execute(merged.with_merged([number for number, _ in rows])).scalars().all()
    of_them = sa.or_(interactions.c.startup.in_(numbers), interactions.c.partner.in_(numbers))
    events = read(connection, sa.or_(revision > since, of_them), revision <= until)
    return tuple(key for _, key in rows), events


def _columns(parts: Iterable[Sequence[Sequence[Any]]]) -> list[npt.NDArray[Any]]:
    """The parts' rows as one array for each column. Equal texts become one object."""
    known: dict[str, str] = {}
    arrays = [[np.array([], dtype)] for dtype in _DTYPES]
    for part in parts:
        columns: list[Sequence[Any]] = list(zip(*part, strict=True))
        columns[2] = [_CODES[kind] for kind in columns[2]]
        for text in (5, 7):
            columns[text] = [known.setdefault(value, value) for value in columns[text]]
        for array, column, dtype in zip(arrays, columns, _DTYPES, strict=True):
            array.append(np.array(column, dtype))
    return [np.concatenate(array) for array in arrays]


def _ranked(
    connection: sa.Connection, *sides: npt.NDArray[np.int64]
) -> tuple[npt.NDArray[np.object_], list[npt.NDArray[np.intp]]]:
    """The keys in order, and each side's profile numbers as places in them."""
    wanted = sa.select(profiles.c.number, profiles.c.key).order_by(profiles.c.key)
    present = np.unique(np.concatenate(sides))
    if len(present) <= CHUNK:
        wanted = wanted.where(profiles.c.number.in_(present.tolist()))
    rows = connection.execute(wanted).all()
    numbers = np.array([row[0] for row in rows], np.int64)
    keys = np.array([row[1] for row in rows], object)
    by_number = np.argsort(numbers)
    return keys, [by_number[np.searchsorted(numbers, side, sorter=by_number)] for side in sides]
