"""A member's first page: suggestions for a startup, the inbox for a mentor or investor."""

from flask import Response, g

from api.access import allow, current_scope, current_services
from api.answering import current_moment
from api.pages.blueprint import pages
from api.pages.members.acting import member_page, myself
from api.pages.members.inbox import inbox
from api.pages.members.partner import WAVING
from api.pages.members.suggesting import named, standing_of, suggestions
from api.pages.parameters import LENGTHS, asked, partner_role
from api.principals import MEMBERS, Caller
from api.services import NO_FILTERS
from matcher.profiles import Role


@pages.get("/my")
@allow(*MEMBERS, cookie=True)
def my() -> Response:
    """What waits for the member."""
    if current_scope().principal.role is not Caller.STARTUP:
        return inbox()
    return suggested()


def suggested() -> Response:
    """A startup's suggestions, with reasons, and what it may do about each."""
    scope, startup, wanted = current_scope(), myself(), asked(partner_role(Role.MENTOR))
    standing = standing_of(scope, current_services().clock())
    found = suggestions(scope, startup, wanted, standing) if startup.takes_part else None
    return member_page(
        "suggestions.html",
        profile=startup,
        asked=wanted,
        filtered=wanted.filters != NO_FILTERS,
        suggested=found,
        list_id=g.request_id,
        lengths=LENGTHS,
        to_answer=standing.to_answer,
        waved=named(scope, standing.waved),
        waving=WAVING,
        completeness=current_moment(startup).completeness(scope.organisation, startup.id),
    )
