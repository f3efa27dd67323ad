"""The figures of swapping versions in one size of world, in a process of its own."""

import datetime as dt
import json
import shutil
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, replace
from pathlib import Path
from types import MappingProxyType

import click
import numpy as np

from api.cli.workplace import Workplace, today, workplace
from api.principals import Caller, Principal, issue_token
from api.settings import settings_from
from matcher.matching.moment import Moment
from matcher.matching.rebuilding import rebuilt
from matcher.matching.snapshot import Snapshot, Sources, take_snapshot
from matcher.model.combination import SIGNAL_OF, SIGNALS, Combination
from matcher.model.parameters import Model
from matcher.profiles import Role
from tests.bench.serving import server
from tests.bench.swapping import Lines, swap_under_load, true_lists
from tests.bench.worlds import World

ORGANISATION = "default"
STARTUPS = 60
BOLE = (sys.executable, "-m", "api.cli")
WORKERS = 2
PAUSES = 10
PAUSE_SECONDS = 6.0
SILENCED = ("semantic", "lexical", "needs", "industry")
"""Signals of which the second version makes nothing, so that it ranks otherwise."""


@click.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.argument("mentors", type=click.IntRange(min=1))
@click.argument("out", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--swaps", type=click.IntRange(min=1), default=200)
def main(folder: Path, mentors: int, out: Path, swaps: int) -> None:
    """Swap two versions of a prepared world so many times under load and write the figures as JSON."""
    with _own_home(World(folder, mentors)) as home:
        with workplace(settings_from({}, home=home)) as place:
            figures, expected = _prepared(place)
            token = issue_token(place.store, Principal(ORGANISATION, Caller.STAFF))
        with server(home, WORKERS, bole=BOLE) as running, workplace(settings_from({}, home=home)) as place:
            swapped = swap_under_load(
                running.port,
                token,
                expected,
                lambda version: _promote(place, version),
                swaps=swaps,
                pauses=PAUSES,
                pause_seconds=PAUSE_SECONDS,
            )
    out.write_text(json.dumps(figures | asdict(swapped), indent=1), encoding="utf-8")


@contextmanager
def _own_home(world: World) -> Iterator[Path]:
    """A copy of the world's home: what is promoted there is nobody else's business."""
    home = world.folder / "home-swapping"
    shutil.rmtree(home, ignore_errors=True)
    shutil.copytree(world.home, home)
    yield home
    shutil.rmtree(home)


def _prepared(place: Workplace) -> tuple[dict[str, float], dict[str, dict[str, Lines]]]:
    """Two versions, the first of them live, and their true lists; what a snapshot and a swap cost alone."""
    first = place.registry.live_model()
    second = otherwise(first)
    place.registry.add(second)
    began = time.perf_counter()
    snapshot = take_snapshot(Sources(place.store, place.encoder), first, today())
    taken = time.perf_counter()
    other = rebuilt(snapshot, place.registry.load(second.version), place.encoder)
    done = time.perf_counter()
    startups = _startups(snapshot)
    expected = {
        each.model.version: true_lists(Moment(each), ORGANISATION, startups) for each in (other, snapshot)
    }
    return {"snapshot_seconds": round(taken - began, 2), "swap_seconds": round(done - taken, 2)}, expected


def otherwise(model: Model) -> Model:
    """A version that knows the same and weighs it otherwise."""
    roles = {
        role: replace(part, combination=_without(part.combination)) for role, part in model.roles.items()
    }
    return replace(model, version=f"{model.version}-otherwise", roles=MappingProxyType(roles))


def _without(combination: Combination) -> Combination:
    silent = np.isin(SIGNAL_OF, [SIGNALS.index(signal) for signal in SILENCED])
    startup, partner = (np.where(silent, 0.0, half) for half in (combination.startup, combination.partner))
    return replace(combination, startup=startup, partner=partner)


def _startups(snapshot: Snapshot) -> list[str]:
    """A fixed choice of active startups."""
    pool = snapshot.pools[Role.STARTUP][0]
    rows = np.random.default_rng(0).choice(np.flatnonzero(pool.active), size=STARTUPS, replace=False)
    return [pool.profiles[row].id for row in rows.tolist()]


def _promote(place: Workplace, version: str) -> None:
    at = dt.datetime.now(dt.UTC).isoformat()
    place.registry.promote(version, at=at, by="bench", reason="swapping under load", forced=True)


if __name__ == "__main__":
    main(prog_name="python -m tests.bench.measure_swaps")
