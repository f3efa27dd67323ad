"""Each answer is from one version of the model, and says which."""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import pytest
from apiflask import APIFlask

from api.app import create_app
from api.principals import Caller
from api.services import Services
from api.settings import Settings
from matcher.store import Store
from tests.api.fakes import FakeMatches
from tests.api.world import Client, caller

RANKING = (
    "/v1/startups/s1/matches",
    "/v1/partners/m1/matches",
    "/v1/pairs/s1/m1/explanation",
    "/v1/pairs/m1/s1/explanation",
)


@dataclass
class Restless:
    """A matching service whose model is another one each time that somebody looks."""

    store: Store
    numbers: Iterator[int] = field(default_factory=itertools.count)
    wanted: list[tuple[str, ...]] = field(default_factory=list)

    @property
    def model_version(self) -> str:
        return f"v{next(self.numbers)}"

    def moment(self, *wanted: str) -> FakeMatches:
        self.wanted.append(wanted)
        return FakeMatches(self.store, self.model_version)


@pytest.fixture
def restless(store: Store) -> Restless:
    return Restless(store)


@pytest.fixture
def app(services: Services, restless: Restless, settings: Settings) -> APIFlask:
    return create_app(replace(services, matches=restless), settings)


def test_what_the_body_says_of_the_version_the_header_says_too(staff: Client):
    answers = [staff.get(path) for path in RANKING]

    assert [answer.json["model_version"] for answer in answers] == ["v0", "v1", "v2", "v3"]
    assert [answer.headers["X-Model-Version"] for answer in answers] == ["v0", "v1", "v2", "v3"]


def test_answers_that_do_not_rank_name_no_version(staff: Client):
    for path in ("/v1/profiles/s1", "/v1/models", "/health/ready", "/v1/startups/nobody/matches"):
        assert "X-Model-Version" not in staff.get(path).headers


def test_the_service_is_told_about_whom_it_is_asked(app: APIFlask, store: Store, restless: Restless):
    for path in RANKING:
        caller(app, store, Caller.STAFF).get(path)

    assert restless.wanted == [
        ("north:s1",),
        ("north:m1",),
        ("north:s1", "north:m1"),
        ("north:m1", "north:s1"),
    ]
