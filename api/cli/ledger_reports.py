"""`bole ledger board` and `bole ledger assessment`: how the startups are doing."""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import click

from api.cli.ledger import ledger
from api.cli.ledger_work import echo_rows, known, settings_of, write_table
from api.cli.lists import out_option
from api.cli.workplace import Workplace, language_option, organisation_option, today, with_workplace
from matcher.attention.periods import Period
from matcher.attention.reading import assessment as assess
from matcher.attention.reading import performance
from matcher.attention.tables import (
    ASSESSMENT_COLUMNS,
    BOARD_COLUMNS,
    assessment_rows,
    board_rows,
)
from matcher.matching.phrases import Language
from matcher.tables import Row

_MONTH = click.DateTime(["%Y-%m", "%Y-%m-%d"])


def _months(command: Callable[..., None]) -> Callable[..., None]:
    """Which months, where to, in which language."""
    for option in (
        click.option("--from", "first", type=_MONTH, help="First month, as 2026-01."),
        click.option("--to", "last", type=_MONTH, help="Last month (the last with a report)."),
        organisation_option,
        out_option,
        language_option,
    )[::-1]:
        command = option(command)
    return command


@ledger.command("board")
@click.option(
    "--period",
    type=click.Choice([each.value for each in Period]),
    default=Period.MONTH.value,
    show_default=True,
    help="What figures are added up by.",
)
@_months
@with_workplace
def board(
    place: Workplace,
    period: str,
    first: dt.datetime | None,
    last: dt.datetime | None,
    organisation: str,
    out: Path | None,
    language: Language,
) -> None:
    """Figures and trends of all startups together and of each, period by period (default: a year)."""
    known(place, organisation)
    found = performance(
        place.store, organisation, today(), Period(period), first=_day(first), last=_day(last)
    )
    _tell(out, "performance", BOARD_COLUMNS, board_rows(found, language), language)


@ledger.command("assessment")
@_months
@with_workplace
def assessment(
    place: Workplace,
    first: dt.datetime | None,
    last: dt.datetime | None,
    organisation: str,
    out: Path | None,
    language: Language,
) -> None:
    """What each startup reported, how it grew, what it needed and what came of it (default: half a year)."""
    known(place, organisation)
    _, found = assess(
        place.store, organisation, today(), settings_of(place), first=_day(first), last=_day(last)
    )
    _tell(out, "assessment", ASSESSMENT_COLUMNS, assessment_rows(found, language), language)


def _day(moment: dt.datetime | None) -> dt.date | None:
    return moment.date() if moment else None


def _tell(
    out: Path | None, name: str, columns: Sequence[str], rows: Iterable[Row], language: Language
) -> None:
    if out:
        write_table(out, name, columns, rows, language)
        return
    echo_rows(columns, rows, language)
