"""A real SMTP server and a real HTTP server on this machine, and messages for them."""

import datetime as dt
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

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
class Postbox:
    """What a mail server took, and what it says to whom it does not like."""

    mails: list[EmailMessage] = field(default_factory=list)
    envelopes: list[Envelope] = field(default_factory=list)
    refuses: dict[str, str] = field(default_factory=dict)
    says: str = "250 taken"

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address in self.refuses:
            return self.refuses[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        if self.says.startswith("250"):
            self.envelopes.append(envelope)
            self.mails.append(message_from_bytes(envelope.content or b"", policy=default))  # type: ignore[arg-type]
        return self.says


class AnyPort(Controller):
    """Listens where there is room; aiosmtpd's looks for itself at the port that was asked for, 0."""

    def _trigger_server(self) -> None:
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


@pytest.fixture
def postbox() -> Postbox:
    return Postbox()


@pytest.fixture
def smtp_port(postbox: Postbox) -> Iterator[int]:
    """The port of a mail server that puts what it takes into the postbox."""
    controller = AnyPort(postbox, hostname="127.0.0.1", port=0)
    controller.start()
    yield controller.port
    controller.stop()


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
