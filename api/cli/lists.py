"""Match lists as files: the columns are a contract that others script against."""

import csv
import os
import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TextIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import click
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

from api.cells import harmless
from matcher.errors import InvalidInput
from matcher.matching.answers import Match, MatchList, PairScore
from matcher.matching.wording import Language, sentence
from matcher.tables import Row

MATCH_COLUMNS = ("startup_id", "partner_id", "role", "rank", "score", "p_startup", "p_partner", "reasons")
NAME_COLUMNS = ("startup_name", "partner_name")
SCORE_COLUMNS = ("startup_id", "partner_id", "score", "p_startup", "p_partner")

out_option = click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path), help="Write a table as .csv or .xlsx instead."
)
"""For commands that else tell people on the terminal."""

_WIDTHS = {"reasons": 90, "startup_id": 18, "partner_id": 18, "startup_name": 30, "partner_name": 30}
_SHEET_LINES = 1_048_576
_PROPERTIES = "docProps/core.xml"
_TIME = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*<")
_BETWEEN = {"zh": "；", "en": "; "}
_SPREAD = {"zh": "为使更多伙伴得到展示而列入", "en": "listed so that more partners are seen"}
_BASE = {"zh": "基准", "en": "base"}


def match_rows(
    answer: MatchList, language: Language, names: Mapping[str, str] | None = None
) -> Iterable[Row]:
    """The rows of one list in MATCH_COLUMNS, with `names` by id also in NAME_COLUMNS.

    Scores are probabilities with six digits.
    """
    for match in answer.matches:
        pair = match.pair
        yield (
            pair.startup_id,
            pair.partner_id,
            pair.role.value,
            match.rank,
            *_figures(pair),
            _reasons_of(match, language),
            *_names(match, names),
        )


def _names(match: Match, names: Mapping[str, str] | None) -> tuple[str, ...]:
    """The names of startup and partner; one that is another organisation's is only known to the match."""
    ids = (match.pair.startup_id, match.pair.partner_id)
    return () if names is None else tuple(names.get(id_, match.name) for id_ in ids)


def score_row(pair: PairScore) -> Row:
    """One pair in SCORE_COLUMNS, with twelve digits so that order survives."""
    return (
        pair.startup_id,
        pair.partner_id,
        *(round(value, 12) for value in (pair.score, pair.p_startup, pair.p_partner)),
    )


def _reasons_of(match: Match, language: Language) -> str:
    """The reasons, and that the list was spread where this line owes its place to it."""
    text = reasons_text(match.pair, language)
    return f"{text}{_BETWEEN[language]}{_SPREAD[language]}" if match.spread else text


def reasons_text(pair: PairScore, language: Language) -> str:
    """The score's terms in points of 100, the base first: they add up to the score, to rounding."""
    terms = [f"{_BASE[language]} {100 * pair.base:.1f}"]
    terms += [f"{sentence(reason, language)} {100 * reason.points:+.1f}" for reason in pair.reasons]
    return _BETWEEN[language].join(terms)


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
            click.echo(f"            {_reasons_of(match, language)}")


def _figures(pair: PairScore) -> tuple[float, float, float]:
    return round(pair.score, 6), round(pair.p_startup, 6), round(pair.p_partner, 6)


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
