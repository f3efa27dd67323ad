"""The review panels of an organisation."""

from flask import Response

from api.access import allow, current_scope
from api.pages.blueprint import pages
from api.pages.panels.shared import is_late, plain_page
from api.principals import OFFICE


@pages.get("/panels")
@allow(*OFFICE, cookie=True)
def panels() -> Response:
    """Every panel, the newest first."""
    scope = current_scope()
    found = scope.store.panels.all(scope.organisation)
    scored = {each.id: sum(review.score is not None for review in each.reviews) for each in found}
    late = {each.id for each in found if is_late(each)}
    return plain_page("panels.html", panels=found, scored=scored, late=late)
