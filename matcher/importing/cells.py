"""Single cells: what a spreadsheet hands over, as text, and the words that mean "nothing here"."""

import datetime as dt

from matcher.errors import InvalidInput
from matcher.importing.rules import Rule
from matcher.importing.words import load

Cell = str | float | int | bool | dt.datetime | dt.date | dt.time | dt.timedelta
"""CSV gives text; XLSX gives numbers, truth values, dates and times as well. "" is an empty cell."""

NOTHING: frozenset[str] = frozenset(load("words")["nothing"])
"""Written where there is nothing to write; compared in lower case."""

OPEN: frozenset[str] = frozenset(load("words")["open"])
"""Says that a figure or label is left open: unknown, not zero."""

ERRORS: frozenset[str] = frozenset(load("words")["errors"])
"""What a spreadsheet shows where a formula failed."""


def text_of(cell: Cell) -> str:
    """The cell as text without white space at its ends; 1001.0 → "1001", a date in ISO form."""
    if isinstance(cell, str):
        return cell.strip()
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    if isinstance(cell, dt.datetime):
        return cell.date().isoformat() if cell.time() == dt.time() else cell.isoformat(sep=" ")
    return str(cell)


def is_blank(cell: Cell) -> bool:
    """Whether the cell is empty or says that there is nothing ("-", "无", "N/A")."""
    if not isinstance(cell, str):
        return False
    text = cell.strip()
    return not text or (len(text) <= 7 and text.lower() in NOTHING)


def is_open(cell: Cell) -> bool:
    """Whether the cell is blank or leaves a figure or label open (面议, 不限, undisclosed)."""
    return is_blank(cell) or (isinstance(cell, str) and len(cell) <= 16 and cell.strip().lower() in OPEN)


def literal(text: str) -> str:
    """The text of a CSV cell, with a spreadsheet's ="007" unwrapped to 007.

    Raises:
        InvalidInput: any other formula.
    """
    if not text.startswith("=") or text.startswith("=="):
        return text
    if len(text) >= 3 and text[1] == text[-1] == '"' and '"' not in text[2:-1]:
        return text[2:-1]
    raise InvalidInput("", text, Rule.FORMULA)
