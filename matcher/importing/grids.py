"""A grid: one sheet's rows as they stand, with the row numbers that a spreadsheet shows."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from matcher.importing.cells import Cell


@dataclass(frozen=True, slots=True)
class Formula:
    """A cell whose value is computed: what was written, and where (B5)."""

    written: str
    address: str


@dataclass(frozen=True, slots=True)
class Broken:
    """A line of a CSV file whose quotation marks cannot be made sense of."""

    written: str


Cells = Sequence[Cell | Formula | Broken]
Row = tuple[int, Cells]
"""The row's number (from 1) and its cells."""


@dataclass(frozen=True, slots=True)
class Merge:
    """A block of merged cells, rows and columns from 0, both ends inside."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int


@dataclass(frozen=True, slots=True)
class Grid:
    """The rows of one sheet (a CSV file is one sheet named ""), read once, in order."""

    file: str
    sheet: str
    encoding: str
    rows: Iterator[Row]
    merges: tuple[Merge, ...] = ()
    damaged: int = 0
    """How many places of the file did not decode; each shows as U+FFFD."""
