"""Awards under the budget: as they stand, with another budget, locked in, and reopened with a reason."""

from dataclasses import replace

from flask import Response
from werkzeug.wrappers import Response as AnyResponse

from api.access import allow, current_scope
from api.pages.blueprint import pages
from api.pages.cohorts.shared import posted, to
from api.pages.panels.shared import change_seen, own_panel, panel_page
from api.pages.parameters import text
from api.pages.said import say
from api.panel_sheets import whole_amount
from api.panels import shown_result
from api.principals import OFFICE
from matcher.cohorts.run import Changed
from matcher.errors import Conflict, InvalidInput
from matcher.panel.awards import Awards
from matcher.panel.margins import changes, margin_of, with_budget
from matcher.panel.report import Result, decide
from matcher.panel.values import PanelStatus, check_whole


@pages.get("/panels/<reference:panel_id>/awards")
@allow(*OFFICE, cookie=True)
def panel_awards(panel_id: str) -> Response:
    """The ranking, where the money ends, why; with another budget where the address names one."""
    return _page(panel_id)


@pages.post("/panels/<reference:panel_id>/awards")
@allow(*OFFICE, cookie=True)
def decide_panel(panel_id: str) -> AnyResponse:
    """Lock the awards in as they were looked at. Locked in already, they stay so."""
    scope, tag = current_scope(), posted("tag", 64)
    panels, found = scope.store.panels, own_panel(panel_id)
    if found.status is not PanelStatus.DECIDED:
        try:
            change = change_seen(scope, posted("why"))
            panels.decide(scope.organisation, panel_id, change, lambda panel: decide(panel, tag))
        except Changed:
            raise
        except Conflict as error:
            return _page(panel_id, 409, refused=error)
        say("decided")
    return to("pages.panel_awards", panel_id=panel_id)


@pages.post("/panels/<reference:panel_id>/reopening")
@allow(*OFFICE, cookie=True)
def reopen_panel(panel_id: str) -> AnyResponse:
    """Take the decision back, with a reason. What is open already stays so."""
    scope, why = current_scope(), posted("why")
    if own_panel(panel_id).status is PanelStatus.DECIDED:
        if not why:
            return _page(panel_id, 422, reason_missing=True)
        scope.store.panels.reopen(scope.organisation, panel_id, change_seen(scope, why))
        say("reopened")
    return to("pages.panel_awards", panel_id=panel_id)


def _page(
    panel_id: str, status: int = 200, *, refused: Conflict | None = None, reason_missing: bool = False
) -> Response:
    result = shown_result(current_scope(), panel_id)
    panel, typed = result.panel, text("budget")
    tried, wrong = _tried(result, typed)
    unscored = [one for one in result.ranking.ranked if one.rank is None and not one.application.withdrawn]
    return panel_page(
        "awards.html",
        panel,
        422 if wrong else status,
        result=result,
        ranked=result.by_id,
        margin=None if result.decided else margin_of(result.ranking.ranked, panel.settings),
        unscored=unscored,
        typed=typed[:40],
        tried=tried,
        wrong=wrong,
        tried_changes=changes(result.awards, tried) if tried else (),
        tried_settings=replace(panel.settings, budget=tried.budget) if tried else None,
        refused=refused,
        reason_missing=reason_missing,
    )


def _tried(result: Result, typed: str) -> tuple[Awards | None, bool]:
    """The awards with the budget that was typed, and whether it is none."""
    if not typed:
        return None, False
    try:
        budget = whole_amount("budget", typed)
        check_whole("budget", budget, 0)
    except InvalidInput:
        return None, True
    return with_budget(result.ranking.ranked, result.panel.settings, budget), False
