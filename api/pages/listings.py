"""Who is there: startups, and partners, to search and to page through."""

from collections.abc import Sequence

from flask import Response

from api.access import allow, current_scope
from api.pages.blueprint import pages
from api.pages.parameters import partner_role, text
from api.pages.rendering import page
from api.principals import Caller
from matcher.profiles import PARTNER_ROLES, Role

PAGE_SIZE = 25


@pages.get("/startups")
@allow(Caller.ADMIN, Caller.STAFF, cookie=True)
def startups() -> Response:
    """The organisation's startups."""
    return _listing("startups.html", (Role.STARTUP,))


@pages.get("/partners")
@allow(Caller.ADMIN, Caller.STAFF, cookie=True)
def partners() -> Response:
    """The organisation's partners and those that others share."""
    role = partner_role(Role.MENTOR) if text("role") else None
    return _listing("partners.html", (role,) if role else PARTNER_ROLES)


def _listing(template: str, roles: Sequence[Role]) -> Response:
    scope, search, cursor = current_scope(), text("q"), text("cursor")
    found = scope.store.page(scope.organisation, roles=roles, search=search, after=cursor, limit=PAGE_SIZE)
    return page(
        template,
        profiles=[scope.visible(profile) for profile in found.profiles],
        role=roles[0] if len(roles) == 1 else None,
        search=search,
        cursor=cursor,
        next_cursor=found.next_cursor,
    )
