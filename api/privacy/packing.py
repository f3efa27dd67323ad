"""An export as one ZIP: everything as JSON, and as a workbook with a sheet for each place."""

import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from typing import Any

from matcher.erasures import Export
from matcher.tables import Cell, Table

LONGEST_CELL = 32_000
"""A cell of a spreadsheet holds so many characters; what is longer is whole in the JSON."""


def packed(export: Export) -> bytes:
    """The ZIP."""
    from api.workbooks import workbook_bytes  # its library takes a quarter of a second to load

    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("data.json", _json(export))
        archive.writestr("data.xlsx", workbook_bytes(tables_of(export)))
    return file.getvalue()


def _json(export: Export) -> str:
    told = {
        "about": {"kind": export.kind.value, "organisation": export.organisation, "name": export.name},
        "made_at": export.at.isoformat(timespec="seconds"),
        "places": export.places,
    }
    return json.dumps(told, ensure_ascii=False, indent=2)


def tables_of(export: Export) -> list[Table]:
    """A table for each place, its columns in the order in which rows have them; what is no text or number is
    written as JSON."""
    about: list[tuple[Cell, ...]] = [
        ("kind", export.kind.value),
        ("organisation", export.organisation),
        ("name", export.name),
        ("made_at", export.at.isoformat(timespec="seconds")),
    ]
    return [
        Table("about", ("what", "value"), about),
        *(_table(title, rows) for title, rows in export.places.items()),
    ]


def _table(title: str, rows: Sequence[Mapping[str, Any]]) -> Table:
    header = tuple(dict.fromkeys(name for row in rows for name in row))
    return Table(title, header, [tuple(_cell(row.get(name)) for name in header) for row in rows])


def _cell(value: Any) -> Cell:
    if value is None or (isinstance(value, int | float) and not isinstance(value, bool)):
        return value
    text = value if isinstance(value, str) else _written(value)
    return text if len(text) <= LONGEST_CELL else text[: LONGEST_CELL - 1] + "…"


def _written(value: Any) -> str:
    """Labels one after the other, anything else as JSON."""
    if isinstance(value, list) and all(isinstance(each, str) for each in value):
        return "; ".join(value)
    return json.dumps(value, ensure_ascii=False)
