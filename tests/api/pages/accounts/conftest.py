"""People who use the pages about accounts."""

import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from urllib.parse import urlsplit

import pytest
from apiflask import APIFlask
from sqlalchemy import event

from api.accounts.passwords import hash_of
from api.app import create_app
from api.observing import observer
from api.pages import pages
from api.sending.servers import smtp_server
from api.services import Services
from api.settings import Settings
from matcher.people import Person
from matcher.store import Store
from tests.api.pages.visitor import Visitor

PASSWORD = "seven quiet herons"


@pytest.fixture(scope="session")
def hashed() -> str:
    return hash_of(PASSWORD)


@pytest.fixture
def wei(store: Store, hashed: str) -> Person:
    """Somebody of north's staff."""
    return with_password(store, hashed, "wei@example.org", role="staff", name="王伟")


@pytest.fixture
def ann(store: Store, hashed: str) -> Person:
    """Somebody of the startup s1."""
    return with_password(store, hashed, "ann@example.org", role="startup", profile_id="s1", name="Ann")


@pytest.fixture
def far(store: Store, hashed: str) -> Person:
    """Somebody of south's staff."""
    return with_password(store, hashed, "far@example.org", organisation="south", role="staff", name="Far")


@pytest.fixture
def root(store: Store, hashed: str) -> Person:
    """An admin of north."""
    return with_password(store, hashed, "root@example.org", role="admin", name="Root")


@pytest.fixture
def mailing(services: Services, settings: Settings, smtp_port: int, log) -> APIFlask:
    """The application with a mail server."""
    smtp = smtp_server(f"smtp://127.0.0.1:{smtp_port}?tls=no")
    set_up = replace(settings, smtp=smtp, public_url="https://bole.example")
    return create_app(services, set_up, pages=[pages], records=observer(None, log))


def with_password(store: Store, hashed: str, email: str, *, organisation: str = "north", **fields) -> Person:
    person = store.people.add(organisation, email, **fields)
    store.people.set_password(person.id, hashed)
    return store.people.get(person.id)


def guest(app: APIFlask) -> Visitor:
    return Visitor(app.test_client())


def enter(app: APIFlask, person: Person, password: str = PASSWORD) -> Visitor:
    """A browser in which the person has signed in."""
    browser = guest(app)
    answer = browser.send("/signin/password", email=person.email, password=password)
    assert answer.status_code == 303, answer.text
    return browser


def link_in(text: str, path: str = "/(?:welcome|reset)") -> str:
    """The path and query of the link in a text."""
    found = re.search(rf"https?://[^\s\"<]+?{path}\?token=[\w-]+", text)
    assert found, text
    parts = urlsplit(found[0])
    return f"{parts.path}?{parts.query}"


def token_in(link: str) -> str:
    return link.partition("token=")[2]


@pytest.fixture
def queries(store: Store) -> Callable[[], AbstractContextManager[list[str]]]:
    """Listens to what the database is asked."""

    @contextmanager
    def listening() -> Iterator[list[str]]:
        asked: list[str] = []

        def note(_connection, _cursor, statement, *_) -> None:
            if not statement.startswith(("BEGIN", "PRAGMA")):
                asked.append(statement)

        event.listen(store._engine, "before_cursor_execute", note)
        yield asked
        event.remove(store._engine, "before_cursor_execute", note)

    return listening
