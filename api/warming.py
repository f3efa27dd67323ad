"""A worker that answers before it is ready: health checks see 503 rather than a connection that hangs."""

import json
import sys
import time
import traceback
from collections.abc import Callable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from http import HTTPStatus
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

RETRY_SECONDS = 5.0


class Warming:
    """A WSGI application that makes the real one in the background and hands over to it when it is there.

    Until then /health/live answers 200 and everything else 503. Where making it fails, the cause is
    logged and it is tried again, at most every five seconds, for as long as somebody asks.
    """

    def __init__(self, make: "Callable[[], WSGIApplication]", log: TextIO = sys.stderr) -> None:
        self._make = make
        self._log = log
        self._executor = ThreadPoolExecutor(max_workers=1, thread_name_prefix="warming")
        self._begin()

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """The real application's answer, else that it is not ready."""
        made = self._made
        if made.done() and made.exception() is None:
            return made.result()(environ, start_response)
        if made.done() and time.monotonic() - self._begun >= RETRY_SECONDS:
            self._begin()
        is_live = environ["PATH_INFO"] == "/health/live"
        return _answer(start_response, HTTPStatus.OK if is_live else HTTPStatus.SERVICE_UNAVAILABLE)

    def _begin(self) -> None:
        self._begun = time.monotonic()
        self._made: Future[WSGIApplication] = self._executor.submit(self._make)
        self._made.add_done_callback(self._record)

    def _record(self, made: "Future[WSGIApplication]") -> None:
        """Log why making failed: the class and places of the error, as its message may hold a password."""
        if not made.cancelled() and (error := made.exception()):
            frames = traceback.extract_tb(error.__traceback__)
            places = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
            line = {
                "level": "error",
                "event": "not started",
                "error": type(error).__qualname__,
                "frames": places,
            }
            self._log.write(json.dumps(line) + "\n")


def _answer(start_response: "StartResponse", status: HTTPStatus) -> list[bytes]:
    document = {"status": "live"}
    media_type = "application/json"
    if status is not HTTPStatus.OK:
        media_type = "application/problem+json"
        document = {"type": "urn:bole:problem:not-ready", "title": "The service cannot answer yet"}
    body = json.dumps({**document, "status": document.get("status", status)}).encode()
    headers = [
        ("Content-Type", media_type),
        ("Content-Length", str(len(body))),
        ("Cache-Control", "no-store"),
    ]
    start_response(f"{status.value} {status.phrase}", [*headers, ("Retry-After", "1")])
    return [body]
