"""`bole train`: a new model version from the store."""

import datetime as dt

import click

from api.cli.acting import actor, moment
from api.cli.models import learnt_from
from api.cli.progress import progress
from api.cli.workplace import Workplace, today, with_workplace
from matcher.model.parameters import Model


@click.command()
@click.option(
    "--as-of",
    type=click.DateTime(["%Y-%m-%d"]),
    help="Learn from what happened before this day (default: all).",
)
@click.option("--promote", is_flag=True, help="Make the new version live (the first one always is).")
@with_workplace
def train(place: Workplace, as_of: dt.datetime | None, promote: bool) -> None:
    """Train a new model version from the store."""
    model = run_training(place, as_of.date() if as_of else today() + dt.timedelta(days=1), promote=promote)
    click.echo(f"{model.version}: {learnt_from(model.facts)}")
    if not any(place.store.profiles()):
        click.echo(f"warning: no profiles in {place.settings.home}; import some first", err=True)
    live = place.registry.live()
    click.echo("live" if live == model.version else _candidate(model.version, str(live)))


def _candidate(version: str, live: str) -> str:
    """Why a new version is not live, and what makes it so."""
    return (
        f"candidate: {live} stays live, for nobody compared the two; `bole retrain` compares and promotes the"
        f" better one (`bole models promote {version} --force --reason TEXT` makes this one live uncompared)"
    )


def run_training(place: Workplace, as_of: dt.date, *, promote: bool) -> Model:
    """Train on all before `as_of` and register the version; it goes live on demand, or if none is yet."""
    from training.train import train as fit
    from training.world import read_data

    with progress("encode", "texts") as advance:
        data = read_data(
            list(place.store.profiles()),
            place.store.interactions(),
            place.encoder,
            place.store,
            advance,
            preferences=place.store.preferences(),
        )
    model = fit(data, as_of, step=lambda what: click.echo(f"train: {what}", err=True))
    place.registry.add(model)
    first = place.registry.live() is None
    if promote or first:
        reason = "bole train --promote" if promote else "bole train: the first version"
        place.registry.promote(model.version, at=moment(), by=actor(), reason=reason, forced=True)
    return model
