"""What happens to a panel: events and scores. Who changes it is a `matcher.cohorts.run.Change`."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class EventKind(StrEnum):
    """What happened to a panel."""

    CREATED = "created"
    CHANGED = "changed"
    ASSIGNED = "assigned"
    SCORED = "scored"
    DECIDED = "decided"
    REOPENED = "reopened"
    RECUSED = "recused"
    """A reviewer declared a conflict of interest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PanelEvent:
    """One change, at a moment (UTC), `by` somebody, `why`; it left the panel at `version`. What it was about
    is in `details` (JSON)."""

    version: int
    at: dt.datetime
    by: str
    kind: EventKind
    why: str = ""
    details: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """A score to record; None takes back what was recorded. With `marks`, one for each of the panel's
    criteria, they make the score."""

    application: str
    reviewer: str
    score: float | None
    comment: str = ""
    marks: tuple[float, ...] = ()
