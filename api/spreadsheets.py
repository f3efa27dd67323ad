"""Tables as files for spreadsheets, in memory: CSV and XLSX. Cells are text and numbers, never formulas."""

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

Cell = str | int | float | None
"""None is blank."""

_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_FORMULA_STARTS = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n")
FONT = "Microsoft YaHei"
"""Named for Chinese; a machine without it takes its own."""
_NARROW, _WIDE = 12, 60


class FileKind(StrEnum):
    """What spreadsheets read."""

    CSV = "csv"
    XLSX = "xlsx"


MEDIA_TYPES: Mapping[FileKind, str] = {
    FileKind.CSV: "text/csv",
    FileKind.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def table_bytes(kind: FileKind, title: str, columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """The table as a file: UTF-8 with a byte order mark, or one sheet of this title with a frozen header."""
    harmless_rows = [[harmless(cell) for cell in row] for row in rows]
    return _csv(columns, harmless_rows) if kind is FileKind.CSV else _xlsx(title, columns, harmless_rows)


def harmless(cell: Cell) -> Cell:
    """Text that a spreadsheet would take for a formula gets a leading apostrophe (OWASP, CSV injection), and
    loses the control characters that none can keep."""
    if not isinstance(cell, str):
        return cell
    kept = _UNWRITABLE.sub("", cell)
    return f"'{kept}" if kept.startswith(_FORMULA_STARTS) else kept


def _csv(columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(columns)
    writer.writerows(rows)
    return text.getvalue().encode("utf-8-sig")


def _xlsx(title: str, columns: Sequence[str], rows: Sequence[Sequence[Cell]]) -> bytes:
    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet(title)
    sheet.freeze_panes = "A2"
    for place, column in enumerate(columns, start=1):
        longest = max([len(column), *(len(str(row[place - 1])) for row in rows)])
        sheet.column_dimensions[get_column_letter(place)].width = min(max(2 * longest, _NARROW), _WIDE)
    for bold, line in ((True, columns), *((False, row) for row in rows)):
        cells = [WriteOnlyCell(sheet, value=value) for value in line]
        for cell in cells:
            cell.font = Font(name=FONT, bold=bold)
        sheet.append(cells)
    file = io.BytesIO()
    workbook.save(file)
    return file.getvalue()
