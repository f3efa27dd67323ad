"""North signs in with a real provider on this machine."""

from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import urlsplit
from urllib.request import HTTPErrorProcessor, build_opener

import pytest
from apiflask import APIFlask
from werkzeug.test import TestResponse

from api.accounts.vault import Vault, of_client
from api.app import create_app
from api.observing import observer
from api.pages import pages
from api.services import Services
from api.settings import Settings
from matcher.people import Person
from matcher.single_sign_on import Provider
from matcher.store import Store
from tests.api.conftest import NOON
from tests.api.pages.visitor import Visitor, shown
from tests.api.single_sign_on.login import CLIENT_ID, CLIENT_SECRET, Login, running


@pytest.fixture(scope="session")
def _running() -> Iterator[Login]:
    with running(Login(int(NOON.timestamp()))) as login:
        yield login


@pytest.fixture
def login(_running: Login, monkeypatch: pytest.MonkeyPatch) -> Login:
    monkeypatch.setenv("AUTHLIB_INSECURE_TRANSPORT", "1")  # the provider's own side, on this machine
    _running.begin_anew()
    return _running


@pytest.fixture
def settings(tmp_path) -> Settings:
    return replace(Settings(home=tmp_path), sso_hosts=frozenset({"localhost"}))


@pytest.fixture
def app(services: Services, settings: Settings, log) -> APIFlask:
    return create_app(services, settings, pages=[pages], records=observer(None, log))


@pytest.fixture
def provider(app: APIFlask, store: Store, login: Login) -> Provider:
    """North's provider; passwords work too."""
    assert isinstance(app.secret_key, bytes)
    sealed = Vault(app.secret_key).seal(CLIENT_SECRET, of_client("north"))
    made = Provider(organisation="north", issuer=login.issuer, client_id=CLIENT_ID, client_secret=sealed)
    return store.sign_on.put(made)


@pytest.fixture
def wei(store: Store) -> Person:
    """Somebody who was invited to north's staff."""
    return store.people.add("north", "wei@north.example", role="staff", name="王伟")


@pytest.fixture
def browser(app: APIFlask, provider: Provider) -> Visitor:
    return Visitor(app.test_client())


class _AsTheyCome(HTTPErrorProcessor):
    def http_response(self, request, response):
        return response


_OPENER = build_opener(_AsTheyCome)


def follow(url: str) -> str:
    """Where the provider sends the browser, as path and query of Bole."""
    with _OPENER.open(url, timeout=5) as answer:
        location = answer.headers["Location"]
        assert location, answer.read()
    parts = urlsplit(location)
    return f"{parts.path}?{parts.query}"


def press(browser: Visitor, path: str = "/signin/north") -> str:
    """Press the button of the page; where it leads."""
    page = browser.get(path)
    assert page.status_code == 200, page.text
    link = page.text.partition('href="/signin/north/go?')[2].partition('"')[0].replace("&amp;", "&")
    return browser.get(f"/signin/north/go?{link}").location


def sign_on(browser: Visitor, path: str = "/signin/north") -> TestResponse:
    """The whole way: button, provider, and back."""
    return browser.get(follow(press(browser, path)))


def refused(browser: Visitor, answer: TestResponse) -> tuple[int, str]:
    """Status and text of the page that says why nobody was signed in."""
    assert answer.status_code == 303
    assert answer.location == "/signin/north", answer.location
    page = browser.get(answer.location)
    assert browser.get("/account").status_code == 303, "somebody is signed in"
    return page.status_code, shown(page)
