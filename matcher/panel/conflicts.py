"""Conflicts of interest: who must not review whom."""

from collections.abc import Iterable
from enum import StrEnum
from functools import lru_cache

from matcher.interactions import qualified
from matcher.matching.relations import Relation
from matcher.panel.values import Application, Reviewer
from matcher.profiles import Profile
from matcher.text.comparable import comparable


class Conflict(StrEnum):
    """Why a reviewer may not read an application; of several the first counts."""

    NAMED = "named"
    """The panel's list names it."""
    CONFLICT = "conflict"
    """The reviewer's profile names the startup."""
    EXCLUDED = "excluded"
    """The startup's profile names the reviewer."""
    CONNECTED = "connected"
    """The two have worked together: accepted, met, mentored or invested."""


def conflict_between(
    application: Application,
    startup: Profile,
    reviewer: Reviewer,
    partner: Profile | None,
    relation: Relation = Relation.NONE,
) -> Conflict | None:
    """The conflict of a reviewer (`partner` is its profile, None where it has none) with an application.

    A reference means whoever bears it as id, key or whole name.
    """
    if application.id in reviewer.conflicts or _names(reviewer.conflicts, startup.organisation, startup):
        return Conflict.NAMED
    if partner and _names((*partner.conflicts, *partner.exclude), partner.organisation, startup):
        return Conflict.CONFLICT
    refused = (*startup.exclude, *startup.conflicts)
    if _named(refused, reviewer.name) or (partner and _names(refused, startup.organisation, partner)):
        return Conflict.EXCLUDED
    return Conflict.CONNECTED if relation & Relation.CONNECTED else None


def _names(references: Iterable[str], organisation: str, profile: Profile) -> bool:
    """Whether one of the references, as `organisation` writes them, means the profile."""
    given = tuple(references)
    keys = {qualified(organisation, each) for each in given}
    return not keys.isdisjoint(profile.keys) or any(_named(given, name) for name in profile.names)


def _named(references: Iterable[str], name: str) -> bool:
    given = tuple(references)
    return bool(given) and _written(name) in map(_written, given)


@lru_cache(maxsize=100_000)
def _written(name: str) -> str:
    """The name as it is compared: each is asked for once for every pair that it is in."""
    return comparable(name)
