"""`bole run export` and `bole run import-edits`: a match run in a spreadsheet, and back."""

import datetime as dt
from pathlib import Path

import click

from api.cli.acting import actor
from api.cli.lists import refuse_unknown_kind
from api.cli.run_telling import echo_changed
from api.cli.workplace import Workplace, language_option, organisation_option, with_workplace
from api.run_sheets import exported, people_for
from api.spreadsheets import FileKind
from matcher.cohorts.run import Change
from matcher.cohorts.sheets.editing import Plan, carried_out, planned
from matcher.cohorts.sheets.rules import rule_words
from matcher.matching.wording import Language


@click.command()
@click.argument("run_id")
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    required=True,
    help="FILE.xlsx: all tables; FILE.csv: the pairs.",
)
@organisation_option
@language_option
@with_workplace
def export(place: Workplace, run_id: str, out: Path, organisation: str, language: Language) -> None:
    """Write a run's result to a file. The pairs by startup may be edited and imported again."""
    refuse_unknown_kind(out)
    run = place.store.match_runs.get(organisation, run_id)
    out.write_bytes(exported(place.store, run, FileKind(out.suffix.lower()[1:]), language))


@click.command("import-edits")
@click.argument("run_id")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--apply", "apply_", is_flag=True, help="Make the edits; without it they are only told.")
@organisation_option
@language_option
@with_workplace
def import_edits(
    place: Workplace, run_id: str, file: Path, apply_: bool, organisation: str, language: Language
) -> None:
    """Read an edited table of a run's pairs back as edits: gone is banned, new added, locked kept.

    All of it, or nothing where a cell is unclear: then exit code 1.
    """
    run = place.store.match_runs.get(organisation, run_id)
    people, now = people_for(place.store, run), dt.datetime.now(dt.UTC)
    plan = planned(place.store, run, people, file.name, file.read_bytes(), actor(), now)
    echo_plan(plan, language)
    if plan.problems:
        raise click.exceptions.Exit(1)
    if apply_:
        echo_changed(carried_out(place.store, run, plan, Change(by=actor(), version=plan.version)))


def echo_plan(plan: Plan, language: Language) -> None:
    """What a table asks for, and what is unclear in it."""
    for each in plan.problems:
        near = f" → {each.nearest}" if each.nearest else ""
        where = f"{each.row} [{each.column}]"
        click.echo(f"  {where} {each.value!r}: {rule_words(each.rule, language)}{near}")
    for edit in plan.edits:
        click.echo(f"  {edit.kind:4}  {edit.startup_id} × {edit.partner_id}: {edit.reason}")
    for number in plan.undone:
        click.echo(f"  undo  {number}")
    if not (plan.problems or plan.edits or plan.undone):
        click.echo("no change" if language == "en" else "没有改动")
