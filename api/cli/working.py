"""`bole worker`: long work in the background, the weekly retrain first of all."""

import datetime as dt
import os
import socket
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

import click

from api.cli.sending import rounds_of
from api.cli.workplace import Workplace, with_workplace
from api.jobs.children import Children
from api.jobs.queue import open_queue, relay_library_log, shown
from api.jobs.retraining import RETRAIN, Retraining
from api.jobs.solving import GIVE_UP, SOLVE, Solving
from api.jobs.status import Status
from api.jobs.worker import work, work_once
from api.logs import json_log
from api.sending.sender import ROUNDS
from api.settings import Settings
from matcher.audit import WORKER, Actor, acting
from matcher.duplicates.searching import SEARCH, search
from matcher.erasing.doing import FINISH, finish_alone
from matcher.errors import Conflict


@click.command()
@click.option("--once", is_flag=True, help="Do what is due or waits, then end (for cron).")
@click.option("--status", is_flag=True, help="Tell the next run, the last one and the queue, then end.")
@click.option("--no-retrain", is_flag=True, help="Only do jobs that wait: match runs to be solved.")
@with_workplace
def worker(place: Workplace, once: bool, status: bool, no_retrain: bool) -> None:
    """Run the weekly retrain when it is due, solve match runs that wait, and see to introductions: each
    minute those that are over expire, and reminders and other messages are sent.

    Runs until it is stopped. The retrain is due at BOLE_RETRAIN_AT (Sun 03:00) in BOLE_TIMEZONE
    (Asia/Shanghai); a missed week is caught up once. With BOLE_QUEUE_URL=redis://HOST:6379/0 several machines
    share one queue.
    """
    if once and status:
        raise click.UsageError("--once and --status exclude each other")
    if status:
        _tell(place)
    elif not run_worker(place, None if no_retrain else retrain_command(place.settings), once=once):
        raise click.exceptions.Exit(1)


def run_worker(place: Workplace, command: Sequence[str] | None, *, once: bool) -> bool:
    """Work until stopped, or once; whether all that was done once went well. `command` is what retrains,
    None where nothing does."""
    log = json_log()
    relay_library_log(log)
    children = Children(place.settings.stop_timeout_seconds)
    retraining = _retraining(place, command, children, log) if command else None
    solving = Solving(
        runs=place.store.match_runs,
        command=bole_command(place.settings, "run", SOLVE),
        folder=place.settings.jobs_folder,
        children=children,
        log=log,
        clock=_now,
    )
    jobs: dict[str, Callable[..., object]] = {
        SOLVE: solving.run,
        GIVE_UP: solving.give_up_abandoned,
        ROUNDS: rounds_of(place, log).run,
        FINISH: partial(_finish, place),
        SEARCH: partial(search, place.store),
    }
    if retraining is not None:
        jobs[RETRAIN] = retraining.run
    jobs = {name: _as_worker(job) for name, job in jobs.items()}
    with open_queue(place.settings.queue_url, queue_file(place.settings), jobs) as queue:
        if once:
            return work_once(queue, retraining, children, [GIVE_UP, ROUNDS])
        log.info("worker started", retrain=str(retraining.weekly) if retraining else "never")
        work(queue, retraining, children, [GIVE_UP, ROUNDS])
        log.info("worker stopped")
        return True


def _finish(place: Workplace) -> None:
    """What erasures left to do. While the weekly run is on its way that does it, at its end."""
    with suppress(Conflict):
        finish_alone(place.store, place.registry)


def _as_worker(job: Callable[..., object]) -> Callable[..., object]:
    """The job with the worker as the one who acts, in whichever thread it is done."""

    def work_off(**arguments: object) -> object:
        with acting(Actor(WORKER)):
            return job(**arguments)

    return work_off


def _retraining(place: Workplace, command: Sequence[str], children: Children, log: Any) -> Retraining:
    return Retraining(
        weekly=place.settings.retraining,
        book=place.store,
        owner=f"{socket.gethostname()}:{os.getpid()}",
        command=command,
        folder=place.settings.jobs_folder,
        children=children,
        log=log,
        clock=_now,
    )


def retrain_command(settings: Settings) -> tuple[str, ...]:
    """`bole retrain` over the same home, on record as the worker's."""
    return bole_command(settings, RETRAIN, "--by-worker")


def bole_command(settings: Settings, *words: str) -> tuple[str, ...]:
    """A command of Bole over the same home, with this Python. -P: no file here hides a module."""
    return (sys.executable, "-P", "-u", "-m", "api.cli", "--home", str(settings.home.absolute()), *words)


def queue_job(settings: Settings, name: str, arguments: Mapping[str, object]) -> None:
    """Have a job done by whichever worker takes it.

    Raises:
        NotReady: the queue cannot be reached.
    """
    with open_queue(settings.queue_url, queue_file(settings)) as queue:
        queue.add(name, **arguments)


def queue_file(settings: Settings) -> Path:
    """Where the queue is, unless a URL says otherwise; its folder is made, for its owner alone."""
    settings.jobs_folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return settings.jobs_folder / "queue.db"


def _tell(place: Workplace) -> None:
    runs, lease = place.store.runs(RETRAIN, 100), place.store.lease(RETRAIN)
    url, file = place.settings.queue_url, queue_file(place.settings)
    with open_queue(url, file) as queue:
        status = Status(place.settings.retraining, runs, lease, shown(url, file), queue.waiting(), _now())
    for line in status.lines():
        click.echo(line)


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)
