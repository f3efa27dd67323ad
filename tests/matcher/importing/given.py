"""Files as a test states them."""

import io
import zipfile
from collections.abc import Sequence

import openpyxl

from matcher.importing.sources import Source


def csv_file(text: str, name: str = "startups.csv", encoding: str = "utf-8") -> Source:
    return Source(name, text.encode(encoding))


def workbook(sheets: dict[str, Sequence[Sequence[object]]], merged: Sequence[str] = ()) -> bytes:
    """An XLSX with these sheets; `merged` ranges are of the first."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(list(row))
    for block in merged:
        book.worksheets[0].merge_cells(block)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def xlsx_file(
    rows: Sequence[Sequence[object]], name: str = "startups.xlsx", merged: Sequence[str] = ()
) -> Source:
    return Source(name, workbook({"Sheet1": rows}, merged))


def with_part(data: bytes, part: str, content: bytes) -> bytes:
    """The XLSX with one part of its archive put in or replaced."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            if entry.filename != part:
                new.writestr(entry.filename, old.read(entry))
        new.writestr(part, content)
    return out.getvalue()
