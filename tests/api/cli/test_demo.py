"""What the demo has beside its service."""

import os
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from api.cli.demo import ORGANISATION, SURE, announced, worker_beside
from api.cli.working import queue_job
from api.jobs.solving import SOLVE
from api.settings import Settings
from matcher.runs import RunRecord
from matcher.store import Store
from tests.api.jobs.test_children import eventually, is_alive
from tests.matcher.store.runs import MENTORS, WEI, spring

ROOT = Path(__file__).parents[3]


def test_a_worker_solves_what_is_queued_learns_nothing_and_ends_with_the_demo(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    settings = Settings(home=tmp_path)
    store = Store(settings.store_url)
    store.migrate()
    store.add_organisation("north")
    store.add_organisation("south")
    spring(store)
    run = store.match_runs.create("north", "spring", MENTORS, WEI).id
    _, token = store.match_runs.queue("north", run, WEI)
    with worker_beside(settings):
        queue_job(settings, SOLVE, {"run": run, "token": token})
        assert eventually(lambda: store.match_runs.get("north", run).status == "solved")
        [worker] = [
            pid for pid in map(int, filter(str.isdigit, os.listdir("/proc"))) if _is_worker(pid, tmp_path)
        ]
    assert not is_alive(worker)
    runs: list[RunRecord] = store.runs()
    assert runs == []
    store.close()


def test_the_demo_has_a_cohort_ready_to_be_matched(demo_home: Path) -> None:
    store = Store(Settings(home=demo_home).store_url)
    [cohort] = store.cohorts.all(ORGANISATION)
    assert cohort.name == "2026 春季营"
    assert len(cohort.startups) > 100
    assert all(store.profile(ORGANISATION, each).status == "active" for each in cohort.startups)
    store.close()


def _is_worker(pid: int, home: Path) -> bool:
    try:
        words = Path(f"/proc/{pid}/cmdline").read_bytes().decode(errors="replace")
    except OSError:
        return False
    return str(home) in words and "--no-retrain" in words


def test_the_link_is_printed_once_the_server_is_ready(capfd: pytest.CaptureFixture[str]) -> None:
    asked: list[str] = []
    told: list[str] = []

    def printed() -> bool:
        told.append(capfd.readouterr().out)
        return "Open http://here/signin?token=t" in "".join(told)

    class Server(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(503 if len(asked) in {1, 2, 5} else 200)
            self.end_headers()

        def log_message(self, *_told: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Server) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        with announced(f"http://127.0.0.1:{server.server_port}", "http://here/signin?token=t"):
            assert eventually(lambda: len(asked) >= 6)
            assert not printed(), "of several workers one was not ready yet"
            assert eventually(printed)
        server.shutdown()
    assert set(asked) == {"/health/ready"}
    assert len(asked) == 5 + SURE
