"""Request ids and log lines."""

import io
import json

import pytest
from apiflask import APIFlask

from tests.api.world import Client


def lines(log: io.StringIO) -> list[dict]:
    return [json.loads(line) for line in log.getvalue().splitlines()]


def test_a_sane_request_id_is_echoed_and_logged(app: APIFlask, log: io.StringIO):
    answer = app.test_client().get("/health/live", headers={"X-Request-ID": "A-1"})
    assert (answer.headers["X-Request-ID"], answer.json["request_id"]) == ("A-1", "A-1")
    assert lines(log)[-1]["request_id"] == "A-1"


@pytest.mark.parametrize("given", ["", "x" * 65, "a b", "a\tb", "é", "a;b", '{"a":1}', "a\x7f"])
def test_any_other_request_id_is_replaced(app: APIFlask, given: str, log: io.StringIO):
    answer = app.test_client().get("/health/live", headers={"X-Request-ID": given})
    made = answer.headers["X-Request-ID"]
    assert made != given
    assert len(made) == 32
    assert lines(log)[-1]["request_id"] == made


def test_a_request_id_cannot_bring_a_header_or_a_log_line_of_its_own(app: APIFlask, log: io.StringIO):
    smuggled = "a\r\nSet-Cookie: x=1"
    answer = app.test_client().open("/health/live", environ_overrides={"HTTP_X_REQUEST_ID": smuggled})
    assert "Set-Cookie" not in answer.headers
    assert len(lines(log)) == 1


def test_the_log_line_says_who_did_what_and_nothing_personal(staff: Client, log: io.StringIO):
    staff.get("/v1/profiles?search=秘密")
    staff.get("/v1/profiles/s1")
    line = lines(log)[-1]
    assert (line["event"], line["method"], line["route"], line["status"]) == (
        "request",
        "GET",
        "/v1/profiles/{profile_id}",
        200,
    )
    assert (line["organisation"], line["caller"]) == ("north", "staff")
    assert line["milliseconds"] >= 0
    for private in ("秘密", "青松", staff.token, "/v1/profiles/s1"):
        assert private not in log.getvalue()
