"""What watchers of the service are told."""

from dataclasses import replace
from pathlib import Path

from apiflask import APIFlask

from api.app import create_app
from api.services import Services
from api.settings import Settings
from matcher.errors import NotReady, UnusableModel
from matcher.store import Store
from tests.api.world import Client


class BrokenMatches:
    """A matching service whose live model cannot be used."""

    @property
    def model_version(self) -> str:
        raise UnusableModel("version v2: its hash does not match")


def test_a_ready_service_says_with_which_data_and_model(app: APIFlask, store: Store):
    answer = app.test_client().get("/health/ready")
    assert answer.status_code == 200
    assert (answer.json["revision"], answer.json["model_version"]) == (store.revision(), "v1")


def test_a_service_without_its_tables_lives_and_is_not_ready(
    services: Services, settings: Settings, tmp_path: Path
):
    empty = Store(f"sqlite:///{tmp_path / 'empty.db'}")
    client = create_app(replace(services, store=empty), settings).test_client()
    assert client.get("/health/live").status_code == 200
    answer = client.get("/health/ready")
    assert (answer.status_code, answer.json["type"]) == (503, "urn:bole:problem:not-ready")
    assert answer.headers["Retry-After"]
    empty.close()


def test_a_service_without_a_usable_model_is_not_ready(services: Services, settings: Settings, store: Store):
    client = create_app(replace(services, matches=BrokenMatches()), settings).test_client()
    assert client.get("/health/ready").status_code == 503


def test_a_worker_that_follows_the_live_model_no_more_is_not_ready(services: Services, settings: Settings):
    def lost() -> None:
        raise NotReady("this worker has followed no change of the model for 601 s; restart it")

    answer = create_app(replace(services, check=lost), settings).test_client().get("/health/ready")
    assert answer.status_code == 503
    assert "601" in answer.json["detail"]


def test_answers_are_counted_by_route_and_status_and_never_by_path(app: APIFlask, staff: Client):
    staff.get("/v1/profiles/s1")
    staff.get("/v1/profiles/nobody")
    staff.get("/no/such/secret-path")
    text = app.test_client().get("/metrics").text
    for status in ("200", "404"):
        line = f'method="GET",route="/v1/profiles/{{profile_id}}",status="{status}"'
        assert f"bole_http_answers_total{{{line}}} 1.0" in text
    assert 'bole_http_seconds_count{method="GET",route="/v1/profiles/{profile_id}"} 2.0' in text
    assert "secret-path" not in text
    assert "nobody" not in text


def test_made_up_methods_are_counted_as_one(app: APIFlask):
    for method in ("BREW", "TEA"):
        app.test_client().open("/v1/profiles", method=method)
    text = app.test_client().get("/metrics").text
    assert 'method="OTHER"' in text
    assert "BREW" not in text
