"""A startup, mentor or investor says what came of an introduction, and takes that back."""

from werkzeug.wrappers import Response as AnyResponse

from api.access import allow, current_scope
from api.introductions import seen_introduction
from api.outcomes import take_back
from api.pages.blueprint import pages
from api.pages.members.acting import done
from api.pages.members.inbox import inbox
from api.pages.members.meeting import noted, number_in
from api.pages.members.requests import requests_page
from api.principals import MEMBERS, Caller
from api.problems import kind_of
from matcher.errors import Conflict, InvalidInput, NotFound


@pages.post("/my/introductions/<reference:introduction_id>/outcome")
@allow(*MEMBERS, cookie=True)
def say_outcome(introduction_id: str) -> AnyResponse:
    """Say that the two met, or what else came of it. For a while it may be said anew or taken back."""
    found = seen_introduction(current_scope(), introduction_id)
    try:
        kept = noted(found)
    except (Conflict, InvalidInput) as error:
        show = requests_page if _is_startup() else inbox
        return show(kind_of(error).status, refused=error, about=found.id)
    other = found.partner_name if _is_startup() else found.startup_name
    return done(f"noted_{kept.kind}", _page(), name=other, number=kept.number)


@pages.post("/my/outcomes/<reference:number>/undo")
@allow(*MEMBERS, cookie=True)
def unsay_outcome(number: str) -> AnyResponse:
    """Forget what was said a moment ago."""
    try:
        take_back(current_scope(), number_in(number))
    except Conflict:
        return done("too_late", _page())
    except NotFound:  # pressed twice, or not the member's: nothing is told of others'
        return done("nothing", _page())
    return done("forgotten", _page())


def _is_startup() -> bool:
    return current_scope().principal.role is Caller.STARTUP


def _page() -> str:
    return "pages.my_requests" if _is_startup() else "pages.my"
