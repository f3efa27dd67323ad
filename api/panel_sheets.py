"""Tables of panels as staff and reviewers keep them (CSV, XLSX; headers in either language), and scores."""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

from matcher.errors import InvalidInput, NotFound
from matcher.importing.archives import is_archive
from matcher.importing.figures import span
from matcher.importing.workbooks import read_workbook
from matcher.panel.changes import Score
from matcher.text.comparable import comparable
from matcher.text.decode import decode

Names = Mapping[str, Sequence[str]]
Line = tuple[str, dict[str, str]]
"""Where a row stands, and its cells by field."""

SCORE: Names = {
    "application": ("申报编号", "申请编号", "项目编号"),
    "reviewer": ("评审人编号", "专家编号", "评审人"),
    "score": ("得分", "评分", "分数"),
    "comment": ("意见", "评语", "评审意见"),
}


def scores_in(file: str, data: bytes) -> list[Score]:
    """The scores of a file; rows without a score are left out.

    Raises:
        InvalidInput: no application or reviewer, a score that is no number, or a file that is no table.
    """
    found = []
    for where, row in rows_of(file, data, SCORE, ("application", "reviewer", "score")):
        if row.get("score"):
            with placed(where):
                found.append(_score(row))
    return found


def _score(row: Mapping[str, str]) -> Score:
    application, reviewer = required(row, "application"), required(row, "reviewer")
    try:
        score = float(row["score"])
    except ValueError as error:
        raise InvalidInput("score", row["score"], "is no number") from error
    return Score(application=application, reviewer=reviewer, score=score, comment=row.get("comment", ""))


def whole_amount(name: str, text: str) -> int:
    """An amount as people write it (41万, 2000000), in whole units.

    Raises:
        InvalidInput: no amount, or a range.
    """
    found = span(text)
    if not found.is_one or found.middle != round(found.middle):
        raise InvalidInput(name, text, "must be one amount in whole units", "write 41万 or 410000")
    return round(found.middle)


def currency_in(text: str) -> str:
    """The currency that an amount names, "" where it names none or is no amount."""
    try:
        return span(text).currency if text else ""
    except InvalidInput:
        return ""


@contextmanager
def placed(where: str) -> Iterator[None]:
    """An error within a row names the row."""
    try:
        yield
    except InvalidInput as error:
        raise InvalidInput(f"{where}, {error.field}", error.value, error.rule, error.remedy) from error
    except NotFound as error:
        raise NotFound(f"{where}: {error}") from error


def required(row: Mapping[str, str], field: str) -> str:
    """The cell, which must not be blank.

    Raises:
        InvalidInput: it is.
    """
    if not row.get(field):
        raise InvalidInput(field, "", "is needed")
    return row[field]


def rows_of(file: str, data: bytes, names: Names, needed: Sequence[str]) -> Iterator[Line]:
    """The lines of a table, each with where it stands and its cells by field.

    Raises:
        InvalidInput: a needed column is not there, or it is no table.
    """
    header, *lines = [(number, cells) for number, cells in _cells(file, data) if any(cells)] or [(0, [])]
    fields = [_field(cell, names) for cell in header[1]]
    for field in needed:
        if field not in fields:
            rule = f"has no column {field} (or {'、'.join(names[field])})"
            raise InvalidInput(file, ", ".join(header[1]), rule, "name it in the first line")
    for number, cells in lines:
        told = zip(fields, cells, strict=False)
        yield f"{file}, line {number}", {field: cell for field, cell in told if field}


def _field(cell: str, names: Names) -> str:
    written = comparable(cell)
    return next((f for f, others in names.items() if written in {f, *map(comparable, others)}), "")


def _cells(file: str, data: bytes) -> Iterator[tuple[int, list[str]]]:
    if is_archive(data):
        for number, row in read_workbook(file, data)[0].rows:
            yield number, [_text(cell) for cell in row]
        return
    try:
        reader = csv.reader(io.StringIO(decode(data).text, newline=""))
        for row in reader:
            yield reader.line_num, [cell.strip() for cell in row]
    except csv.Error as error:
        raise InvalidInput(file, file, f"is no table: {error}", "save it as CSV or XLSX") from error


def _text(cell: object) -> str:
    """A sheet's cell as it is read: numbers of whole value without a fraction."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None else str(cell).strip()
