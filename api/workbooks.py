"""Several tables as one workbook: a sheet each, its header frozen, its columns as wide as what they hold."""

import io
import unicodedata
from collections.abc import Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from api.cells import harmless
from matcher.tables import Row, Table

FONT = "Microsoft YaHei"
"""Named for Chinese; a machine without it takes its own."""
_NARROW, _WIDE = 8, 60
_MEASURED = 1000
"""So many rows tell how wide a column is."""


def workbook_bytes(tables: Sequence[Table]) -> bytes:
    """The workbook, in a font that shows Chinese. Text that a spreadsheet would take for a formula is
    neutralised."""
    workbook = Workbook(write_only=True)
    for table in tables:
        _add(workbook, table)
    file = io.BytesIO()
    workbook.save(file)
    return file.getvalue()


def width_of(text: str) -> int:
    """How many columns of a fixed font a text takes: Chinese characters take two."""
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)


def _add(workbook: Workbook, table: Table) -> None:
    sheet = workbook.create_sheet(table.title)
    sheet.freeze_panes = "A2"
    for place, width in enumerate(_widths(table), start=1):
        sheet.column_dimensions[get_column_letter(place)].width = width
    _append(sheet, [list(table.header)], Font(name=FONT, bold=True))
    _append(sheet, table.rows, Font(name=FONT))


def _append(sheet: Any, rows: Sequence[Row], font: Font) -> None:
    """Add the rows. A row is written when it is appended: a cell of each column serves them all, as giving a
    cell its font takes longer than all else."""
    cells = [WriteOnlyCell(sheet) for _ in (rows[0] if rows else ())]
    for cell in cells:
        cell.font = font
    for row in rows:
        for cell, value in zip(cells, row, strict=True):
            cell.value = harmless(value)
        sheet.append(cells)


def _widths(table: Table) -> list[int]:
    lines: list[Row] = [list(table.header), *table.rows[:_MEASURED]]
    return [
        min(
            max([_NARROW, *(width_of("" if line[place] is None else str(line[place])) for line in lines)])
            + 2,
            _WIDE,
        )
        for place in range(len(table.header))
    ]
