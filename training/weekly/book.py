"""The book of runs in the store: at which step a run is, what it found, and how it ended."""

import dataclasses
import datetime as dt
from collections.abc import Callable

from matcher.runs import RunRecord, RunStatus
from matcher.store import Store
from training.weekly.record import WeeklyRecord
from training.weekly.report import summary
from training.weekly.steps import Steps

KIND = "retrain"

Clock = Callable[[], dt.datetime]


def close_killed(store: Store, now: dt.datetime) -> None:
    """Runs that still say that they run were killed: whoever holds the lease is the only one."""
    for run in store.runs(KIND):
        if run.status is RunStatus.RUNNING:
            told = {**run.summary, "error": "killed"}
            store.save_run(dataclasses.replace(run, status=RunStatus.FAILED, finished_at=now, summary=told))


class Entry:
    """One run's entry, kept up with its `steps`; `begun` hears each as it begins."""

    def __init__(self, store: Store, run: RunRecord, clock: Clock, begun: Callable[[str], None]) -> None:
        self.run = run
        self.steps = Steps(self._begun)
        self._store, self._clock, self._told = store, clock, begun

    def _begun(self, step: str) -> None:
        self._save(step=step)
        self._told(step)

    def note(self, **facts: object) -> None:
        """Keep facts in the summary, for whoever resumes or looks."""
        self._save(summary={**self.run.summary, **facts})

    def failed(self, message: str) -> None:
        """The run ends without a result."""
        self.note(error=message)
        self._save(status=RunStatus.FAILED, finished_at=self._clock())

    def abandoned(self) -> None:
        """The run ends here, whatever cut it off; one that has come to its end is left as it is."""
        if self.run.finished_at is None:
            self.failed("interrupted")

    def finished(self, record: WeeklyRecord) -> None:
        """The run ends with a record."""
        self.note(**summary(record), live=record.live_after)
        status = RunStatus.STOPPED if record.outcome == "stopped" else RunStatus.DONE
        self._save(status=status, finished_at=self._clock())

    def _save(self, **changes: object) -> None:
        self.run = dataclasses.replace(self.run, **changes)  # type: ignore[arg-type]
        self._store.save_run(self.run)
