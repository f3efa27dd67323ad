"""A list that a page shows is recorded as one that the API answers."""

from dataclasses import replace

import pytest
from apiflask import APIFlask

from api.app import create_app
from api.observing import observer
from api.pages import pages
from api.services import Services
from api.settings import Settings
from matcher.shown import ShownList
from tests.api.conftest import NOON
from tests.api.pages.test_matches import names
from tests.api.pages.visitor import Visitor


@pytest.fixture
def left() -> list[ShownList]:
    return []


@pytest.fixture
def app(services: Services, settings: Settings, log, left: list[ShownList]) -> APIFlask:
    recorded = replace(services, record=left.append)
    return create_app(recorded, settings, pages=[pages], records=observer(None, log))


def test_a_page_records_the_list_that_it_shows(staff: Visitor, left: list[ShownList]):
    page = staff.get("/startups/lamp?k=5")
    [found] = left
    assert (found.request_id, found.at) == (page.headers["X-Request-ID"], NOON)
    assert (found.query_key, found.role, found.model_version) == ("north:lamp", "mentor", "profiles-only")
    assert [key.removeprefix("north:") for key in found.partners] == names(page)
    assert list(found.scores) == sorted(found.scores, reverse=True)


def test_a_partners_page_records_startups(staff: Visitor, left: list[ShownList]):
    page = staff.get("/partners/fund")
    [found] = left
    assert (found.query_key, found.role) == ("north:fund", "startup")
    assert [key.removeprefix("north:") for key in found.partners] == names(page)


def test_a_page_that_shows_the_list_without_a_must_have_that_nobody_could_have_records_that_one(
    staff: Visitor, left: list[ShownList]
):
    page = staff.get("/startups/lamp?stages=天史轮")
    [found] = left
    assert [key.removeprefix("north:") for key in found.partners] == names(page)


def test_pages_without_a_list_record_nothing(staff: Visitor, left: list[ShownList]):
    for path in ("/startups", "/partners", "/startups/nobody"):
        staff.get(path)
    assert left == []
