"""CSV files that commands read: in any encoding that people save them in."""

import csv
import io
from pathlib import Path

from matcher.errors import InvalidInput
from matcher.importing.archives import is_archive
from matcher.text.decode import decode


def rows_of(path: Path, *needed: str) -> list[dict[str, str]]:
    """The rows of a CSV file by column.

    Raises:
        InvalidInput: a file that is no CSV, or has none of the columns that are needed.
    """
    data = path.read_bytes()
    if is_archive(data):
        raise InvalidInput(str(path), path.name, "is not a CSV file", "save the sheet as CSV")
    reader = csv.DictReader(io.StringIO(decode(data).text, newline=""))
    for column in needed:
        if column not in (reader.fieldnames or ()):
            raise InvalidInput(
                str(path),
                ", ".join(reader.fieldnames or ()),
                f"has no column {column}",
                "name it in the first line",
            )
    return list(reader)
