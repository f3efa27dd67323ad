"""Scores beside each other: the spread of each application, and reviewers who stand apart."""

from flask import Response

from api.access import allow
from api.pages.blueprint import pages
from api.pages.panels.shared import own_panel, panel_page
from api.principals import OFFICE
from matcher.panel.ranking import ranking_of
from matcher.panel.spread import spreads, standings
from matcher.panel.values import Panel, Review


@pages.get("/panels/<reference:panel_id>/scores")
@allow(*OFFICE, cookie=True)
def panel_scores(panel_id: str) -> Response:
    """Every application's scores as far as they are in, best first, and how reviewers score."""
    found = own_panel(panel_id)
    ranking = ranking_of(found)
    return panel_page(
        "scores.html",
        found,
        ranking=ranking,
        spreads={each.application: each for each in spreads(found)},
        standings={each.reviewer: each for each in standings(found)},
        reviews=_by_application(found),
    )


def _by_application(panel: Panel) -> dict[str, list[Review]]:
    found: dict[str, list[Review]] = {each.id: [] for each in panel.applications}
    for review in panel.reviews:
        found[review.application].append(review)
    return found
