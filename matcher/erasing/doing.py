"""An erasure from its beginning to what can be done of it now: files, the database, and the rest."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from matcher.erasing.finishing import finish
from matcher.erasing.scrubbing import Marks
from matcher.erasures import Receipt, Whom, new_pseudonym
from matcher.model.registry import Registry
from matcher.store import Store

RETRAIN = "retrain"
"""The weekly run's lease. While it reads and reports nobody is erased, and the other way round."""
STALE_SECONDS = 300.0


def erase(store: Store, registry: Registry, logs: Path, whom: Whom, asked_by: str) -> Receipt:
    """Erase somebody; the receipt as it is then.

    Files first, while it is known by what to look for; then the database, all or nothing; then files that
    were written meanwhile. Killed at any moment, what was done stays done; erasing again, or `finish`, does
    the rest.

    Raises:
        NotFound: no such profile or person. Conflict: the weekly run is on its way, or a match run is being
            solved.
    """
    with _alone(store, asked_by):
        pseudonym = new_pseudonym()
        marks = store.erasures.marks(whom, pseudonym)
        scrub_files(registry, logs, marks)
        receipt = store.erasures.erase(whom, pseudonym, asked_by)
        scrub_files(registry, logs, marks)
    finish(store, registry)
    return store.erasures.receipt(whom.organisation, receipt.id)


def scrub_files(registry: Registry, logs: Path, marks: Marks) -> int:
    """Take somebody out of what the weekly runs reported and of what jobs said; how many files."""
    found = registry.rewrite_reports(marks.in_file)
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
