"""Solving as a job: begun once, stopped when cancelled, told of when it fails."""

import datetime as dt
import io
import json
import os
import signal
import sys
import threading
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from api.cli.working import queue_job, run_worker
from api.cli.workplace import open_workplace
from api.jobs.children import Children
from api.jobs.solving import BEAT_SECONDS, SILENT, SOLVE, Pulse, Solving
from api.logs import json_log
from api.settings import Settings
from matcher.cohorts.configuration import Configuration
from matcher.cohorts.run import ALIVE_FOR, Change
from matcher.profiles import Role
from matcher.store import Store
from tests.api.jobs.test_children import eventually
from tests.matcher.store.runs import MENTORS, WEI, result, spring

NOON = dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC)
ROOT = Path(__file__).parents[3]
SLEEPS = "import time; print('up', flush=True); time.sleep(60)"


@dataclass
class Clock:
    now: dt.datetime = NOON

    def __call__(self) -> dt.datetime:
        return self.now


@dataclass
class Bench:
    """A store with the cohort "spring", and a worker's part that solves with a command of the test's."""

    store: Store
    folder: Path
    log: io.StringIO = field(default_factory=io.StringIO)
    children: Children = field(default_factory=lambda: Children(5))

    def solving(self, code: str) -> Solving:
        return Solving(
            runs=self.store.match_runs,
            command=(sys.executable, "-c", code),
            folder=self.folder,
            children=self.children,
            log=json_log(self.log),
            clock=lambda: NOON,
        )

    def queued(self) -> tuple[str, str]:
        run = self.store.match_runs.create("north", "spring", MENTORS, WEI)
        return run.id, self.store.match_runs.queue("north", run.id, WEI)[1]

    def said(self) -> str:
        return "".join(path.read_text() for path in self.folder.glob("solve-*.log"))

    def events(self) -> list[str]:
        return [json.loads(line)["event"] for line in self.log.getvalue().splitlines()]


@pytest.fixture
def bench(new_store, tmp_path: Path) -> Bench:
    store = new_store()
    store.add_organisation("north")
    store.add_organisation("south")
    spring(store)
    return Bench(store, tmp_path / "jobs")


def test_the_child_is_told_which_run_of_whom_and_with_what_token(bench: Bench) -> None:
    run, token = bench.queued()
    bench.solving("import sys; print(sys.argv[1:])").run(run, token)
    assert str(["--org", "north", "--token", token, run]) in bench.said()
    assert bench.events() == ["solving started", "solving ended"]


def test_a_child_that_fails_leaves_a_draft_that_says_so(bench: Bench) -> None:
    run, token = bench.queued()
    bench.solving("import sys; sys.exit(9)").run(run, token)
    after = bench.store.match_runs.get("north", run)
    assert (after.status, after.failure.partition(";")[0]) == ("draft", "the solver ended with exit code 9")


def test_a_job_that_was_cancelled_before_it_began_is_skipped(bench: Bench) -> None:
    run, token = bench.queued()
    bench.store.match_runs.cancel("north", run, WEI)
    bench.solving(SLEEPS).run(run, token)
    assert (bench.events(), bench.said()) == (["solving skipped"], "")


def test_one_job_queued_twice_is_done_once(bench: Bench) -> None:
    run, token = bench.queued()
    for _ in range(2):
        bench.solving("print('once')").run(run, token)
    assert bench.said().count("once") == 1


def test_a_cancel_stops_the_child(bench: Bench) -> None:
    run, token = bench.queued()
    thread = threading.Thread(target=lambda: bench.solving(SLEEPS).run(run, token))
    thread.start()
    assert eventually(lambda: "up" in bench.said())
    bench.store.match_runs.cancel("north", run, Change(by="lin"))
    thread.join(20)
    assert not thread.is_alive()
    assert bench.store.match_runs.get("north", run).status == "draft"
    assert bench.store.match_runs.get("north", run).failure == "", "a cancel is no failure"


def test_a_worker_that_is_stopped_leaves_a_run_that_can_be_solved_again(bench: Bench) -> None:
    run, token = bench.queued()
    thread = threading.Thread(target=lambda: bench.solving(SLEEPS).run(run, token))
    thread.start()
    assert eventually(lambda: "up" in bench.said())
    bench.children.stop()
    thread.join(20)
    after = bench.store.match_runs.get("north", run)
    assert (after.status, "worker was stopped" in after.failure) == ("draft", True)
    assert bench.store.match_runs.queue("north", run, WEI)[0].waits


def test_a_worker_that_is_killed_leaves_a_run_that_another_solves_after_a_while(
    bench: Bench, tmp_path: Path
) -> None:
    run, token = bench.queued()
    code = f"""
import datetime as dt, io, pathlib, sys
from tests.api.jobs.test_solving import NOON, SLEEPS, Bench
from matcher.store import Store
store = Store("sqlite:///{tmp_path}/store0.db")
Bench(store, pathlib.Path("{bench.folder}")).solving(SLEEPS).run({run!r}, {token!r})
"""
    worker = threading.Thread(target=lambda: Children(1).run((sys.executable, "-c", code), tmp_path / "log"))
    worker.start()
    assert eventually(lambda: "up" in bench.said())
    killed = [int(pid) for pid in os.listdir("/proc") if pid.isdigit() and run in _words(int(pid))]
    for pid in killed:
        os.kill(pid, signal.SIGKILL)
    worker.join(20)
    later = Store(f"sqlite:///{tmp_path}/store0.db", clock=lambda: dt.datetime.now(dt.UTC) + ALIVE_FOR)
    again, fresh = later.match_runs.queue("north", run, WEI)
    assert again.waits
    later.match_runs.begin(run, fresh)
    assert later.match_runs.finish(run, fresh, result(("s1", "m1"))).status == "solved"
    later.close()


def test_a_worker_gives_up_a_run_whose_worker_was_killed(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path / "home")
    place = open_workplace(settings)
    place.store.add_organisation("north")
    place.store.add_organisation("south")
    spring(place.store)
    long_ago = Store(settings.store_url, clock=lambda: dt.datetime.now(dt.UTC) - 2 * ALIVE_FOR)
    run = long_ago.match_runs.create("north", "spring", MENTORS, WEI).id
    long_ago.match_runs.begin(run, long_ago.match_runs.queue("north", run, WEI)[1])
    assert run_worker(place, None, once=True)
    after = place.store.match_runs.get("north", run)
    assert (after.status, after.failure) == ("draft", SILENT)
    long_ago.close()
    place.store.close()


def _words(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().decode(errors="replace")
    except OSError:
        return ""


def test_a_pulse_beats_now_and_then_however_often_it_is_asked(bench: Bench) -> None:
    run, token = bench.queued()
    bench.store.match_runs.begin(run, token)
    time = [0.0]
    pulse = Pulse(bench.store.match_runs, run, token, lambda: time[0])
    assert pulse()
    bench.store.match_runs.cancel("north", run, WEI)
    assert pulse(), "it is not asked again so soon"
    time[0] += BEAT_SECONDS
    assert not pulse()


def test_a_worker_solves_what_the_service_queued(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(ROOT))  # where Bole is not installed
    settings = Settings(home=tmp_path / "home")
    place = open_workplace(settings)
    place.store.add_organisation("north")
    place.store.add_organisation("south")
    spring(place.store)
    run = place.store.match_runs.create("north", "spring", Configuration(role=Role.MENTOR), WEI).id
    _, token = place.store.match_runs.queue("north", run, WEI)
    queue_job(settings, SOLVE, {"run": run, "token": token})
    assert run_worker(place, None, once=True)
    after = place.store.match_runs.get("north", run)
    assert (after.status, after.failure) == ("solved", "")
    solved = place.store.match_runs.result("north", run)
    assert solved is not None
    assert solved.summary.met == 2
    place.store.close()
