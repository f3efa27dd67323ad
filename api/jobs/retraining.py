"""The weekly retrain as a job: started when it is due, in a process of its own, and told of in the log."""

import datetime as dt
import secrets
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any, Protocol

from api.jobs.children import Children
from api.jobs.due import due_slot
from api.jobs.weekly import Weekly
from matcher.errors import Conflict
from matcher.leases import Lease
from matcher.runs import RunRecord, RunStatus

RETRAIN = "retrain"
"""The kind of its runs, the name of its lease, of its job and of its command."""
START_LEASE = "retrain-start"
"""Held by the worker that starts a run, until the run has had time to take its own."""
START_SECONDS = 60.0
ANOTHER_RUNS, REJECTED = 3, 4
"""Exit codes of `bole retrain` where another run holds the lease, and where the candidate was turned down."""
KEPT_LOGS = 20


class Outcome(StrEnum):
    """What became of a call."""

    NOT_DUE = "not due"
    DONE = "done"
    REJECTED = "the candidate was turned down"
    SKIPPED = "skipped: another run holds the lease"
    STOPPED = "stopped with the worker"
    FAILED = "failed"


_OUTCOMES = {0: Outcome.DONE, REJECTED: Outcome.REJECTED, ANOTHER_RUNS: Outcome.SKIPPED}


class RunBook(Protocol):
    """Where runs are on record, and who may work: the store."""

    def runs(self, kind: str = ..., limit: int = ...) -> list[RunRecord]: ...
    def lease(self, name: str) -> Lease | None: ...
    def save_run(self, run: RunRecord) -> None: ...
    def acquire(self, name: str, owner: str, *, stale_after_seconds: float) -> Lease: ...
    def release(self, lease: Lease) -> None: ...


@dataclass(frozen=True, slots=True)
class Retraining:
    """When to start which command, and where its words go. `owner` names this worker to the others."""

    weekly: Weekly
    book: RunBook
    owner: str
    command: Sequence[str]
    folder: Path
    children: Children
    log: Any
    clock: Callable[[], dt.datetime]
    _under_way: threading.Lock = field(default_factory=threading.Lock)

    def due(self) -> dt.datetime | None:
        """The slot that waits for a run to be started now; None where none does, or one is under way here."""
        return None if self._under_way.locked() else self._due()

    def run(self) -> Outcome:
        """Run the command if it is (still) due, to its end. Of several workers that try, one does."""
        if self._due() is None or not self._under_way.acquire(blocking=False):
            return Outcome.NOT_DUE
        try:
            with self._alone():
                slot = self._due()
                return Outcome.NOT_DUE if slot is None else self._run(slot)
        except Conflict as held:
            self.log.info("retrain skipped", reason=str(held))
            return Outcome.SKIPPED
        finally:
            self._under_way.release()

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Hold the lease on starting a run, or Conflict. After a minute the run's own takes its place."""
        lease = self.book.acquire(START_LEASE, self.owner, stale_after_seconds=START_SECONDS)
        try:
            yield
        finally:
            with suppress(Conflict):  # the minute is over, and another worker has seen that nothing is due
                self.book.release(lease)

    def _due(self) -> dt.datetime | None:
        return due_slot(self.weekly, self.book.runs(RETRAIN, 100), self.book.lease(RETRAIN), self.clock())

    def _run(self, slot: dt.datetime) -> Outcome:
        began = self.clock()
        said = new_log(self.folder, RETRAIN, began)
        self.log.info("retrain started", slot=slot.isoformat(), output=str(said))
        code = self.children.run(self.command, said)
        outcome = self._outcome(code)
        tell = self.log.error if outcome is Outcome.FAILED else self.log.info
        seconds = round((self.clock() - began).total_seconds(), 1)
        tell("retrain ended", outcome=outcome.value, exit_code=code, seconds=seconds, output=str(said))
        if outcome is Outcome.FAILED:
            self._record_failure(began, code, said)
        return outcome

    def _outcome(self, code: int) -> Outcome:
        cut_short = Outcome.STOPPED if self.children.stopping else Outcome.FAILED
        return _OUTCOMES.get(code, cut_short)

    def _record_failure(self, began: dt.datetime, code: int, said: Path) -> None:
        """Put a run on record that ended before it could do so itself: staff see it, the next try waits."""
        if any(run.started_at >= began for run in self.book.runs(RETRAIN, 1)):
            return
        self.book.save_run(
            RunRecord(
                id=f"{began:%Y%m%dT%H%M%SZ}-{secrets.token_hex(2)}",
                kind=RETRAIN,
                started_at=began,
                finished_at=self.clock(),
                status=RunStatus.FAILED,
                step="start",
                summary={"exit_code": code, "output": said.name},
            )
        )


def new_log(folder: Path, name: str, at: dt.datetime) -> Path:
    """A file for what a job says; of the job's earlier ones the newest stay."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for old in sorted(folder.glob(f"{name}-*.log"))[: -(KEPT_LOGS - 1)]:
        old.unlink(missing_ok=True)
    return folder / f"{name}-{at:%Y%m%dT%H%M%SZ}.log"
