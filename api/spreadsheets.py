"""Tables as files for spreadsheets, in memory: CSV and XLSX. Cells are text and numbers, never formulas."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum

from api.cells import harmless
from matcher.tables import Row, Table


class FileKind(StrEnum):
    """What spreadsheets read."""

    CSV = "csv"
    XLSX = "xlsx"


MEDIA_TYPES: Mapping[FileKind, str] = {
    FileKind.CSV: "text/csv",
    FileKind.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def table_bytes(kind: FileKind, title: str, columns: Sequence[str], rows: Iterable[Row]) -> bytes:
    """The table as a file: UTF-8 with a byte order mark, or a workbook of one sheet."""
    if kind is FileKind.CSV:
        return _csv(columns, rows)
    from api.workbooks import workbook_bytes  # its library takes a quarter of a second to load

    return workbook_bytes([Table(title, columns, list(rows))])


def _csv(columns: Sequence[str], rows: Iterable[Row]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(columns)
    writer.writerows([harmless(cell) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")
