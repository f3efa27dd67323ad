"""Merge with whom: a search for the other one."""

from flask import Response

from api.access import current_scope
from api.pages.parameters import text
from api.pages.rendering import page
from matcher.profiles import Profile
from matcher.store.values import Narrowing

SHOWN = 20


def finding_page(profile: Profile, *, refused: bool = False) -> Response:
    """Those of the own organisation and of the same role that the search finds; `refused` where somebody was
    named who cannot be it."""
    scope, search = current_scope(), text("q")
    found = scope.store.page(
        scope.organisation,
        roles=(profile.role,),
        search=search or profile.name[:2],
        limit=SHOWN,
        narrowing=Narrowing(own=True),
    )
    return page(
        "merging/find.html",
        422 if refused else 200,
        profile=profile,
        search=search,
        found=[each for each in found.profiles if each.id != profile.id],
        refused=refused,
    )
