"""CSV files that commands read: in any encoding that people save them in."""

import csv
import io
from collections.abc import Sequence
from pathlib import Path

from matcher.errors import InvalidInput
from matcher.importing.archives import is_archive
from matcher.text.decode import decode


def rows_of(path: Path, *needed: str) -> list[dict[str, str]]:
    """The rows of a CSV file by column.

    Raises:
        InvalidInput: a file that is no CSV, has none of the columns that are needed, or a row that leaves
            one of them empty.
    """
    data = path.read_bytes()
    if is_archive(data):
        raise InvalidInput(str(path), path.name, "is not a CSV file", "save the sheet as CSV")
    reader = csv.DictReader(io.StringIO(decode(data).text, newline=""))
    try:
        _require(path, reader.fieldnames or (), needed)
        return [_whole(path, reader.line_num, row, needed) for row in reader]
    except csv.Error as error:
        raise InvalidInput(str(path), path.name, f"is not a CSV file: {error}") from error


def _require(path: Path, columns: Sequence[str], needed: Sequence[str]) -> None:
    for column in needed:
        if column not in columns:
            raise InvalidInput(
                str(path), ", ".join(columns), f"has no column {column}", "name it in the first line"
            )


def _whole(path: Path, line: int, row: dict[str, str], needed: Sequence[str]) -> dict[str, str]:
    for column in needed:
        if not row[column]:
            raise InvalidInput(f"{path}, line {line}", row[column] or "", f"has no {column}")
    return row
