"""A book of runs in memory, and commands that stand in for `bole retrain`."""

import datetime as dt
import sys
from dataclasses import dataclass, field
from pathlib import Path

from matcher.errors import Conflict
from matcher.leases import Lease
from matcher.runs import RunRecord, RunStatus

EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


@dataclass
class FakeBook:
    """Runs and leases as the store keeps them; leases do not grow stale here."""

    kept: list[RunRecord] = field(default_factory=list)
    leases: dict[str, Lease] = field(default_factory=dict)

    def runs(self, kind: str = "retrain", limit: int = 20) -> list[RunRecord]:
        found = [run for run in self.kept if run.kind == kind]
        return sorted(found, key=lambda run: run.started_at, reverse=True)[:limit]

    def lease(self, name: str) -> Lease | None:
        return self.leases.get(name)

    def hold(self, name: str, now: dt.datetime) -> None:
        """As though another worker held it."""
        self.leases[name] = Lease(name=name, owner="b:7", started_at=now, heartbeat_at=now, token="theirs")

    def acquire(self, name: str, owner: str, *, stale_after_seconds: float) -> Lease:
        if name in self.leases:
            raise Conflict(f"{name} is held by {self.leases[name].owner}")
        self.leases[name] = Lease(
            name=name, owner=owner, started_at=EPOCH, heartbeat_at=EPOCH, token=f"{stale_after_seconds}"
        )
        return self.leases[name]

    def release(self, lease: Lease) -> None:
        if self.leases.get(lease.name) != lease:
            raise Conflict(f"{lease.name} was taken over")
        del self.leases[lease.name]

    def save_run(self, run: RunRecord) -> None:
        self.kept = [other for other in self.kept if other.id != run.id] + [run]


def finished(at: dt.datetime, status: RunStatus = RunStatus.DONE) -> RunRecord:
    """A run that took twelve minutes."""
    ended = at + dt.timedelta(minutes=12)
    return RunRecord(
        id=f"{at:%Y%m%dT%H%M%SZ}-0000", kind="retrain", started_at=at, finished_at=ended, status=status
    )


def says_and_exits(text: str, code: int) -> tuple[str, ...]:
    """A command that says something and ends with an exit code."""
    return (sys.executable, "-c", f"import sys; print({text!r}); sys.exit({code})")


def recording(home: Path, status: RunStatus, *, exit_code: int = 0) -> tuple[str, ...]:
    """A command that puts a run on record in the store at `home`, as `bole retrain` does."""
    code = f"""
import datetime as dt, sys
from matcher.runs import RunRecord, RunStatus
from matcher.store import Store
now = dt.datetime.now(dt.UTC)
store = Store("sqlite:///{home}/bole.db")
store.save_run(RunRecord(id=now.isoformat(), kind="retrain", started_at=now, finished_at=now,
                         status=RunStatus({status.value!r}), step="report"))
store.close()
print("recorded")
sys.exit({exit_code})
"""
    return (sys.executable, "-c", code)
