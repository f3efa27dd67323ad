"""Every test that takes `store` runs on SQLite and on PostgreSQL, each time on a fresh database."""

import itertools
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from matcher.store import Store
from tests.matcher.store.postgres import running_server
from tests.matcher.store.samples import NOW


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Callable[[], str]]:
    """Makes an empty schema on a running server and gives a URL that works in it alone."""
    numbers = itertools.count()
    with (
        running_server() as socket,
        psycopg.connect(host=str(socket), user="postgres", autocommit=True) as admin,
    ):

        def make() -> str:
            schema = f"test_{next(numbers)}"
            admin.execute(f"CREATE SCHEMA {schema}")
            return f"postgresql+psycopg://postgres@/postgres?host={socket}&options=-csearch_path%3D{schema}"

        yield make


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated database file, to be copied."""
    file = tmp_path_factory.mktemp("migrated") / "bole.db"
    _migrated(f"sqlite:///{file}")
    return file


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A database without tables."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'bole.db'}"
    return request.getfixturevalue("postgresql")()


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A migrated database that holds nothing."""
    if request.param == "sqlite":
        return f"sqlite:///{shutil.copy(request.getfixturevalue('migrated_sqlite'), tmp_path / 'bole.db')}"
    return _migrated(request.getfixturevalue("postgresql")())


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    """A store with the organisations north and south."""
    store = Store(url, clock=lambda: NOW)
    store.add_organisation("north", "北方孵化器")
    store.add_organisation("south")
    yield store
    store.close()


def _migrated(url: str) -> str:
    store = Store(url)
    store.migrate()
    store.close()
    return url
