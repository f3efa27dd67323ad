"""Cells of tables for spreadsheets: text and numbers, never formulas."""

import re

from matcher.tables import Cell

_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_FORMULA_STARTS = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n")


def harmless(cell: Cell) -> Cell:
    """Text that a spreadsheet would take for a formula gets a leading apostrophe (OWASP, CSV injection), and
    loses the control characters that none can keep."""
    if not isinstance(cell, str):
        return cell
    kept = _UNWRITABLE.sub("", cell)
    return f"'{kept}" if kept.startswith(_FORMULA_STARTS) else kept
