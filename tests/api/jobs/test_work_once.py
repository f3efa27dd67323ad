"""What is due or waits is done here and now, and the answer says whether all of it went well."""

import datetime as dt
import io
import signal
from collections.abc import Callable
from pathlib import Path

import pytest

from api.jobs.children import Children
from api.jobs.retraining import Retraining
from api.jobs.weekly import weekly
from api.jobs.worker import work_once
from api.logs import json_log
from tests.api.jobs.conftest import OpenQueue
from tests.api.jobs.fakes import FakeBook, finished, says_and_exits

NOW = dt.datetime(2026, 11, 22, 4, tzinfo=dt.UTC)

Once = Callable[..., bool]


@pytest.fixture
def book() -> FakeBook:
    return FakeBook()


@pytest.fixture
def once(book: FakeBook, tmp_path: Path, open_one: OpenQueue) -> Once:
    """Works once with a command that ends so, and other jobs that the queue may hold."""

    def work(code: int, add: tuple[str, ...] = (), **jobs: Callable[[], object]) -> bool:
        children = Children(1)
        retraining = Retraining(
            weekly=weekly("Sun 03:00", "UTC"),
            book=book,
            owner="a:1",
            command=says_and_exits("", code),
            folder=tmp_path / "jobs",
            children=children,
            log=json_log(io.StringIO()),
            clock=lambda: NOW,
        )
        queue = open_one({"retrain": retraining.run, **jobs})
        for name in add:
            queue.add(name)
        return work_once(queue, retraining, children)

    return work


@pytest.mark.parametrize(
    ("code", "well"),
    [
        (0, True),
        pytest.param(3, True, id="another run holds the lease"),
        pytest.param(4, True, id="the candidate was turned down"),
        (1, False),
        (2, False),
    ],
)
def test_the_run_decides(once: Once, code: int, well: bool):
    assert once(code) is well


def test_nothing_due_is_well(once: Once, book: FakeBook, tmp_path: Path):
    book.kept = [finished(NOW)]

    assert once(1)
    assert not (tmp_path / "jobs").exists()


def test_what_waits_is_done_too(once: Once):
    done: list[str] = []

    assert once(0, add=("solve",), solve=lambda: done.append("solve"))
    assert done == ["solve"]


def test_a_job_that_fails_is_not_well(once: Once):
    assert not once(0, add=("solve",), solve=lambda: 1 / 0)


def test_a_retrain_that_a_killed_worker_left_in_the_queue_is_dropped_where_it_is_no_longer_due(
    once: Once, book: FakeBook, tmp_path: Path
):
    book.kept = [finished(NOW)]

    assert once(1, add=("retrain",))
    assert not (tmp_path / "jobs").exists()


def test_signals_are_as_before_afterwards(once: Once):
    before = signal.getsignal(signal.SIGTERM)
    once(0)

    assert signal.getsignal(signal.SIGTERM) is before
