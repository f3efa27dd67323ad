"""What the commands of `bole ledger` share: whose ledgers, with which thresholds, and where tables go."""

from collections.abc import Iterable, Sequence
from pathlib import Path

import click

from api.cli.aligning import aligned
from api.cli.workplace import Workplace
from api.spreadsheets import FileKind, table_bytes
from matcher.attention.settings import AttentionSettings
from matcher.attention.settings_file import read_settings
from matcher.attention.tables import TITLES, headers
from matcher.errors import InvalidInput, NotFound
from matcher.matching.phrases import Language
from matcher.tables import Cell, Row


def known(place: Workplace, organisation: str) -> None:
    """Refuse an organisation that does not exist.

    Raises:
        NotFound: it does not.
    """
    if organisation not in place.store.organisations():
        raise NotFound(f"no organisation {organisation!r}")


def settings_of(place: Workplace) -> AttentionSettings:
    """The thresholds of this home."""
    return read_settings(place.settings.attention_file)


def write_table(
    path: Path, name: str, columns: Sequence[str], rows: Iterable[Row], language: Language
) -> None:
    """Write the table; a sheet has its headers in the language.

    Raises:
        InvalidInput: another file name ending than .csv or .xlsx.
    """
    if path.suffix.lower() not in {".csv", ".xlsx"}:
        raise InvalidInput("--out", path.name, "must end in .csv or .xlsx")
    kind = FileKind(path.suffix.lower().removeprefix("."))
    named = columns if kind is FileKind.CSV else headers(columns, language)
    path.write_bytes(table_bytes(kind, TITLES[language][name], named, rows))


def echo_rows(columns: Sequence[str], rows: Iterable[Row], language: Language) -> None:
    """The table for a reader at a terminal."""
    for line in aligned([headers(columns, language), *([_shown(cell) for cell in row] for row in rows)]):
        click.echo(line)


def _shown(cell: Cell) -> str:
    """A cell for people: blank where unknown, thousands in groups."""
    if cell is None:
        return "–"
    return f"{cell:,}" if isinstance(cell, int | float) else cell
