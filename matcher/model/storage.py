"""Files at one URL, in a local folder or an object store, each written whole or not at all."""

import errno
import os
import secrets
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import fsspec

from matcher.errors import InvalidInput, UnusableModel
from matcher.model.locks import exclusive

_LOCKS, _WRITING = ".locks", ".writing"
_CHANGES = ("size", "ETag", "mtime", "LastModified", "created")
"""What file systems tell of a file, each some of it, that changes when its content does."""


class Storage:
    """Files by their path below the URL ("versions/v1/manifest.json").

    In a folder a file is renamed into place, after its content has reached the disk; in an object store a
    put is atomic. Wherever reading or writing fails for another reason than that nothing is there,
    UnusableModel names the place.
    """

    def __init__(self, url: str) -> None:
        """
        Raises:
            InvalidInput: a URL of a kind that this installation cannot open.
        """
        try:
            # Without fsspec's cache of listings: what another process wrote is seen at once.
            self._files, self._root = fsspec.core.url_to_fs(url, use_listings_cache=False)
        except (ImportError, ValueError) as error:
            remedy = "S3 needs the extra `s3` (pip install 'bole[s3]'); a path is always right"
            raise InvalidInput("registry", url, f"cannot be opened ({error})", remedy) from error
        self._folder = Path(self._root) if "file" in self._files.protocol else None

    def local(self, path: str) -> Path | None:
        """Where the file is on this machine; None in an object store."""
        return self._folder / path if self._folder else None

    def read(self, path: str) -> bytes | None:
        """The content; None where there is no such file."""
        with self._told():
            try:
                return self._content(self._at(path))
            except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
                return None

    def exists(self, path: str) -> bool:
        """Whether there is such a file or folder."""
        return self._info(path) is not None

    def names(self, folder: str) -> list[str]:
        """What is in the folder, in no order; [] where it does not exist."""
        with self._told():
            try:
                paths = self._files.ls(self._at(folder), detail=False)
            except FileNotFoundError:
                return []
        return [name for path in paths if (name := path.rstrip("/").rpartition("/")[2])]

    def state(self, path: str) -> str:
        """A text that is another one once the file was written again; "" where there is no such file."""
        info = self._info(path) or {}
        return " ".join(f"{key}={info[key]}" for key in _CHANGES if key in info)

    def write(self, path: str, content: bytes) -> None:
        """Write the file, or replace it."""
        with self._told():
            if self._folder is None:
                self._files.pipe_file(self._at(path), content)
                return
            part = self._folder / f"{path}.{secrets.token_hex(4)}.part"
            part.parent.mkdir(parents=True, exist_ok=True)
            part.write_bytes(content)
            _rename(part, self._folder / path)

    def put(self, source: Path, path: str) -> None:
        """Bring a file of a `workshop` in, however large; the source may be gone afterwards."""
        with self._told():
            if self._folder is None:
                self._files.put_file(str(source), self._at(path))
                return
            target = self._folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            _rename(source, target)

    def fetch(self, path: str, target: Path) -> None:
        """Copy a file to this machine's disk.

        Raises:
            FileNotFoundError: there is no such file.
        """
        with self._told():
            self._files.get_file(self._at(path), str(target))

    def remove(self, path: str) -> None:
        """Remove the file; nothing happens where there is none."""
        with self._told():
            try:
                self._files.rm_file(self._at(path))
            except FileNotFoundError:
                return

    def remove_tree(self, folder: str) -> None:
        """Remove the folder and all that is in it; nothing happens where there is none."""
        with self._told():
            if self._folder is None:
                for path in self._files.find(self._at(folder)):
                    self._files.rm_file(path)
            elif (self._folder / folder).is_dir():
                shutil.rmtree(self._folder / folder)

    @contextmanager
    def locked(self, name: str) -> Iterator[None]:
        """One writer at a time of all processes that use the folder: the kernel lets go when one is killed.

        An object store has no such lock: there the run's lease in the database keeps writers apart.
        """
        if self._folder is None:
            yield
            return
        with exclusive(self._folder / _LOCKS / name):
            yield

    @contextmanager
    def workshop(self) -> Iterator[Path]:
        """A folder on this machine to make files in that are then `put`: for one writer at a time, who clears
        what a killed one left. Beside the files where they are local, so that `put` need not copy."""
        if self._folder is None:
            with tempfile.TemporaryDirectory() as folder:
                yield Path(folder)
            return
        with self._told():
            shutil.rmtree(self._folder / _WRITING, ignore_errors=True)
            (self._folder / _WRITING).mkdir(parents=True)
        try:
            yield self._folder / _WRITING
        finally:
            shutil.rmtree(self._folder / _WRITING, ignore_errors=True)

    def _content(self, path: str) -> bytes:
        """In one request: without a start s3fs asks for the size first. What is empty has no start."""
        try:
            content: bytes = self._files.cat_file(path, start=0)
        except OSError as error:
            if error.errno != errno.EINVAL:
                raise
            content = self._files.cat_file(path)
        return content

    def _info(self, path: str) -> dict[str, Any] | None:
        with self._told():
            try:
                info: dict[str, Any] = self._files.info(self._at(path))
            except (FileNotFoundError, NotADirectoryError):
                return None
        return info

    def _at(self, path: str) -> str:
        return f"{self._root}/{path}"

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except FileNotFoundError:
            raise
        except _failures() as error:
            raise UnusableModel(f"the model registry at {self._root} cannot be used ({error})") from error


def _failures() -> tuple[type[Exception], ...]:
    """What file systems raise: OSError, but for botocore, whose errors have a root of their own."""
    botocore = sys.modules.get("botocore.exceptions")
    return (OSError, botocore.BotoCoreError) if botocore else (OSError,)


def _rename(source: Path, target: Path) -> None:
    """Rename into place what has reached the disk, and have the new name reach it too."""
    _sync(source)
    source.replace(target)
    _sync(target.parent)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
