"""`python -m tests.bench.recording`: what leaving a served list for recording costs the request."""

import datetime as dt
import io
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import click
import numpy as np

from api.observing import observer
from api.recording import Recorder
from matcher.profiles import Profile, Role
from matcher.shown import ShownList
from matcher.store import Store

THREADS = 4
LISTS = 1_000
PER_SECOND = 400
SHOWN = 10
PARTNERS = 500


@click.command()
@click.option("--per-second", type=click.IntRange(1), default=PER_SECOND, show_default=True)
def main(per_second: int) -> None:
    """Four threads leave lists of ten at a steady rate; a store on disk takes them."""
    with tempfile.TemporaryDirectory() as folder:
        store = _store(Path(folder))
        recorder = Recorder(store.add_shown, observer(None, io.StringIO()))
        with ThreadPoolExecutor(THREADS) as threads:
            takes = threads.map(lambda thread: _leave(recorder, thread, per_second / THREADS), range(THREADS))
            taken = np.concatenate(list(takes))
        recorder.close()
        kept = len(store.feedback(_NOW, _NOW + dt.timedelta(seconds=1)).shown.requests)
        store.close()
    p50, p99, most = np.percentile(taken, [50, 99, 100]) * 1000
    click.echo(f"{kept} of {taken.size} lists recorded; ms to leave one: {p50:.4f} / {p99:.4f} / {most:.2f}")
    click.echo("(p50 / p99 / most)")


_NOW = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)


def _store(folder: Path) -> Store:
    store = Store(f"sqlite:///{folder / 'bole.db'}")
    store.migrate()
    store.add_organisation("here")
    people = [(Role.STARTUP, "s")] + [(Role.MENTOR, f"m{number}") for number in range(PARTNERS)]
    store.put_profiles(Profile(organisation="here", role=role, id=id_, name=id_) for role, id_ in people)
    return store


def _leave(recorder: Recorder, thread: int, per_second: float) -> list[float]:
    """Seconds that each list took to make and to leave."""
    taken = []
    for number in range(LISTS):
        began = time.perf_counter()
        recorder.put(_list(f"{thread}-{number}", number))
        taken.append(time.perf_counter() - began)
        time.sleep(max(0.0, 1 / per_second - taken[-1]))
    return taken


def _list(request_id: str, number: int) -> ShownList:
    return ShownList(
        request_id=request_id,
        organisation="here",
        query_key="here:s",
        role="mentor",
        model_version="v1",
        at=_NOW,
        partners=tuple(f"here:m{(number + place) % PARTNERS}" for place in range(SHOWN)),
        scores=(0.5,) * SHOWN,
    )


if __name__ == "__main__":
    main(prog_name="python -m tests.bench.recording")
