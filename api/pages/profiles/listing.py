"""Who is there: startups, and partners, to search, narrow, order, page through, and change many at once."""

from collections.abc import Sequence

from flask import Response, request

from api.access import allow, current_scope
from api.pages.blueprint import pages
from api.pages.parameters import partner_role, text
from api.pages.profiles.acting import notice
from api.pages.profiles.names import STATUS_NAMES
from api.pages.profiles.narrowing import narrowed
from api.pages.rendering import page
from api.principals import OFFICE
from matcher.profiles import PARTNER_ROLES, Role
from matcher.store.values import Order

PAGE_SIZE = 25


@pages.get("/startups")
@allow(*OFFICE, cookie=True)
def startups() -> Response:
    """The organisation's startups."""
    return _listing("startups.html", (Role.STARTUP,))


@pages.get("/partners")
@allow(*OFFICE, cookie=True)
def partners() -> Response:
    """The organisation's partners and those that others share."""
    role = partner_role(Role.MENTOR) if text("role") else None
    return _listing("partners.html", (role,) if role else PARTNER_ROLES)


def _listing(template: str, roles: Sequence[Role]) -> Response:
    scope, search, cursor, wanted = current_scope(), text("q"), text("cursor"), narrowed()
    found = scope.store.page(
        scope.organisation,
        roles=roles,
        search=search,
        after=cursor,
        limit=PAGE_SIZE,
        narrowing=wanted.narrowing,
        order=wanted.order,
    )
    tally = scope.store.tally(
        scope.organisation, roles=roles, search=search, narrowing=wanted.whatever_status
    )
    chosen, counts = wanted.narrowing.statuses, scope.store.duplicates.count(scope.organisation)
    return page(
        template,
        profiles=[scope.visible(profile) for profile in found.profiles],
        role=roles[0] if len(roles) == 1 else None,
        search=search,
        cursor=cursor,
        next_cursor=found.next_cursor,
        wanted=wanted,
        orders=list(Order),
        tally=tally,
        count=sum(tally.statuses.get(each, 0) for each in chosen) if chosen else tally.total,
        status_names=STATUS_NAMES,
        change=notice(scope),
        twice=sum(counts.get(role, 0) for role in roles),
        address=request.full_path.rstrip("?"),
    )
