"""A panel's first page: how far it is, what comes next, who is late; and its history."""

from flask import Response

from api.access import allow, current_scope
from api.pages.blueprint import pages
from api.pages.panels.shared import own_panel, panel_page
from api.principals import OFFICE
from matcher.panel.spread import standings, waiting

MOST_EVENTS = 200


@pages.get("/panels/<reference:panel_id>")
@allow(*OFFICE, cookie=True)
def panel(panel_id: str) -> Response:
    """How far the panel is, and each reviewer's part."""
    found = own_panel(panel_id)
    loads = {each.id: sum(one.reviewer == each.id for one in found.reviews) for each in found.reviewers}
    apart = {each.reviewer: each for each in standings(found)}
    return panel_page("panel.html", found, loads=loads, waiting=waiting(found), apart=apart)


@pages.get("/panels/<reference:panel_id>/history")
@allow(*OFFICE, cookie=True)
def panel_history(panel_id: str) -> Response:
    """Who changed what of the panel, when and why; the latest first."""
    scope, found = current_scope(), own_panel(panel_id)
    events = scope.store.panels.events(scope.organisation, panel_id)
    latest, more = events[::-1][:MOST_EVENTS], len(events) - MOST_EVENTS
    return panel_page("history.html", found, events=latest, more=more)
