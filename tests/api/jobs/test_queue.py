"""The queue keeps jobs in order, hands each to one worker, and carries no code."""

import io
import json
import logging
import pickle
import signal
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from redis import Redis

from api.jobs.queue import open_queue, relay_library_log, shown
from api.jobs.worker import not_under_way
from api.logs import json_log
from matcher.errors import InvalidInput, NotReady
from tests.api.jobs.conftest import OpenQueue


@pytest.fixture(autouse=True)
def log() -> Iterator[io.StringIO]:
    """What Huey warns of, as the worker would log it."""
    stream = io.StringIO()
    relay_library_log(json_log(stream))
    yield stream
    library = logging.getLogger("huey")
    library.handlers, library.propagate = [], True


def lines(log: io.StringIO) -> list[dict[str, str]]:
    return [json.loads(line) for line in log.getvalue().splitlines()]


def test_jobs_are_done_in_the_order_in_which_they_came(open_one: OpenQueue):
    done: list[str] = []
    queue = open_one({"greet": lambda who: done.append(who)})
    for who in ("甲", "乙", "丙"):
        queue.add("greet", who=who)

    assert queue.waiting() == ["greet"] * 3
    assert queue.drain() == 0
    assert done == ["甲", "乙", "丙"]
    assert queue.waiting() == []


def test_who_adds_a_job_need_not_know_how_to_do_it(open_one: OpenQueue):
    done: list[dict[str, object]] = []
    open_one().add("solve", run="r1", sizes=[1, 2.5], deep={"a": None})
    worker = open_one({"solve": lambda **arguments: done.append(arguments)})

    assert worker.waiting() == ["solve"]
    worker.drain()
    assert done == [{"run": "r1", "sizes": [1, 2.5], "deep": {"a": None}}]


def test_one_job_is_done_by_one_worker(open_one: OpenQueue):
    done: list[str] = []
    first, second = (open_one({"job": lambda who=who: done.append(who)}) for who in ("first", "second"))
    first.add("job")
    first.drain()
    second.drain()

    assert done == ["first"]


def test_a_job_that_fails_is_told_and_the_next_is_done(open_one: OpenQueue, log: io.StringIO):
    done: list[str] = []
    queue = open_one({"bad": lambda: 1 / 0, "good": lambda: done.append("good")})
    queue.add("bad")
    queue.add("good")

    assert queue.drain() == 1
    assert done == ["good"]
    assert [line["error"] for line in lines(log)] == ["ZeroDivisionError"]


def test_a_job_of_each_minute_that_waits_or_runs_is_not_queued_again(open_one: OpenQueue):
    seen: list[list[str]] = []
    queue = open_one({"round": lambda: seen.append(not_under_way(queue, ["round", "other"]))})
    queue.add("round")
    assert not_under_way(queue, ["round", "other"]) == ["other"]
    queue.drain()
    assert seen == [["other"]]
    assert (queue.running(), not_under_way(queue, ["round"])) == ([], ["round"])


def test_a_job_of_an_unknown_name_is_told(open_one: OpenQueue, log: io.StringIO):
    queue = open_one({})
    queue.add("from-the-future")

    assert queue.drain() == 1
    assert [line["error"] for line in lines(log)] == ["NotFound"]


def test_what_an_error_says_is_not_logged(open_one: OpenQueue, log: io.StringIO):
    queue = open_one({"job": lambda: int("张三 139 0000 0000")})
    queue.add("job")
    queue.drain()

    assert "张三" not in log.getvalue()


def test_an_argument_that_is_no_json_is_refused_at_once(open_one: OpenQueue):
    with pytest.raises(TypeError, match="JSON"):
        open_one().add("job", what=object())


def test_what_somebody_else_wrote_to_the_queue_is_not_run_as_code(redis_url: str, tmp_path: Path):
    """Huey's own messages are pickles, with which whoever reaches the server could run anything."""
    trap = tmp_path / "sprung"
    message = pickle.dumps(Trap(trap))
    with Redis.from_url(redis_url) as client, open_queue(redis_url, tmp_path, {}) as queue:
        client.lpush("huey.redis.bole", message)
        with pytest.raises(ValueError, match=r"utf-8|codec|JSON|Expecting"):
            queue.drain()

    assert not trap.exists()


class Trap:
    """Unpickled, it makes a file."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> tuple[object, ...]:
        return Path.touch, (self.path,)


def test_the_trap_would_spring(tmp_path: Path):
    pickle.loads(pickle.dumps(Trap(tmp_path / "sprung")))

    assert (tmp_path / "sprung").exists()


def test_a_queue_in_a_file_is_for_its_owner_alone(tmp_path: Path):
    file = tmp_path / "queue.db"
    with open_queue("", file) as queue:
        queue.add("job", secret="s")

    assert {stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()} == {0o600}


def test_a_job_outlives_the_death_of_who_added_it(tmp_path: Path):
    file = tmp_path / "queue.db"
    code = f"""
import os, pathlib, signal
from api.jobs.queue import open_queue
with open_queue("", pathlib.Path({str(file)!r})) as queue:
    queue.add("job")
    os.kill(os.getpid(), signal.SIGKILL)
"""
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == -signal.SIGKILL
    with open_queue("", file) as found:
        assert found.waiting() == ["job"]


def test_a_server_that_does_not_answer_is_named_without_its_password(tmp_path: Path):
    with (
        pytest.raises(NotReady, match=r"redis://127.0.0.1:1/0") as caught,
        open_queue("redis://bole:hunter2@127.0.0.1:1/0", tmp_path),
    ):
        pass

    assert "hunter2" not in str(caught.value)


def test_a_redis_without_its_client_is_told_with_the_remedy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("huey.storage.Redis", None)  # as where the extra is not installed

    with (
        pytest.raises(InvalidInput, match=r"BOLE_QUEUE_URL.*bole\[redis\]"),
        open_queue("redis://:s@q", tmp_path),
    ):
        pass


def test_a_queue_is_shown_by_where_it_is(tmp_path: Path):
    assert shown("", tmp_path / "queue.db") == str(tmp_path / "queue.db")
    assert shown("rediss://:secret@queue.example", tmp_path) == "rediss://queue.example:6379"
