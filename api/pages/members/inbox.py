"""The inbox of a mentor or investor: introductions that were published to it, and its own room."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Response
from flask_babel import lazy_gettext as _

from api.access import Scope, current_scope, current_services
from api.introductions import as_told, other_sides
from api.pages.members.acting import member_page, myself
from api.pages.members.meeting import outcomes_of
from api.pages.members.suggesting import MOST_INTRODUCTIONS
from matcher.cohorts.introducing.contacts import Contact
from matcher.cohorts.introducing.introduction import Introduction, IntroductionStatus, Side
from matcher.errors import BoleError
from matcher.profiles import Profile

PARTNER_DECLINES = {
    "field": _("Not my field"),
    "stage": _("Too early or too late for me"),
    "conflict": _("Conflict of interest"),
    "time": _("No time at present"),
    "known": _("We know each other already"),
    "other": _("Another reason"),
}
"""Why a mentor or investor declines an introduction."""
LATELY = 20
"""So many of those who agreed are shown beside the inbox; the rest are history."""


@dataclass(frozen=True, slots=True)
class Received:
    """One introduction with its startup (None: no longer there), and how to reach it once both agreed."""

    introduction: Introduction
    startup: Profile | None
    contact: Contact | None = None


def inbox(
    status: int = 200, *, refused: BoleError | None = None, about: str = "", words: str = ""
) -> Response:
    """The page; with why an answer to the introduction `about` was refused, and the words typed with it."""
    scope, partner = current_scope(), myself()
    received = received_by(scope, limit=MOST_INTRODUCTIONS)
    open_ = [each for each in received if each.introduction.is_open]
    to_answer = [each for each in open_ if Side.PARTNER not in each.introduction.agreed]
    agreed = [each for each in received if each.introduction.status is IntroductionStatus.ACCEPTED]
    return member_page(
        "inbox.html",
        status,
        profile=partner,
        to_answer=sorted(to_answer, key=lambda each: each.introduction.expires_at),
        waiting=[each for each in open_ if Side.PARTNER in each.introduction.agreed],
        agreed=agreed[:LATELY],
        used=scope.store.introductions.places_used([partner.key])[partner.key],
        declines=PARTNER_DECLINES,
        **outcomes_of(scope, [each.introduction for each in agreed[:LATELY]]),
        now=current_services().clock(),
        refused=refused,
        about=about,
        words=words,
    )


def received_by(scope: Scope, *, limit: int, offset: int = 0) -> Sequence[Received]:
    """The introductions that were published to the partner behind the principal, the latest first."""
    found = scope.store.introductions.all(
        scope.organisation,
        member=scope.principal.profile_id,
        newest_first=True,
        limit=limit,
        offset=offset,
    )
    mine = [as_told(scope, each) for each in found]
    startups, reachable = other_sides(scope, mine)
    return [Received(each, startups.get(each.startup_key), reachable.get(each.startup_key)) for each in mine]
