"""What the worker would say of itself: the next run, the last one, who holds the lease, the queue."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from api.jobs.due import is_alive, open_slot
from api.jobs.weekly import Weekly
from matcher.leases import Lease
from matcher.runs import RunRecord


@dataclass(frozen=True, slots=True)
class Status:
    """How the weekly work stands at `now`. `runs` are newest first, `waiting` names the jobs in the queue."""

    weekly: Weekly
    runs: Sequence[RunRecord]
    lease: Lease | None
    queue: str
    waiting: Sequence[str]
    now: dt.datetime

    def lines(self) -> list[str]:
        """A line each for the next run, the last one, the lease and the queue."""
        return [
            f"next retrain: {self._next()}",
            f"last retrain: {self._last()}",
            f"lease: {self._held()}",
            f"queue: {self.queue}, {', '.join(self.waiting) or 'nothing'} waiting",
        ]

    def _next(self) -> str:
        if is_alive(self.lease, self.now):
            return "under way"
        waits = open_slot(self.weekly, self.runs, self.now)
        if waits is not None and waits.not_before > self.now:
            return f"{self._local(waits.not_before)} (tried again)"
        if waits is not None:
            return f"due now (since {self._local(waits.slot)})"
        return f"{self._local(self.weekly.following(self.now))} (each {self.weekly})"

    def _last(self) -> str:
        if not self.runs:
            return "none yet"
        run = self.runs[0]
        step = f" at {run.step}" if run.step else ""
        return f"{run.id} {run.status.value}{step}, started {self._local(run.started_at)}{_took(run)}"

    def _held(self) -> str:
        if self.lease is None:
            return "free"
        seconds = (self.now - self.lease.heartbeat_at).total_seconds()
        return f"held by {self.lease.owner}, last heartbeat {seconds:.0f} s ago"

    def _local(self, at: dt.datetime) -> str:
        return f"{at.astimezone(self.weekly.zone):%a %Y-%m-%d %H:%M}"


def _took(run: RunRecord) -> str:
    if run.finished_at is None:
        return ""
    return f", took {(run.finished_at - run.started_at).total_seconds():.0f} s"
