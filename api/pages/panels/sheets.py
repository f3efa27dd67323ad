"""Scores that come back in a spreadsheet: all or none."""

from flask import Response, request
from werkzeug.wrappers import Response as AnyResponse

from api.access import allow, current_scope
from api.pages.blueprint import pages
from api.pages.cohorts.shared import to
from api.pages.panels.refusing import refusal_text
from api.pages.panels.shared import own_panel, panel_page
from api.pages.said import say
from api.panel_sheets import scores_in
from api.principals import OFFICE
from api.schemas.panels import MOST_SCORES
from matcher.cohorts.run import Change
from matcher.errors import InvalidInput, UnreadableFile


@pages.get("/panels/<reference:panel_id>/sheet")
@allow(*OFFICE, cookie=True)
def panel_sheet(panel_id: str) -> Response:
    """How to take scores in a spreadsheet, and a place for the file."""
    return panel_page("sheet.html", own_panel(panel_id), refused=None)


@pages.post("/panels/<reference:panel_id>/sheet")
@allow(*OFFICE, cookie=True, large_body=True)
def import_scores(panel_id: str) -> AnyResponse:
    """Record the scores of the file; where one of them cannot be, none is, and the page says which."""
    scope, found, sent = current_scope(), own_panel(panel_id), request.files.get("file")
    try:
        if sent is None or not sent.filename:
            raise InvalidInput("file", "", "is needed")
        scores = scores_in(sent.filename[-255:], sent.read())
        if not 1 <= len(scores) <= MOST_SCORES:
            raise InvalidInput("scores", len(scores), f"must be 1 to {MOST_SCORES:,}")
        scope.store.panels.put_scores(scope.organisation, found.id, scores, Change(by=scope.principal.who))
    except (InvalidInput, UnreadableFile) as error:
        return panel_page("sheet.html", found, 422, refused=refusal_text(error, found.settings))
    say("scores-taken", count=len(scores))
    return to("pages.panel", panel_id=found.id)
