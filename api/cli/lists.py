"""Tables as files, and match lists on the terminal."""

import csv
import os
import re
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TextIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import click
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

from api.cells import harmless
from api.match_tables import reasons_of
from matcher.errors import InvalidInput
from matcher.matching.answers import MatchList
from matcher.matching.wording import Language
from matcher.tables import Row

out_option = click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path), help="Write a table as .csv or .xlsx instead."
)
"""For commands that else tell people on the terminal."""

_WIDTHS = {"reasons": 90, "startup_id": 18, "partner_id": 18, "startup_name": 30, "partner_name": 30}
_SHEET_LINES = 1_048_576
_PROPERTIES = "docProps/core.xml"
_TIME = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*<")


def write_rows(path: Path | None, columns: Sequence[str], rows: Iterable[Row]) -> None:
    """Write a table as .csv or .xlsx, or as CSV to standard output, with formulas neutralised.

    Raises:
        InvalidInput: another file name ending.
    """
    if path is None:
        _write_csv(sys.stdout, columns, rows)
        return
    refuse_unknown_kind(path)
    if path.suffix.lower() == ".xlsx":
        _write_xlsx(path, columns, rows)
    else:
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            _write_csv(file, columns, rows)


def refuse_unknown_kind(path: Path) -> None:
    """Lists are written as CSV and XLSX.

    Raises:
        InvalidInput: another file name ending.
    """
    if path.suffix.lower() not in {".csv", ".xlsx"}:
        raise InvalidInput("--out", path.name, "must end in .csv or .xlsx")


def refuse_too_long(path: Path, rows: int) -> None:
    """A sheet holds 1,048,576 lines, the header among them.

    Raises:
        InvalidInput: a workbook that may get more.
    """
    if path.suffix.lower() == ".xlsx" and rows >= _SHEET_LINES:
        rule = f"may get {rows:,} lines, a sheet holds {_SHEET_LINES:,}"
        raise InvalidInput("--out", path.name, rule, "write .csv, or a file for each organisation")


def echo_lists(lists: Iterable[MatchList], language: Language) -> None:
    """Lists for a reader at a terminal."""
    for answer in lists:
        funnel = answer.funnel
        left = f"{funnel.eligible} eligible → {funnel.capacity_left} with room → {funnel.returned} listed"
        click.echo(
            f"{answer.query_id} ({answer.warmth}): {funnel.pool} → {left}; model {answer.model_version}"
        )
        for match in answer.matches:
            pair = match.pair
            halves = f"startup {100 * pair.p_startup:.0f}, partner {100 * pair.p_partner:.0f}"
            who = f"{match.name} ({pair.role}; {halves}; {pair.warmth})"
            click.echo(f"{match.rank:3}. {100 * pair.score:5.1f}  {who}")
            click.echo(f"            {reasons_of(match, language)}")


def _write_csv(file: TextIO, columns: Sequence[str], rows: Iterable[Row]) -> None:
    writer = csv.writer(file)
    writer.writerow(columns)
    writer.writerows([harmless(cell) for cell in row] for row in rows)


def _write_xlsx(path: Path, columns: Sequence[str], rows: Iterable[Row]) -> None:
    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet("matches")
    sheet.freeze_panes = "A2"
    for letter, column in zip("ABCDEFGHIJ", columns, strict=False):
        sheet.column_dimensions[letter].width = _WIDTHS.get(column, 12)
    header = [WriteOnlyCell(sheet, value=column) for column in columns]
    for cell in header:
        cell.font = Font(bold=True)
    sheet.append(header)
    for row in rows:
        sheet.append([harmless(cell) for cell in row])
    workbook.save(path)
    _without_times(path)


def _without_times(path: Path) -> None:
    """The same workbook packed as if it had been made at no particular time: equal lists are equal files."""
    packed = path.with_name(f"{path.name}.packed")
    with ZipFile(path) as source, ZipFile(packed, "w", ZIP_DEFLATED) as target:
        for item in source.infolist():
            content = source.read(item)
            if item.filename == _PROPERTIES:
                content = _TIME.sub(rb"\g<1>1980-01-01T00:00:00Z<", content)
            target.writestr(ZipInfo(item.filename), content, ZIP_DEFLATED)
    os.replace(packed, path)
