"""Whether the weekly work is to be tried now, told from the runs on record. Pure: the clock is given."""

import datetime as dt
from collections.abc import Iterable, Sequence

from api.jobs.weekly import Weekly
from matcher.leases import Lease
from matcher.runs import RunRecord, RunStatus

FIRST_PAUSE = dt.timedelta(minutes=10)
ALIVE_FOR = dt.timedelta(minutes=2)
_CLOCKS_DIFFER_BY = dt.timedelta(days=1)
_SETTLED = {RunStatus.DONE, RunStatus.STOPPED}


def due_slot(
    weekly: Weekly, runs: Sequence[RunRecord], lease: Lease | None, now: dt.datetime
) -> dt.datetime | None:
    """The slot that a run should be started for at `now`, None where none is to be started yet.

    A slot is settled by a run that started at it or since and came to an end of its own, be it that its
    checks stopped it. One that failed or was killed left its slot open: it is tried again after a pause that
    doubles each time (10 minutes, 20, 40 …, some ten times in a week). While `lease` shows that a run is
    alive somewhere, nothing is started. Runs from the future, when a clock was wrong, count for nothing.
    """
    known = [run for run in runs if run.started_at <= now + _CLOCKS_DIFFER_BY]
    settled = [run.started_at for run in known if run.status in _SETTLED]
    slot = weekly.due(max(settled, default=None), now)
    if slot is None or _is_alive(lease, now):
        return None
    tried = [run.started_at for run in known if run.started_at >= slot]
    return slot if now >= _not_before(slot, tried) else None


def _is_alive(lease: Lease | None, now: dt.datetime) -> bool:
    return lease is not None and now - lease.heartbeat_at < ALIVE_FOR


def _not_before(slot: dt.datetime, tried: Iterable[dt.datetime]) -> dt.datetime:
    """When the slot may be tried (again), after attempts that began at `tried`."""
    attempts = sorted(tried)
    return attempts[-1] + FIRST_PAUSE * 2 ** (len(attempts) - 1) if attempts else slot
