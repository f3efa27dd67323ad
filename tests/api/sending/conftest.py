"""A real web server on this machine, and messages for it and for the mail server."""

import datetime as dt
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import pytest

from api.logs import json_log
from matcher.cohorts.introducing.messages import Channel, Message, MessageKind

NOON = dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC)
FACTS: dict[str, Any] = {
    "id": "i0001",
    "version": 1,
    "status": "offered",
    "role": "mentor",
    "startup": "north:s1",
    "partner": "north:m1",
    "startup_name": "青松科技",
    "partner_name": "Lin Mu",
    "slot": "",
    "side": "startup",
    "expires_at": "2026-03-15T12:00:00+00:00",
    "reasons": [],
}


@dataclass
class Call:
    """One request that a web server had."""

    path: str
    headers: dict[str, str]
    body: bytes


@dataclass
class Hook:
    """A web server: what it was called with, and the status with which it answers."""

    port: int = 0
    calls: list[Call] = field(default_factory=list)
    answers: int = 204
    location: str = ""


@pytest.fixture
def hook() -> Iterator[Hook]:
    told = Hook()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            told.calls.append(Call(self.path, dict(self.headers), body))
            self.send_response(told.answers)
            if told.location:
                self.send_header("Location", told.location)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    told.port = server.server_address[1]
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield told
    server.shutdown()
    thread.join()
    server.server_close()


Make = Callable[..., Message]


@pytest.fixture
def make() -> Make:
    """Makes a message: an e-mail to s1 that it may meet m1, or what is said instead."""

    def message(kind: str = "offered", facts: dict[str, Any] | None = None, **fields: Any) -> Message:
        common: dict[str, Any] = {
            "number": 1,
            "key": "i0001 1 offered startup",
            "token": "t",
            "organisation": "north",
            "channel": Channel.EMAIL,
            "attempts": 1,
            "created_at": NOON,
            "address": "s1@example.org",
        }
        return Message(**{**common, **fields}, kind=MessageKind(kind), payload={**FACTS, **(facts or {})})

    return message


@pytest.fixture
def log() -> Any:
    return json_log(io.StringIO())
