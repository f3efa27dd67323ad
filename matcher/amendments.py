"""Amendments: changes of profiles and ledgers that somebody may take back."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

KEPT_FOR = dt.timedelta(days=7)
"""So long can a change be taken back; then what was before it is forgotten."""


class AmendmentKind(StrEnum):
    """What somebody did."""

    CREATED = "created"
    EDITED = "edited"
    DELETED = "deleted"
    MANY = "many"
    IMPORTED = "imported"
    MERGED = "merged"


@dataclass(frozen=True, slots=True, kw_only=True)
class Undone:
    """What taking a change back did. `left` are the names of the profiles that somebody has changed since:
    they stay as they are. `months` are of ledgers, `months_left` those changed since; `moved` are other rows
    that named a merged profile and name it again, `moved_left` those changed since."""

    restored: int = 0
    removed: int = 0
    left: tuple[str, ...] = ()
    months: int = 0
    months_left: int = 0
    moved: int = 0
    moved_left: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Amendment:
    """One change by one person. `summary` (JSON) says what it was for; `profiles` and `months` count what can
    still be taken back; `undone` is what taking it back did, None where nobody did."""

    id: str
    organisation: str
    kind: AmendmentKind
    who: str
    at: dt.datetime
    summary: Mapping[str, Any]
    profiles: int = 0
    months: int = 0
    undone_at: dt.datetime | None = None
    undone: Undone | None = None

    @property
    def can_be_undone(self) -> bool:
        """Whether there is something to take back, and nobody did."""
        return self.undone is None and bool(self.profiles or self.months)
