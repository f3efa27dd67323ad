"""An introduction: a published pair that is asked of both sides, and every change of it."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from matcher.errors import InvalidInput
from matcher.matching.answers import PairScore

MOST_REASON = 1000


class IntroductionStatus(StrEnum):
    """Offered until both sides agree, one declines, its time is over or the office takes it back. The other
    four are ends: what comes after an accepted one (met, rated …) is recorded as interactions."""

    OFFERED = "offered"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"


class Side(StrEnum):
    """Whose answer it is."""

    STARTUP = "startup"
    PARTNER = "partner"


BOTH = frozenset(Side)


@dataclass(frozen=True, slots=True, kw_only=True)
class Introduction:
    """An introduction as it stands. `organisation` is the run's; `version` grows with every change.

    Ids in `pair` are written as the organisation that asks writes them; the keys are the same everywhere.
    `place` is 0 for a pair of the run and n for the startup's n-th alternate, which took the place of the
    introduction `instead_of` ("" for none). What a startup asks for itself is of no run and no cohort (""),
    and may have a `note` to the partner. `agreed` are the sides that said yes. `expires_at` is the moment
    from which nobody's answer is waited for; `ended_at` is None while it is offered. `reason` is why it was
    declined or withdrawn, `declined_by` whose no it was.
    """

    id: str
    organisation: str
    cohort: str
    run: str
    startup_key: str
    partner_key: str
    startup_name: str
    partner_name: str
    pair: PairScore
    status: IntroductionStatus
    version: int
    place: int
    instead_of: str
    slot: str
    offered_at: dt.datetime
    expires_at: dt.datetime
    agreed: frozenset[Side] = frozenset()
    ended_at: dt.datetime | None = None
    declined_by: Side | None = None
    reason: str = ""
    note: str = ""

    @property
    def is_open(self) -> bool:
        """Whether an answer is waited for."""
        return self.status is IntroductionStatus.OFFERED

    def key_of(self, side: Side) -> str:
        """The key of the profile on that side."""
        return self.startup_key if side is Side.STARTUP else self.partner_key

    def as_read_by(self, side: Side | None) -> "Introduction":
        """The introduction as a side of it, or (None) its office may read it.

        Only the office, and who gave it, reads the reason; partners nothing of whose place it took.
        """
        open_to_reader = side is None or side is self.declined_by
        kept = replace(self, reason=self.reason if open_to_reader else "")
        return replace(kept, place=0, instead_of="") if side is Side.PARTNER else kept


class IntroductionEventKind(StrEnum):
    """What happened to an introduction. agreed: one side said yes and the other has not answered yet.
    carried_over: a later run of the cohort has the pair too."""

    OFFERED = "offered"
    AGREED = "agreed"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"
    CARRIED_OVER = "carried_over"


@dataclass(frozen=True, slots=True, kw_only=True)
class IntroductionEvent:
    """One change: it made the introduction's `version`, at a moment (UTC), `by` somebody, `why`; `details`
    (JSON) say whose answer it was and what came of it."""

    version: int
    at: dt.datetime
    by: str
    kind: IntroductionEventKind
    why: str = ""
    details: Mapping[str, Any] = field(default_factory=dict)


def checked_reason(reason: str) -> str:
    """The reason without white space around it.

    Raises:
        InvalidInput: none, or a very long one.
    """
    kept = reason.strip()
    if not kept or len(kept) > MOST_REASON:
        rule = f"must be 1 to {MOST_REASON} characters"
        raise InvalidInput("reason", kept, rule, "say in a few words why; only the office reads it")
    return kept
