"""One partner as a startup sees it: the public part, why it was suggested, and what to do about it."""

from flask import Response
from flask_babel import lazy_gettext as _

from api.access import allow, current_scope, current_services
from api.answering import current_moment
from api.pages.blueprint import pages
from api.pages.members.acting import member_page, myself
from api.pages.members.suggesting import cards_of, standing_of
from api.pages.parameters import text
from api.principals import Caller
from matcher.errors import BoleError
from matcher.interactions import local

WAVING = {
    "field": _("Not our field"),
    "stage": _("Not our stage"),
    "need": _("Does not offer what we need"),
    "known": _("We know each other already"),
    "later": _("Not now"),
    "other": _("Another reason"),
}
"""Why a startup waves a suggestion away."""


@pages.get("/my/partners/<reference:partner_id>")
@allow(Caller.STARTUP, cookie=True)
def my_partner(partner_id: str) -> Response:
    """One partner, with all its reasons."""
    return partner_page(partner_id, list_id=text("list"))


def partner_page(
    partner_id: str, *, list_id: str, status: int = 200, refused: BoleError | None = None, note: str = ""
) -> Response:
    """The page of one partner; with what was typed and why it was refused, where it was."""
    scope, startup = current_scope(), myself()
    partner = scope.partner(partner_id)
    explained = current_moment(startup, partner).explain(
        scope.organisation, startup.id, local(scope.organisation, partner.key)
    )
    standing = standing_of(scope, current_services().clock())
    [card] = cards_of(scope, [explained.pair], standing)
    return member_page(
        "partner.html",
        status,
        profile=startup,
        card=card,
        available=not explained.removed_by,
        model_version=explained.model_version,
        list_id=list_id,
        refused=refused,
        note=note,
        waving=WAVING,
    )
