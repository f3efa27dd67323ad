"""Rows that name one profile made to name another, and back: every table says here how."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from matcher.cohorts.introducing.introduction import IntroductionStatus
from matcher.store.attention_schema import signal_decisions
from matcher.store.bulk import insert_new, lists
from matcher.store.cohort_schema import (
    cohort_startups,
    match_alternates,
    match_edits,
    match_pairs,
    preferences,
)
from matcher.store.introduction_schema import contacts, introductions, outbox
from matcher.store.merging_schema import merged_rows
from matcher.store.people_schema import people
from matcher.store.remark_schema import remarks
from matcher.store.schema import EPOCH, MICROSECOND, Instant, microseconds, profiles, tokens

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Place:
    """A column that names profiles, by number or, where `by_id`, by the id in the row's organisation.

    No two rows may have the same of each of the `alone` columns, and the two of `apart` differ: a row that
    would break this is taken out, or, of an introduction, let go by its run.
    """

    table: sa.Table
    column: str
    alone: tuple[tuple[str, ...], ...] = ()
    apart: tuple[str, str] | None = None
    by_id: bool = False

    @property
    def name(self) -> str:
        """What the place is called on record."""
        return f"{self.table.name}.{self.column}"

    def of(self, who: "Named") -> tuple[sa.ColumnElement[bool], ...]:
        """The condition that a row names the profile here."""
        named = self.table.c[self.column] == self.value(who)
        return (named, self.table.c.organisation == who.organisation) if self.by_id else (named,)

    def value(self, who: "Named") -> int | str:
        """What stands in the column for the profile."""
        return who.id if self.by_id else who.number


@dataclass(frozen=True, slots=True)
class Named:
    """A profile by all that rows call it."""

    organisation: str
    id: str
    number: int


_PAIR = ("run", "startup", "partner")
_REMARK = ("startup", "partner", "side", "kind", "introduction", "day")
PLACES = (
    Place(profiles, "merged_into"),
    Place(cohort_startups, "startup", (("cohort", "startup"),)),
    Place(match_pairs, "startup", (_PAIR,)),
    Place(match_pairs, "partner", (_PAIR,)),
    Place(match_alternates, "startup", (("run", "startup", "place"), _PAIR)),
    Place(match_alternates, "partner", (_PAIR,)),
    Place(match_edits, "startup"),
    Place(match_edits, "partner"),
    Place(match_edits, "instead_of"),
    Place(preferences, "startup"),
    Place(preferences, "preferred", apart=("preferred", "over_partner")),
    Place(preferences, "over_partner", apart=("preferred", "over_partner")),
    Place(introductions, "startup", (_PAIR,)),
    Place(introductions, "partner", (_PAIR,)),
    Place(contacts, "profile", (("profile",),)),
    Place(outbox, "profile"),
    Place(signal_decisions, "startup", (("startup", "mark"),)),
    Place(remarks, "startup", (_REMARK,)),
    Place(remarks, "partner", (_REMARK,)),
    Place(tokens, "profile_id", by_id=True),
    Place(people, "profile_id", by_id=True),
)
OPTED_OUT = Place(profiles, "opted_out_at")
_PLACES = {place.name: place for place in (*PLACES, OPTED_OUT)}
_LET_GO = ("run", "cohort", "status", "ended_at")


def move(connection: sa.Connection, amendment: str, gone: Named, stays: Named, now: dt.datetime) -> int:
    """Have every row that names one profile name the other; how many there were. Each is kept on record."""
    return sum(_move_in(connection, amendment, place, gone, stays, now) for place in PLACES)


def take_out(connection: sa.Connection, amendment: str, place: Place, row: Row) -> None:
    """Delete a row, keeping it on record."""
    connection.execute(sa.delete(place.table).where(*_at(place.table, _key(place.table, row))))
    _record(connection, amendment, place, [(row, _plain(place.table, row))])


def change(connection: sa.Connection, amendment: str, place: Place, number: int, value: object) -> None:
    """Write a value into the row of a number, keeping on record what was there."""
    this, column = place.table.c.number == number, place.table.c[place.column]
    before = connection.execute(sa.select(column).where(this)).scalar_one()
    connection.execute(sa.update(place.table).where(this).values({place.column: value}))
    now = _plain(place.table, {"number": number, place.column: value})
    kept = {"place": place.name, "row": now, "before": _plain(place.table, {place.column: before})}
    connection.execute(sa.insert(merged_rows), {"amendment": amendment, **kept})


def move_back(connection: sa.Connection, amendment: str, gone: Named, stays: Named) -> tuple[int, int]:
    """Make the rows of a merge as they were; how many, and how many somebody has changed or removed since."""
    mine = (merged_rows.c.amendment == amendment, merged_rows.c.place.in_(_PLACES))
    wanted = sa.select(merged_rows).where(*mine)
    rows = connection.execute(wanted.order_by(merged_rows.c.number.desc())).mappings().all()
    back = sum(_back(connection, _PLACES[row["place"]], row, gone, stays) for row in rows)
    return back, len(rows) - back


def _move_in(
    connection: sa.Connection, amendment: str, place: Place, gone: Named, stays: Named, now: dt.datetime
) -> int:
    rows = _rows(connection, place, gone)
    if not rows:
        return 0
    clashing = list(_clashing(connection, place, rows, stays))
    for row in clashing:
        if place.table is introductions:
            _let_go(connection, amendment, place, row, now)
        else:
            take_out(connection, amendment, place, row)
    new = {place.column: place.value(stays)}
    connection.execute(sa.update(place.table).where(*place.of(gone)).values(new))
    out = set() if place.table is introductions else set(map(id, clashing))
    _record(connection, amendment, place, [({**row, **new}, None) for row in rows if id(row) not in out])
    return len(rows)


def _rows(connection: sa.Connection, place: Place, who: Named) -> list[dict[str, Any]]:
    """The rows that name the profile in this place."""
    return [dict(row) for row in connection.execute(sa.select(place.table).where(*place.of(who))).mappings()]


def _clashing(connection: sa.Connection, place: Place, rows: Sequence[Row], stays: Named) -> Iterator[Row]:
    """The rows that cannot name the other profile, as one that does is there already."""
    theirs = _rows(connection, place, stays)
    taken = {(columns, *(row[name] for name in columns)) for row in theirs for columns in place.alone}
    for row in rows:
        moved = {**row, place.column: place.value(stays)}
        if (place.apart and moved[place.apart[0]] == moved[place.apart[1]]) or any(
            (columns, *(moved[name] for name in columns)) in taken and None not in map(moved.get, columns)
            for columns in place.alone
        ):
            yield row


def _let_go(connection: sa.Connection, amendment: str, place: Place, row: Row, now: dt.datetime) -> None:
    """An introduction that the run has with the other profile too: it is of no run any more, and nobody is
    asked twice."""
    after: dict[str, Any] = {"run": None, "cohort": None}
    if row["status"] == IntroductionStatus.OFFERED:
        after |= {"status": IntroductionStatus.WITHDRAWN.value, "ended_at": now}
    connection.execute(sa.update(place.table).where(*_at(place.table, _key(place.table, row))).values(after))
    _record(connection, amendment, place, [(row, _plain(place.table, {name: row[name] for name in _LET_GO}))])


def _record(
    connection: sa.Connection, amendment: str, place: Place, rows: Sequence[tuple[Row, Row | None]]
) -> None:
    """Keep rows as they are now, by their key, and what they were before."""
    kept = (
        {"amendment": amendment, "place": place.name, "row": _key(place.table, now), "before": before}
        for now, before in rows
    )
    for some in lists(kept):
        connection.execute(sa.insert(merged_rows), some)


def _back(connection: sa.Connection, place: Place, kept: sa.RowMapping, gone: Named, stays: Named) -> bool:
    """Whether the row is as it was again."""
    table, before = place.table, kept["before"]
    if before is None:
        still = table.c[place.column] == place.value(stays)
        change = sa.update(table).where(*_at(table, kept["row"]), still)
        return bool(connection.execute(change.values({place.column: place.value(gone)})).rowcount)
    values = _typed(table, before)
    if set(before) != set(table.c.keys()):
        change = sa.update(table).where(*_at(table, kept["row"]))
        return bool(connection.execute(change.values(values)).rowcount)
    if "number" in table.primary_key.columns:  # it may be another's by now
        del values["number"]
        return bool(connection.execute(sa.insert(table), values).rowcount)
    return bool(insert_new(connection, table, [values], [column.name for column in table.primary_key]))


def _key(table: sa.Table, row: Row) -> dict[str, Any]:
    return _plain(table, {column.name: row[column.name] for column in table.primary_key})


def _at(table: sa.Table, key: Row) -> list[sa.ColumnElement[bool]]:
    return [table.c[name] == value for name, value in _typed(table, key).items()]


def _plain(table: sa.Table, row: Row) -> dict[str, Any]:
    """The row as JSON keeps it."""
    return {name: _plain_value(table.c[name], value) for name, value in row.items()}


def _plain_value(column: sa.Column[Any], value: Any) -> Any:
    if value is not None and isinstance(column.type, Instant):
        return microseconds(value)
    return value.isoformat() if isinstance(value, dt.date) else value


def _typed(table: sa.Table, row: Row) -> dict[str, Any]:
    """The row that `_plain` made JSON of."""
    return {name: _typed_value(table.c[name], value) for name, value in row.items()}


def _typed_value(column: sa.Column[Any], value: Any) -> Any:
    if value is not None and isinstance(column.type, Instant):
        return EPOCH + value * MICROSECOND
    return dt.date.fromisoformat(value) if value and isinstance(column.type, sa.Date) else value
