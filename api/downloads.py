"""Tables to download, as CSV or XLSX."""

from collections.abc import Iterable, Sequence
from typing import Any

from flask import Response

from api.access import current_scope
from api.spreadsheets import MEDIA_TYPES, FileKind, table_bytes
from matcher.tables import Row

_FILE: dict[str, Any] = {"schema": {"type": "string", "format": "binary"}}
FILES: dict[int | str, Any] = {
    200: {"description": "The table", "content": dict.fromkeys(MEDIA_TYPES.values(), _FILE)}
}
"""What a route answers with that gives a table as a file."""


def download(kind: FileKind, name: str, title: str, columns: Sequence[str], rows: Iterable[Row]) -> Response:
    """The table as a file of this (ASCII) name; a workbook's sheet bears the title. That it is taken away is
    on the audit log before it is."""
    rows = list(rows)
    scope = current_scope()
    scope.store.audit.exported(scope.organisation, name, len(rows))
    response = Response(table_bytes(kind, title, columns, rows), mimetype=MEDIA_TYPES[kind])
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    return response
