"""A startup asks for an introduction, and takes the request back."""

from werkzeug.wrappers import Response as AnyResponse

from api.access import Scope, allow, current_scope
from api.answering import current_moment
from api.introductions import seen_introduction
from api.match_runs import change_of
from api.pages.blueprint import pages
from api.pages.members.acting import done, myself, shown_in, typed
from api.pages.members.partner import partner_page
from api.pages.members.requests import requests_page
from api.principals import Caller
from api.problems import kind_of
from matcher.cohorts.introducing.introduction import Introduction
from matcher.cohorts.introducing.requests import Asking
from matcher.errors import Conflict, InvalidInput
from matcher.interactions import local
from matcher.profiles import Profile


@pages.post("/my/partners/<reference:partner_id>/request")
@allow(Caller.STARTUP, cookie=True)
def ask_for(partner_id: str) -> AnyResponse:
    """Ask the partner for an introduction. Asked again while it waits, it is the same request."""
    scope, startup = current_scope(), myself()
    partner, note = scope.partner(partner_id), typed("note")
    try:
        asked = _asked(scope, startup, partner, note)
    except (Conflict, InvalidInput) as error:
        status = kind_of(error).status
        return partner_page(partner_id, list_id=shown_in(), status=status, refused=error, note=note)
    return done("asked", "pages.my_requests", name=partner.name, id=asked.id)


@pages.post("/my/introductions/<reference:introduction_id>/withdraw")
@allow(Caller.STARTUP, cookie=True)
def take_request_back(introduction_id: str) -> AnyResponse:
    """Take a request back that nobody has answered."""
    scope = current_scope()
    found = seen_introduction(scope, introduction_id)
    try:
        scope.store.introductions.take_back(scope.organisation, found.id, change_of(scope, ""))
    except Conflict as error:
        return requests_page(kind_of(error).status, refused=error, about=found.id)
    return done("withdrawn", "pages.my_requests", name=found.partner_name)


def _asked(scope: Scope, startup: Profile, partner: Profile, note: str) -> Introduction:
    reference = local(scope.organisation, partner.key)
    explained = current_moment(startup, partner).explain(scope.organisation, startup.id, reference)
    asking = Asking(pair=explained.pair, note=note, request_id=shown_in())
    return scope.store.introductions.request(scope.organisation, asking, change_of(scope, ""))
