"""Whole workers, as processes: what is due is run once, signals are passed on, nothing is lost."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from api.settings import Settings
from matcher.leases import Lease
from matcher.runs import RunStatus
from matcher.store import Store
from tests.api.jobs.fakes import recording

PATIENCE_SECONDS = 60
HEEDFUL = """
import os, signal, sys, time
def end(*_): time.sleep(1); print('told', flush=True); sys.exit(1)
signal.signal(signal.SIGTERM, end); print(os.getpid(), 'ready', flush=True); time.sleep(60)
"""


@dataclass(frozen=True)
class Worker:
    """A running worker and what it says."""

    process: subprocess.Popen[bytes]
    said: Path

    def lines(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.said.read_text().splitlines() if line.endswith("}")]

    def events(self) -> list[str]:
        return [line["event"] for line in self.lines()]

    def wait_for(self, event: str) -> dict[str, Any]:
        until(lambda: event in self.events() or self.process.poll() is not None)
        return next(line for line in self.lines() if line["event"] == event)

    def end(self) -> int:
        return self.process.wait(PATIENCE_SECONDS)


Start = Callable[..., Worker]


def until(holds: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not holds():
        assert time.monotonic() < deadline, "it does not happen"
        time.sleep(0.05)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    store = Store(Settings(home=tmp_path).store_url)
    store.migrate()
    store.close()
    return tmp_path


@pytest.fixture
def start(home: Path) -> Iterator[Start]:
    """Starts workers with a command that stands in for `bole retrain`; they are gone after the test."""
    started: list[Worker] = []

    def start_(command: Sequence[str], *, url: str = "", once: bool = False) -> Worker:
        said = home / f"worker{len(started)}.log"
        told = {"home": str(home), "queue_url": url, "command": command, "once": once}
        with said.open("wb") as stream:
            words = [sys.executable, "-m", "tests.api.jobs.working", json.dumps(told)]
            started.append(Worker(subprocess.Popen(words, stdout=stream, stderr=stream), said))
        return started[-1]

    yield start_
    for worker in started:
        worker.process.kill()
        worker.process.wait()


@pytest.fixture
def store(home: Path) -> Iterator[Store]:
    store = Store(Settings(home=home).store_url)
    yield store
    store.close()


def test_two_workers_of_one_queue_run_what_is_due_once_and_end_when_told(
    home: Path, start: Start, queue_url: str, store: Store
):
    both = [start(recording(home, RunStatus.DONE), url=queue_url) for _ in range(2)]
    until(lambda: any("retrain ended" in worker.events() for worker in both))
    for worker in both:
        worker.wait_for("worker started")
    time.sleep(1)  # for the other one to do it again, if it would
    for worker in both:
        worker.process.terminate()

    assert [worker.end() for worker in both] == [0, 0]
    assert [worker.events()[-1] for worker in both] == ["worker stopped"] * 2
    assert len(store.runs()) == 1


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_signal_is_passed_on_to_the_run_and_waits_for_its_end(start: Start, number: signal.Signals):
    worker = start((sys.executable, "-c", HEEDFUL))
    output = Path(worker.wait_for("retrain started")["output"])
    until(lambda: "ready" in output.read_text())
    worker.process.send_signal(number)

    assert worker.end() == 0
    assert "told" in output.read_text()
    assert worker.events()[-2:] == ["retrain ended", "worker stopped"]
    assert worker.lines()[-2]["outcome"] == "stopped with the worker"


def test_once_passes_a_signal_on_and_says_that_it_did_not_finish(start: Start):
    worker = start((sys.executable, "-c", HEEDFUL), once=True)
    output = Path(worker.wait_for("retrain started")["output"])
    until(lambda: "ready" in output.read_text())
    worker.process.terminate()

    assert worker.end() == 1
    assert "told" in output.read_text()
    assert worker.lines()[-1]["outcome"] == "stopped with the worker"


def test_a_worker_that_is_killed_loses_no_due_run(home: Path, start: Start, queue_url: str, store: Store):
    killed = start((sys.executable, "-c", HEEDFUL), url=queue_url)
    output = Path(killed.wait_for("retrain started")["output"])
    until(lambda: "ready" in output.read_text())
    killed.process.kill()
    killed.end()
    os.kill(int(output.read_text().split()[0]), signal.SIGKILL)
    store.release(held(store))  # as after a minute without heartbeat

    next_one = start(recording(home, RunStatus.DONE), url=queue_url)
    assert next_one.wait_for("retrain ended")["outcome"] == "done"
    assert [run.status for run in store.runs()] == [RunStatus.DONE]


def held(store: Store) -> Lease:
    lease = store.lease("retrain-start")
    assert lease is not None
    return lease
