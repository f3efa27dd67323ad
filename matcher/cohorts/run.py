"""Match runs: one whole-cohort solve for one partner role, and every change of it."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Protocol

from matcher.cohorts.configuration import Configuration
from matcher.cohorts.status import RunStatus
from matcher.errors import Conflict

ALIVE_FOR = dt.timedelta(seconds=60)
"""Whoever solves says every few seconds that it goes on; after this silence another may begin anew."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchRun:
    """A run as it stands. `version` grows with every change; `status` says what may be done.

    While it is being solved `queued_at` is when that was asked for, `started_at` when a worker began (None:
    it waits for one), `heartbeat_at` when that was last heard of. `stale` where the result is of an
    earlier version: something was edited since. `failure` says why solving came to nothing, "" where it did
    not. `published_at` and `closed_at` are None before.
    """

    id: str
    organisation: str
    cohort: str
    configuration: Configuration
    status: RunStatus
    version: int
    created_at: dt.datetime
    updated_at: dt.datetime
    copied_from: str = ""
    queued_at: dt.datetime | None = None
    started_at: dt.datetime | None = None
    heartbeat_at: dt.datetime | None = None
    solved_version: int | None = None
    failure: str = ""
    published_at: dt.datetime | None = None
    closed_at: dt.datetime | None = None

    @property
    def waits(self) -> bool:
        """Whether it is to be solved and no worker has begun."""
        return self.status is RunStatus.SOLVING and self.started_at is None

    def is_abandoned(self, now: dt.datetime) -> bool:
        """Whether who solved it has been silent for too long."""
        beat = self.heartbeat_at
        return self.status is RunStatus.SOLVING and beat is not None and now - beat >= ALIVE_FOR


class EventKind(StrEnum):
    """What happened to a run."""

    CREATED = "created"
    COPIED = "copied"
    CONFIGURED = "configured"
    LOCKED = "locked"
    BANNED = "banned"
    SWAPPED = "swapped"
    ADDED = "added"
    UNDONE = "undone"
    QUEUED = "queued"
    STARTED = "started"
    SOLVED = "solved"
    INFEASIBLE = "infeasible"
    FAILED = "failed"
    CANCELLED = "cancelled"
    ABANDONED = "abandoned"
    PUBLISHED = "published"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True, kw_only=True)
class RunEvent:
    """One change: it made the run's `version`, at a moment (UTC), `by` somebody, `why`; what it was about is
    in `details` (JSON)."""

    version: int
    at: dt.datetime
    by: str
    kind: EventKind
    why: str = ""
    details: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """Who changes a run, why, and which version they saw: None where it does not matter to them."""

    by: str
    why: str = ""
    version: int | None = None


class Happening(Protocol):
    """A change that is on record, of whatever thing."""

    @property
    def version(self) -> int: ...
    @property
    def at(self) -> dt.datetime: ...
    @property
    def by(self) -> str: ...
    @property
    def kind(self) -> StrEnum: ...
    @property
    def why(self) -> str: ...
    @property
    def details(self) -> Mapping[str, Any]: ...


class Changed(Conflict):
    """`what` is no longer as the caller saw it. `version` is the present one, `since` what happened."""

    def __init__(self, seen: int, version: int, since: Sequence[Happening], what: str = "the run") -> None:
        self.version = version
        self.since = tuple(since)
        self._seen, self._what = seen, what
        told = ", ".join(f"{event.kind} by {event.by}" for event in since)
        stands = f"{what} is at version {version}, not {seen}" + (f": {told}" if told else "")
        super().__init__(f"{stands}; look at it again, then decide")

    def without_names(self) -> "Changed":
        """The same, for whom it is not to know who did what, and why."""
        return Changed(self._seen, self.version, (), self._what)
