"""Long output, kept as it is made: what is done outlives the process, and the next run goes on from there.

Beside the target stands a folder `TARGET.part` with `progress.json`, which tells what is being made, and one
file for each part that is done. A part has its name only when it is whole.
"""

import json
import os
import secrets
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

from matcher.tables import Row

PROGRESS = "progress.json"


class Parts:
    """Parts of one output, numbered from 0. `made_of` tells, in JSON, all that the output depends on: what
    was kept of another one is thrown away."""

    def __init__(self, target: Path, made_of: Mapping[str, object]) -> None:
        self._folder = target.with_name(f"{target.name}.part")
        told = json.dumps(made_of, ensure_ascii=False, indent=1, sort_keys=True)
        if self._read(PROGRESS) != told:
            self.clear()
            self._folder.mkdir(parents=True)
            self.write_whole(self._folder / PROGRESS, lambda path: path.write_text(told, encoding="utf-8"))

    def done(self, number: int) -> bool:
        """Whether the part is there, whole."""
        return self._path(number).is_file()

    def keep(self, number: int, rows: Iterable[Row]) -> None:
        """Keep a part that is done."""
        lines = "".join(f"{json.dumps(row, ensure_ascii=True)}\n" for row in rows)
        self.write_whole(self._path(number), lambda path: path.write_text(lines, encoding="ascii"))

    def rows(self, numbers: Iterable[int]) -> Iterator[Row]:
        """The rows of the parts named, as they were kept."""
        for number in numbers:
            with self._path(number).open(encoding="ascii") as lines:
                yield from map(json.loads, lines)

    def write_whole(self, path: Path, write: Callable[[Path], object]) -> None:
        """Make a file that appears under its name only when it is whole."""
        unfinished = self._folder / f"{secrets.token_hex(4)}{path.suffix}"
        write(unfinished)
        os.replace(unfinished, path)

    def clear(self) -> None:
        """Remove what was kept: the output is done, or is another one."""
        shutil.rmtree(self._folder, ignore_errors=True)

    def _path(self, number: int) -> Path:
        return self._folder / f"{number:06}.jsonl"

    def _read(self, name: str) -> str | None:
        try:
            return (self._folder / name).read_text(encoding="utf-8")
        except FileNotFoundError:
            return None
