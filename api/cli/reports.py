"""`bole report`: what came of what Bole did."""

import datetime as dt
from pathlib import Path

import click

from api.cli.aligning import aligned
from api.cli.lists import write_rows
from api.cli.workplace import Workplace, language_option, with_workplace
from api.schemas.reports import AcceptanceOut, midnight
from matcher.errors import InvalidInput, NotFound
from matcher.matching.wording import Language
from matcher.reports.acceptance import COUNTS, RATES, AcceptanceReport, Tally, acceptance
from matcher.reports.tables import ACCEPTANCE_COLUMNS, TOTAL, acceptance_rows
from matcher.reports.wording import compared, notes, percent

_WORDS: dict[Language, dict[str, str]] = {
    "zh": {
        "title": "{since} 至 {until} 所展示清单的反馈（{organisation}）",
        "all": "全部机构",
        "total": "合计",
        "version": "模型版本",
        "position": "名次",
        "role": "角色",
        "organisation": "机构",
        "shown": "展示",
        "requested": "请求",
        "dismissed": "忽略",
        "accepted": "接受",
        "declined": "婉拒",
        "met": "见面",
        "requested_of_shown": "请求/展示",
        "accepted_of_requested": "接受/请求",
        "agreed_of_shown": "双方愿意/展示",
        "startup": "企业",
        "mentor": "导师",
        "investor": "投资方",
    },
    "en": {
        "title": "What came of the lists shown from {since} to {until} ({organisation})",
        "all": "all organisations",
        "requested_of_shown": "requested/shown",
        "accepted_of_requested": "accepted/requested",
        "agreed_of_shown": "both/shown",
    },
}


@click.group()
def report() -> None:
    """What came of what was shown."""


@report.command("acceptance")
@click.option(
    "--from", "first", type=click.DateTime(["%Y-%m-%d"]), help="First day (90 days before the last)."
)
@click.option("--to", "last", type=click.DateTime(["%Y-%m-%d"]), help="Last day, included (today).")
@click.option("--org", "organisation", default="", help="One organisation (default: all).")
@click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path), help="Write the figures as .csv or .json."
)
@language_option
@with_workplace
def acceptance_(
    place: Workplace,
    first: dt.datetime | None,
    last: dt.datetime | None,
    organisation: str,
    out: Path | None,
    language: Language,
) -> None:
    """Lists that were shown, and the answers to them: by version, position, role and organisation."""
    if organisation and organisation not in place.store.organisations():
        raise NotFound(f"no organisation {organisation!r}")
    found = acceptance(
        place.store,
        dt.datetime.now(dt.UTC),
        since=midnight(first.date()) if first else None,
        until=midnight(last.date()) + dt.timedelta(days=1) if last else None,
        organisation=organisation,
    )
    if out is None:
        _echo(found, language)
    else:
        _write(out, found, language)


def _write(out: Path, found: AcceptanceReport, language: Language) -> None:
    kind = out.suffix.lower()
    if kind == ".json":
        out.write_text(AcceptanceOut.of(found, language).model_dump_json(indent=1) + "\n", encoding="utf-8")
    elif kind == ".csv":
        write_rows(out, ACCEPTANCE_COLUMNS, list(acceptance_rows(found)))
    else:
        raise InvalidInput("--out", out.name, "must end in .csv or .json")


def _echo(found: AcceptanceReport, language: Language) -> None:
    words = _WORDS[language]
    span = {
        "since": f"{found.since:%Y-%m-%d}",
        "until": f"{found.until - dt.timedelta(microseconds=1):%Y-%m-%d}",
    }
    click.echo(words["title"].format(**span, organisation=found.organisation or words["all"]))
    table = [["", *(words.get(name, name) for name in (*COUNTS, *RATES))]]
    table.append([words.get(TOTAL, TOTAL), *_cells(found.total)])
    for what, groups in found.groups.items():
        table.append([f"— {words.get(what, what)}"])
        table += [[words.get(group.name, group.name), *_cells(group.tally)] for group in groups]
    for line in aligned(table):
        click.echo(line)
    for sentence in [*(compared(each, language) for each in found.comparisons), *notes(found, language)]:
        click.echo(sentence)


def _cells(tally: Tally) -> list[str]:
    counts = [f"{getattr(tally, name):,}" for name in COUNTS]
    return [*counts, *(percent(getattr(tally, name)) for name in RATES)]
