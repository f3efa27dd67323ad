"""The real server, started and stopped; and a client that keeps its connection."""

import http.client
import json
import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.bench.worlds import BOLE

PATIENCE_SECONDS = 600.0
SURE_OF_ALL = 40
"""Of several workers nobody knows which one answers: so many answers in a row are from all of them."""
_KIBIBYTE = 1024


@dataclass(slots=True)
class Server:
    """A running server: seconds from its start until it was ready, and, once stopped, its peak memory."""

    port: int
    ready_seconds: float
    peak_bytes: int = 0


@contextmanager
def server(home: Path, workers: int = 1, bole: Sequence[str] = (BOLE,)) -> Iterator[Server]:
    """`bole serve` on a free port, until the block ends. One token may ask as fast as it can."""
    port = _free_port()
    command = [*bole, "--home", str(home), "serve", "--port", str(port), "--workers", str(workers)]
    began = time.perf_counter()
    with (home / "serve.log").open("wb") as log:
        process = subprocess.Popen(
            command, stdout=log, stderr=log, env=os.environ | {"BOLE_CALLS_PER_SECOND": "0"}
        )
    try:
        _wait_until_ready(port, process, in_a_row=1 if workers == 1 else SURE_OF_ALL)
        running = Server(port, time.perf_counter() - began)
        yield running
    finally:
        process.send_signal(signal.SIGTERM)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    running.peak_bytes = usage.ru_maxrss * _KIBIBYTE


def new_token(home: Path) -> str:
    """A staff token."""
    command = [BOLE, "--home", str(home), "token"]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


@dataclass(frozen=True, slots=True)
class Client:
    """One kept connection with a token."""

    connection: http.client.HTTPConnection
    token: str

    def get(self, path: str) -> Any:
        """The JSON answer.

        Raises:
            RuntimeError: a status other than 200.
        """
        self.connection.request("GET", path, headers={"Authorization": f"Bearer {self.token}"})
        response = self.connection.getresponse()
        body = response.read()
        if response.status != http.client.OK:
            raise RuntimeError(f"{path}: {response.status} {body[:300]!r}")
        return json.loads(body)


def _wait_until_ready(port: int, process: "subprocess.Popen[bytes]", in_a_row: int) -> None:
    end, ready = time.monotonic() + PATIENCE_SECONDS, 0
    while ready < in_a_row:
        ready = ready + 1 if _is_ready(port) else 0
        if process.poll() is not None or time.monotonic() > end:
            raise RuntimeError(
                f"the server is not ready (exit code {process.poll()}); see serve.log in its home"
            )
        time.sleep(0.02)


def _is_ready(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE_SECONDS)
    try:
        connection.request("GET", "/health/ready")
        return connection.getresponse().status == http.client.OK
    except OSError:
        return False
    finally:
        connection.close()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
