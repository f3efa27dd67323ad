"""Tables as values: what is written to spreadsheets, whoever fills them."""

from collections.abc import Sequence
from dataclasses import dataclass

Cell = str | int | float | None
"""None is blank."""
Row = Sequence[Cell]


@dataclass(frozen=True, slots=True)
class Table:
    """A title, a header and rows of as many cells."""

    title: str
    header: Sequence[str]
    rows: Sequence[Row]
