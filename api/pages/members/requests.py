"""A startup's requests and introductions: how each stands, what it may still answer, how a meeting was."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Response
from flask_babel import lazy_gettext as _
from werkzeug.wrappers import Response as AnyResponse

from api.access import Scope, allow, current_scope, current_services
from api.introductions import as_told, introduced_to, seen_introduction
from api.pages.blueprint import pages
from api.pages.members.acting import done, member_page, typed
from api.pages.members.meeting import outcomes_of
from api.pages.members.suggesting import MOST_INTRODUCTIONS
from api.principals import Caller
from api.problems import kind_of
from matcher.cohorts.introducing.contacts import Contact
from matcher.cohorts.introducing.introduction import Introduction, IntroductionStatus, Side
from matcher.errors import BoleError, Conflict, InvalidInput
from matcher.profiles import Profile
from matcher.remarks import Remark, RemarkKind

STARTUP_DECLINES = {
    "field": _("Not our field"),
    "known": _("We know each other already"),
    "time": _("No time at present"),
    "later": _("Not now"),
    "other": _("Another reason"),
}
"""Why a startup declines an introduction."""


@dataclass(frozen=True, slots=True)
class Requested:
    """One introduction with its partner (None: no longer there), how to reach it once both agreed, and the
    startup's rating."""

    introduction: Introduction
    partner: Profile | None
    contact: Contact | None
    rating: Remark | None

    @property
    def is_mine_to_answer(self) -> bool:
        """Whether the startup's answer is waited for."""
        return self.introduction.is_open and Side.STARTUP not in self.introduction.agreed

    @property
    def may_be_withdrawn(self) -> bool:
        """Whether the startup asked for it and nobody has answered."""
        return self.introduction.is_open and not self.introduction.run


@pages.get("/my/requests")
@allow(Caller.STARTUP, cookie=True)
def my_requests() -> Response:
    """The startup's introductions, the latest first."""
    return requests_page()


@pages.post("/my/introductions/<reference:introduction_id>/rating")
@allow(Caller.STARTUP, cookie=True)
def rate(introduction_id: str) -> AnyResponse:
    """Say how a meeting was. For a while it may be said anew or taken back."""
    scope = current_scope()
    found = seen_introduction(scope, introduction_id)
    try:
        kept = scope.store.remarks.put(_rating(scope, found))
    except (Conflict, InvalidInput) as error:
        status = kind_of(error).status
        return requests_page(status, refused=error, about=found.id, words=typed("words"))
    return done("rated", "pages.my_requests", name=found.partner_name, number=kept.number)


def requests_page(
    status: int = 200, *, refused: BoleError | None = None, about: str = "", words: str = ""
) -> Response:
    """The page; with why something `about` an introduction was refused, and the words that were typed."""
    scope = current_scope()
    found = scope.store.introductions.all(
        scope.organisation, member=scope.principal.profile_id, newest_first=True, limit=MOST_INTRODUCTIONS
    )
    return member_page(
        "requests.html",
        status,
        requests=_requested(scope, [as_told(scope, each) for each in found]),
        declines=STARTUP_DECLINES,
        **outcomes_of(scope, found),
        now=current_services().clock(),
        refused=refused,
        about=about,
        words=words,
    )


def _requested(scope: Scope, found: Sequence[Introduction]) -> list[Requested]:
    partners = scope.known(each.pair.partner_id for each in found)
    contacts = scope.contacts(introduced_to(found, Side.PARTNER))
    ratings = _ratings(scope)
    return [
        Requested(
            each,
            partners.get(each.pair.partner_id),
            contacts.get(each.partner_key) if each.status is IntroductionStatus.ACCEPTED else None,
            ratings.get(each.id),
        )
        for each in found
    ]


def _ratings(scope: Scope) -> dict[str, Remark]:
    said = scope.store.remarks.of(scope.organisation, scope.principal.profile_id)
    return {each.introduction: each for each in said if each.kind is RemarkKind.RATED}


def _rating(scope: Scope, introduction: Introduction) -> Remark:
    """The rating that the form gives.

    Raises:
        Conflict: the two have not agreed to meet. InvalidInput: no whole number from 1 to 5.
    """
    if introduction.status is not IntroductionStatus.ACCEPTED:
        raise Conflict("only a meeting that both agreed to can be rated")
    value = typed("value")
    if value not in {"1", "2", "3", "4", "5"}:
        raise InvalidInput("value", value, "must be a rating from 1 to 5")
    return Remark(
        organisation=scope.organisation,
        startup_key=introduction.startup_key,
        partner_key=introduction.partner_key,
        side=Side.STARTUP,
        kind=RemarkKind.RATED,
        at=current_services().clock(),
        text=typed("words"),
        value=float(value),
        introduction=introduction.id,
    )
