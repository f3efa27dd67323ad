"""Tables for a terminal, whatever the width of their characters."""

import unicodedata
from collections.abc import Iterable, Sequence


def aligned(table: Sequence[Sequence[str]]) -> list[str]:
    """The first column to the left, the others to the right, whatever the width of the characters."""
    columns = max(map(len, table))
    widths = [max(_width(row[column]) for row in table if column < len(row)) for column in range(columns)]
    return ["  ".join(_padded(row, widths)).rstrip() for row in table]


def _padded(row: Sequence[str], widths: Sequence[int]) -> Iterable[str]:
    for column, (cell, width) in enumerate(zip(row, widths, strict=False)):
        space = " " * (width - _width(cell))
        yield space + cell if column else cell + space


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)
