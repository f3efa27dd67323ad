"""`bole cohort`: groups of startups that are worked with together."""

from collections.abc import Sequence
from pathlib import Path

import click

from api.cli.references import identified
from api.cli.tables import rows_of
from api.cli.workplace import Workplace, organisation_option, with_workplace
from matcher.cohorts.cohort import Cohort
from matcher.profiles import Role

_startups_option = click.option(
    "--startups",
    "file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A CSV with a startup_id column.",
)


@click.group()
def cohort() -> None:
    """Make cohorts, and say who is in them."""


@cohort.command()
@click.argument("name")
@click.argument("startup", nargs=-1)
@click.option("--id", "id_", default="", help="Its id (default: one is made).")
@click.option("--all", "everyone", is_flag=True, help="Every active startup of the organisation.")
@_startups_option
@organisation_option
@with_workplace
def create(
    place: Workplace,
    name: str,
    startup: Sequence[str],
    id_: str,
    everyone: bool,
    file: Path | None,
    organisation: str,
) -> None:
    """Make a cohort called NAME of the STARTUPs (ids or names) given; prints its id."""
    startups = [
        *_named(place, organisation, startup, file),
        *(_active(place, organisation) if everyone else ()),
    ]
    click.echo(place.store.cohorts.create(organisation, name, startups, id=id_).id)


@cohort.command("list")
@organisation_option
@with_workplace
def list_(place: Workplace, organisation: str) -> None:
    """The cohorts, the newest first."""
    for found in place.store.cohorts.all(organisation):
        click.echo(f"{found.id}  {len(found.startups):5} startups  {found.created_at:%Y-%m-%d}  {found.name}")


@cohort.command()
@click.argument("cohort_id")
@click.argument("startup", nargs=-1)
@_startups_option
@organisation_option
@with_workplace
def add(
    place: Workplace, cohort_id: str, startup: Sequence[str], file: Path | None, organisation: str
) -> None:
    """Add STARTUPs (ids or names) to a cohort."""
    startups = _named(place, organisation, startup, file)
    _echo(place, place.store.cohorts.add(organisation, cohort_id, startups), whole=False)


@cohort.command()
@click.argument("cohort_id")
@click.argument("startup", nargs=-1, required=True)
@organisation_option
@with_workplace
def remove(place: Workplace, cohort_id: str, startup: Sequence[str], organisation: str) -> None:
    """Take STARTUPs (ids or names) out of a cohort. Runs that were solved keep their pairs."""
    startups = _named(place, organisation, startup, None)
    _echo(place, place.store.cohorts.remove(organisation, cohort_id, startups), whole=False)


@cohort.command()
@click.argument("cohort_id")
@organisation_option
@with_workplace
def show(place: Workplace, cohort_id: str, organisation: str) -> None:
    """Who is in a cohort, and its match runs."""
    _echo(place, place.store.cohorts.get(organisation, cohort_id), whole=True)


def _named(place: Workplace, organisation: str, references: Sequence[str], file: Path | None) -> list[str]:
    in_file = [row["startup_id"] for row in rows_of(file, "startup_id")] if file else []
    return [identified(place.store, organisation, reference) for reference in references] + in_file


def _active(place: Workplace, organisation: str) -> list[str]:
    profiles = place.store.profiles(organisation, roles=(Role.STARTUP,))
    return [profile.id for profile in profiles if profile.takes_part]


def _echo(place: Workplace, found: Cohort, *, whole: bool) -> None:
    click.echo(f"{found.id}  {found.name}: {len(found.startups)} startups")
    if not whole:
        return
    for startup in found.startups:
        click.echo(f"  {startup}  {place.store.profile(found.organisation, startup).name}")
    for run in place.store.match_runs.all(found.organisation, cohort=found.id):
        click.echo(f"  run {run.id}  {run.configuration.role}  {run.status}  {run.updated_at:%Y-%m-%d %H:%M}")
