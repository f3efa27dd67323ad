"""Match runs as JSON: what is answered of their state, their events and the edits by hand."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import Any, Self

from pydantic import BaseModel, Field

from api.schemas.common import Answer
from api.schemas.matches import Language
from matcher.cohorts.edits import Edit, EditKind
from matcher.cohorts.phrases import WAITS
from matcher.cohorts.run import EventKind, MatchRun, RunEvent
from matcher.cohorts.status import MOVES, RunStatus
from matcher.profiles import Role


class RunOut(BaseModel):
    """A run as it stands. `version` grows with every change; `may_become` are the moves there are.

    `waiting` says that no worker has begun to solve it. `stale`: the result is of an earlier version.
    """

    id: str
    cohort: str
    role: Role
    configuration: dict[str, Any]
    status: RunStatus
    may_become: list[RunStatus]
    version: int
    created_at: dt.datetime
    updated_at: dt.datetime
    copied_from: str
    queued_at: dt.datetime | None
    started_at: dt.datetime | None
    heartbeat_at: dt.datetime | None
    waiting: str = Field(description="why nothing happens yet; empty where something does")
    stale: bool
    failure: str = Field(description="why the last solving came to nothing; empty where it did not")
    published_at: dt.datetime | None
    closed_at: dt.datetime | None

    @classmethod
    def of(cls, run: MatchRun, language: Language) -> Self:
        """The run as JSON."""
        plain = (
            "id cohort status version created_at updated_at copied_from queued_at started_at heartbeat_at "
            "failure published_at closed_at"
        )
        return cls(
            **{name: getattr(run, name) for name in plain.split()},
            role=run.configuration.role,
            configuration=run.configuration.to_json(),
            may_become=list(MOVES[run.status]),
            waiting=WAITS[language] if run.waits else "",
            stale=run.solved_version is not None and run.status in (RunStatus.DRAFT, RunStatus.INFEASIBLE),
        )


class RunAnswer(RunOut, Answer):
    """One run."""


class RunsAnswer(Answer):
    """Runs, the newest first."""

    runs: list[RunOut]


class RunEventOut(BaseModel):
    """One change of a run: when (UTC), by whom, why, and what it was about."""

    version: int
    at: dt.datetime
    by: str
    kind: EventKind
    why: str
    details: dict[str, Any]


class RunEventsAnswer(Answer):
    """Every change, oldest first."""

    events: list[RunEventOut]

    @classmethod
    def told(cls, events: Iterable[RunEvent], request_id: str) -> Self:
        """The events as JSON."""
        return cls(
            request_id=request_id,
            events=[RunEventOut(**{**asdict(event), "details": dict(event.details)}) for event in events],
        )


class EditOut(BaseModel):
    """One edit by hand that counts; `number` is what undoes it."""

    number: int
    kind: EditKind
    startup_id: str
    partner_id: str
    instead_of: str
    reason: str
    by: str
    at: dt.datetime
    version: int


class EditsAnswer(Answer):
    """The edits that count, oldest first."""

    edits: list[EditOut]

    @classmethod
    def told(cls, edits: Sequence[Edit], request_id: str) -> Self:
        """The edits as JSON."""
        return cls(request_id=request_id, edits=[EditOut(**asdict(edit)) for edit in edits])
