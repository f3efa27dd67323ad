"""An edited table of pairs, read back: which pairs are gone, new, locked or free, and what is unclear."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from matcher.cohorts.sheets.columns import Sheet, column_named, said_yes, sheet_titled
from matcher.cohorts.sheets.rules import SheetRule
from matcher.errors import UnreadableFile
from matcher.importing.archives import is_archive
from matcher.importing.cells import text_of
from matcher.importing.delimited import read_delimited
from matcher.importing.grids import Broken, Cells, Formula
from matcher.importing.nearest import nearest
from matcher.importing.workbooks import read_workbook
from matcher.text.comparable import comparable

Pair = tuple[str, str]
NEEDED = ("startup_id", "partner_id")
MOST_PROBLEMS = 1000
_APOSTROPHE_BEFORE = ("=", "+", "-", "@", "＝", "＋", "－", "＠")


@dataclass(frozen=True, slots=True)
class SheetProblem:
    """One thing unclear: `row` as a spreadsheet shows it (0: the whole table), `column` by its header,
    `nearest` what was perhaps meant ("" where nothing is near)."""

    row: int
    column: str
    value: str
    rule: SheetRule
    nearest: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One pair of the table: whether it is to be kept whatever is solved, and why it was changed ("")."""

    row: int
    pair: Pair
    locked: bool
    why: str


@dataclass(frozen=True, slots=True)
class People:
    """Who may be paired: names of the cohort's startups and of the role's partners, by id. `others` are ids
    of profiles that are there and may not (another role, another cohort)."""

    startups: Mapping[str, str]
    partners: Mapping[str, str]
    others: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Read:
    """The table's pairs, what was unclear, and the version of the run that it is of (None: not said)."""

    lines: tuple[Line, ...]
    problems: tuple[SheetProblem, ...]
    version: int | None


def read(name: str, data: bytes, run_id: str, people: People) -> Read:
    """What an XLSX or CSV file says of a run's pairs. Columns that are not read may be missing or changed.

    Raises:
        UnreadableFile: no such file, or none of its tables has the columns of startups and partners.
    """
    header, rows = _table(name, data)
    reader = _Reader(run_id, people, header)
    lines: list[Line] = []
    for number, cells in rows:
        if any(_written(cell) for cell in cells):
            lines += reader.line(number, cells)
    problems = [*reader.problems, *_repeated(lines, header)]
    if not lines and not problems:
        problems.append(SheetProblem(0, "", "", SheetRule.EMPTY))
    return Read(tuple(lines), tuple(problems[:MOST_PROBLEMS]), reader.version)


class _Reader:
    """Reads line by line, and notes what is unclear."""

    def __init__(self, run_id: str, people: People, header: Mapping[str, tuple[int, str]]) -> None:
        self.run_id = run_id
        self.people = people
        self.header = header
        self.version: int | None = None
        self.problems: list[SheetProblem] = []
        self._startups, self._partners = _by_name(people.startups), _by_name(people.partners)

    def line(self, row: int, cells: Cells) -> list[Line]:
        """The line's pair; none where it is unclear."""
        before = len(self.problems)
        told = {column: self._text(row, column, cells) for column in self.header}
        self._check_run(row, told.get("run", ""))
        startup = self._who(row, "startup", told, self.people.startups, self._startups)
        partner = self._who(row, "partner", told, self.people.partners, self._partners)
        locked = said_yes(told.get("locked", ""))
        if locked is None:
            self._note(row, "locked", told["locked"], SheetRule.YES_OR_NO)
        if len(self.problems) > before:
            return []
        return [Line(row, (startup, partner), bool(locked), told.get("why", ""))]

    def _text(self, row: int, column: str, cells: Cells) -> str:
        place, _ = self.header[column]
        cell = cells[place] if place < len(cells) else ""
        if isinstance(cell, Formula | Broken):
            if column in (*NEEDED, "locked", "run"):
                self._note(row, column, cell.written, SheetRule.FORMULA)
            return ""
        text = text_of(cell)
        return text[1:] if text.startswith("'") and text[1:].startswith(_APOSTROPHE_BEFORE) else text

    def _check_run(self, row: int, written: str) -> None:
        """A line that was exported names its run; one that was added by hand need not."""
        if not written:
            return
        run, _, version = written.rpartition("@")
        if run != self.run_id or not (version.isascii() and version.isdigit() and len(version) < 10):
            self._note(row, "run", written, SheetRule.OTHER_RUN, self.run_id)
        elif self.version is not None and self.version != int(version):
            self._note(row, "run", written, SheetRule.OTHER_VERSION, f"{run}@{self.version}")
        else:
            self.version = int(version)

    def _who(
        self,
        row: int,
        side: str,
        told: Mapping[str, str],
        known: Mapping[str, str],
        by_name: Mapping[str, Sequence[str]],
    ) -> str:
        """The id of a line's startup or partner; by its name where the id is left out."""
        id_, name = told.get(f"{side}_id", ""), told.get(f"{side}_name", "")
        if id_ in known:
            named = by_name.get(comparable(name), ()) if name else ()
            if named and id_ not in named:
                self._note(row, f"{side}_name", name, SheetRule.OTHER_NAME, known[id_])
            return id_
        if id_:
            rule = SheetRule.NOT_ELIGIBLE if id_ in self.people.others else SheetRule.UNKNOWN
            self._note(row, f"{side}_id", id_, rule, self._nearest(id_, known.keys()))
        elif not name:
            self._note(row, f"{side}_id", "", SheetRule.NEEDED)
        elif len(found := by_name.get(comparable(name), ())) == 1:
            return found[0]
        elif found:
            self._note(row, f"{side}_name", name, SheetRule.SEVERAL, ", ".join(found[:5]))
        else:
            self._note(row, f"{side}_name", name, SheetRule.UNKNOWN, self._nearest(name, known))
        return ""

    def _nearest(self, written: str, known: Collection[str] | Mapping[str, str]) -> str:
        """What was perhaps meant; not searched for once so much is noted that nothing more will be."""
        return nearest(written, known) if len(self.problems) < MOST_PROBLEMS else ""

    def _note(self, row: int, column: str, value: str, rule: SheetRule, near: str = "") -> None:
        header = self.header[column][1] if column in self.header else column
        if len(self.problems) < MOST_PROBLEMS:
            self.problems.append(SheetProblem(row, header, value[:200], rule, near))


def _repeated(lines: Iterable[Line], header: Mapping[str, tuple[int, str]]) -> Iterator[SheetProblem]:
    seen: set[Pair] = set()
    for line in lines:
        if line.pair in seen:
            yield SheetProblem(line.row, header["partner_id"][1], " × ".join(line.pair), SheetRule.TWICE)
        seen.add(line.pair)


def _by_name(names: Mapping[str, str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for id_, name in names.items():
        found.setdefault(comparable(name), []).append(id_)
    return found


def _table(name: str, data: bytes) -> tuple[Mapping[str, tuple[int, str]], Iterator[tuple[int, Cells]]]:
    """Where the columns stand (place, header), and the rows below them, of the table that may be edited."""
    grids = read_workbook(name, data) if is_archive(data) else [read_delimited(name, data, _known)]
    titled = [grid for grid in grids if sheet_titled(grid.sheet) is Sheet.STARTUPS]
    for grid in titled or grids:
        header = _header(next(grid.rows, (0, ()))[1])
        if all(column in header for column in NEEDED):
            return header, grid.rows
    raise UnreadableFile(
        f"{name}: no table has the columns 企业编号 and 伙伴编号 (startup_id, partner_id) in its first row; "
        "edit the sheet 按企业 (By startup) of an exported run"
    )


def _header(cells: Cells) -> dict[str, tuple[int, str]]:
    named = [(column_named(cell), place, cell) for place, cell in enumerate(cells) if isinstance(cell, str)]
    return {column: (place, text.strip()) for column, place, text in reversed(named) if column}


def _known(cells: list[str]) -> int:
    return sum(bool(column_named(cell)) for cell in cells)


def _written(cell: object) -> bool:
    return not (isinstance(cell, str) and not cell.strip())
