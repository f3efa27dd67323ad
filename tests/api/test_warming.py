"""A worker before, while and after its application is made."""

import io
import json
import threading
import time

import pytest
from werkzeug.test import Client
from werkzeug.wrappers import Response

import api.warming
from api.warming import Warming


def made_text(client: Client) -> str:
    """What the application answers, asked again until it is there, for ten seconds at most."""
    deadline = time.monotonic() + 10
    while (answer := client.get("/")).status_code == 503 and time.monotonic() < deadline:
        time.sleep(0.01)
    return answer.text


def test_until_the_application_is_there_only_liveness_answers_then_it_answers_all():
    begin = threading.Event()

    def make() -> Response:
        begin.wait(10)
        return Response("made")

    warming = Warming(make, io.StringIO())
    client = Client(warming)
    assert client.get("/health/live").status_code == 200
    waiting = client.get("/health/ready")
    assert (waiting.status_code, waiting.content_type) == (503, "application/problem+json")
    assert waiting.json["status"] == 503
    assert client.get("/v1/profiles").status_code == 503
    begin.set()
    assert made_text(client) == "made"


def test_a_failure_is_logged_without_its_message_and_tried_again(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(api.warming, "RETRY_SECONDS", 0.0)
    attempts, log = [], io.StringIO()

    def make() -> Response:
        attempts.append(len(attempts))
        if len(attempts) < 3:
            raise ConnectionError("password=hunter2")
        return Response("made")

    client = Client(Warming(make, log))
    assert made_text(client) == "made"
    assert len(attempts) == 3
    failures = [json.loads(line) for line in log.getvalue().splitlines()]
    assert [failure["error"] for failure in failures] == ["ConnectionError"] * 2
    assert "hunter2" not in log.getvalue()
