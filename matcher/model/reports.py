"""What the weekly runs reported, beside the models: URL/reports/<run>/<name>."""

import re
from collections.abc import Callable

from matcher.errors import InvalidInput, NotFound
from matcher.model.storage import Storage

REPORTS = "reports"
_NAME = re.compile(r"[\w-][\w.-]*")
"""What a run or a file of it may be called: one step of a path, in one way only."""


class Reports:
    """Files by run and name, each written whole. Runs sort by their ids, which begin with their time."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage

    def put(self, run: str, name: str, content: bytes) -> None:
        """Write one file of a run's report, or replace it.

        Raises:
            InvalidInput: a run or name that is no single step of a path.
        """
        for field, value in (("run", run), ("name", name)):
            if not _NAME.fullmatch(value):
                raise InvalidInput(field, value, "must be letters, digits, '-', '_' and '.', '.' not first")
        self._storage.write(f"{REPORTS}/{run}/{name}", content)

    def get(self, run: str, name: str) -> bytes:
        """One file of a run's report.

        Raises:
            NotFound: no such run or file.
        """
        sound = _NAME.fullmatch(run) and _NAME.fullmatch(name)
        content = self._storage.read(f"{REPORTS}/{run}/{name}") if sound else None
        if content is None:
            raise NotFound(f"run {run!r} reported no {name!r}")
        return content

    def rewrite(self, change: Callable[[bytes], bytes]) -> int:
        """Write anew every file that `change` makes something else of; how many."""
        found = 0
        for run in self.runs():
            for name in filter(_NAME.fullmatch, self._storage.names(f"{REPORTS}/{run}")):
                before = self.get(run, name)
                after = change(before)
                if after != before:
                    self.put(run, name, after)
                    found += 1
        return found

    def runs(self) -> list[str]:
        """The runs that reported anything, newest first."""
        return sorted(filter(_NAME.fullmatch, self._storage.names(REPORTS)), reverse=True)
