"""What members said of those they met or waved away, for the office to read."""

from flask import Response

from api.access import allow, current_scope, current_services
from api.pages.blueprint import pages
from api.pages.members.acting import member_page
from api.pages.members.history import PAGE_SIZE, asked_offset
from api.principals import OFFICE
from matcher.cohorts.introducing.introduction import IntroductionStatus


@pages.get("/feedback")
@allow(*OFFICE, cookie=True)
def feedback() -> Response:
    """The organisation's remarks, the latest first, and why the latest introductions were declined."""
    scope, offset = current_scope(), asked_offset()
    found = scope.store.remarks.all(scope.organisation, offset=offset, limit=PAGE_SIZE + 1)
    shown = found[:PAGE_SIZE]
    declined = scope.store.introductions.all(
        scope.organisation, status=IntroductionStatus.DECLINED, limit=PAGE_SIZE, newest_first=True
    )
    names = scope.store.names({key for each in shown for key in (each.startup_key, each.partner_key)})
    return member_page(
        "feedback.html",
        remarks=shown,
        declined=[] if offset else declined,
        names=names,
        now=current_services().clock(),
        earlier=offset + PAGE_SIZE if len(found) > PAGE_SIZE else None,
        later=max(offset - PAGE_SIZE, 0) if offset else None,
    )
