"""The retrain as a job: started when due, told of, put on record where it could not do so itself."""

import dataclasses
import datetime as dt
import io
import json
import os
import signal
import stat
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from api.jobs.children import Children
from api.jobs.retraining import KEPT_LOGS, Outcome, Retraining, new_log
from api.jobs.weekly import weekly
from api.logs import json_log
from matcher.runs import RunStatus
from tests.api.jobs.fakes import FakeBook, finished, says_and_exits

SLOT = dt.datetime(2026, 11, 22, 3, tzinfo=dt.UTC)
NOW = SLOT + dt.timedelta(hours=1)

Make = Callable[..., Retraining]


@pytest.fixture
def book() -> FakeBook:
    return FakeBook()


@pytest.fixture
def log() -> io.StringIO:
    return io.StringIO()


@pytest.fixture
def make(book: FakeBook, log: io.StringIO, tmp_path: Path) -> Make:
    def retraining(command: tuple[str, ...] = says_and_exits("fitted", 0)) -> Retraining:
        return Retraining(
            weekly=weekly("Sun 03:00", "UTC"),
            book=book,
            owner="a:1",
            command=command,
            folder=tmp_path / "jobs",
            children=Children(1),
            log=json_log(log),
            clock=lambda: NOW,
        )

    return retraining


def lines(log: io.StringIO) -> list[dict[str, object]]:
    return [json.loads(line) for line in log.getvalue().splitlines()]


def test_what_is_due_is_run_and_told(make: Make, book: FakeBook, log: io.StringIO):
    assert make().run() is Outcome.DONE

    started, ended = lines(log)
    assert (started["event"], started["slot"]) == ("retrain started", "2026-11-22T03:00:00+00:00")
    assert (ended["event"], ended["outcome"], ended["exit_code"]) == ("retrain ended", "done", 0)
    assert Path(str(ended["output"])).read_text() == "fitted\n"
    assert book.kept == []  # the command itself keeps the book


def test_what_is_not_due_is_not_run(make: Make, book: FakeBook, log: io.StringIO):
    book.kept = [finished(SLOT)]

    book.hold("retrain-start", NOW)  # nor is anybody disturbed who may be about to

    assert make().run() is Outcome.NOT_DUE
    assert lines(log) == []


def test_a_run_elsewhere_is_left_alone(make: Make, book: FakeBook):
    book.hold("retrain", NOW)

    assert make().due() is None


def test_a_lease_on_other_work_is_no_hindrance(make: Make, book: FakeBook):
    book.hold("import", NOW)

    assert make().due() == SLOT


def test_what_another_worker_is_about_to_start_is_left_to_it(make: Make, book: FakeBook, log: io.StringIO):
    book.hold("retrain-start", NOW)

    assert make().run() is Outcome.SKIPPED
    [line] = lines(log)
    assert (line["event"], line["reason"]) == ("retrain skipped", "retrain-start is held by b:7")


def test_the_right_to_start_is_given_back(make: Make, book: FakeBook):
    make().run()

    assert book.leases == {}


def test_a_right_to_start_that_was_taken_over_meanwhile_is_left_to_who_has_it(make: Make, book: FakeBook):
    retraining = make()
    book.save_run = lambda run: book.hold("retrain-start", NOW)  # type: ignore[method-assign]
    failing = dataclasses.replace(retraining, command=says_and_exits("", 1))

    assert failing.run() is Outcome.FAILED
    assert book.leases["retrain-start"].owner == "b:7"


def test_exit_code_3_is_a_skip_and_no_failure(make: Make, book: FakeBook, log: io.StringIO):
    assert make(says_and_exits("held by b:7", 3)).run() is Outcome.SKIPPED

    assert lines(log)[-1]["level"] == "info"
    assert book.kept == []


def test_exit_code_4_is_a_run_that_did_its_work(make: Make, book: FakeBook, log: io.StringIO):
    assert make(says_and_exits("worse", 4)).run() is Outcome.REJECTED

    assert lines(log)[-1]["level"] == "info"
    assert book.kept == []


def test_a_run_that_failed_before_it_could_say_so_is_put_on_record(
    make: Make, book: FakeBook, log: io.StringIO
):
    retraining = make(says_and_exits("no such option", 2))

    assert retraining.run() is Outcome.FAILED
    [run] = book.kept
    assert (run.status, run.started_at, run.step) == (RunStatus.FAILED, NOW, "start")
    assert run.summary == {"exit_code": 2, "output": "retrain-20261122T040000Z.log"}
    assert lines(log)[-1]["level"] == "error"
    assert retraining.due() is None  # so that it is not tried again at once


def test_a_run_that_put_its_own_failure_on_record_is_left_at_that(make: Make, book: FakeBook):
    retraining = make(says_and_exits("", 1))
    own = finished(NOW + dt.timedelta(seconds=1), RunStatus.FAILED)
    book.runs = lambda kind="retrain", limit=20: [own] if limit == 1 else []  # type: ignore[method-assign]

    assert retraining.run() is Outcome.FAILED
    assert book.kept == []


def test_a_command_that_was_killed_is_a_failure(make: Make, book: FakeBook):
    kill = (sys.executable, "-c", "import os; os.kill(os.getpid(), 9)")

    assert make(kill).run() is Outcome.FAILED
    assert book.kept[0].summary["exit_code"] == -signal.SIGKILL


def test_a_run_that_was_stopped_with_the_worker_is_still_due(make: Make, book: FakeBook):
    retraining = make((sys.executable, "-c", "import time; time.sleep(60)"))
    outcomes: list[Outcome] = []
    thread = threading.Thread(target=lambda: outcomes.append(retraining.run()))
    thread.start()
    retraining.children.stop()
    thread.join()

    assert outcomes == [Outcome.STOPPED]
    assert book.kept == []
    assert retraining.due() == SLOT


def test_two_calls_at_once_start_one_run(make: Make, tmp_path: Path, log: io.StringIO):
    gate = tmp_path / "gate"
    wait = f"import os, time\nwhile not os.path.exists({str(gate)!r}): time.sleep(0.01)"
    retraining = make((sys.executable, "-c", wait))
    thread = threading.Thread(target=retraining.run)
    thread.start()
    while not log.getvalue():
        time.sleep(0.01)

    due, second = retraining.due(), retraining.run()
    gate.touch()
    thread.join()

    assert (due, second) == (None, Outcome.NOT_DUE)
    assert [line["event"] for line in lines(log)] == ["retrain started", "retrain ended"]


def test_the_newest_logs_stay_and_those_of_other_jobs(tmp_path: Path):
    starts = [SLOT + dt.timedelta(weeks=week) for week in range(KEPT_LOGS + 5)]
    (tmp_path / "solve-20200101T000000Z.log").touch()
    for start in starts:
        new_log(tmp_path, "retrain", start).touch()

    kept = sorted(path.name for path in tmp_path.glob("retrain-*"))
    assert kept == [f"retrain-{start:%Y%m%dT%H%M%SZ}.log" for start in starts[-KEPT_LOGS:]]
    assert (tmp_path / "solve-20200101T000000Z.log").exists()


def test_what_a_job_says_is_for_the_owner_alone(tmp_path: Path):
    new_log(tmp_path / "jobs", "retrain", NOW)

    assert stat.S_IMODE(os.stat(tmp_path / "jobs").st_mode) == 0o700
