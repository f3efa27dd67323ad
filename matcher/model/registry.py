"""The registry: a folder (or any fsspec URL) of model versions and one pointer to the live one.

URL/versions/<version>/{arrays.npz, manifest.json}     never changed once written
URL/live.json                                          {"version": …, "previous": […]}, swapped atomically
"""

import json
import re
import secrets
import shutil
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import fsspec

from matcher.errors import Conflict, NotFound, UnusableModel
from matcher.model.bundle import MANIFEST, load, save
from matcher.model.parameters import Model, untrained

POINTER = "live.json"
_VERSION = re.compile(r"[\w-][\w.-]*")
"""What a version may be called: one step of a path, in one way only."""


@dataclass(frozen=True, slots=True)
class _Pointer:
    """Which version serves (None before the first), and those that did, the latest first."""

    version: str | None = None
    previous: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class VersionInfo:
    """One version: `status` is live, retired (was live) or candidate; `facts` as its manifest tells them."""

    version: str
    status: str
    hash: str
    facts: dict[str, Any]


class Registry:
    """Model versions at one URL. Safe for many readers and one writer at a time.

    `scratch` holds local copies of bundles that come from a remote URL, so that arrays can be mapped.
    """

    def __init__(self, url: str, scratch: Path | None = None) -> None:
        self._files, self._root = fsspec.core.url_to_fs(url)
        self._local = Path(self._root) if "file" in self._files.protocol else None
        self._scratch = scratch or Path(tempfile.gettempdir()) / "bole-models"

    def add(self, model: Model) -> None:
        """Store a version. Adding the same content again changes nothing.

        Raises:
            Conflict: the version exists with other content.
        """
        with tempfile.TemporaryDirectory() as folder:
            bundle = Path(folder) / model.version
            digest = save(model, bundle)
            if self._exists(model.version):
                self._refuse_other_content(model.version, digest)
                return
            self._publish(bundle, model.version)

    def load(self, version: str) -> Model:
        """The model of a version, its arrays memory-mapped.

        Raises:
            NotFound: no such version. UnusableModel: see `bundle.load`.
        """
        if not self._exists(version):
            raise NotFound(f"no model version {version!r}; `bole models list` names those there are")
        return load(self._local / "versions" / version if self._local else self._copied(version))

    def live(self) -> str | None:
        """The live version, None before the first.

        Raises:
            UnusableModel: the pointer to it is damaged.
        """
        return self._pointer().version

    def live_model(self) -> Model:
        """The live model; before any training the one that knows profiles alone.

        Raises:
            UnusableModel: the pointer to it is damaged, or the model is missing or cannot be loaded.
        """
        version = self.live()
        try:
            return untrained() if version is None else self.load(version)
        except NotFound as error:
            raise UnusableModel(f"the live model is missing: {error}") from error

    def promote(self, version: str) -> None:
        """Make a version live; what was live can be rolled back to. A damaged pointer is written anew.

        Raises:
            NotFound: no such version. UnusableModel: it cannot be loaded, and the live one stays.
        """
        self.load(version)
        pointer = self._pointer_or_none()
        if pointer.version != version:
            past = (pointer.version,) if pointer.version else ()
            self._point(_Pointer(version, past + pointer.previous))

    def rollback(self) -> str:
        """Make the version live that was live before, and return it.

        Raises:
            NotFound: there was none. UnusableModel: it cannot be loaded, or the pointer is damaged.
        """
        pointer = self._pointer()
        if not pointer.previous:
            raise NotFound("no earlier live model to roll back to")
        version, *earlier = pointer.previous
        self.load(version)
        self._point(_Pointer(version, tuple(earlier)))
        return version

    def versions(self) -> list[VersionInfo]:
        """Every version that is whole, newest name first. All are candidates where the pointer is damaged; of
        one whose manifest is, only the name is told."""
        folder = f"{self._root}/versions"
        paths = self._files.ls(folder, detail=False) if self._files.exists(folder) else []
        pointer = self._pointer_or_none()
        names = sorted((Path(path).name for path in paths), reverse=True)
        return [self._info(name, pointer) for name in names if self._exists(name)]

    def _info(self, version: str, pointer: _Pointer) -> VersionInfo:
        try:
            manifest = self._manifest(version)
        except UnusableModel:
            manifest = {}
        retired = "retired" if version in pointer.previous else "candidate"
        status = "live" if version == pointer.version else retired
        return VersionInfo(version, status, manifest.get("hash", ""), manifest.get("facts", {}))

    def _manifest(self, version: str) -> dict[str, Any]:
        try:
            manifest: dict[str, Any] = json.loads(
                self._files.cat_file(f"{self._root}/versions/{version}/{MANIFEST}")
            )
        except (OSError, ValueError) as error:
            raise UnusableModel(f"model version {version}: no readable {MANIFEST} ({error})") from error
        if not isinstance(manifest, dict):
            raise UnusableModel(f"model version {version}: {MANIFEST} is damaged")
        return manifest

    def _exists(self, version: str) -> bool:
        path = f"{self._root}/versions/{version}/{MANIFEST}"
        return bool(_VERSION.fullmatch(version)) and bool(self._files.exists(path))

    def _refuse_other_content(self, version: str, digest: str) -> None:
        if self._manifest(version)["hash"] != digest:
            raise Conflict(f"model version {version!r} exists with other content")

    def _publish(self, bundle: Path, version: str) -> None:
        """Arrays first, manifest last: a version without manifest does not exist."""
        target = f"{self._root}/versions/{version}"
        self._files.makedirs(target, exist_ok=True)
        for file in sorted(bundle.iterdir(), key=lambda file: file.name == MANIFEST):
            self._write(f"{target}/{file.name}", file.read_bytes())

    def _pointer(self) -> _Pointer:
        try:
            found = json.loads(self._files.cat_file(f"{self._root}/{POINTER}"))
        except FileNotFoundError:
            return _Pointer()
        except ValueError:
            found = None
        match found:
            case {"version": str() | None as version, "previous": [*previous]}:
                return _Pointer(version, tuple(map(str, previous)))
        raise UnusableModel(f"{POINTER} is damaged; `bole models promote VERSION` writes it anew")

    def _pointer_or_none(self) -> _Pointer:
        """The pointer; where it is damaged, one to nothing."""
        try:
            return self._pointer()
        except UnusableModel:
            return _Pointer()

    def _point(self, pointer: _Pointer) -> None:
        self._write(f"{self._root}/{POINTER}", json.dumps(asdict(pointer)).encode())

    def _write(self, path: str, data: bytes) -> None:
        """Whole or not at all: an object store's put is atomic, a local file is renamed into place."""
        self._files.makedirs(path.rpartition("/")[0], exist_ok=True)
        if self._local is None:
            self._files.pipe_file(path, data)
            return
        part = Path(f"{path}.{secrets.token_hex(4)}.part")
        part.write_bytes(data)
        part.replace(path)

    def _copied(self, version: str) -> Path:
        folder = self._scratch / f"{version}-{self._manifest(version)['arrays'][:16]}"
        if not folder.exists():
            part = self._scratch / f".{version}.{secrets.token_hex(4)}"
            self._files.get(f"{self._root}/versions/{version}/", str(part), recursive=True)
            shutil.move(part, folder)
        return folder
