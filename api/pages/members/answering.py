"""Saying yes or no to an introduction, for a startup as for a mentor or investor."""

from werkzeug.wrappers import Response as AnyResponse

from api.access import allow, current_scope
from api.introductions import accept, decline, seen_introduction
from api.pages.blueprint import pages
from api.pages.members.acting import done, typed
from api.pages.members.inbox import PARTNER_DECLINES, inbox
from api.pages.members.requests import STARTUP_DECLINES, requests_page
from api.pages.members.waving import said
from api.principals import MEMBERS, Caller
from api.problems import kind_of
from matcher.cohorts.introducing.introduction import Introduction
from matcher.errors import BoleError, Conflict, InvalidInput


@pages.post("/my/introductions/<reference:introduction_id>/accept")
@allow(*MEMBERS, cookie=True)
def say_yes(introduction_id: str) -> AnyResponse:
    """Agree to meet. Said again it changes nothing."""
    scope = current_scope()
    before = seen_introduction(scope, introduction_id)
    try:
        after = accept(scope, introduction_id)
    except Conflict as error:
        return _again(before, error)
    return done("agreed" if after.is_open else "accepted", _page(), name=_other(before))


@pages.post("/my/introductions/<reference:introduction_id>/decline")
@allow(*MEMBERS, cookie=True)
def say_no(introduction_id: str) -> AnyResponse:
    """Decline, with a reason that only the office reads."""
    scope = current_scope()
    before = seen_introduction(scope, introduction_id)
    try:
        _after, following = decline(scope, introduction_id, reason=said(_choices()))
    except (Conflict, InvalidInput) as error:
        return _again(before, error)
    return done("declined", _page(), name=_other(before), next=following.partner_name if following else "")


def _again(introduction: Introduction, error: BoleError) -> AnyResponse:
    """The page that the answer was given on, with what was typed and why it was refused."""
    show = requests_page if _is_startup() else inbox
    return show(kind_of(error).status, refused=error, about=introduction.id, words=typed("words"))


def _is_startup() -> bool:
    return current_scope().principal.role is Caller.STARTUP


def _choices() -> dict[str, str]:
    return STARTUP_DECLINES if _is_startup() else PARTNER_DECLINES


def _page() -> str:
    return "pages.my_requests" if _is_startup() else "pages.my"


def _other(introduction: Introduction) -> str:
    """The name of the other side."""
    return introduction.partner_name if _is_startup() else introduction.startup_name
