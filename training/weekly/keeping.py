"""Taking a lease, also from who was killed; and keeping it: a thread says that its run lives."""

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Protocol

from matcher.errors import BoleError
from matcher.leases import Lease
from training.weekly.holders import is_gone, mark_of

BEAT_SECONDS = 15.0
STALE_SECONDS = 300.0
"""A lease that has not been heard of for so long is of a run that died; another may take it. A beat may wait
a minute behind a large import."""


class Leases(Protocol):
    """Where leases are kept."""

    def acquire(self, name: str, owner: str, *, stale_after_seconds: float, mark: str) -> Lease: ...
    def lease(self, name: str) -> Lease | None: ...
    def beat(self, lease: Lease) -> object: ...
    def release(self, lease: Lease) -> None: ...


def taken(leases: Leases, name: str, owner: str) -> Lease:
    """The lease for this process: a free one, one that has gone stale, or one of a process of this machine
    that is gone.

    Raises:
        Conflict: somebody holds it who lives, or may live.
    """
    holder = leases.lease(name)
    if holder is not None and is_gone(holder.mark):
        _release(leases, holder)  # of several that find it so, all but one come too late, here or below
    return leases.acquire(name, owner, stale_after_seconds=STALE_SECONDS, mark=mark_of(os.getpid()))


@contextmanager
def kept(leases: Leases, lease: Lease, every_seconds: float = BEAT_SECONDS) -> Iterator[Callable[[], object]]:
    """Beat in the background until the block ends, then release. The function it gives beats at once: call it
    before anything that only the holder may do.

    Raises (that function):
        Conflict: somebody else took the lease over, as this process was not heard of for too long.
    """
    over = threading.Event()
    thread = threading.Thread(
        target=_beat_until, args=(over, leases, lease, every_seconds), name="lease", daemon=True
    )
    thread.start()
    try:
        yield lambda: leases.beat(lease)
    finally:
        over.set()
        thread.join()
        _release(leases, lease)


def _beat_until(over: threading.Event, leases: Leases, lease: Lease, every_seconds: float) -> None:
    """A beat that fails is tried again: the database may come back, and a lost lease is found out by whoever
    is about to use it."""
    while not over.wait(every_seconds):
        try:
            leases.beat(lease)
        except BoleError:
            continue


def _release(leases: Leases, lease: Lease) -> None:
    """What cannot be released is somebody else's by now, or goes stale: no reason to undo what was done."""
    with suppress(BoleError):
        leases.release(lease)
