"""Clients that ask a server for lists as long as a block runs, and what they were answered."""

import http.client
import itertools
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field

from tests.bench.serving import PATIENCE_SECONDS, Client

PAUSE_SECONDS = 0.1


@dataclass(slots=True)
class Asked:
    """How many answers each version gave, and what went wrong."""

    versions: Counter[str] = field(default_factory=Counter)
    failures: list[str] = field(default_factory=list)

    @property
    def answers(self) -> int:
        """Lists that came."""
        return self.versions.total()


@contextmanager
def asking(port: int, token: str, paths: Sequence[str], clients: int = 2) -> Iterator[Asked]:
    """So many clients ask for the paths in turn until the block ends, each on a new connection."""
    asked, over = Asked(), threading.Event()

    def ask() -> None:
        for path in itertools.cycle(paths):
            if over.wait(PAUSE_SECONDS):
                return
            _ask(port, token, path, asked)

    with ThreadPoolExecutor(clients, thread_name_prefix="client") as threads:
        done = [threads.submit(ask) for _ in range(clients)]
        try:
            yield asked
        finally:
            over.set()
    for one in done:
        one.result()


def _ask(port: int, token: str, path: str, asked: Asked) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE_SECONDS)
    at = time.strftime("%H:%M:%S")
    try:
        asked.versions[Client(connection, token).get(path)["model_version"]] += 1
    except (RuntimeError, OSError, http.client.HTTPException) as error:
        asked.failures.append(f"{at} {path}: {error!r}")
    finally:
        connection.close()
