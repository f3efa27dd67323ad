"""The queue of jobs: a SQLite file, or Redis for several machines. The one module that knows Huey."""

import json
import logging
import signal
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from huey import Huey, RedisHuey, SqliteHuey, crontab
from huey.consumer import Consumer
from huey.exceptions import ConfigurationError
from huey.registry import Message
from huey.serializer import Serializer
from huey.signals import SIGNAL_ERROR

from api.logs import Relay
from matcher.errors import InvalidInput, NotFound, NotReady

Jobs = Mapping[str, Callable[..., object]]
_NAME = "bole"
_LONGEST_NAP_SECONDS = 1.0
"""How often an idle worker looks for jobs at least: somebody waits for a run to be solved."""
_THREADS = 3  # one may retrain for hours, one solve for minutes; one asks each minute what is due


class JobQueue:
    """Jobs by name, with arguments that JSON can say, done in the order in which they came.

    Who only adds jobs needs no `jobs`; who does them gives a function for each name.
    """

    def __init__(self, huey: Huey, jobs: Jobs) -> None:
        self._huey = huey
        self._jobs = jobs
        self._failures = 0
        self._running: list[str] = []
        self._job = huey.task(name="job")(self._do)
        huey.signal(SIGNAL_ERROR)(self._count_failure)

    def add(self, name: str, **arguments: object) -> None:
        """Queue a job. It is done once by whichever worker takes it; a worker that dies over it loses it."""
        self._job(name=name, arguments=arguments)

    def waiting(self) -> list[str]:
        """The names of the jobs that nobody has taken yet, the next one first."""
        jobs = (task for task in self._huey.pending() if isinstance(task, self._job.task_class))
        return [job.kwargs["name"] for job in jobs]

    def running(self) -> list[str]:
        """The names of the jobs that are being done in this process."""
        return list(self._running)

    def drain(self) -> int:
        """Do here what waits; the number of jobs that failed."""
        before = self._failures
        while (task := self._huey.dequeue()) is not None:
            self._huey.execute(task)
        return self._failures - before

    def work(self, each_minute: Callable[[], object], on_stop: Callable[[], None]) -> None:
        """Do jobs, and call `each_minute` at once and every minute, until SIGTERM, SIGINT or SIGHUP.

        `on_stop` is called first then, the jobs under way may end, and a second signal does not wait for
        them.
        """
        self._huey.periodic_task(crontab(), name="minute")(each_minute)
        _Consumer(self._huey, on_stop).run()

    def _do(self, name: str, arguments: Mapping[str, object]) -> None:
        if name not in self._jobs:
            raise NotFound(f"no job {name!r}: this worker is of another version than who queued it")
        self._running.append(name)
        try:
            self._jobs[name](**arguments)
        finally:
            self._running.remove(name)

    def _count_failure(self, _signal: str, _task: object, _error: Exception | None = None) -> None:
        self._failures += 1


class _Consumer(Consumer):  # type: ignore[misc]
    """Huey's consumer, which each of the three signals stops alike, and which tells when it is stopped."""

    def __init__(self, huey: Huey, on_stop: Callable[[], None]) -> None:
        super().__init__(huey, workers=_THREADS, max_delay=_LONGEST_NAP_SECONDS)
        self._on_stop = on_stop
        stop_gracefully = (False, True)
        self._signal_actions = dict.fromkeys((signal.SIGTERM, signal.SIGINT, signal.SIGHUP), stop_gracefully)

    def stop(self, graceful: bool = False) -> None:
        self._on_stop()
        super().stop(graceful)


@contextmanager
def open_queue(url: str, file: Path, jobs: Jobs | None = None) -> Iterator[JobQueue]:
    """The queue at a Redis `url`, or in `file` where the url is "".

    Raises:
        InvalidInput: a Redis URL without the client for it.
        NotReady: no Redis answers there.
    """
    huey = _redis(url) if url else _sqlite(file)
    try:
        yield JobQueue(huey, jobs or {})
    finally:
        huey.storage.pool.disconnect() if url else huey.storage.close()


def relay_library_log(log: Any) -> None:
    """Have what Huey warns of said in `log`, and nowhere else."""
    library = logging.getLogger("huey")
    library.handlers, library.propagate = [Relay(log)], False


def shown(url: str, file: Path) -> str:
    """Where the queue is, for people: without the password that a URL may hold."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.hostname}:{parts.port or 6379}{parts.path}" if url else str(file)


class _Plain(Serializer):  # type: ignore[misc]
    """Messages as JSON: whoever can write to the queue can name jobs, and cannot run code of his own."""

    def _serialize(self, data: Any) -> bytes:
        return json.dumps(data._asdict()).encode()

    def _deserialize(self, data: bytes | memoryview) -> Any:
        return Message(**json.loads(bytes(data)))


def _sqlite(file: Path) -> Huey:
    file.touch(mode=0o600)
    return SqliteHuey(_NAME, filename=str(file), results=False, serializer=_Plain())


def _redis(url: str) -> Huey:
    try:
        huey = RedisHuey(_NAME, url=url, results=False, serializer=_Plain())
    except ConfigurationError as error:
        raise InvalidInput("BOLE_QUEUE_URL", "redis:…", "needs a client", "install bole[redis]") from error
    from redis import RedisError

    try:
        huey.storage.conn.ping()
    except RedisError as error:
        raise NotReady(f"no queue answers at {shown(url, Path())}: {type(error).__name__}") from error
    return huey
