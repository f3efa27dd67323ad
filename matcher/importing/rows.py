"""One row of a table to a profile, interaction or ledger entry, or to the problems that reject it.

A cell that cannot be read rejects its row, even where the column is optional, so that nothing is lost
unseen. Two things only warn: a label that no catalogue knows (kept as a free tag) and a figure that is
not exact (read as shown).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from matcher.errors import InvalidInput
from matcher.importing.aliases import LISTS
from matcher.importing.cells import Cell, text_of
from matcher.importing.directory import Directory
from matcher.importing.grids import Broken, Cells, Formula, Row
from matcher.importing.headers import Column
from matcher.importing.identity import made_id
from matcher.importing.readers import CURRENCIES, CURRENCY_OF, Note, read_cell
from matcher.importing.report import Problem, Severity
from matcher.importing.rules import Rule
from matcher.importing.tables import Table
from matcher.importing.tickets import with_ticket
from matcher.interactions import RESERVED_SOURCES, Interaction, InteractionType
from matcher.ledger import LedgerEntry
from matcher.profiles import Profile, Role

T = TypeVar("T")

_SHOWN = 120
_BROKEN_RULES = dict.fromkeys(LISTS, Rule.TOO_MANY) | {
    "id": Rule.ID,
    "name": Rule.TOO_LONG,
    "description": Rule.TOO_LONG,
    "value": Rule.RATING,
    "request_id": Rule.REQUEST,
}
"""What a profile or interaction refuses, by field."""


@dataclass(slots=True)
class ReadRow:
    """A row being read: its fields so far, and what is wrong with it."""

    table: Table
    number: int
    cells: Cells
    fields: dict[str, object] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    @property
    def good(self) -> bool:
        """Whether nothing rejects the row."""
        return not any(problem.severity is Severity.ERROR for problem in self.problems)

    def fail(self, error: InvalidInput, column: str = "") -> None:
        """Note what rejects the row, under the header of the column that it is about."""
        rule = error.rule if isinstance(error.rule, Rule) else _BROKEN_RULES.get(error.field, Rule.PROFILE)
        remedy = error.remedy if isinstance(error.rule, Rule) else ""
        found = None if column else self._column(error.field)
        header = column or (found.header if found else error.field)
        self._note(header, self._written(found) or error.value, rule, remedy, Severity.ERROR)

    def warn(self, column: str, note: Note) -> None:
        """Note what was read otherwise than written."""
        self._note(column, note.value, note.rule, note.nearest, Severity.WARNING)

    def written(self, name: str) -> str:
        """The cell of a field as it stands, "" where the table has no column of it."""
        return self._written(self._column(name))

    def _column(self, name: str) -> Column | None:
        return next((column for column in self.table.heading.columns if column.field == name), None)

    def _written(self, column: Column | None) -> str:
        """The column's cell as it stands ("" where there is none)."""
        cell = self.cells[column.position] if column and column.position < len(self.cells) else ""
        return "" if isinstance(cell, Formula | Broken) else text_of(cell)

    def _note(self, column: str, value: str, rule: Rule, nearest: str, severity: Severity) -> None:
        shown = value if len(value) <= _SHOWN else value[: _SHOWN - 1] + "…"
        self.problems.append(Problem(self.table.name, self.number, column, shown, rule, nearest, severity))


def read_row(table: Table, row: Row) -> ReadRow | None:
    """The row's fields and problems; None for one that is empty or repeats the header row."""
    number, cells = row
    read = ReadRow(table, number, cells)
    if cells and isinstance(cells[0], Broken):
        read.fail(InvalidInput("", cells[0].written, Rule.QUOTES))
        return read
    columns = table.heading.columns
    if not any(cell not in ("", " ") for cell in cells) or _is_header(columns, cells):
        return None
    for column in columns:
        if column.position < len(cells) and cells[column.position] != "":
            _take(read, column, cells[column.position])
    extra = next((cell for cell in cells[table.width :] if cell != ""), "")
    if extra != "":
        read.fail(InvalidInput("", extra, Rule.CELL_COUNT))
    return read


def _is_header(columns: tuple[Column, ...], cells: Cells) -> bool:
    return all(column.position < len(cells) and cells[column.position] == column.header for column in columns)


def _take(read: ReadRow, column: Column, cell: Cell | Formula | Broken) -> None:
    try:
        reading = read_cell(column, cell)
        if reading.currency:
            _take_currency(read, column, reading.currency)
    except InvalidInput as error:
        read.fail(error, column.header)
        return
    for name, value in reading.fields.items():
        _merge(read, column, name, value)
    for note in reading.notes:
        read.warn(column.header, note)


def _take_currency(read: ReadRow, column: Column, code: str) -> None:
    """The currency that a figure names must agree with the row's; that of the header only fills in."""
    name = CURRENCY_OF.get(column.field)
    if name is None:
        return
    if code == column.unit.currency:
        read.fields.setdefault(f"{name} of header", code)
    elif read.fields.setdefault(name, code) != code:
        raise InvalidInput(name, code, Rule.CURRENCY_CLASH, str(read.fields[name]))


def _merge(read: ReadRow, column: Column, name: str, value: object) -> None:
    """Several columns may fill one field: lists are joined, regions become a path, currencies must agree."""
    before = read.fields.get(name)
    if before is None:
        read.fields[name] = value
    elif isinstance(value, tuple) and isinstance(before, tuple):
        read.fields[name] = tuple(dict.fromkeys((*before, *value)))
    elif name == "region":
        read.fields[name] = before if before == value else f"{before}/{value}"
    elif name in CURRENCIES and before != value:
        read.fail(InvalidInput(name, value, Rule.CURRENCY_CLASH, str(before)), column.header)
    else:
        read.fields[name] = value


def _settled(read: ReadRow) -> dict[str, object]:
    """The fields with the header's currency where the row names none."""
    fields = dict(read.fields)
    for name in CURRENCIES:
        default = fields.pop(f"{name} of header", None)
        if default is not None:
            fields.setdefault(name, default)
    return fields


def profile_of(read: ReadRow, role: Role, directory: Directory) -> tuple[Profile, bool] | None:
    """The row's profile and whether it repeats an earlier row; None where the row is rejected.

    Of a profile that is stored, what the file has no column for stays as it is.
    """
    fields = _settled(read)
    name, given = str(fields.pop("name", "")), str(fields.pop("id", ""))
    if read.good and not name and not given:
        read.fail(InvalidInput("name", "", Rule.NAMELESS))
    if not read.good:
        return None

    def _make() -> tuple[Profile, bool]:
        id_ = given or made_id(role, name)
        identity = {"id": id_, "name": name or directory.name_of(id_) or given}
        told = {**directory.left(id_, read.table.fills), **fields}
        profile = Profile(organisation=directory.organisation, role=role, **identity, **told)  # type: ignore[arg-type]
        with_ticket(profile, read.written("ticket_max") or f"{profile.ticket_max or 0:.15g}")
        return directory.admit(profile, f"{read.table.name} {read.number}", made=not given)

    return _attempt(read, _make)


def interaction_of(read: ReadRow, directory: Directory) -> Interaction | None:
    """The row's interaction, its references resolved to ids; None where the row is rejected."""
    fields = _settled(read)
    _require(read, fields, ("startup_id", "partner_id", "type", "at"))
    if not read.good:
        return None

    def _make() -> Interaction:
        _check_rating(fields)
        _check_source(fields)
        fields["startup_id"] = directory.startup(str(fields["startup_id"]))
        fields["partner_id"] = directory.partner(str(fields["partner_id"]))
        return Interaction(organisation=directory.organisation, **fields)  # type: ignore[arg-type]

    return _attempt(read, _make)


def _check_rating(fields: Mapping[str, object]) -> None:
    value = fields.get("value")
    if fields["type"] is InteractionType.RATED and not (isinstance(value, float) and 1 <= value <= 5):
        raise InvalidInput(
            "value", value or "", Rule.RATING, "1" if isinstance(value, float) and value < 1 else "5"
        )


def _check_source(fields: Mapping[str, object]) -> None:
    source = str(fields.get("source_id", ""))
    if source.startswith(RESERVED_SOURCES):
        raise InvalidInput("source_id", source, Rule.RESERVED)


def ledger_entry_of(read: ReadRow, directory: Directory) -> LedgerEntry | None:
    """The row's ledger entry, its startup resolved to an id; None where the row is rejected."""
    fields = dict(read.fields)
    _require(read, fields, ("startup_id", "month"))
    if not read.good:
        return None

    def _make() -> LedgerEntry:
        fields["startup_id"] = directory.startup(str(fields["startup_id"]))
        return LedgerEntry(organisation=directory.organisation, **fields)  # type: ignore[arg-type]

    return _attempt(read, _make)


def _require(read: ReadRow, fields: Mapping[str, object], names: tuple[str, ...]) -> None:
    missing = [name for name in names if name not in fields] if read.good else []
    for name in missing:
        read.fail(InvalidInput(name, "", Rule.REQUIRED))


def _attempt(read: ReadRow, make: Callable[[], T]) -> T | None:
    try:
        return make()
    except InvalidInput as error:
        read.fail(error)
        return None
