"""Every failure is a problem document, and each error of the tree has its place in the one table."""

import io
import json
from collections.abc import Callable

import pytest
from apiflask import APIBlueprint, APIFlask

from api.access import public
from api.app import create_app
from api.observing import observer
from api.problems import MEDIA_TYPE, TABLE, UNEXPECTED, kind_of
from api.services import Services
from api.settings import Settings
from matcher import errors
from tests.api.world import Client

ERRORS = [
    (errors.InvalidInput("k", 0, "must be 1 to 100"), 422),
    (errors.UnreadableFile("a.csv: the file is empty"), 422),
    (errors.NotFound("there is no profile 'x'"), 404),
    (errors.Conflict("it exists"), 409),
    (errors.Unauthorised("send a token"), 401),
    (errors.Forbidden("a startup may not"), 403),
    (errors.UnusableModel("its hash does not match"), 503),
    (errors.NotReady("the database does not answer"), 503),
]


@pytest.fixture
def failing(services: Services, settings: Settings, log: io.StringIO) -> Callable[[Exception], APIFlask]:
    """An application with one more view, /fail, that raises the given error."""

    def application(error: Exception) -> APIFlask:
        page = APIBlueprint("page", __name__)

        @page.get("/fail")
        @public
        def fail() -> str:
            raise error

        return create_app(services, settings, pages=[page], records=observer(None, log))

    return application


def test_every_error_of_the_tree_has_a_status():
    def below(root: type[Exception]) -> list[type[Exception]]:
        return [found for child in root.__subclasses__() for found in (child, *below(child))]

    ours = [error for error in below(errors.BoleError) if error.__module__ == "matcher.errors"]
    assert len(ours) >= len(ERRORS)
    for error in ours:
        assert any(cls in TABLE and TABLE[cls] is not UNEXPECTED for cls in error.__mro__), error


@pytest.mark.parametrize(("error", "status"), ERRORS, ids=lambda value: type(value).__name__)
def test_an_error_answers_with_its_kind_and_its_own_words(
    failing: Callable[[Exception], APIFlask], error: Exception, status: int
):
    answer = failing(error).test_client().get("/fail")
    assert (answer.status_code, answer.content_type) == (status, MEDIA_TYPE)
    assert answer.json["status"] == status
    assert answer.json["title"] == kind_of(error).title
    assert answer.json["type"].startswith("urn:bole:problem:")
    assert answer.json["detail"] == str(error)
    assert answer.json["request_id"] == answer.headers["X-Request-ID"]


def test_a_broken_rule_says_where_and_what_instead(failing: Callable[[Exception], APIFlask]):
    error = errors.InvalidInput("a/b", "天史轮", "is no stage", "did you mean 天使轮?")
    [fault] = failing(error).test_client().get("/fail").json["errors"]
    assert fault == {"in": "query", "pointer": "#/a~1b", "detail": "is no stage; did you mean 天使轮?"}


def test_what_nobody_foresaw_tells_the_log_where_and_the_caller_nothing(
    failing: Callable[[Exception], APIFlask], log: io.StringIO
):
    answer = failing(RuntimeError("password=hunter2")).test_client().get("/fail")
    assert (answer.status_code, answer.json["type"]) == (500, "urn:bole:problem:unexpected")
    assert "hunter2" not in answer.text
    assert "hunter2" not in log.getvalue()
    line = json.loads(log.getvalue().splitlines()[0])
    assert (line["event"], line["error"], line["request_id"]) == (
        "unexpected",
        "RuntimeError",
        answer.json["request_id"],
    )
    assert line["frames"][-1].endswith(" fail")


def test_an_unknown_address_is_a_problem(app: APIFlask):
    answer = app.test_client().get("/v2/profiles")
    assert (answer.status_code, answer.json["type"]) == (404, "urn:bole:problem:not-found")


def test_a_redirect_is_no_problem(app: APIFlask):
    answer = app.test_client().get("/health//live")
    assert (answer.status_code, answer.location) == (308, "http://localhost/health/live")


def test_an_unsupported_method_is_a_problem_that_names_the_others(staff: Client):
    answer = staff.put("/v1/models", json={})
    assert (answer.status_code, answer.json["type"]) == (405, "urn:bole:problem:method-not-allowed")
    assert "GET" in answer.headers["Allow"]


@pytest.mark.parametrize("body", ["{", "", '{"a": 1', "[" * 15_000])
def test_a_body_that_is_no_json_is_a_problem(staff: Client, body: str):
    answer = staff.put("/v1/profiles/n1", data=body, content_type="application/json")
    assert (answer.status_code, answer.json["type"]) == (400, "urn:bole:problem:bad-request")


@pytest.mark.parametrize("content_type", ["text/plain", "application/x-www-form-urlencoded", ""])
def test_a_json_body_must_say_so(staff: Client, content_type: str):
    answer = staff.put("/v1/profiles/n1", data='{"role":"startup","name":"x"}', content_type=content_type)
    assert (answer.status_code, answer.json["type"]) == (415, "urn:bole:problem:unsupported-media-type")


@pytest.mark.parametrize(
    "body",
    [
        '{"role":"investor","name":"x","ticket_min":NaN}',
        '{"role":"investor","name":"x","ticket_min":Infinity}',
        '{"role":"startup","name":"\\ud800"}',
        '{"role":"startup","name":"x","team_size":1e400}',
        "null",
        "[]",
    ],
)
def test_json_that_no_profile_can_be_is_a_fault_of_the_request(staff: Client, body: str):
    assert staff.put("/v1/profiles/n1", data=body, content_type="application/json").status_code == 422


def test_a_body_that_is_too_large_is_a_problem(staff: Client):
    answer = staff.put("/v1/profiles/n1", json={"role": "startup", "name": "x", "description": "x" * 21_000})
    assert (answer.status_code, answer.json["type"]) == (413, "urn:bole:problem:too-large")
