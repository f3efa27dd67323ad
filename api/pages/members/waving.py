"""Waving a suggestion away, with a reason, and taking that back."""

from collections.abc import Mapping

from werkzeug.wrappers import Response as AnyResponse

from api.access import allow, current_scope, current_services
from api.pages.blueprint import pages
from api.pages.members.acting import done, myself, shown_in, typed
from api.pages.members.partner import WAVING, partner_page
from api.principals import Caller
from api.problems import kind_of
from matcher.cohorts.introducing.introduction import Side
from matcher.errors import Conflict, InvalidInput, NotFound
from matcher.remarks import Remark, RemarkKind


@pages.post("/my/partners/<reference:partner_id>/dismiss")
@allow(Caller.STARTUP, cookie=True)
def wave_away(partner_id: str) -> AnyResponse:
    """Suggest the partner no more. For a while that can be taken back; said again, it is said once."""
    scope, startup = current_scope(), myself()
    partner = scope.partner(partner_id)
    try:
        remark = Remark(
            organisation=scope.organisation,
            startup_key=startup.key,
            partner_key=partner.key,
            side=Side.STARTUP,
            kind=RemarkKind.DISMISSED,
            at=current_services().clock(),
            text=said(WAVING),
            request_id=shown_in(),
        )
        kept = scope.store.remarks.put(remark)
    except (Conflict, InvalidInput) as error:
        return partner_page(partner_id, list_id=shown_in(), status=kind_of(error).status, refused=error)
    return done("dismissed", "pages.my", name=partner.name, number=kept.number)


@pages.post("/my/remarks/<reference:number>/undo")
@allow(Caller.STARTUP, cookie=True)
def take_remark_back(number: str) -> AnyResponse:
    """Forget what was said a moment ago."""
    scope = current_scope()
    if not (number.isascii() and number.isdigit() and len(number) < 16):
        raise NotFound(f"there is nothing of that number ({number[:20]!r}) to take back")
    try:
        gone = scope.store.remarks.take_back(scope.organisation, scope.principal.profile_id, int(number))
    except Conflict:
        return done("too_late", "pages.my")
    except NotFound:  # pressed twice, or not the member's: nothing is told of others'
        return done("nothing", "pages.my")
    rating = gone.kind is RemarkKind.RATED
    return done("unrated" if rating else "restored", "pages.my_requests" if rating else "pages.my")


def said(choices: Mapping[str, object]) -> str:
    """The reason that a form gives: one that was chosen, in the reader's words, and what was typed."""
    chosen, words = typed("reason"), typed("words")
    parts = [str(choices[chosen])] if chosen in choices and chosen != "other" else []
    return " · ".join([*parts, words] if words else parts)
