"""A file to tables: its sheets, each with its kind and its columns recognised."""

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from matcher.errors import BoleError, UnknownTable, UnreadableFile
from matcher.importing.archives import column_letters, is_archive, refuse_old_office
from matcher.importing.cells import Cell, text_of
from matcher.importing.correcting import corrected
from matcher.importing.delimited import read_delimited
from matcher.importing.grids import Broken, Cells, Formula, Grid, Merge, Row
from matcher.importing.header_rows import MAX_COLUMNS, Lacking, find_header_row
from matcher.importing.headers import Heading, field_of, likely_header
from matcher.importing.kinds import Kind, hint_count, kinds_named
from matcher.importing.leaving import filled
from matcher.importing.plan import USUAL, Plan
from matcher.importing.report import Problem, Severity
from matcher.importing.rules import Rule
from matcher.importing.sources import MAX_BYTES, Source
from matcher.importing.workbooks import read_workbook

HEADER_WITHIN = 10


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of one kind, below a recognised header row. `rows` is read once, in order."""

    file: str
    sheet: str
    encoding: str
    heading: Heading
    width: int
    rows: Iterator[Row]
    notes: tuple[Problem, ...]
    """What the header row gave cause to say (unknown columns, merged cells)."""
    headers: tuple[str, ...] = ()
    """The header row, "" for empty cells."""
    fills: frozenset[str] = frozenset()
    """The fields of profiles that its columns speak of."""

    @property
    def name(self) -> str:
        """The file, and the sheet where there are several to tell apart."""
        return f"{self.file} [{self.sheet}]" if self.sheet else self.file


def read_tables(
    source: Source, wanted: Kind | None = None, plan: Plan = USUAL
) -> tuple[list[Table], list[Problem]]:
    """The file's tables (of the `wanted` kind, or of those that names and columns tell), and refused sheets.

    A sheet of several that holds nothing recognisable is a warning, one that breaks a rule an error. What
    the `plan` leaves out is in neither.

    Raises:
        UnknownTable: no known header row.
        UnreadableFile: empty, over 64 MB, no table, a kind that cannot be told, merged header cells.
            The message says what to do.
    """
    tables, refusals = list[Table](), list[UnreadableFile]()
    seen = False
    for _, found in each_table(source, wanted, plan):
        seen = True
        if isinstance(found, Table):
            tables.append(found)
        elif found is not None:
            refusals.append(found)
    if not seen:
        raise UnreadableFile(f"{source.name}: the file is empty")
    if refusals and not tables:
        raise refusals[0]
    return tables, [refusal(source.name, error, _severity(error)) for error in refusals]


def each_table(
    source: Source, wanted: Kind | None = None, plan: Plan = USUAL
) -> Iterator[tuple["Glance", Table | UnreadableFile | None]]:
    """Each filled sheet at a glance, with its table, or why it is none; None: the plan leaves it out.

    Raises:
        UnreadableFile: empty, over 64 MB, no table at all.
    """
    grids = _grids(source)
    for grid in grids:
        top = list(itertools.islice((row for row in grid.rows if _is_filled(row[1])), HEADER_WITHIN))
        if top:
            glance = Glance(_label(grid, many=len(grids) > 1), grid.encoding, top)
            yield glance, _tried(grid, glance, wanted, plan)


@dataclass(frozen=True, slots=True)
class Glance:
    """The first filled rows of a sheet, with its name as tables have it."""

    name: str
    encoding: str
    top: list[Row]

    @property
    def widest(self) -> tuple[str, ...]:
        """The row that looks most like a header row where none was found: the first with most texts."""
        texts = [tuple(map(_header, cells)) for _, cells in self.top]
        return max(texts, key=lambda row: sum(map(bool, row)))


def _tried(grid: Grid, glance: Glance, wanted: Kind | None, plan: Plan) -> Table | UnreadableFile | None:
    if glance.name in plan.kinds:
        wanted = plan.kinds[glance.name]
        if wanted is None:
            return None
    try:
        return _table(grid, glance, wanted, plan)
    except UnreadableFile as error:
        return error


def _grids(source: Source) -> list[Grid]:
    if not source.data.strip():
        raise UnreadableFile(f"{source.name}: the file is empty")
    if len(source.data) > MAX_BYTES:
        raise UnreadableFile(
            f"{source.name}: {len(source.data):,} bytes (at most {MAX_BYTES:,}); split the file"
        )
    refuse_old_office(source.name, source.data)
    if is_archive(source.data):
        return read_workbook(source.name, source.data)
    return [read_delimited(source.name, source.data, _known_headers)]


def _known_headers(row: list[str]) -> int:
    """How many cells are headers of the kind that knows most of them."""
    filled = [cell for cell in row[:MAX_COLUMNS] if cell.strip()]
    return max(sum(field_of(cell, kind) is not None for cell in filled) for kind in Kind)


def _severity(error: UnreadableFile) -> Severity:
    return Severity.WARNING if isinstance(error, UnknownTable) else Severity.ERROR


def refusal(name: str, error: BoleError, severity: Severity) -> Problem:
    """The problem that says why a file or sheet was left out; a sheet that is no table only warns."""
    rule = Rule.REFUSED if severity is Severity.ERROR else Rule.NOT_IMPORTABLE
    return Problem(name, 0, "", str(error), rule, severity=severity)


def _table(grid: Grid, glance: Glance, wanted: Kind | None, plan: Plan) -> Table:
    top = glance.top
    named = kinds_named(grid.sheet) or kinds_named(grid.file.rpartition("/")[2])
    found = find_header_row([list(map(_header, cells)) for _, cells in top], named, wanted, plan.meanings)
    if found is None:
        raise UnknownTable(_no_header(grid, top))
    if isinstance(found, Lacking):
        raise UnreadableFile(f"{_place(grid)}: row {top[found.index][0]} is no whole header row: {found}")
    number, cells = top[found.index]
    headers = [_header(cell) for cell in cells]
    _refuse_merged(grid, number - 1, headers)
    heading = _choose(grid, found.headings, headers)
    rows = itertools.chain(top[found.index + 1 :], grid.rows)
    return Table(
        grid.file,
        grid.sheet if glance.name != grid.file else "",
        grid.encoding,
        heading,
        len(headers),
        corrected(rows, headers, [each for each in plan.corrections if each.table == glance.name]),
        tuple(_notes(glance.name, number, heading, grid)),
        tuple(headers),
        filled(heading),
    )


def _label(grid: Grid, *, many: bool) -> str:
    """The file, and the sheet where there are several to tell apart."""
    return f"{grid.file} [{grid.sheet}]" if many and grid.sheet else grid.file


def _choose(grid: Grid, headings: Sequence[Heading], headers: list[str]) -> Heading:
    """The kind that knows most of the columns, then the one that the headers' wording speaks of.

    Raises:
        UnreadableFile: two are as likely.
    """
    ranked = sorted(headings, key=lambda heading: _claim(heading, headers), reverse=True)
    first, *others = ranked
    rivals = [first, *(other for other in others if _claim(other, headers) == _claim(first, headers))]
    if len(rivals) > 1:
        kinds = " or ".join(rival.kind for rival in rivals)
        raise UnreadableFile(
            f"{_place(grid)}: the rows may be {kinds}; name the file after what it holds "
            f"(e.g. {rivals[0].kind}.csv) or give the role (e.g. {rivals[0].kind.role or rivals[0].kind})"
        )
    return first


def _claim(heading: Heading, headers: list[str]) -> tuple[int, int]:
    return len(heading.columns), hint_count(heading.kind, headers)


def _refuse_merged(grid: Grid, row: int, headers: list[str]) -> None:
    merged = [merge for merge in grid.merges if merge.first_row <= row <= merge.last_row]
    merged = [merge for merge in merged if any(headers[merge.first_column : merge.last_column + 1])]
    if merged:
        where = ", ".join(map(_address, merged))
        raise UnreadableFile(
            f"{_place(grid)}: header cells are merged ({where}), so columns cannot be told apart; "
            "unmerge them and give each column one header"
        )


def _no_header(grid: Grid, top: list[Row]) -> str:
    widest = max((_texts(cells) for _, cells in top), key=len)
    if len(widest) == 1:
        return (
            f"{_place(grid)}: only one column was found ({widest[0][:60]!r}) and its header is not known; "
            "cells must be separated by comma, semicolon, tab or |, and a header row must name the columns"
        )
    shown = ", ".join(widest[:8])
    return (
        f"{_place(grid)}: no header row was found in the first {HEADER_WITHIN} filled rows (the widest has: "
        f"{shown[:200]}); name at least id or name for profiles, startup_id, partner_id, type and at for "
        "interactions, startup_id and month for ledgers"
    )


def _notes(label: str, row: int, heading: Heading, grid: Grid) -> Iterator[Problem]:
    def _note(column: str, value: str, rule: Rule, nearest: str = "", at: int = row) -> Problem:
        return Problem(label, at, column, value, rule, nearest, Severity.WARNING)

    for header in heading.unknown:
        yield _note(header, header, Rule.UNKNOWN_COLUMN, likely_header(header, heading.kind))
    for header in heading.repeated:
        yield _note(header, header, Rule.REPEATED_COLUMN)
    for merge in grid.merges:
        if merge.first_row >= row:
            yield _note(
                column_letters(merge.first_column), _address(merge), Rule.MERGED_CELLS, at=merge.first_row + 1
            )
    if grid.damaged:
        yield _note("", str(grid.damaged), Rule.DAMAGED)


def _header(cell: Cell | Formula | Broken) -> str:
    return "" if isinstance(cell, Formula | Broken) else text_of(cell)


def _is_filled(cells: Cells) -> bool:
    return any(isinstance(cell, Formula | Broken) or text_of(cell) for cell in cells)


def _texts(cells: Cells) -> list[str]:
    return [text for cell in cells if (text := _header(cell))]


def _place(grid: Grid) -> str:
    return f"{grid.file} [{grid.sheet}]" if grid.sheet else grid.file


def _address(merge: Merge) -> str:
    first = f"{column_letters(merge.first_column)}{merge.first_row + 1}"
    return f"{first}:{column_letters(merge.last_column)}{merge.last_row + 1}"
