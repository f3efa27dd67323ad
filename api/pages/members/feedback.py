"""What members said of those they met or waved away, for the office to read."""

from flask import Response

from api.access import allow, current_scope, current_services
from api.pages.blueprint import pages
from api.pages.members.acting import member_page
from api.pages.members.history import PAGE_SIZE, asked_offset
from api.principals import OFFICE


@pages.get("/feedback")
@allow(*OFFICE, cookie=True)
def feedback() -> Response:
    """The organisation's remarks, the latest first."""
    scope, offset = current_scope(), asked_offset()
    found = scope.store.remarks.all(scope.organisation, offset=offset, limit=PAGE_SIZE + 1)
    shown = found[:PAGE_SIZE]
    names = scope.store.names({key for each in shown for key in (each.startup_key, each.partner_key)})
    return member_page(
        "feedback.html",
        remarks=shown,
        names=names,
        now=current_services().clock(),
        earlier=offset + PAGE_SIZE if len(found) > PAGE_SIZE else None,
        later=max(offset - PAGE_SIZE, 0) if offset else None,
    )
