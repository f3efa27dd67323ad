"""`bole train` and `bole models`: new versions, and which one is live."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

import click

from api.cli.progress import progress
from api.cli.workplace import Workplace, today, with_workplace
from matcher.model.parameters import Model

_EPOCH = dt.date(1970, 1, 1)


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
    click.echo(f"{model.version}: {_learnt_from(model.facts)}")
    if not any(place.store.profiles()):
        click.echo(f"warning: no profiles in {place.settings.home}; import some first", err=True)
    click.echo(
        "live"
        if place.registry.live() == model.version
        else f"candidate; `bole models promote {model.version}` makes it live"
    )


def run_training(place: Workplace, as_of: dt.date, *, promote: bool) -> Model:
    """Train on all before `as_of` and register the version; it goes live on demand, or if none is yet."""
    from training.train import train as fit
    from training.world import read_data

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
        click.echo(f"{info.version}  {info.status:9}  {info.hash[:12]}  {_learnt_from(info.facts)}")


def _learnt_from(facts: Mapping[str, Any]) -> str:
    """What a version learnt from, for people; "" where its facts do not say."""
    data = facts.get("data")
    if not data:
        return ""
    profiles = ", ".join(f"{count} {role}s" for role, count in data["profiles"].items())
    ends = (data[end] for end in ("first_day", "last_day"))
    days = [_EPOCH + dt.timedelta(days=end) for end in ends if end is not None]
    span = f" from {days[0]} to {days[-1]}" if days else ""
    return f"{profiles}, {data['interactions']} interactions{span}"


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
