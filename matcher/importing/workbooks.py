"""XLSX to grids. Formulas become `Formula` cells: their stored values may be old, or never computed."""

import io
import re
from collections.abc import Iterator, Mapping
from xml.etree import ElementTree
from zipfile import ZipFile

import python_calamine as calamine

from matcher.errors import UnreadableFile
from matcher.importing.archives import SheetFacts, column_letters, scan
from matcher.importing.cells import Cell
from matcher.importing.expansion import folded
from matcher.importing.grids import Formula, Grid, Merge, Row

_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_RELATIONS = "xl/_rels/workbook.xml.rels"
_NO_FACTS = SheetFacts()


def read_workbook(name: str, data: bytes) -> list[Grid]:
    """The visible, filled sheets of a workbook, in order.

    Raises:
        UnreadableFile: whatever `archives.scan` refuses, or content that is not a workbook's.
    """
    facts = scan(name, data)
    try:
        workbook = calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        parts = _parts(data)
        return [
            _grid(name, workbook, title, facts.get(parts.get(title, ""), _NO_FACTS))
            for title in _shown(workbook)
        ]
    except (calamine.CalamineError, ElementTree.ParseError, KeyError) as error:
        raise UnreadableFile(
            f"{name}: the workbook cannot be read ({error}); save it again as XLSX or CSV"
        ) from error


def _shown(workbook: calamine.CalamineWorkbook) -> list[str]:
    return [
        sheet.name
        for sheet in workbook.sheets_metadata
        if sheet.visible is calamine.SheetVisibleEnum.Visible
        and sheet.typ is calamine.SheetTypeEnum.WorkSheet
    ]


def _parts(data: bytes) -> Mapping[str, str]:
    """Sheet title → name of its part in the archive."""
    with ZipFile(io.BytesIO(data)) as archive:
        # document types and entities were refused before
        relations = ElementTree.fromstring(archive.read(_RELATIONS))  # noqa: S314  # nosec B314
        workbook = ElementTree.fromstring(archive.read("xl/workbook.xml"))  # noqa: S314  # nosec B314
    targets = {relation.get("Id"): relation.get("Target", "") for relation in relations}
    sheets = (element for element in workbook.iter() if element.tag.endswith("}sheet"))
    return {sheet.get("name", ""): _part(targets.get(sheet.get(_RELATION), "")) for sheet in sheets}


def _part(target: str) -> str:
    return folded(target.removeprefix("/") if target.startswith("/") else f"xl/{re.sub('^[.]/', '', target)}")


def _grid(name: str, workbook: calamine.CalamineWorkbook, title: str, facts: SheetFacts) -> Grid:
    sheet = workbook.get_sheet_by_name(title)
    merges = tuple(Merge(*first, *last) for first, last in sheet.merged_cell_ranges or ())
    return Grid(name, title, "xlsx", _rows(sheet, facts), merges)


def _rows(sheet: calamine.CalamineSheet, facts: SheetFacts) -> Iterator[Row]:
    for number, cells in enumerate(sheet.iter_rows(), start=1):
        formulas = facts.formulas.get(number)
        yield number, _with_formulas(cells, formulas, number) if formulas else cells


def _with_formulas(cells: list[Cell], formulas: Mapping[int, str], row: int) -> list[Cell | Formula]:
    marked: list[Cell | Formula] = [*cells, *[""] * (max(formulas) + 1 - len(cells))]
    for column, written in formulas.items():
        marked[column] = Formula(written, f"{column_letters(column)}{row}")
    return marked
