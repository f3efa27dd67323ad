"""What the pages of attention share: their frame, the months that an address asks for, files to take away."""

import datetime as dt
from collections.abc import Iterable, Sequence

from flask import Response, request

from api.pages.cohorts.wording import severity_text
from api.pages.language import language
from api.pages.parameters import text
from api.pages.rendering import page
from api.routes.ledger import table_answer
from api.spreadsheets import FileKind
from matcher.errors import InvalidInput
from matcher.tables import Row


def attention_page(template: str, chapter: str, status: int = 200, **values: object) -> Response:
    """A page of one `chapter`."""
    return page(f"attention/{template}", status, chapter=chapter, severity_text=severity_text, **values)


def months() -> tuple[dt.date | None, dt.date | None]:
    """The first and last month that the address asks for; None where it leaves one open.

    Raises:
        InvalidInput: no month.
    """
    first, last = (_month(name) for name in ("from", "to"))
    return first, last


def _month(name: str) -> dt.date | None:
    given = text(name)
    if not given:
        return None
    try:
        return dt.datetime.strptime(given[:7], "%Y-%m").replace(tzinfo=dt.UTC).date()
    except ValueError as error:
        raise InvalidInput(name, given, "must be a month such as 2026-03") from error


def taken_away(name: str, columns: Sequence[str], rows: Iterable[Row]) -> Response:
    """The table as the file that the address asks for, XLSX unless CSV."""
    given = request.args.get("format", FileKind.XLSX.value)
    if given not in set(FileKind):
        raise InvalidInput("format", given, "must be csv or xlsx")
    return table_answer(FileKind(given), name, columns, rows, language())
