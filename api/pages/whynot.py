"""Why-not: from what somebody typed to one profile and its explanation."""

from collections.abc import Sequence
from dataclasses import dataclass

from api.access import Scope
from api.answering import current_moment
from api.pages.parameters import Asked
from matcher.errors import NotFound
from matcher.interactions import local
from matcher.matching.answers import Explanation
from matcher.profiles import PARTNER_ROLES, Profile, Role
from matcher.text.comparable import comparable

MOST_CHOICES = 10


@dataclass(frozen=True, slots=True)
class WhyNot:
    """The answer to a typed question: one `profile` explained, or several that may be meant, or none."""

    typed: str
    profile: Profile | None = None
    explanation: Explanation | None = None
    choices: Sequence[Profile] = ()


def why_not(scope: Scope, query: Profile, asked: Asked, typed: str) -> WhyNot:
    """Why what was `typed` (an id, a name or a part of one) is, or is not, in the query's list."""
    roles = (Role.STARTUP,) if asked.role is Role.STARTUP else PARTNER_ROLES
    meant = _meant(scope, roles, typed)
    if len(meant) != 1:
        return WhyNot(typed, choices=meant)
    a, b = (local(scope.organisation, profile.key) for profile in (query, meant[0]))
    explanation = current_moment(query, meant[0]).explain(scope.organisation, a, b, k=asked.k)
    return WhyNot(typed, meant[0], explanation)


def _meant(scope: Scope, roles: Sequence[Role], typed: str) -> Sequence[Profile]:
    """The profile of that id, else those of that name, else those that contain the words."""
    try:
        known = scope.profile(typed)
    except NotFound:
        return _named(scope, roles, typed)
    return [known] if known.role in roles else _named(scope, roles, typed)


def _named(scope: Scope, roles: Sequence[Role], typed: str) -> Sequence[Profile]:
    page = scope.store.page(scope.organisation, roles=roles, search=typed, limit=MOST_CHOICES)
    found = [scope.visible(profile) for profile in page.profiles]
    return [profile for profile in found if comparable(profile.name) == comparable(typed)] or found
