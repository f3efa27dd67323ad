"""What tests of several packages share: an empty store of their own, and the real encoder loaded once."""

import itertools
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy import event

from matcher.encoding.encoder import UniversalSentenceEncoder
from matcher.store import Store


@event.listens_for(sa.Engine, "connect")
def _wait_for_no_disk(connection: Any, _record: object) -> None:
    """Nothing that a test writes has to outlive a power cut: thousands of stores wait for no disk."""
    if isinstance(connection, sqlite3.Connection):
        connection.execute("PRAGMA synchronous = OFF")


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("migrated") / "empty.db"
    store = Store(f"sqlite:///{path}")
    store.migrate()
    store.close()
    return path


@pytest.fixture
def new_store(migrated: Path, tmp_path: Path) -> Iterator[Callable[[], Store]]:
    """Makes an empty store each time it is called."""
    numbers, opened = itertools.count(), []

    def make() -> Store:
        path = tmp_path / f"store{next(numbers)}.db"
        shutil.copy(migrated, path)
        opened.append(Store(f"sqlite:///{path}"))
        return opened[-1]

    yield make
    for store in opened:
        store.close()


@pytest.fixture(scope="session")
def real_encoder() -> UniversalSentenceEncoder:
    return UniversalSentenceEncoder()
