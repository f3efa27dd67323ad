"""Whether the weekly work is to be tried now, told from the runs on record. Pure: the clock is given."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from api.jobs.weekly import Weekly
from matcher.leases import Lease
from matcher.runs import RunRecord, RunStatus

FIRST_PAUSE = dt.timedelta(minutes=10)
ALIVE_FOR = dt.timedelta(minutes=2)
"""A run beats several times a minute; one that has been silent for so long is dead, and its lease free."""
_CLOCKS_DIFFER_BY = dt.timedelta(days=1)
_SETTLED = {RunStatus.DONE, RunStatus.STOPPED}


@dataclass(frozen=True, slots=True)
class OpenSlot:
    """A slot that no run has settled yet, and when the next try may start."""

    slot: dt.datetime
    not_before: dt.datetime


def open_slot(weekly: Weekly, runs: Sequence[RunRecord], now: dt.datetime) -> OpenSlot | None:
    """The slot that is still open at `now`; None where it is settled.

    A slot is settled by a run that started at it or since and came to an end of its own, be it that its
    checks stopped it. One that failed or was killed left its slot open: it is tried again after a pause that
    doubles each time (10 minutes, 20, 40 …, some ten times in a week). Runs from the future, when a clock was
    wrong, count for nothing.
    """
    known = [run for run in runs if run.started_at <= now + _CLOCKS_DIFFER_BY]
    settled = [run.started_at for run in known if run.status in _SETTLED]
    slot = weekly.due(max(settled, default=None), now)
    if slot is None:
        return None
    return OpenSlot(slot, _not_before(slot, [run.started_at for run in known if run.started_at >= slot]))


def due_slot(
    weekly: Weekly, runs: Sequence[RunRecord], lease: Lease | None, now: dt.datetime
) -> dt.datetime | None:
    """The slot that a run should be started for at `now`; None where none is open, or not yet to be tried
    again, or a run is alive somewhere."""
    found = open_slot(weekly, runs, now)
    if found is None or now < found.not_before or is_alive(lease, now):
        return None
    return found.slot


def is_alive(lease: Lease | None, now: dt.datetime) -> bool:
    """Whether whoever holds the lease has been heard of lately."""
    return lease is not None and now - lease.heartbeat_at < ALIVE_FOR


def _not_before(slot: dt.datetime, tried: Sequence[dt.datetime]) -> dt.datetime:
    """When the slot may be tried (again), after attempts that began at `tried`."""
    return max(tried) + FIRST_PAUSE * 2 ** (len(tried) - 1) if tried else slot
