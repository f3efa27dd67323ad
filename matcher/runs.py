"""Runs: what a piece of scheduled work did, from its start to its outcome."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class RunStatus(StrEnum):
    """How a run stands. One that was killed stays "running" until somebody finds its lease gone stale."""

    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True, kw_only=True)
class RunRecord:
    """One run of a `kind` ("retrain"). Moments are aware (UTC), `finished_at` None while it runs.

    `step` is the one it is at, or ended at; `summary` is JSON-able and the run's own.
    """

    id: str
    kind: str
    started_at: dt.datetime
    finished_at: dt.datetime | None = None
    status: RunStatus = RunStatus.RUNNING
    step: str = ""
    summary: Mapping[str, Any] = field(default_factory=dict)
