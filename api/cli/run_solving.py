"""`bole run solve` and `cancel`: here and now, or as the child of a worker."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import click

from api.cli.acting import actor
from api.cli.progress import progress
from api.cli.run_edits import why_option
from api.cli.run_telling import echo_changed, echo_found
from api.cli.workplace import Workplace, language_option, organisation_option, with_workplace
from api.jobs.solver import carried_out
from api.jobs.solving import BEAT_SECONDS, Pulse
from matcher.audit import WORKER, Actor, acting
from matcher.cohorts.run import Change, MatchRun
from matcher.matching.wording import Language
from matcher.store.match_runs import MatchRuns

INFEASIBLE = 3
"""Exit code of a run whose limits cannot hold together."""


@click.command()
@click.argument("run_id")
@click.option("--afresh", is_flag=True, help="After edits: do not keep what was solved before.")
@click.option("--token", default="", hidden=True, help="Of a worker that has begun already.")
@why_option
@organisation_option
@language_option
@with_workplace
def solve(
    place: Workplace,
    run_id: str,
    afresh: bool,
    token: str,
    why: str,
    organisation: str,
    language: Language,
) -> None:
    """Solve a match run, here and now.

    After edits the rest stays as far as it can. Exit codes: 0 solved; 1 could not; 3 the limits cannot hold
    together, and what would help is told.
    """
    runs = place.store.match_runs
    if token:
        begun = runs.get(organisation, run_id)
        with acting(Actor(WORKER, organisation=organisation)):
            _solve(place, begun, token)
        return
    _, token = runs.queue(organisation, run_id, Change(by=actor(), why=why), afresh=afresh)
    with beating(runs, run_id, token):
        after = _solve(place, runs.begin(run_id, token), token)
    echo_found(place, after, language)
    if after.status == "infeasible":
        raise click.exceptions.Exit(INFEASIBLE)


@click.command()
@click.argument("run_id")
@why_option
@organisation_option
@with_workplace
def cancel(place: Workplace, run_id: str, why: str, organisation: str) -> None:
    """Stop the solving of a run; it is a draft again."""
    echo_changed(place.store.match_runs.cancel(organisation, run_id, Change(by=actor(), why=why)))


@contextmanager
def beating(runs: MatchRuns, run_id: str, token: str) -> Iterator[None]:
    """Show, from a thread of its own, that the solving goes on."""
    over, pulse = threading.Event(), Pulse(runs, run_id, token)

    def beat() -> None:
        while not over.wait(BEAT_SECONDS) and pulse():
            pass

    thread = threading.Thread(target=beat, name="pulse", daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def _solve(place: Workplace, begun: MatchRun, token: str) -> MatchRun:
    with progress("encode", "texts") as advance:
        service = place.matches(advance)
        return carried_out(
            place.store, lambda: service.moment().snapshot, begun, token, seconds=time.monotonic
        )
