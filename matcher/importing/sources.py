"""Where the bytes come from: files, and the tables in a folder."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from matcher.errors import UnreadableFile

MAX_BYTES = 64 * 1024 * 1024
SUFFIXES = frozenset((".csv", ".tsv", ".xlsx", ".xls", ".xlsm"))


@dataclass(frozen=True, slots=True)
class Source:
    """A file by name and content. `named` is False for one that was only found in a folder.

    A found file that is no import (a list of ids) is left out with a warning; a named one is refused.
    """

    name: str
    data: bytes
    named: bool = True


def sources_at(paths: Iterable[Path]) -> list[Source]:
    """The files at the paths, in order; of a folder its tables (csv, tsv, xlsx), by name, not those below.

    Raises:
        UnreadableFile: a path that is not there, a folder without tables, a file over 64 MB (not read).
    """
    return [source for path in paths for source in _at(path)]


def _at(path: Path) -> list[Source]:
    if not path.is_dir():
        return [_read(path, named=True)]
    found = sorted(inside for inside in path.iterdir() if inside.is_file() and _is_table(inside))
    if not found:
        raise UnreadableFile(f"{path}: the folder has no CSV or XLSX file")
    return [_read(inside, named=False) for inside in found]


def _is_table(path: Path) -> bool:
    return path.suffix.lower() in SUFFIXES and not path.name.startswith((".", "~$"))


def _read(path: Path, *, named: bool) -> Source:
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise UnreadableFile(f"{path.name}: {size:,} bytes (at most {MAX_BYTES:,}); split the file")
        return Source(path.name, path.read_bytes(), named)
    except OSError as error:
        raise UnreadableFile(f"{path}: {error.strerror}; check the path and its permissions") from error
