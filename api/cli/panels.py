"""`bole panel`: expert review from the list of applications to decided awards."""

from pathlib import Path
from typing import Any

import click

from api.cli.acting import actor
from api.cli.lists import out_option, write_rows
from api.cli.panel_files import applications_in, reviewers_in
from api.cli.panel_work import (
    award_lines,
    changed,
    counted,
    history_lines,
    reading_lines,
    settings_options,
)
from api.cli.workplace import Workplace, language_option, organisation_option, with_workplace
from api.panel_sheets import scores_in
from api.panels import assign as assign_and_keep
from matcher.amounts import Language
from matcher.cohorts.run import Change
from matcher.panel.phrases import CONFLICTS
from matcher.panel.report import decide, result_of
from matcher.panel.tables import AWARD_COLUMNS, REVIEW_COLUMNS, award_rows, names_of, review_rows
from matcher.panel.values import Panel, PanelSettings
from matcher.panel.wording import method_sentence
from matcher.store.panels import NEW

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_DONE: dict[Language, str] = {
    "zh": "每人 {lowest}–{highest} 份；因利益冲突或自身上限较少的 {behind} 人；回避 {conflicts} 对",
    "en": "{lowest}–{highest} for each; fewer, by conflicts or own limits: {behind}; conflicts: {conflicts}",
}


@click.group()
def panel() -> None:
    """Review panels: assign experts, take their scores, rank, and award under a budget."""


@panel.command()
@click.argument("name")
@click.option("--id", "id_", default=NEW, help="Its id; made where none is given.")
@click.option("--applications", type=_FILE, required=True, help="startup_id, title, asked, least.")
@click.option("--reviewers", type=_FILE, required=True, help="partner_id or name; conflicts, firm.")
@settings_options
@organisation_option
@with_workplace
def create(
    place: Workplace,
    /,
    *,
    name: str,
    id_: str,
    applications: Path,
    reviewers: Path,
    organisation: str,
    **given: Any,
) -> None:
    """Set up the panel NAME from files of applications and reviewers (CSV or XLSX)."""
    made = Panel(
        organisation=organisation,
        id=id_,
        name=name,
        settings=changed(PanelSettings(), given),
        applications=tuple(applications_in(applications, place.store, organisation)),
        reviewers=tuple(reviewers_in(reviewers, place.store, organisation, _warn)),
    )
    kept = place.store.panels.create(made, Change(by=actor()))
    click.echo(f"{kept.id}  {counted(kept)}")


@panel.command()
@click.argument("panel_id", metavar="PANEL")
@click.option("--name", help="A new name.")
@click.option("--applications", type=_FILE, help="The list of applications anew; see create.")
@click.option("--reviewers", type=_FILE, help="The list of reviewers anew; see create.")
@click.option("--why", default="", help="The reason, for those who will ask; recorded.")
@settings_options
@organisation_option
@with_workplace
def change(
    place: Workplace,
    /,
    *,
    panel_id: str,
    name: str | None,
    applications: Path | None,
    reviewers: Path | None,
    why: str,
    organisation: str,
    **given: Any,
) -> None:
    """Change what is given of PANEL; the rest stays."""
    before = place.store.panels.get(organisation, panel_id)
    kept = place.store.panels.change(
        organisation,
        panel_id,
        Change(by=actor(), why=why, version=before.version),
        name=name,
        settings=changed(before.settings, given),
        applications=applications_in(applications, place.store, organisation) if applications else None,
        reviewers=reviewers_in(reviewers, place.store, organisation, _warn) if reviewers else None,
    )
    click.echo(f"{kept.id}  {counted(kept)}")


@panel.command("list")
@organisation_option
@with_workplace
def list_(place: Workplace, organisation: str) -> None:
    """Every panel, newest first."""
    for each in place.store.panels.all(organisation):
        click.echo(f"{each.id}  {counted(each)}  {each.name}")


@panel.command()
@click.argument("panel_id", metavar="PANEL")
@click.option("--history", is_flag=True, help="Who changed what, when and why.")
@out_option
@organisation_option
@language_option
@with_workplace
def show(
    place: Workplace, panel_id: str, history: bool, out: Path | None, organisation: str, language: Language
) -> None:
    """Show PANEL: its rules and who reads what. --out writes the sheet that reviewers fill in."""
    found = place.store.panels.get(organisation, panel_id)
    if out is not None:
        write_rows(out, REVIEW_COLUMNS, review_rows(found))
        return
    click.echo(f"{found.id}  {counted(found)}  {found.name}")
    click.echo(method_sentence(found.settings, language))
    for line in history_lines(place, found) if history else reading_lines(found, language):
        click.echo(line)


@panel.command()
@click.argument("panel_id", metavar="PANEL")
@click.option("--why", default="", help="The reason, for those who will ask; recorded.")
@organisation_option
@language_option
@with_workplace
def assign(place: Workplace, panel_id: str, why: str, organisation: str, language: Language) -> None:
    """Assign reviewers: no conflict, even loads, the most expertise. Again: the fewest changes."""
    store = place.store
    found = store.panels.get(organisation, panel_id)
    startups = {each.startup_id: store.profile(organisation, each.startup_id) for each in found.applications}
    moment = place.matches().moment(*(startup.key for startup in startups.values()))
    seen = Change(by=actor(), why=why, version=found.version)
    done = assign_and_keep(store, found, startups, moment, seen, language)
    told = {"behind": len(done.facts["behind"]), "conflicts": len(done.conflicts)}
    click.echo(_DONE[language].format(**{**done.facts, **told}))
    names = names_of(done.panel)
    for (application, reviewer), why_not in sorted(done.conflicts.items()):
        click.echo(f"  {names[application]} × {reviewer}: {CONFLICTS[language][why_not]}")
    for line in reading_lines(done.panel, language):
        click.echo(line)


@panel.command()
@click.argument("panel_id", metavar="PANEL")
@click.argument("file", type=_FILE)
@organisation_option
@with_workplace
def scores(place: Workplace, panel_id: str, file: Path, organisation: str) -> None:
    """Take the scores of FILE (application, reviewer, score, comment), all or none."""
    given = scores_in(file.name, file.read_bytes())
    kept = place.store.panels.put_scores(organisation, panel_id, given, Change(by=actor()))
    click.echo(f"{len(given)} scores; {counted(kept)}")


@panel.command()
@click.argument("panel_id", metavar="PANEL")
@click.option("--decide", "decided", is_flag=True, help="Decide them: scores and rules are then fixed.")
@click.option("--reopen", is_flag=True, help="Take a decision back; needs --why.")
@click.option("--why", default="", help="The reason, for those who will ask; recorded.")
@out_option
@organisation_option
@language_option
@with_workplace
def awards(
    place: Workplace,
    /,
    *,
    panel_id: str,
    decided: bool,
    reopen: bool,
    why: str,
    out: Path | None,
    organisation: str,
    language: Language,
) -> None:
    """Rank and award: by the scores that are in, or as it was decided."""
    if decided and reopen:
        raise click.UsageError("--decide or --reopen, not both")
    panels, act = place.store.panels, Change(by=actor(), why=why)
    if decided:
        panels.decide(organisation, panel_id, act, decide)
    if reopen:
        panels.reopen(organisation, panel_id, act)
    result = result_of(panels.get(organisation, panel_id), panels.decision(organisation, panel_id))
    if out is not None:
        write_rows(out, AWARD_COLUMNS, award_rows(result, language))
        return
    for line in award_lines(result, language):
        click.echo(line)


def _warn(what: str) -> None:
    click.echo(f"warning: {what}", err=True)
