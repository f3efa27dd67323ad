"""Every test that takes `store` runs on SQLite and on PostgreSQL, each time on a fresh database."""

import multiprocessing
import multiprocessing.pool
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

from matcher.store import Store
from matcher.store.schema import metadata
from tests.matcher.store.postgres import running_server
from tests.matcher.store.samples import NOW

WORKERS = 3


@pytest.fixture(scope="session")
def server() -> Iterator[Path]:
    """The socket of a PostgreSQL that runs as long as the tests."""
    with running_server() as socket:
        yield socket


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated database file, to be copied."""
    file = tmp_path_factory.mktemp("migrated") / "bole.db"
    _migrated(f"sqlite:///{file}")
    return file


@pytest.fixture(scope="session")
def migrated_postgresql(server: Path) -> Iterator[Callable[[], str]]:
    """Empties a migrated database and gives its URL: a new one for each test would be far slower."""
    url = _migrated(_address(server, "contract"))
    settings = "-csearch_path=contract -csession_replication_role=replica -clock_timeout=10s"  # triggers off
    with _admin(server, settings) as admin:

        def emptied() -> str:
            for table in metadata.sorted_tables:
                admin.execute(f"DELETE FROM {table.name}")
            admin.execute("INSERT INTO revisions VALUES (1, 0)")
            return url

        yield emptied


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A database without tables."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'bole.db'}"
    return _address(request.getfixturevalue("server"), f"empty_{tmp_path.name}")


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A migrated database that holds nothing."""
    if request.param == "sqlite":
        return f"sqlite:///{shutil.copy(request.getfixturevalue('migrated_sqlite'), tmp_path / 'bole.db')}"
    return request.getfixturevalue("migrated_postgresql")()


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    """A store with the organisations north and south."""
    store = Store(url, clock=lambda: NOW)
    store.add_organisation("north", "北方孵化器")
    store.add_organisation("south")
    yield store
    store.close()


@pytest.fixture(scope="session")
def processes() -> Iterator[multiprocessing.pool.Pool]:
    """Some processes to work at once."""
    with multiprocessing.get_context("spawn").Pool(WORKERS) as pool:
        yield pool


def _address(server: Path, schema: str) -> str:
    with _admin(server) as admin:
        admin.execute(sql.SQL("CREATE SCHEMA {}").format(sql.Identifier(schema)))
    return f"postgresql+psycopg://postgres@/postgres?host={server}&options=-csearch_path%3D{schema}"


def _admin(server: Path, settings: str = "") -> psycopg.Connection:
    return psycopg.connect(host=str(server), user="postgres", options=settings, autocommit=True)


def _migrated(url: str) -> str:
    store = Store(url)
    store.migrate()
    store.close()
    return url
