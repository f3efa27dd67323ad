"""The application under test: a real store, and stand-ins for what answers match requests."""

import datetime as dt
import io
import shutil
from collections.abc import Iterator
from pathlib import Path

import argon2
import pytest
from apiflask import APIFlask

from api.app import create_app
from api.observing import observer
from api.principals import Caller
from api.services import Services
from api.settings import Settings
from matcher.store import Store
from tests.api.fakes import FakeMatches, FakeRegistry
from tests.api.mailing import AnyPort, Postbox
from tests.api.quick import compile_once, hash_quickly, hash_with
from tests.api.world import Client, caller, populate

NOON = dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC)


@pytest.fixture(scope="session", autouse=True)
def _compiled_once(tmp_path_factory: pytest.TempPathFactory) -> None:
    compile_once(tmp_path_factory.mktemp("templates"))


@pytest.fixture(scope="session", autouse=True)
def _hashed_quickly() -> None:
    hash_quickly()


@pytest.fixture
def usual_hashes() -> Iterator[None]:
    """Passwords are hashed as Bole hashes them."""
    hash_with(argon2.PasswordHasher())
    yield
    hash_quickly()


@pytest.fixture(scope="session")
def populated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("api") / "populated.db"
    store = Store(f"sqlite:///{path}")
    store.migrate()
    populate(store)
    store.close()
    return path


@pytest.fixture
def store(populated: Path, tmp_path: Path) -> Iterator[Store]:
    shutil.copy(populated, tmp_path / "bole.db")
    store = Store(f"sqlite:///{tmp_path / 'bole.db'}")
    yield store
    store.close()


@pytest.fixture
def log() -> io.StringIO:
    return io.StringIO()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path, body_limit_bytes=20_000, import_limit_bytes=60_000)


@pytest.fixture
def services(store: Store) -> Services:
    return Services(store, FakeMatches(store), FakeRegistry(), clock=lambda: NOON)


@pytest.fixture
def app(services: Services, settings: Settings, log: io.StringIO) -> APIFlask:
    return create_app(services, settings, records=observer(None, log))


@pytest.fixture
def staff(app: APIFlask, store: Store) -> Client:
    return caller(app, store, Caller.STAFF)


@pytest.fixture
def startup(app: APIFlask, store: Store) -> Client:
    return caller(app, store, Caller.STARTUP)


@pytest.fixture
def mentor(app: APIFlask, store: Store) -> Client:
    return caller(app, store, Caller.MENTOR)


@pytest.fixture
def admin(app: APIFlask, store: Store) -> Client:
    return caller(app, store, Caller.ADMIN)


@pytest.fixture
def postbox() -> Postbox:
    return Postbox()


@pytest.fixture
def smtp_port(postbox: Postbox) -> Iterator[int]:
    """The port of a mail server that puts what it takes into the postbox."""
    controller = AnyPort(postbox, hostname="127.0.0.1", port=0)
    controller.start()
    yield controller.port
    controller.stop()
