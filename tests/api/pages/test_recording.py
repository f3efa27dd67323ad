"""A list that a page shows a member is recorded as one that the API answers; what the office opens is not."""

from dataclasses import replace

import pytest
from apiflask import APIFlask

from api.app import create_app
from api.observing import observer
from api.pages import pages
from api.principals import Caller
from api.services import Services
from api.settings import Settings
from matcher.shown import ShownList
from matcher.store import Store
from tests.api.conftest import NOON
from tests.api.pages.visitor import Visitor, visitor


@pytest.fixture
def left() -> list[ShownList]:
    return []


@pytest.fixture
def app(services: Services, settings: Settings, log, left: list[ShownList]) -> APIFlask:
    recorded = replace(services, record=left.append)
    return create_app(recorded, settings, pages=[pages], records=observer(None, log))


def test_what_the_office_opens_was_shown_to_nobody(staff: Visitor, left: list[ShownList]):
    for path in ("/startups/lamp?k=5", "/partners/fund", "/startups/lamp?stages=天史轮", "/startups"):
        staff.get(path)
    assert left == []


def test_what_a_startup_opens_was_shown_to_it(app: APIFlask, store: Store, left: list[ShownList]):
    page = visitor(app, store, Caller.STARTUP).get("/my")
    [found] = left
    assert (found.request_id, found.at) == (page.headers["X-Request-ID"], NOON)
    assert (found.query_key, found.model_version) == ("north:s1", "profiles-only")
    assert list(found.scores) == sorted(found.scores, reverse=True)
