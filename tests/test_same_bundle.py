"""The same data, settings and seed give the same bundle wherever it is trained."""

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pytest

from fixtures.plain import write_plain
from fixtures.world import Settings as World
from fixtures.world import make_world
from matcher.model.bundle import model_hash
from matcher.model.registry import Registry

ROOT = Path(__file__).parents[1]
SIZE = World(startups=40, mentors=20, investors=10, interactions=800)
"""Enough deals for the combination to be learned too."""


@dataclass(frozen=True, slots=True)
class Environment:
    """A folder to work in, what else is told to the process, and the order in which files come."""

    folder: Path
    told: dict[str, str]
    files: tuple[str, ...]

    def bole(self, *words: str | Path) -> None:
        """One command, started with nothing of this process's own environment but the search paths."""
        self.folder.mkdir(exist_ok=True)
        clean = {"PATH": os.defpath, "PYTHONPATH": str(ROOT), "HOME": str(self.folder), **self.told}
        command = [sys.executable, "-m", "api.cli", "--home", "home", *map(str, words)]
        subprocess.run(command, check=True, capture_output=True, cwd=self.folder, env=clean)

    def trained(self, world: Path) -> tuple[str, str]:
        """The version that is trained here on the world, and the hash of its content."""
        self.bole("import", *(world / f"{name}.csv" for name in self.files))
        self.bole("train", "--as-of", SIZE.until.isoformat())
        model = Registry(str(self.folder / "home" / "models")).live_model()
        return model.version, model_hash(model)


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("world")
    write_plain(make_world(SIZE), folder)
    return folder


def test_two_clean_environments_train_the_same_bundle(world: Path, tmp_path: Path):
    here = Environment(
        tmp_path / "here",
        {"PYTHONHASHSEED": "1", "TZ": "Asia/Shanghai", "LC_ALL": "C.UTF-8", "OMP_NUM_THREADS": "1"},
        ("startups", "mentors", "investors", "interactions"),
    )
    there = Environment(
        tmp_path / "there 那里",
        {"PYTHONHASHSEED": "2", "TZ": "America/New_York", "LC_ALL": "C"},
        ("investors", "mentors", "startups", "interactions"),
    )
    with ThreadPoolExecutor(2) as threads:
        one, another = threads.map(lambda environment: environment.trained(world), (here, there))

    assert one == another
