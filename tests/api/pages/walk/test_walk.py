"""Every page, for each kind of person: accessible (axe-core), as wide as its window, quiet, and by itself."""

from collections.abc import Iterator
from functools import partial

import pytest
from playwright.sync_api import Browser, sync_playwright

from api.pages.language import Choice
from api.principals import issue_token
from matcher.encoding.encoder import Encoder
from tests.api.pages.chromium import launch
from tests.api.pages.queries import MOST, asked
from tests.api.pages.visitor import Visitor
from tests.api.pages.walk.town import Town, town
from tests.api.pages.walk.walking import signed_in, wrong_at

pytestmark = pytest.mark.browser

REHEARSED = "/erase"
"""A page that carries the whole deed out and takes it back, to say what it would do."""
PEOPLE = ("nobody", "staff", "startup", "mentor", "investor")


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory, encoder: Encoder) -> Iterator[Town]:
    with town(tmp_path_factory.mktemp("town"), encoder) as found:
        yield found


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        running = launch(playwright)
        yield running
        running.close()


LONGER = pytest.mark.e2e


SHORT = 3
"""Of the office's many pages `make test` looks at every third, `make e2e` at all."""


@pytest.mark.parametrize(
    ("width", "lang", "scheme"),
    [
        pytest.param(1280, "zh", "light", marks=LONGER),
        pytest.param(390, "en", "dark", marks=LONGER),
        pytest.param(1280, "en", "dark", marks=LONGER),
        pytest.param(390, "zh-Hant", "light", marks=LONGER),
    ],
)
@pytest.mark.parametrize("who", PEOPLE)
def test_nothing_is_wrong_with_any_page(
    browser: Browser, place: Town, who: str, width: int, lang: Choice, scheme: str
):
    with signed_in(browser, place, who, width, color_scheme=scheme) as screen:
        ways = [path + ("&" if "?" in path else "?") + f"lang={lang}" for path in place.paths[who]]
        found = [wrong for path in ways for wrong in wrong_at(screen, path)]

    assert found == []


@pytest.mark.parametrize("who", PEOPLE)
def test_nothing_is_wrong_with_some_pages_of_everybody(browser: Browser, place: Town, who: str):
    with signed_in(browser, place, who, 1280, color_scheme="light") as screen:
        paths = place.paths[who][:: SHORT if who == "staff" else 1]
        found = [wrong for path in paths for wrong in wrong_at(screen, path)]

    assert found == []


@pytest.mark.parametrize("who", PEOPLE)
def test_no_page_asks_the_database_more_than_twelve_times(place: Town, who: str):
    visitor = Visitor(place.app.test_client())
    if who != "nobody":
        visitor.send("/signin", token=issue_token(place.store, place.people[who]))
    visitor.get(place.paths[who][0])  # the first look reads the whole store into memory
    some = [path for path in place.paths[who] if not path.endswith(REHEARSED)]
    found = {path: asked(place.store, partial(visitor.text, path)) for path in some}
    assert {path: queries for path, queries in found.items() if len(queries) > MOST} == {}
