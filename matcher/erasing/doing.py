"""An erasure from its beginning to what can be done of it now: files, the database, and the rest."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from matcher.erasing.finishing import finish
from matcher.erasing.scrubbing import Marks
from matcher.erasures import Receipt, Whom, new_pseudonym
from matcher.model.registry import Registry
from matcher.store import Store

FINISH = "finish erasures"
"""The name of the job that does what is left to do."""
RETRAIN = "retrain"
"""The weekly run's lease. While it reads and reports nobody is erased, and the other way round."""
STALE_SECONDS = 300.0


class Reports(Protocol):
    """Where the weekly runs' reports are: the registry."""

    def rewrite_reports(self, change: Callable[[bytes], bytes]) -> int:
        """Write anew whatever of the reports `change` makes something else of; how many files."""


def erase(store: Store, reports: Reports, logs: Path, whom: Whom, asked_by: str) -> Receipt:
    """Erase somebody; the receipt. What is left to do then `finish` does.

    Files first, while it is known by what to look for; then the database, all or nothing; then files that
    were written meanwhile. Killed at any moment, what was done stays done; erasing again does the rest.

    Raises:
        NotFound: no such profile or person. Conflict: the weekly run is on its way, or a match run is being
            solved.
    """
    with _alone(store, asked_by):
        pseudonym = new_pseudonym()
        marks = store.erasures.marks(whom, pseudonym)
        scrub_files(reports, logs, marks)
        receipt = store.erasures.erase(whom, pseudonym, asked_by)
        scrub_files(reports, logs, marks)
    return receipt


def finish_alone(store: Store, registry: Registry) -> int:
    """Finish what can be finished, while no weekly run is on its way: it does that itself at its end.

    Raises:
        Conflict: one is.
    """
    with _alone(store, "an erasure"):
        return finish(store, registry)


def scrub_files(reports: Reports, logs: Path, marks: Marks) -> int:
    """Take somebody out of what the weekly runs reported and of what jobs said; how many files."""
    found = reports.rewrite_reports(marks.in_file)
    for path in sorted(logs.glob("*.log")):
        before = path.read_bytes()
        after = marks.in_file(before)
        if after != before:
            path.write_bytes(after)
            found += 1
    return found


@contextmanager
def _alone(store: Store, owner: str) -> Iterator[None]:
    lease = store.acquire(RETRAIN, owner or "an erasure", stale_after_seconds=STALE_SECONDS)
    try:
        yield
    finally:
        store.release(lease)
