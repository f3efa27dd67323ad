"""Homes for runs: one before the first run, one after it, and copies of that to go on from."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.training.weekly.homes import Home, small_home
from training.weekly.record import WeeklyRecord


@pytest.fixture(scope="session")
def first_run(migrated: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Home, WeeklyRecord]:
    """A home after its first run, and what that said: to be looked at only."""
    home = small_home(tmp_path_factory.mktemp("first") / "home", migrated)
    record = home.run()
    home.store.close()
    return home, record


@pytest.fixture
def home(migrated: Path, tmp_path: Path) -> Iterator[Home]:
    """Before the first run."""
    home = small_home(tmp_path / "home", migrated)
    yield home
    home.store.close()


@pytest.fixture
def trained(first_run: tuple[Home, WeeklyRecord], tmp_path: Path) -> Iterator[Home]:
    """An hour after the first run."""
    home = first_run[0].copied(tmp_path / "trained")
    yield home
    home.store.close()
