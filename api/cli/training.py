"""`bole train` and `bole models`: new versions, and which one is live."""

import datetime as dt

import click

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
    click.echo(f"{model.version}: {model.facts['data']}")
    click.echo(
        "live"
        if place.registry.live() == model.version
        else f"candidate; `bole models promote {model.version}` makes it live"
    )


def run_training(place: Workplace, as_of: dt.date, *, promote: bool) -> Model:
    """Train on all before `as_of` and register the version; it goes live on demand, or if none is yet."""
    from training.train import read_data
    from training.train import train as fit

    with progress("encode", "texts") as advance:
        data = read_data(
            list(place.store.profiles()), place.store.interactions(), place.encoder, place.store, advance
        )
    model = fit(data, as_of, step=lambda what: click.echo(f"train: {what}", err=True))
    place.registry.add(model)
    if promote or place.registry.live() is None:
        place.registry.promote(model.version)
    return model


@click.group()
def models() -> None:
    """List model versions, promote one, or roll back."""


@models.command("list")
@with_workplace
def list_(place: Workplace) -> None:
    """Every version, newest first."""
    for info in place.registry.versions():
        click.echo(f"{info.version}  {info.status:9}  {info.hash[:12]}  {info.facts.get('data', {})}")


@models.command()
@click.argument("version")
@with_workplace
def promote(place: Workplace, version: str) -> None:
    """Make VERSION live."""
    place.registry.promote(version)
    click.echo(f"{version} is live")


@models.command()
@with_workplace
def rollback(place: Workplace) -> None:
    """Make the version live that was live before."""
    click.echo(f"{place.registry.rollback()} is live")
