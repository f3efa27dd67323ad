"""`bole retrain`: the weekly run by hand or by a scheduler."""

import datetime as dt
import getpass
import os
import signal
import socket
import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

import click

from api.cli.progress import progress
from api.cli.references import identified
from api.cli.tables import rows_of
from api.cli.workplace import Workplace, organisation_option, today, with_workplace
from api.logs import json_log
from matcher.audit import WORKER, Actor, let_act
from matcher.errors import Conflict
from matcher.interactions import qualified
from matcher.store import Store

if TYPE_CHECKING:
    from training.weekly.record import WeeklyRecord

HELD = 3
"""Another run is on its way; a scheduler need do nothing."""
REJECTED = 4
"""The candidate was turned down; what serves goes on serving."""
_EXIT = {"promoted": 0, "kept": 0, "stopped": 1, "rejected": REJECTED}


@click.command()
@click.option(
    "--as-of",
    type=click.DateTime(["%Y-%m-%d"]),
    help="Learn from what happened before this day (default: all).",
)
@click.option(
    "--probes",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A CSV with startup_id and partner_id: pairs that people know to be good.",
)
@click.option(
    "--settings",
    "table",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A TOML file with [gate] and [checks]; default: retrain.toml in the home directory.",
)
@click.option(
    "--summary", type=click.Path(dir_okay=False, path_type=Path), help="Write the JSON record here too."
)
@click.option("--by-worker", is_flag=True, hidden=True, help="The worker starts it: on record as its doing.")
@organisation_option
@with_workplace
def retrain(
    place: Workplace,
    /,
    *,
    as_of: dt.datetime | None,
    probes: Path | None,
    table: Path | None,
    summary: Path | None,
    by_worker: bool,
    organisation: str,
) -> None:
    """Check the data, learn, compare with what serves, and promote only what is no worse.

    Exit codes: 0 promoted, or nothing new to promote; 1 stopped by the data checks, or could not; 3 another
    run is on its way; 4 the candidate was turned down.
    """
    from training.weekly.order import Order
    from training.weekly.run import Place as RunPlace
    from training.weekly.run import Watch, weekly_run
    from training.weekly.settings_file import read_settings

    order = Order(
        as_of=as_of.date() if as_of else today() + dt.timedelta(days=1),
        today=today(),
        by=_who(),
        probes=_pairs(place.store, probes, organisation),
        settings=read_settings(table or place.settings.home / "retrain.toml", needed=table is not None),
    )
    if summary is not None:
        summary.parent.mkdir(parents=True, exist_ok=True)
    signal.signal(signal.SIGTERM, _interrupted)
    if by_worker:
        let_act(Actor(WORKER))
    with progress("encode", "texts") as advance:
        watch = Watch(lambda: dt.datetime.now(dt.UTC), _tell, advance)
        try:
            record = weekly_run(RunPlace(place.store, place.registry, place.encoder), order, watch)
        except Conflict as error:
            click.echo(str(error), err=True)
            raise click.exceptions.Exit(HELD) from error
    if summary is not None:
        summary.write_text(record.to_json(), encoding="utf-8")
    _echo(place, record)
    raise click.exceptions.Exit(_EXIT[record.outcome])


def _interrupted(number: int, _frame: FrameType | None) -> None:
    """A polite kill unwinds, so that the lease is released and the run's record says what became of it."""
    raise click.exceptions.Exit(128 + number)


def _who() -> str:
    """The account, the machine and the process: whom to look for when a lease is held."""
    return f"{getpass.getuser()}@{socket.gethostname()} (process {os.getpid()})"


def _pairs(store: Store, path: Path | None, organisation: str) -> Sequence[tuple[str, str]]:
    """The keys of the probes."""
    rows = rows_of(path, "startup_id", "partner_id") if path else ()
    key = partial(_key, store, organisation)
    return [(key(row["startup_id"]), key(row["partner_id"])) for row in rows]


def _key(store: Store, organisation: str, reference: str) -> str:
    """The key of somebody who is there, or NotFound: a probe of nobody would never fail."""
    key = qualified(organisation, identified(store, organisation, reference))
    return store.profile(*key.split(":", 1)).key


def _tell(step: str) -> None:
    """A line for people on a terminal, a structured one for machines elsewhere."""
    if sys.stderr.isatty():
        click.echo(f"retrain: {step}", err=True)
    else:
        json_log(sys.stderr).info("retrain", step=step)


def _echo(place: Workplace, record: "WeeklyRecord") -> None:
    from training.weekly.report import headline
    from training.weekly.words import sentence

    click.echo(headline(record).en)
    for finding in (*record.checks, *record.gate):
        if finding.severity != "ok":
            click.echo(f"  {finding.severity}: {sentence(finding, 'en')}")
    click.echo(f"report: {place.settings.models_url}/reports/{record.run}/report.html")
