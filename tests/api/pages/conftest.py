"""The pages under test: the real application, store and matching service, and visitors who use them."""

import datetime as dt
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from apiflask import APIFlask

from api.app import create_app
from api.observing import observer
from api.pages import pages
from api.principals import Caller
from api.services import Services
from api.settings import Settings
from matcher.encoding.encoder import Encoder, UniversalSentenceEncoder
from matcher.matching.service import Clock, MatchService
from matcher.matching.snapshot import Sources
from matcher.model.registry import Registry
from matcher.store import Store
from tests.api.conftest import NOON
from tests.api.pages.city import populate_city
from tests.api.pages.visitor import Visitor, visitor

CLOCK = Clock(today=lambda: NOON.date(), seconds=lambda: 0.0)


@pytest.fixture(scope="session")
def encoder() -> Encoder:
    return UniversalSentenceEncoder()


@pytest.fixture(scope="session")
def populated(populated: Path, encoder: Encoder, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small city too, and what its texts mean: made once, copied for each test."""
    folder = tmp_path_factory.mktemp("city")
    shutil.copy(populated, folder / "populated.db")
    store = Store(f"sqlite:///{folder / 'populated.db'}")
    populate_city(store)
    MatchService(Sources(store, encoder), Registry(folder.as_uri()), CLOCK).refresh()
    store.close()
    return folder / "populated.db"


@pytest.fixture
def services(store: Store, settings: Settings, encoder: Encoder) -> Services:
    registry = Registry(settings.models_url)
    return Services(store, MatchService(Sources(store, encoder), registry, CLOCK), registry, lambda: NOON)


@pytest.fixture
def app(services: Services, settings: Settings, log) -> APIFlask:
    return create_app(services, settings, pages=[pages], records=observer(None, log))


@pytest.fixture
def later(services: Services, settings: Settings) -> APIFlask:
    """The same application thirteen hours later."""
    clock = lambda: NOON + dt.timedelta(hours=13)  # noqa: E731
    return create_app(replace(services, clock=clock), settings, pages=[pages])


@pytest.fixture
def staff(app: APIFlask, store: Store) -> Visitor:
    return visitor(app, store, Caller.STAFF)


@pytest.fixture
def admin(app: APIFlask, store: Store) -> Visitor:
    return visitor(app, store, Caller.ADMIN)
