"""Copies on this machine's disk of bundles that are elsewhere, so that their arrays can be mapped."""

import shutil
from pathlib import Path

from matcher.model.bundle import ARRAYS, MANIFEST
from matcher.model.locks import exclusive
from matcher.model.storage import Storage

KEPT_COPIES = 6
"""The live version and the one before, a candidate, and their rehearsals: the rest is fetched again."""


class Copies:
    """Copied bundles by a key that is another one where the content is. Several processes may share them:
    one fetches, the others wait for it."""

    def __init__(self, storage: Storage, folder: Path) -> None:
        self._storage = storage
        self._folder = folder

    def copy(self, bundle: str, key: str) -> Path:
        """The folder of the copy of the bundle at this path, fetched where it is not here yet.

        Raises:
            FileNotFoundError: the bundle is not whole.
        """
        target = self._folder / key
        with exclusive(self._folder / ".lock"):
            if not target.exists():
                self._fetch(bundle, target)
            target.touch()
            self._drop_old()
        return target

    def forget(self, key: str) -> None:
        """Remove a copy; what has been mapped of it stays readable."""
        shutil.rmtree(self._folder / key, ignore_errors=True)

    def _fetch(self, bundle: str, target: Path) -> None:
        part = self._folder / ".fetching"
        shutil.rmtree(part, ignore_errors=True)
        part.mkdir()
        for name in (ARRAYS, MANIFEST):
            self._storage.fetch(f"{bundle}/{name}", part / name)
        part.rename(target)

    def _drop_old(self) -> None:
        copies = [path for path in self._folder.iterdir() if not path.name.startswith(".")]
        for path in sorted(copies, key=_used, reverse=True)[KEPT_COPIES:]:
            self.forget(path.name)


def _used(path: Path) -> int:
    return path.stat().st_mtime_ns
