"""Merging two profiles for a caller: what pages, routes and commands have in common."""

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from api.access import Scope
from api.schemas.profiles import etag_of
from matcher.amendments import Amendment
from matcher.errors import Conflict, InvalidInput
from matcher.merging import Take, chosen
from matcher.profiles import Profile
from matcher.store.merges import Merge


@dataclass(frozen=True, slots=True)
class Choice:
    """What somebody chose: fields by name, the months of whose figures the profile that goes is believed,
    whose address is kept; and the versions of the two that were looked at, "" for whatever stands there."""

    takes: Mapping[str, Take] = field(default_factory=dict)
    months: Collection[dt.date] = field(default_factory=frozenset)
    contact: Take = Take.STAYS
    stays_seen: str = ""
    gone_seen: str = ""


def own_pair(scope: Scope, stays: str, gone: str) -> tuple[Profile, Profile]:
    """Two profiles of the own organisation that may be merged.

    Raises:
        NotFound: one is not there, or another organisation's. InvalidInput: one with itself, or of two roles.
    """
    one, other = (scope.profile(scope.writable(reference)) for reference in (stays, gone))
    if one.id == other.id:
        raise InvalidInput("gone", gone, "is the same profile already", "name another one")
    if one.role is not other.role:
        rule = f"is {other.role.noun}, and the other one {one.role.noun}"
        raise InvalidInput("gone", gone, rule, "name another one")
    return one, other


def merge(scope: Scope, stays: Profile, gone: Profile, choice: Choice) -> Amendment:
    """Make one the other's as somebody chose.

    Raises:
        Conflict: somebody has changed one of them since it was looked at.
    """

    def choose(now: Profile, other: Profile) -> Profile:
        seen = ((choice.stays_seen, now), (choice.gone_seen, other))
        if any(tag and tag != etag_of(profile) for tag, profile in seen):
            raise Conflict("one of the two has changed since you looked at it: look again")
        return chosen(now, other, choice.takes)

    wanted = Merge(gone.id, stays.id, choose, choice.months, choice.contact)
    return scope.store.amendments.merge(scope.organisation, wanted, who=scope.principal.who)
