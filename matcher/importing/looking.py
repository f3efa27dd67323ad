"""What files hold, for people to look at before they are imported: kinds, headers, first rows."""

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from matcher.errors import UnreadableFile
from matcher.importing.aliases import JOINED
from matcher.importing.cells import text_of
from matcher.importing.grids import Broken, Cells, Formula, Row
from matcher.importing.headers import (
    field_of,
    header_key,
    is_ignored,
    likely_header,
    read_heading,
)
from matcher.importing.kinds import Kind
from matcher.importing.plan import LEFT_OUT, USUAL, Meanings, Plan
from matcher.importing.sources import Source
from matcher.importing.tables import Glance, Table, each_table

FIRST_ROWS = 5
LONGEST_SAMPLE = 60


class How(StrEnum):
    """Why a column is taken for what it is: its name is known, somebody said so, or nobody knows. IGNORED: it
    is of no use here; REPEATED: an earlier column says the same."""

    KNOWN = "known"
    SAID = "said"
    UNKNOWN = "unknown"
    IGNORED = "ignored"
    REPEATED = "repeated"


@dataclass(frozen=True, slots=True)
class Seen:
    """One column: its header, how that is compared (`key`), the field that it fills or "", some cells."""

    header: str
    key: str
    field: str
    how: How
    samples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sight:
    """One table as people see it. `kind` is "" where it cannot be told, or where the plan leaves it out
    (`left_out`); `refused` says why it cannot be read. `rows` are the first, with their numbers."""

    name: str
    encoding: str
    kind: str
    refused: str
    left_out: bool
    columns: tuple[Seen, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]

    def to_dict(self) -> dict[str, Any]:
        """JSON-ready."""
        return asdict(self)


def look(sources: Sequence[Source], plan: Plan = USUAL) -> list[Sight]:
    """What the files hold as the plan has it, table by table; files that cannot be read too."""
    return [sight for source in sources for sight in _sights(source, plan)]


def guesses(sources: Sequence[Source], plan: Plan) -> Meanings:
    """What unknown headers probably mean: those like a known one whose field no other column fills."""
    found: dict[Kind, dict[str, str]] = {}
    for source in sources:
        try:
            for _, table in each_table(source, None, plan):
                if isinstance(table, Table):
                    found.setdefault(table.heading.kind, {}).update(_guessed(table))
        except UnreadableFile:
            continue
    return found


def _guessed(table: Table) -> Iterator[tuple[str, str]]:
    heading, taken = table.heading, set(table.heading.fields)
    for header in heading.unknown:
        known = likely_header(header, heading.kind)
        found = field_of(known, heading.kind) if known else None
        if found and (found[0] in JOINED or found[0] not in taken):
            taken.add(found[0])
            yield header_key(header), found[0]


def _sights(source: Source, plan: Plan) -> Iterator[Sight]:
    try:
        for glance, found in each_table(source, None, plan):
            yield (
                _table_sight(glance, found, plan) if isinstance(found, Table) else _other(glance, found, plan)
            )
    except UnreadableFile as error:
        yield Sight(source.name, "", "", str(error), False, (), ())


def _table_sight(glance: Glance, table: Table, plan: Plan) -> Sight:
    rows = list(
        itertools.islice((row for row in table.rows if any(_text(cell) for cell in row[1])), FIRST_ROWS)
    )
    columns = tuple(_columns(table.headers, rows, table.heading.kind, plan))
    return Sight(glance.name, glance.encoding, table.heading.kind, "", False, columns, _shown(rows))


def _other(glance: Glance, refused: UnreadableFile | None, plan: Plan) -> Sight:
    """A table that is left out or refused: its widest row may be the header row."""
    kind, rows = plan.kinds.get(glance.name), glance.top[:FIRST_ROWS]
    columns = tuple(_columns(glance.widest, rows[1:], kind, plan))
    return Sight(
        glance.name,
        glance.encoding,
        kind or "",
        str(refused or ""),
        refused is None,
        columns,
        _shown(rows),
    )


def _columns(headers: Sequence[str], rows: Sequence[Row], kind: Kind | None, plan: Plan) -> Iterator[Seen]:
    heading = read_heading(headers, kind, plan.meanings) if kind else None
    filled = {column.position: column.field for column in heading.columns} if heading else {}
    said = plan.meanings.get(kind, {}) if kind else {}
    for position, header in enumerate(headers):
        if header:
            key = header_key(header)
            field = filled.get(position, "")
            samples = tuple(dict.fromkeys(filter(None, (_at(cells, position) for _, cells in rows))))
            yield Seen(header, key, field, _how(header, field, key in said, kind), samples[:3])


def _how(header: str, field: str, said: bool, kind: Kind | None) -> How:
    if said:
        return How.SAID
    if field != LEFT_OUT:
        return How.KNOWN
    if is_ignored(header):
        return How.IGNORED
    return How.REPEATED if kind and field_of(header, kind) else How.UNKNOWN


def _shown(rows: Sequence[Row]) -> tuple[tuple[int, tuple[str, ...]], ...]:
    return tuple((number, tuple(map(_text, cells))) for number, cells in rows)


def _at(cells: Cells, position: int) -> str:
    return _text(cells[position]) if position < len(cells) else ""


def _text(cell: object) -> str:
    text = cell.written if isinstance(cell, Formula | Broken) else text_of(cell)  # type: ignore[arg-type]
    return text if len(text) <= LONGEST_SAMPLE else text[: LONGEST_SAMPLE - 1] + "…"
