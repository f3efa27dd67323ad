"""CSV files of the exchange format."""

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path


def read_rows(path: Path, encoding: str = "utf-8-sig") -> list[dict[str, str]]:
    """The rows of a CSV file; none where there is no such file."""
    if not path.exists():
        return []
    with path.open(encoding=encoding, newline="") as file:
        return list(csv.DictReader(file))


def write_rows(
    path: Path, columns: Sequence[str], rows: Iterable[Sequence[object]], encoding: str = "utf-8"
) -> None:
    """Write a CSV file."""
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.writer(file)
        writer.writerow(columns)
        writer.writerows(rows)
