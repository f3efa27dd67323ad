"""A home in which the demo's main job has run once, and the command line as a function."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from api.cli import main

Bole = Callable[..., Result]


def run_bole(home: Path, *arguments: str | Path) -> Result:
    """Run one command in this process, as the installed `bole` would; what is no exit is raised."""
    arguments_ = ["--home", str(home), *map(str, arguments)]
    return CliRunner(catch_exceptions=False).invoke(main, arguments_, prog_name="bole")


@pytest.fixture(scope="session")
def demo_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home after `bole demo --no-serve`: profiles of the organisation `demo`, a live model."""
    home = tmp_path_factory.mktemp("home")
    done = run_bole(home, "demo", "--no-serve")
    assert done.exit_code == 0, done.output
    return home / "demo"


@pytest.fixture
def bole(demo_home: Path) -> Bole:
    """The command line over the demo's home; commands that write must use a home of their own."""
    return lambda *arguments: run_bole(demo_home, *arguments)


@pytest.fixture
def fresh(tmp_path: Path) -> Bole:
    """The command line over an empty home."""
    return lambda *arguments: run_bole(tmp_path / "home", *arguments)
