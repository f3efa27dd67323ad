"""Rows of an export: how they are read, and what of them JSON can say."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import sqlalchemy as sa

Row = Mapping[Any, Any]
Rows = Iterable[Row]


def plain(row: Row) -> dict[str, Any]:
    """The row as JSON can say it."""
    return {name: _value(value) for name, value in row.items()}


def _value(value: Any) -> Any:
    if isinstance(value, dt.datetime | dt.date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(name): _value(each) for name, each in value.items()}
    return [_value(each) for each in value] if isinstance(value, list | tuple) else value


def columns_of(
    connection: sa.Connection, table: sa.Table, names: str, *which: sa.ColumnElement[bool]
) -> Sequence[sa.RowMapping]:
    """These columns of the rows that hold, in the order of their keys."""
    wanted = sa.select(*(table.c[name] for name in names.split())).where(*which)
    return connection.execute(wanted.order_by(*table.primary_key.columns)).mappings().all()


def office(who: str) -> str:
    """The role of who did something: who of the office it was is theirs."""
    return who.partition(" ")[0]
