"""Serving for real: gunicorn with two workers, asked over sockets."""

import datetime as dt
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from http import HTTPStatus
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

import pytest
from flask import json

from api import patience
from api.principals import Caller, Principal, issue_token
from api.serve import check_address, gunicorn_options, serve
from api.settings import Settings
from matcher.errors import InvalidInput
from matcher.store import Store

PATIENCE_SECONDS = 30


@dataclass(frozen=True)
class Served:
    """A running server."""

    process: subprocess.Popen[bytes]
    port: int

    def get(self, path: str, token: str = "") -> tuple[int, str]:
        request = Request(f"http://127.0.0.1:{self.port}{path}", headers={"Authorization": f"Bearer {token}"})
        try:
            with urlopen(request, timeout=PATIENCE_SECONDS) as answer:
                return answer.status, answer.read().decode()
        except HTTPError as error:
            with error:
                return error.code, error.read().decode()

    def answer(self, path: str, token: str) -> tuple[int, str]:
        """What a worker that has started says; the other one may still answer 503."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while (answer := self.get(path, token))[0] == HTTPStatus.SERVICE_UNAVAILABLE:
            assert time.monotonic() < deadline, "the service does not become ready"
            time.sleep(0.05)
        return answer

    def wait_until_ready(self) -> None:
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not self._is_ready():
            assert time.monotonic() < deadline, "the server did not become ready"
            assert self.process.poll() is None, "the server ended"

    def ask_both_workers(self) -> list[dict[str, Any]]:
        """What /slow says, asked again and again until both workers have answered (one may start later)."""
        deadline, told = time.monotonic() + PATIENCE_SECONDS, list[dict[str, Any]]()
        while len({each["process"] for each in told}) < 2:
            assert time.monotonic() < deadline, "one worker does not answer"
            with ThreadPoolExecutor(4) as many:
                answers = many.map(self.get, ["/slow"] * 4)
                told += [json.loads(body) for status, body in answers if status == 200]
        return told

    def _is_ready(self) -> bool:
        try:
            return self.get("/health/ready")[0] == 200
        except (URLError, ConnectionError):
            time.sleep(0.05)
            return False


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@pytest.fixture
def served(store: Store, tmp_path: Path) -> Iterator[Served]:
    port = free_port()
    command = [sys.executable, "-m", "tests.api.serving", str(tmp_path), str(port)]
    with subprocess.Popen(command, start_new_session=True) as process:
        server = Served(process, port)
        try:
            server.wait_until_ready()
            yield server
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)


def test_two_workers_answer_count_together_and_finish_what_they_began(served: Served, store: Store):
    token = issue_token(store, Principal("north", Caller.STAFF))
    status, body = served.answer("/v1/startups/s1/matches?k=2&lang=en", token)
    assert (status, len(json.loads(body)["matches"])) == (200, 2)
    assert served.answer("/v1/profiles/a%2Fb", token)[0] == 404

    told = served.ask_both_workers()
    assert {each["parent"] for each in told} == {served.process.pid}
    assert {count for each in told for count in each["threads"]} == {1}
    counted = f'bole_http_answers_total{{method="GET",route="/slow",status="200"}} {len(told)}.0'
    assert counted in served.get("/metrics")[1]

    with ThreadPoolExecutor(2) as many:
        running = [many.submit(served.get, "/slow") for _ in range(2)]
        time.sleep(0.2)
        served.process.send_signal(signal.SIGTERM)
        assert [answer.result()[0] for answer in running] == [200, 200]
    assert served.process.wait(PATIENCE_SECONDS) == 0


def test_senders_who_never_finish_keep_nobody_waiting(served: Served):
    head = b"POST /signin HTTP/1.1\r\nHost: x\r\nContent-Length: 900000\r\n\r\nx="
    with ExitStack() as open_ones:
        for begun in (head, head, head[:20], head[:20]) * 5:
            slow = open_ones.enter_context(socket.create_connection(("127.0.0.1", served.port)))
            slow.sendall(begun)
        time.sleep(0.2)
        started = time.monotonic()
        assert [served.get("/health/live")[0] for _ in range(4)] == [200] * 4
        assert time.monotonic() - started < 2


def test_requests_that_come_in_pieces_are_answered(served: Served):
    for size in (20, 100_000):
        told = b"POST /nowhere HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: %d\r\n\r\n" % size
        told += b" " * size
        with socket.create_connection(("127.0.0.1", served.port)) as sender:
            sender.settimeout(PATIENCE_SECONDS)
            for start in range(0, len(told), len(told) // 3):
                sender.sendall(told[start : start + len(told) // 3])
                time.sleep(0.02)
            assert sender.recv(12) in {b"HTTP/1.1 404", b"HTTP/1.1 503"}  # one worker may still be starting


def test_a_connection_is_kept_for_the_next_request(served: Served):
    kept = HTTPConnection("127.0.0.1", served.port, timeout=PATIENCE_SECONDS)
    for _ in range(3):
        kept.request("GET", "/health/live")
        answer = kept.getresponse()
        assert (answer.status, bool(answer.read())) == (200, True)
        assert kept.sock is not None
    kept.close()


def test_a_reader_of_what_is_too_large_to_be_kept_gives_up(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(patience, "SILENCE_SECONDS", 0.05)
    ours, theirs = socket.socketpair()
    with theirs, patience._Patient(fileno=ours.detach()) as reader:
        reader.begin()
        theirs.sendall(b"a")
        assert reader.recv(10) == b"a"
        with pytest.raises(OSError, match="too slow"):
            reader.recv(10)


def test_what_was_shown_just_before_the_end_is_recorded(served: Served, store: Store):
    token = issue_token(store, Principal("north", Caller.STAFF))
    answers = [served.answer(f"/v1/startups/{name}/matches", token) for name in ("s1", "s2", "s1")]
    served.process.send_signal(signal.SIGTERM)
    assert served.process.wait(PATIENCE_SECONDS) == 0
    this_year = dt.datetime.now(dt.UTC) - dt.timedelta(days=300)
    recorded = store.feedback(this_year, this_year + dt.timedelta(days=365)).shown
    assert sorted(recorded.requests) == sorted(json.loads(body)["request_id"] for _, body in answers)


def test_the_parent_process_loads_nothing_that_starts_threads():
    probe = "import api.serve, sys; print({'numpy', 'faiss', 'prometheus_client'} & sys.modules.keys())"
    told = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "set()"


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.5", "example.org", ""])
def test_an_address_that_others_can_reach_needs_a_setting(host: str):
    with pytest.raises(InvalidInput, match="BOLE_ALLOW_REMOTE"):
        check_address(Settings(host=host))
    check_address(Settings(host=host, allow_remote=True))


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1", "127.8.8.8"])
def test_this_machines_own_addresses_need_none(host: str):
    check_address(Settings(host=host))


def test_an_ipv6_address_is_written_in_brackets():
    assert gunicorn_options(Settings(host="::1", port=81))["bind"] == "[::1]:81"


def test_a_list_of_breached_passwords_that_is_none_is_refused_at_start(tmp_path: Path):
    (tmp_path / "list.txt").write_text("password123456\n")
    with pytest.raises(InvalidInput, match="BOLE_BREACHED_PASSWORDS"):
        serve(lambda: pytest.fail("it started"), Settings(breached_passwords=tmp_path / "list.txt"))
