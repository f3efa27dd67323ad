"""Changes of a panel: who made them, when, why, and what they were about."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from matcher.errors import Conflict


class EventKind(StrEnum):
    """What happened to a panel."""

    CREATED = "created"
    CHANGED = "changed"
    ASSIGNED = "assigned"
    SCORED = "scored"
    DECIDED = "decided"
    REOPENED = "reopened"


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
class Change:
    """Who changes a panel, why, and which version they saw (None: it does not matter to them)."""

    by: str
    why: str = ""
    version: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """A score to record; None takes back what was recorded."""

    application: str
    reviewer: str
    score: float | None
    comment: str = ""


class PanelChanged(Conflict):
    """The panel is no longer as the caller saw it. `version` is the present one, `since` what happened."""

    def __init__(self, seen: int, version: int, since: Sequence[PanelEvent]) -> None:
        self.version = version
        self.since = tuple(since)
        told = ", ".join(f"{event.kind} by {event.by}" for event in since)
        super().__init__(
            f"the panel is at version {version}, not {seen}: {told}; look at it again, then decide"
        )
