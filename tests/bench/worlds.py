"""Worlds to measure in: generated once, imported and trained in a home that is kept between runs.

Encoding 100,000 texts takes minutes; a kept home has their vectors, and importing the same files again
changes nothing.
"""

import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

from training.quality.commands import Cost, Shell

BOLE = str(Path(sys.executable).with_name("bole"))
STARTUPS = 2_000
INTERACTIONS = 50_000


@dataclass(frozen=True, slots=True)
class World:
    """A world of `mentors` mentors under `folder`: its files, and the home that holds it."""

    folder: Path
    mentors: int

    @property
    def files(self) -> list[Path]:
        """What is imported; the ledger is not, as it enters no list."""
        return [
            self.folder / "world" / f"{name}.csv"
            for name in ("startups", "mentors", "investors", "interactions")
        ]

    @property
    def home(self) -> Path:
        """The home with everything in it."""
        return self.folder / "home"


def prepare(world: World, shell: Shell) -> Cost:
    """Make the world's files and home unless they are there; what its training cost."""
    if not all(file.exists() for file in world.files):
        sizes = ["--startups", str(STARTUPS), "--mentors", str(world.mentors), "--investors", "1"]
        target = [str(world.folder / "world"), "--plain", "--interactions", str(INTERACTIONS), *sizes]
        shell.run("make", [sys.executable, "-m", "fixtures", *target])
    home = [BOLE, "--home", str(world.home)]
    shell.run("import", [*home, "import", *map(str, world.files)])
    return shell.run("train", [*home, "train", "--promote"])


def import_cost(world: World, shell: Shell) -> Cost:
    """What the mentors' import into a further organisation costs, their texts being encoded already."""
    home = world.folder / "home-import"
    shutil.rmtree(home, ignore_errors=True)
    shutil.copytree(world.home, home)
    command = [BOLE, "--home", str(home), "import", "--org", "second", str(world.files[1])]
    cost = shell.run("import-again", command)
    shutil.rmtree(home)
    return cost
