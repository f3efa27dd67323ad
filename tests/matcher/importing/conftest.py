from collections.abc import Iterator
from pathlib import Path

import pytest

from matcher.store import Store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An empty SQLite store with the organisation "here"."""
    opened = Store(f"sqlite:///{tmp_path / 'bole.db'}")
    opened.migrate()
    opened.add_organisation("here")
    yield opened
    opened.close()
