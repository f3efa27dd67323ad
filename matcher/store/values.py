"""What the store answers with, besides profiles and interactions."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from matcher.interactions import InteractionTable, InteractionType
from matcher.office import NOTHING_SET, OfficeSettings
from matcher.people import TokenKind, TokenScope
from matcher.profiles import Profile, Role, Status

PUBLIC_ID = 16
"""So much of a token's hash tells it from all others, and nobody anything."""


@dataclass(frozen=True, slots=True)
class Counts:
    """What became of the items put: new ones, ones that differ from before, ones that were there already."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(
            self.added + other.added, self.changed + other.changed, self.unchanged + other.unchanged
        )

    @property
    def written(self) -> int:
        """How many made a difference to the store."""
        return self.added + self.changed


class Order(StrEnum):
    """How a listing is ordered: by name, or those that were changed last first."""

    NAME = "name"
    NAME_BACKWARDS = "name_backwards"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Narrowing:
    """Which profiles a listing is of: of one of the `statuses` (() for any), with every one of the `terms`
    (as `matcher.features.attributes` has them, "industry:it.ai"), `own`: none that others share."""

    statuses: tuple[Status, ...] = ()
    terms: tuple[str, ...] = ()
    own: bool = False


ANY = Narrowing()


@dataclass(frozen=True, slots=True)
class Tally:
    """How many profiles a listing has: by role, and by status; those of a role or status that is not there
    are left out."""

    roles: Mapping[Role, int]
    statuses: Mapping[Status, int]

    @property
    def total(self) -> int:
        """All of them."""
        return sum(self.roles.values())


@dataclass(frozen=True, slots=True)
class Page:
    """Some profiles of a listing and the cursor that continues it ("" after the last)."""

    profiles: tuple[Profile, ...]
    next_cursor: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One interaction of a profile with an `other`; its key and name are "" where it was deleted since."""

    type: InteractionType
    at: dt.datetime
    other_key: str
    other_name: str
    other_role: Role
    value: float | None
    stage: str
    amount: float | None
    currency: str


@dataclass(frozen=True, slots=True)
class Events:
    """Some of a profile's events, the latest first, and how many it has in all."""

    events: tuple[Event, ...]
    count: int


@dataclass(frozen=True, slots=True)
class Changes:
    """What happened after a revision, up to `revision`: ask from there the next time and nothing comes twice.

    `profiles` were added or changed, `removed` are keys of deleted ones, both ordered by key.
    `interactions` were added. What was told before of the keys in `retold` is to be forgotten: profiles were
    merged or parted, and all that happened to these is told anew among the interactions.
    """

    revision: int
    profiles: list[Profile]
    removed: list[str]
    interactions: InteractionTable
    retold: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenRecord:
    """Whom an API token stands for. The token itself is known to its bearer alone, its hash to the store.

    `profile_id` is "" for people of the organisation, `expires_at` None where the token has no end,
    `person_id` "" where it is nobody's own; `person_name` is what that person is called now;
    `office` is what the organisation has set, for a token that was looked up by itself. `way` is how a
    session began, "" where nobody knows; `parent` is the hash of the token that it stands for, "" where it is
    of its own; `codes_missing` is whether its person has to switch codes on first.
    """

    token_hash: str
    organisation: str
    role: str
    profile_id: str
    label: str
    created_at: dt.datetime
    expires_at: dt.datetime | None
    person_id: str = ""
    person_name: str = ""
    kind: TokenKind = TokenKind.API
    scope: TokenScope = TokenScope.FULL
    last_used_at: dt.datetime | None = None
    office: OfficeSettings = NOTHING_SET
    way: str = ""
    codes_missing: bool = False
    parent: str = ""

    @property
    def id(self) -> str:
        """What the token may be called where others can read it."""
        return self.token_hash[:PUBLIC_ID]
