"""Many e-mail addresses at once: lines, or a table, that say who and at which address.

A line needs no header and no order of columns: the cell with an @ is the address, and the first other one
that is somebody's id or name says whose. So the list that an office keeps anyway will do.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from matcher.cohorts.introducing.contacts import Contact, is_email
from matcher.errors import UnreadableFile
from matcher.importing.archives import is_archive
from matcher.importing.cells import text_of
from matcher.importing.delimited import read_delimited
from matcher.importing.grids import Broken, Cells, Formula
from matcher.importing.nearest import nearest
from matcher.importing.workbooks import read_workbook
from matcher.text.comparable import comparable, organisation_core

MOST_LINES = 10_000
MOST_CELLS = 60
_BETWEEN = re.compile(r"[,;\t|，；<>]+")
_LANGUAGES: Mapping[str, Literal["zh", "en"]] = {
    "zh": "zh",
    "中文": "zh",
    "chinese": "zh",
    "en": "en",
    "英文": "en",
    "english": "en",
}


class LineRule(StrEnum):
    """What is wrong with a line."""

    NO_ADDRESS = "no address"
    BAD_ADDRESS = "bad address"
    NOBODY = "nobody"
    SEVERAL = "several"
    TWICE = "twice"


@dataclass(frozen=True, slots=True)
class LineProblem:
    """One line that was not taken: its number, how it was written, the value that is wrong, and perhaps what
    was meant (`nearest`, "" where nothing is near)."""

    row: int
    line: str
    value: str
    rule: LineRule
    nearest: str = ""


@dataclass(frozen=True, slots=True)
class AddressLines:
    """The contacts of the good lines, and what is wrong with the others."""

    contacts: tuple[Contact, ...]
    problems: tuple[LineProblem, ...]


def in_text(text: str) -> Iterator[tuple[int, list[str]]]:
    """The cells of typed or pasted lines, with their numbers."""
    for number, line in enumerate(text.splitlines(), 1):
        cells = [cell.strip() for cell in _BETWEEN.split(line) if cell.strip()]
        yield number, cells if len(cells) != 1 else cells[0].rsplit(None, 1)


def in_file(name: str, data: bytes) -> Iterator[tuple[int, list[str]]]:
    """The cells of a CSV or XLSX file's rows, of all its sheets.

    Raises:
        UnreadableFile: it is no such file, or empty.
    """
    if not data.strip():
        raise UnreadableFile(f"{name}: the file is empty")
    grids = read_workbook(name, data) if is_archive(data) else [read_delimited(name, data, _addressed)]
    for grid in grids:
        for number, cells in grid.rows:
            yield number, _written(cells)


def read_lines(
    lines: Iterable[tuple[int, Sequence[str]]], names: Mapping[str, str], usual: Literal["zh", "en"]
) -> AddressLines:
    """What the lines say of the profiles, given as id → name. Empty lines, and a first one without an @, are
    passed over; who has no language in the line is written to in the `usual` one."""
    reader = _Reader(names, usual)
    for place, (number, cells) in enumerate(line for line in lines if any(line[1])):
        if place >= MOST_LINES:
            raise UnreadableFile(f"more than {MOST_LINES:,} lines: divide them")
        if place or _addressed(cells):
            reader.read(number, cells[:MOST_CELLS])
    return AddressLines(tuple(reader.contacts.values()), tuple(reader.problems))


class _Reader:
    """Reads line by line, and notes what is wrong."""

    def __init__(self, names: Mapping[str, str], usual: Literal["zh", "en"]) -> None:
        self.names = names
        self.usual = usual
        self.contacts: dict[str, Contact] = {}
        self.problems: list[LineProblem] = []
        self._by_name: dict[str, list[str]] = {}
        for id_, name in names.items():
            self._by_name.setdefault(comparable(name), []).append(id_)

    def read(self, row: int, cells: Sequence[str]) -> None:
        def _wrong(value: str, rule: LineRule, near: str = "") -> None:
            self.problems.append(LineProblem(row, ", ".join(filter(None, cells)), value, rule, near))

        address = next((cell for cell in cells if "@" in cell), "")
        others = [cell for cell in cells if cell and "@" not in cell and comparable(cell) not in _LANGUAGES]
        found = next(filter(None, map(self._whose, others)), [])
        if not address:
            _wrong("", LineRule.NO_ADDRESS)
        elif not is_email(address):
            _wrong(address, LineRule.BAD_ADDRESS)
        elif not found:
            _wrong(others[0] if others else "", LineRule.NOBODY, self._nearest(others))
        elif len(found) > 1:
            _wrong(self.names[found[0]], LineRule.SEVERAL, " / ".join(found[:3]))
        else:
            contact = Contact(found[0], address, self._language(cells))
            if self.contacts.setdefault(found[0], contact) != contact:
                _wrong(self.names[found[0]], LineRule.TWICE, self.contacts[found[0]].email)

    def _whose(self, cell: str) -> list[str]:
        return [cell] if cell in self.names else self._by_name.get(comparable(cell), [])

    def _nearest(self, others: Sequence[str]) -> str:
        near = {name: organisation_core(name) for name in self.names.values()}
        return nearest(organisation_core(others[0]), near) if others and len(self.problems) < 50 else ""

    def _language(self, cells: Sequence[str]) -> Literal["zh", "en"]:
        said = (_LANGUAGES.get(comparable(cell)) for cell in cells)
        return next(filter(None, said), self.usual)


def _addressed(cells: Sequence[str]) -> int:
    """Whether the cells of a line are told apart, and one is an address."""
    return int(any("@" in cell for cell in cells)) * (1 + (len(cells) > 1))


def _written(cells: Cells) -> list[str]:
    return ["" if isinstance(cell, Formula | Broken) else text_of(cell) for cell in cells]
