"""One profile and who fits it: the lists, the reasons, and why-not."""

from dataclasses import dataclass, replace
from itertools import repeat

from flask import Response

from api.access import allow, current_scope
from api.answering import current_moment
from api.pages.blueprint import pages
from api.pages.parameters import LENGTHS, MUST_HAVES, Asked, asked, partner_role, text
from api.pages.profiles.acting import notice
from api.pages.rendering import page
from api.pages.whynot import why_not
from api.principals import Caller
from api.services import NO_FILTERS
from matcher.errors import InvalidInput
from matcher.interactions import local
from matcher.matching.answers import Match, MatchList
from matcher.profiles import Profile, Role

MOST_SUGGESTIONS = 200
"""How many names the why-not box offers while somebody types; any other may be typed too."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a shown list: the match and the profile that it is about."""

    match: Match
    profile: Profile


@pages.get("/startups/<reference:startup_id>")
@allow(Caller.ADMIN, Caller.STAFF, cookie=True)
def startup(startup_id: str) -> Response:
    """A startup with its mentors or its investors."""
    profile = current_scope().startup(startup_id)
    return _shown("startup.html", profile, asked(partner_role(Role.MENTOR)))


@pages.get("/partners/<reference:partner_id>")
@allow(Caller.ADMIN, Caller.STAFF, cookie=True)
def partner(partner_id: str) -> Response:
    """A partner with the startups suggested for it."""
    return _shown("partner.html", current_scope().partner(partner_id), asked(Role.STARTUP))


def _shown(template: str, profile: Profile, wanted: Asked) -> Response:
    scope, typed = current_scope(), text("ask")
    found, refused = _found(profile, wanted)
    names = scope.store.page(scope.organisation, roles=(wanted.role,), limit=MOST_SUGGESTIONS)
    return page(
        template,
        profile=profile,
        asked=wanted,
        filtered=wanted.filters != NO_FILTERS,
        refused=refused,
        found=found,
        lines=_lines(found),
        lengths=LENGTHS,
        suggestions=names.profiles,
        why_not=why_not(scope, profile, wanted, typed) if typed else None,
        change=notice(scope),
    )


def _found(profile: Profile, wanted: Asked) -> tuple[MatchList, InvalidInput | None]:
    """The list; where nobody could have a must-have, the list without must-haves and the refusal."""
    try:
        return _matches(profile, wanted), None
    except InvalidInput as error:
        if error.field not in MUST_HAVES:
            raise
        return _matches(profile, replace(wanted, filters=NO_FILTERS)), error


def _matches(profile: Profile, wanted: Asked) -> MatchList:
    organisation = current_scope().organisation
    query = local(organisation, profile.key)
    [found] = current_moment(profile).match(
        organisation, [query], role=wanted.role, k=wanted.k, filters=wanted.filters
    )
    return found


def _lines(found: MatchList) -> list[Line]:
    """The lines, without those whose profile was deleted since the list was made."""
    profiles = current_scope().known(map(_reference, found.matches, repeat(found.role)))
    shown = [(match, profiles.get(_reference(match, found.role))) for match in found.matches]
    return [Line(match, profile) for match, profile in shown if profile is not None]


def _reference(match: Match, role: Role | None) -> str:
    """The id of the one that was looked for."""
    return match.pair.startup_id if role is Role.STARTUP else match.pair.partner_id
