"""The audit log: searched, checked, and asked by those whose data was read."""

import datetime as dt
import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

import sqlalchemy as sa
from sqlalchemy import exc

from matcher.audit import READINGS, End, Line, Sought, Verdict, check
from matcher.store import audit_reads
from matcher.store.audit_chain import LINE
from matcher.store.audit_schema import audit, audit_heads
from matcher.store.audit_words import actors, conditions, subjects
from matcher.store.engine import reading
from matcher.store.schema import EPOCH, MICROSECOND, organisations, profiles

EVERYTHING = Sought()
BEFORE_THE_FIRST = -(2**63)
CHUNK = 2_000
_UNREADABLE = (None,) * len(LINE)


class AuditLog:
    """The lines of all organisations. Whoever asks names one and finds no other's."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine

    def page(
        self,
        organisation: str,
        sought: Sought = EVERYTHING,
        *,
        before: int | None = None,
        limit: int = 50,
    ) -> tuple[list[Line], int | None]:
        """The latest lines that are sought, those of numbers under `before`; and the number to go on before,
        None after the last."""
        older = [] if before is None else [audit.c.number < before]
        wanted = sa.select(audit).where(*conditions(organisation, sought), *older)
        with reading(self._engine) as connection:
            rows = _latest(connection, wanted, limit + 1)
            lines = _told(connection, organisation, rows[:limit])
        return lines, lines[-1].number if len(rows) > limit else None

    def lines(self, organisation: str, sought: Sought = EVERYTHING) -> Iterator[Line]:
        """All lines that are sought, the latest first, read bit by bit."""
        before: int | None = None
        while True:
            found, before = self.page(organisation, sought, before=before, limit=CHUNK)
            yield from found
            if before is None:
                return

    def readers(self, organisation: str, profile_id: str, field: str, *, limit: int = 20) -> list[Line]:
        """Who read this field of the profile last, by name or with all others of its organisation."""
        number = sa.select(sa.cast(profiles.c.number, sa.Text))
        mine = number.where(profiles.c.key == f"{organisation}:{profile_id}").scalar_subquery()
        about = sa.or_(audit.c.subject_id == "", audit.c.subject_id == mine)
        wanted = sa.select(audit).where(
            audit.c.organisation == organisation,
            audit.c.subject == "profile",
            audit.c.action.in_(READINGS),
            audit.c.fields.contains(field, autoescape=True),
            about,
        )
        with reading(self._engine) as connection:
            return _told(connection, organisation, _latest(connection, wanted, limit))

    def actions(self, organisation: str) -> list[str]:
        """The actions that the organisation's lines tell of, in order."""
        found = sa.select(audit.c.action).where(audit.c.organisation == organisation).distinct()
        with reading(self._engine) as connection:
            return sorted(connection.execute(found).scalars())

    def end(self, organisation: str) -> End:
        """Where the organisation's chain ends."""
        with reading(self._engine) as connection:
            return _end(connection, organisation)

    def exported(self, organisation: str, table: str, rows: int) -> None:
        """Put on record that a table of the organisation leaves Bole as a file."""
        audit_reads.exported(self._engine, organisation, table, {"rows": rows})

    def verdicts(self) -> Iterator[Verdict]:
        """The verdict on every organisation's chain, in order."""
        every = sa.union(
            sa.select(audit.c.organisation),
            sa.select(audit_heads.c.organisation),
            sa.select(organisations.c.organisation),
        )
        with reading(self._engine) as connection:
            names = sorted(map(str, connection.execute(every).scalars()))
        return (self.verdict(name) for name in names)

    def verdict(self, organisation: str, *, last: int | None = None) -> Verdict:
        """Whether the organisation's chain is whole; of the `last` so many lines alone, or of all."""
        with reading(self._engine) as connection:
            if connection.dialect.name == "postgresql":  # the end and the lines of one moment
                connection.execute(sa.text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ"))
            end = _end(connection, organisation)
            after = End() if last is None else _before(connection, organisation, end, last)
            lines = _lines(connection, organisation, after.number or BEFORE_THE_FIRST)
            return check(organisation, lines, end, after=after)


def _latest(connection: sa.Connection, wanted: sa.Select[Any], limit: int) -> Sequence[sa.RowMapping]:
    return connection.execute(wanted.order_by(audit.c.number.desc()).limit(limit)).mappings().all()


def _end(connection: sa.Connection, organisation: str) -> End:
    """The end on record. Every organisation begins with a line: where no end is, the first one is missing."""
    wanted = sa.select(audit_heads.c.number, audit_heads.c.hash)
    row = connection.execute(wanted.where(audit_heads.c.organisation == organisation)).one_or_none()
    return End(1) if row is None else End(*row)


def _before(connection: sa.Connection, organisation: str, end: End, last: int) -> End:
    """The line that the `last` ones follow."""
    number = end.number - last
    here = (audit.c.organisation == organisation, audit.c.number == number)
    found = connection.execute(sa.select(audit.c.number, audit.c.hash).where(*here)).one_or_none()
    return End() if found is None else End(*found)


def _lines(connection: sa.Connection, organisation: str, after: int) -> Iterator[Sequence[Any]]:
    """The lines past a number, in order; one that is no text any more comes as nothing."""
    wanted = sa.select(*LINE).where(audit.c.organisation == organisation).order_by(audit.c.number)
    while True:
        try:
            rows: Sequence[Sequence[Any]] = connection.execute(
                wanted.where(audit.c.number > after).limit(CHUNK)
            ).all()
        except exc.OperationalError:  # SQLite keeps, and then cannot read, bytes that are no UTF-8
            rows = list(islice(_one_by_one(connection, wanted, after), CHUNK))
        yield from rows
        if len(rows) < CHUNK or rows[-1] == _UNREADABLE:
            return
        after = rows[-1][1]


def _one_by_one(connection: sa.Connection, wanted: sa.Select[Any], after: int) -> Iterator[Sequence[Any]]:
    after = max(after, 0)
    while True:
        after += 1
        try:
            row = connection.execute(wanted.where(audit.c.number == after)).one_or_none()
        except exc.OperationalError:
            row = None
        yield _UNREADABLE if row is None else row


def _told(connection: sa.Connection, organisation: str, rows: Collection[Mapping[Any, Any]]) -> list[Line]:
    """The lines with the names of today."""
    called = actors(connection, organisation, {row["who"] for row in rows})
    about = subjects(connection, organisation, {(row["subject"], row["subject_id"]) for row in rows})
    return [_line(row, called, about.get((row["subject"], row["subject_id"]), ("", ""))) for row in rows]


def _line(row: Mapping[Any, Any], called: Mapping[str, str], about: tuple[str, str]) -> Line:
    return Line(
        organisation=row["organisation"],
        number=row["number"],
        at=_moment(row["at"]),
        caller=row["caller"],
        who=row["who"],
        action=row["action"],
        subject=row["subject"],
        subject_id=row["subject_id"],
        fields=tuple(str(row["fields"]).split()),
        counts=_counts(row["counts"]),
        request_id=row["request_id"],
        hash=row["hash"],
        name=called.get(row["who"], ""),
        subject_name=about[0],
        subject_key=about[1],
    )


def _moment(at: Any) -> dt.datetime:
    """The moment; the first of all where somebody wrote over it: a broken line is shown, too."""
    try:
        moment: dt.datetime = EPOCH + at * MICROSECOND
    except (TypeError, OverflowError):
        return EPOCH
    return moment


def _counts(text: Any) -> dict[str, int]:
    """The counts; none where somebody wrote over them."""
    try:
        return dict(json.loads(text))
    except (TypeError, ValueError):
        return {}
