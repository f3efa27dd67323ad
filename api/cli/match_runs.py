"""`bole run`: match runs of a cohort, from a draft to a published result."""

from typing import Any

import click

from api.cli.acting import actor
from api.cli.run_edits import add, ban, lock, swap, undo, why_option
from api.cli.run_options import configuration_options, configured
from api.cli.run_sheets import export, import_edits
from api.cli.run_solving import cancel, solve
from api.cli.run_telling import echo_changed, echo_comparison, echo_found, echo_run
from api.cli.workplace import Workplace, language_option, organisation_option, with_workplace
from matcher.cohorts.comparing import compared
from matcher.cohorts.introducing.terms import default_terms
from matcher.cohorts.result import Result
from matcher.cohorts.run import Change
from matcher.errors import Conflict
from matcher.matching.wording import Language
from matcher.profiles import PARTNER_ROLES
from matcher.store.match_runs import MatchRuns

_role_option = click.option(
    "--role", type=click.Choice([role.value for role in PARTNER_ROLES]), help="Whom startups are to meet."
)


@click.group()
def run() -> None:
    """Match a whole cohort at once: configure, solve, edit, compare, publish."""


@run.command()
@click.argument("cohort")
@_role_option
@configuration_options
@why_option
@organisation_option
@with_workplace
def create(
    place: Workplace, /, cohort: str, role: str | None, why: str, organisation: str, **told: Any
) -> None:
    """Make a match run for COHORT, a draft; prints its id. What is not said is as the organisation has it."""
    asked = configured(told, place.store.offices.settings(organisation).new_run, role)
    made = place.store.match_runs.create(organisation, cohort, asked, Change(by=actor(), why=why))
    click.echo(made.id)


@run.command()
@click.argument("run_id")
@_role_option
@configuration_options
@why_option
@organisation_option
@with_workplace
def configure(
    place: Workplace, /, run_id: str, role: str | None, why: str, organisation: str, **told: Any
) -> None:
    """Change what is asked; what is not said stays as it is."""
    before = place.store.match_runs.get(organisation, run_id)
    asked = configured(told, before.configuration, role)
    change = Change(by=actor(), why=why, version=before.version)
    echo_changed(place.store.match_runs.configure(organisation, run_id, asked, change))


@run.command("list")
@click.option("--cohort", help="Only this cohort's.")
@organisation_option
@with_workplace
def list_(place: Workplace, cohort: str | None, organisation: str) -> None:
    """The match runs, the newest first."""
    for each in place.store.match_runs.all(organisation, cohort=cohort):
        click.echo(
            f"{each.id}  {each.status:10}  {each.configuration.role:8}  {each.configuration.objective:15}  "
            f"{each.updated_at:%Y-%m-%d %H:%M}  {each.cohort}"
        )


@run.command()
@click.argument("run_id")
@organisation_option
@language_option
@with_workplace
def show(place: Workplace, run_id: str, organisation: str, language: Language) -> None:
    """How a run stands: its configuration, edits, history, and who meets whom."""
    found = place.store.match_runs.get(organisation, run_id)
    echo_run(place, found, language)
    echo_found(place, found, language)


@run.command()
@click.argument("run_id")
@_role_option
@configuration_options
@why_option
@organisation_option
@with_workplace
def copy(
    place: Workplace, /, run_id: str, role: str | None, why: str, organisation: str, **told: Any
) -> None:
    """Copy a run with its edits into a new draft, perhaps with another configuration; prints its id."""
    before = place.store.match_runs.get(organisation, run_id)
    asked = configured(told, before.configuration, role)
    click.echo(place.store.match_runs.copy(organisation, run_id, Change(by=actor(), why=why), asked).id)


@run.command()
@click.argument("run_id")
@click.option("--expires-after", type=int, help="Days until an unanswered introduction expires (14).")
@click.option(
    "--remind-after", type=int, multiple=True, help="Days after which to remind; repeatable (7, 12)."
)
@why_option
@organisation_option
@with_workplace
def publish(
    place: Workplace,
    run_id: str,
    expires_after: int | None,
    remind_after: tuple[int, ...],
    why: str,
    organisation: str,
) -> None:
    """Let startups and partners see who is to meet whom, and ask both sides of each pair."""
    seen = place.store.match_runs.get(organisation, run_id)
    change = Change(by=actor(), why=why, version=seen.version)
    terms = default_terms(expires_after, remind_after or None)
    offering = place.store.introductions.offering(change, terms)
    echo_changed(place.store.match_runs.publish(organisation, run_id, change, offering))


@run.command()
@click.argument("run_id")
@why_option
@organisation_option
@with_workplace
def close(place: Workplace, run_id: str, why: str, organisation: str) -> None:
    """End a published run, or put another one aside."""
    change = Change(by=actor(), why=why)
    withdrawing = place.store.introductions.withdrawing(change)
    echo_changed(place.store.match_runs.close(organisation, run_id, change, withdrawing))


@run.command()
@click.argument("first")
@click.argument("second")
@organisation_option
@language_option
@with_workplace
def compare(place: Workplace, first: str, second: str, organisation: str, language: Language) -> None:
    """What is different in the SECOND of two solved runs."""
    one, other = (_result(place.store.match_runs, organisation, each) for each in (first, second))
    echo_comparison(compared(one, other), language)


def _result(runs: MatchRuns, organisation: str, run_id: str) -> Result:
    found = runs.result(organisation, run_id)
    if found is None:
        raise Conflict(f"run {run_id} was never solved: solve it first")
    return found


for _command in (solve, cancel, lock, ban, swap, add, undo, export, import_edits):
    run.add_command(_command)
