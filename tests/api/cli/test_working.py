"""`bole worker` on the command line."""

import datetime as dt
import os
import stat
import subprocess
from pathlib import Path

import pytest

from api.cli.working import retrain_command
from api.settings import Settings
from matcher.runs import RunRecord, RunStatus
from matcher.store import Store
from tests.api.cli.conftest import Bole

ROOT = Path(__file__).parents[3]


def settle_the_week(home: Path) -> None:
    now = dt.datetime.now(dt.UTC)
    store = Store(Settings(home=home).store_url)
    store.save_run(RunRecord(id="r1", kind="retrain", started_at=now, finished_at=now, status=RunStatus.DONE))
    store.close()


def test_status_tells_of_a_new_installation(fresh: Bole, tmp_path: Path):
    done = fresh("worker", "--status")

    assert done.exit_code == 0
    assert done.stdout.splitlines()[0].startswith("next retrain: due now")
    assert done.stdout.splitlines()[1:3] == ["last retrain: none yet", "lease: free"]
    assert f"{tmp_path}/home/jobs/queue.db, nothing waiting" in done.stdout


def test_status_tells_of_the_last_run(fresh: Bole, tmp_path: Path):
    fresh("worker", "--status")
    settle_the_week(tmp_path / "home")

    assert "last retrain: r1 done" in fresh("worker", "--status").stdout


def test_the_zone_is_that_of_the_environment(fresh: Bole, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("BOLE_TIMEZONE", "Europe/Berlin")
    monkeypatch.setenv("BOLE_RETRAIN_AT", "Wed 02:30")
    told = fresh("worker", "--status").stdout

    assert "since Wed " in told
    assert " 02:30)" in told


def test_once_with_nothing_due_says_nothing(fresh: Bole, tmp_path: Path):
    """cron would mail it every ten minutes."""
    fresh("worker", "--status")
    settle_the_week(tmp_path / "home")
    done = fresh("worker", "--once")

    assert (done.exit_code, done.output) == (0, "")


def test_a_queue_that_does_not_answer_is_one_line_and_exit_code_1(
    fresh: Bole, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("BOLE_QUEUE_URL", "redis://127.0.0.1:1/0")
    done = fresh("worker", "--status")

    assert done.exit_code == 1
    assert done.stderr.splitlines() == ["Error: no queue answers at redis://127.0.0.1:1/0: ConnectionError"]


def test_once_and_status_exclude_each_other(fresh: Bole):
    assert fresh("worker", "--once", "--status").exit_code == 2


def test_what_jobs_leave_behind_is_for_the_owner_alone(fresh: Bole, tmp_path: Path):
    fresh("worker", "--status")

    assert stat.S_IMODE((tmp_path / "home" / "jobs").stat().st_mode) == 0o700


def test_the_command_that_retrains_is_one_that_exists_wherever_the_worker_stands(tmp_path: Path):
    """`python -m` alone would take a module from the current folder before the real one."""
    (tmp_path / "queue.py").write_text("raise SystemExit('a stranger')")
    done = subprocess.run(
        [*retrain_command(Settings(home=tmp_path)), "--help"],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("Usage: bole retrain")
