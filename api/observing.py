"""What is recorded of every request: its id, one log line, and the figures behind /metrics.

Log lines carry route templates and ids of organisations, never paths, bodies, messages of unexpected
errors or tokens: those may hold personal text or secrets.
"""

import re
import secrets
import sys
import time
import traceback
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TextIO

from apiflask import APIFlask
from flask import Response, current_app, g, request
from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector

from api.logs import json_log
from matcher.interactions import REQUEST_ID

BUCKETS_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
UNROUTED = "(none)"
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


@dataclass(frozen=True, slots=True)
class Observer:
    """Where an application's records go."""

    log: Any
    registry: CollectorRegistry
    answers: Counter
    seconds: Histogram
    directory: Path | None

    def exposition(self) -> bytes:
        """All figures in Prometheus' text format, of every worker process where there are several."""
        if self.directory is None:
            return generate_latest(self.registry)
        registry = CollectorRegistry()
        MultiProcessCollector(registry, path=str(self.directory))  # type: ignore[no-untyped-call]
        return generate_latest(registry)


def observer(directory: Path | None, stream: TextIO = sys.stderr) -> Observer:
    """An observer that logs JSON lines to `stream`; `directory` is shared by the worker processes."""
    registry = CollectorRegistry()
    labels = ("method", "route")
    return Observer(
        log=json_log(stream),
        registry=registry,
        answers=Counter("bole_http_answers", "Answers by status", (*labels, "status"), registry=registry),
        seconds=Histogram(
            "bole_http_seconds", "Time to answer", labels, registry=registry, buckets=BUCKETS_SECONDS
        ),
        directory=directory,
    )


def register_observing(app: APIFlask, records: Observer) -> None:
    """Record every request of `app` and echo its id."""
    app.extensions["bole-observer"] = records
    app.before_request(_start)
    app.after_request(_finish)


def current_observer() -> Observer:
    """The observer of the application that answers now."""
    records: Observer = current_app.extensions["bole-observer"]
    return records


def log_unexpected(error: Exception) -> None:
    """Record where an error that nobody foresaw came from: its class and places, not its message."""
    frames = traceback.extract_tb(error.__traceback__)
    current_observer().log.error(
        "unexpected",
        request_id=g.get("request_id", ""),
        error=type(error).__qualname__,
        frames=[f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames],
    )


def _start() -> None:
    g.started = time.perf_counter()
    given = request.headers.get("X-Request-ID", "")
    g.request_id = given if REQUEST_ID.fullmatch(given) else secrets.token_hex(16)


def _finish(response: Response) -> Response:
    response.headers["X-Request-ID"] = g.request_id
    seconds = time.perf_counter() - g.started
    method, route = _method(), _route()
    records = current_observer()
    records.seconds.labels(method, route).observe(seconds)
    records.answers.labels(method, route, str(response.status_code)).inc()
    records.log.info("request", **_line(response.status_code, seconds, method, route))
    return response


def _line(status: int, seconds: float, method: str, route: str) -> dict[str, object]:
    caller = g.get("principal")
    who = {"organisation": caller.organisation, "caller": str(caller.role)} if caller else {}
    return {
        "request_id": g.request_id,
        "method": method,
        "route": route,
        "status": status,
        "milliseconds": round(seconds * 1000, 2),
        **who,
    }


def _method() -> str:
    """The method, where a caller cannot make up new ones: each would be a new time series for ever."""
    return request.method if request.method in METHODS else "OTHER"


def _route() -> str:
    """The route's template, as /v1/profiles/{id}; never the path, which has ids in it."""
    if request.url_rule is None:
        return UNROUTED
    return re.sub(r"<(?:[^<:]+:)?([^>]+)>", r"{\1}", request.url_rule.rule)
