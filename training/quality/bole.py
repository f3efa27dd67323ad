"""Bole through its real command line: a home directory, and the commands that work in it."""

import shutil
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from training.quality.commands import Cost, Shell

BOLE = Path(sys.executable).with_name("bole")
PROFILES = ("startups.csv", "mentors.csv", "investors.csv")
_SOME_ROWS_REJECTED = frozenset({0, 1})


@dataclass(frozen=True, slots=True)
class Home:
    """A home directory. Steps are named: the output of "match" is in the log HOME-match.log of the shell."""

    path: Path
    shell: Shell

    def run(self, step: str, *words: str) -> Cost:
        """Run `bole --home PATH WORDS…`.

        Raises:
            CommandFailed: it did not end well.
        """
        return self._run(step, words, frozenset({0}))

    def take_in(self, files: Sequence[Path]) -> Cost:
        """Import those of the files that exist. Rejected rows are no failure.

        Raises:
            CommandFailed: it did not end well.
        """
        names = [str(file) for file in files if file.exists()]
        return self._run("import", ["import", *names], _SOME_ROWS_REJECTED)

    def train(self, as_of: str = "") -> Cost:
        """Train on what happened before a day ("": on everything) and make the version live."""
        return self.run("train", "train", "--promote", *(("--as-of", as_of) if as_of else ()))

    def match(self, queries: Path, role: str, out: Path) -> Cost:
        """Write lists of ten for the startups that a file names."""
        words = ("match", "--startups", str(queries), "--role", role, "--k", "10", "--out", str(out))
        return self.run(f"match-{out.stem}", *words)

    def copy(self, path: Path) -> "Home":
        """A copy of the home at another path, whatever was there before."""
        shutil.rmtree(path, ignore_errors=True)
        shutil.copytree(self.path, path)
        return Home(path, self.shell)

    def _run(self, step: str, words: Sequence[str], done: frozenset[int]) -> Cost:
        command = [str(BOLE), "--home", str(self.path), *words]
        return self.shell.run(f"{self.path.name}-{step}", command, done)
