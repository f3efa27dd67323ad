"""Model bundles in a storage: written manifest last, removed manifest first: half a bundle is none."""

import hashlib
import json
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

from matcher.errors import UnusableModel
from matcher.model.bundle import ARRAYS, MANIFEST, load, parsed_manifest, save
from matcher.model.copies import Copies
from matcher.model.parameters import Model
from matcher.model.storage import Storage

VERIFIED = "verified"


class Bundles:
    """Bundles by the path of their folder. `name` is what messages call one."""

    def __init__(self, storage: Storage, scratch: Path) -> None:
        self._storage = storage
        self._copies = Copies(storage, scratch)

    def exists(self, folder: str) -> bool:
        """Whether there is a whole bundle."""
        return self._storage.exists(f"{folder}/{MANIFEST}")

    def told(self, folder: str) -> dict[str, Any]:
        """What the bundle's manifest tells, of whatever format; {} where it cannot be read."""
        try:
            manifest = json.loads(self._storage.read(f"{folder}/{MANIFEST}") or b"{}")
        except ValueError:
            return {}
        return manifest if isinstance(manifest, dict) else {}

    def writing(self) -> AbstractContextManager[None]:
        """One writer at a time; see `Storage.locked`."""
        return self._storage.locked("bundles")

    def save(self, model: Model, folder: str) -> None:
        """Write the bundle, or what is missing of it; inside of `writing` only."""
        with self._storage.workshop() as shop:
            save(model, shop / "bundle")
            for file in (ARRAYS, MANIFEST):
                self._storage.put(shop / "bundle" / file, f"{folder}/{file}")

    def load(self, folder: str, name: str) -> Model:
        """The model, its arrays memory-mapped and every byte compared with the hashes.

        Raises:
            UnusableModel: see `bundle.load`.
        """
        local = self._storage.local(folder)
        return load(local, name) if local else self._load_copy(folder, name)

    def verify(self, folder: str, name: str) -> None:
        """Compare every byte with the hashes, and note beside the bundle in which state that was.

        Raises:
            UnusableModel: see `bundle.load`.
        """
        state = self._state(folder, name)
        self.load(folder, name)
        self._storage.write(f"{folder}/{VERIFIED}", state.encode())

    def check(self, folder: str, name: str) -> None:
        """Verify, but take the arrays as read where the bundle's files are in the state that was noted.

        Raises:
            UnusableModel: see `bundle.load`.
        """
        parsed_manifest(self._manifest_file(folder, name), name)
        if self._storage.read(f"{folder}/{VERIFIED}") != self._state(folder, name).encode():
            self.verify(folder, name)

    def unmake(self, folder: str) -> None:
        """Make the bundle no more to be found: at once, whatever its size. `sweep` removes what is left."""
        self._storage.remove(f"{folder}/{MANIFEST}")

    def sweep(self, parent: str) -> None:
        """Remove what is left of bundles that were unmade or half written, with all that is beside them."""
        with self.writing():
            for name in self._storage.names(parent):
                if not name.startswith(".") and not self.exists(f"{parent}/{name}"):
                    self._storage.remove_tree(f"{parent}/{name}")

    def _load_copy(self, folder: str, name: str) -> Model:
        key = f"{name}-{self._state(folder, name)[:16]}"
        try:
            return load(self._copies.copy(folder, key), name)
        except FileNotFoundError as error:
            raise UnusableModel(f"model bundle {name}: {error.filename or ARRAYS} is missing") from error
        except UnusableModel:
            self._copies.forget(key)  # so that what is mended at its origin is fetched again
            raise

    def _state(self, folder: str, name: str) -> str:
        """A hash that is another one where the manifest or the state of the file of arrays is."""
        manifest = self._manifest_file(folder, name)
        arrays = self._storage.state(f"{folder}/{ARRAYS}")
        return hashlib.sha256(manifest + arrays.encode()).hexdigest()

    def _manifest_file(self, folder: str, name: str) -> bytes:
        content = self._storage.read(f"{folder}/{MANIFEST}")
        if content is None:
            raise UnusableModel(f"model bundle {name}: {MANIFEST} is missing")
        return content
