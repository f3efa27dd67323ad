"""Who reads what: assigned, shown as a grid and for each reviewer, with conflicts and why."""

from collections.abc import Mapping

from flask import Response, request
from werkzeug.wrappers import Response as AnyResponse

from api.access import allow, current_scope
from api.answering import current_moment
from api.pages.blueprint import pages
from api.pages.cohorts.shared import reason_of, seen_version, to
from api.pages.language import in_script, language
from api.pages.panels.shared import own_panel, panel_page
from api.pages.said import say
from api.panels import assigned_panel, startups_of
from api.principals import OFFICE
from api.schemas.panels import ChangeIn
from matcher.errors import BoleError, Infeasible, InvalidInput
from matcher.panel.building import Pair, known_of
from matcher.panel.conflicts import Conflict
from matcher.panel.values import Panel

MOST_CELLS = 3000
"""A larger grid is not drawn; the lists say the same."""


@pages.get("/panels/<reference:panel_id>/assignment")
@allow(*OFFICE, cookie=True)
def panel_assignment(panel_id: str) -> Response:
    """Who reads what, and who must not."""
    return _page(own_panel(panel_id))


@pages.post("/panels/<reference:panel_id>/assignment")
@allow(*OFFICE, cookie=True)
def assign_reviewers(panel_id: str) -> AnyResponse:
    """Assign reviewers, anew where some are; where that cannot be done, the page says why and what would
    help."""
    body = ChangeIn(why=reason_of(request.form), version=seen_version())
    try:
        done = assigned_panel(current_scope(), panel_id, body, language())
    except (Infeasible, InvalidInput) as error:
        return _page(own_panel(panel_id), 422, refused=error)
    behind = len(done.facts["behind"])
    lost = len(done.facts["dropped"])
    say("assigned", lowest=done.facts["lowest"], highest=done.facts["highest"], behind=behind, lost=lost)
    return to("pages.panel_assignment", panel_id=panel_id)


def conflicts_of(panel: Panel) -> Mapping[Pair, Conflict]:
    """Who must not read what, and why, as it is known now."""
    startups = startups_of(current_scope(), panel)
    return known_of(panel, startups, current_moment(*startups.values())).conflicts


def _page(panel: Panel, status: int = 200, refused: BoleError | None = None) -> Response:
    reasons, gone = _conflicts(panel)
    reads: dict[Pair, object] = {(each.application, each.reviewer): each for each in panel.reviews}
    cells = len(panel.applications) * len(panel.reviewers)
    return panel_page(
        "assignment.html",
        panel,
        status,
        reads=reads,
        conflicts=reasons,
        gone=gone,
        drawn=cells <= MOST_CELLS,
        why_not=_ways(refused) if isinstance(refused, Infeasible) else (),
        refused=refused,
    )


def _conflicts(panel: Panel) -> tuple[Mapping[Pair, Conflict], BoleError | None]:
    """The conflicts; none, and why, where a profile of the panel is gone."""
    try:
        return conflicts_of(panel), None
    except BoleError as error:
        return {}, error


def _ways(refused: Infeasible) -> list[str]:
    """What is short and what would help, each by itself."""
    mark = "；" if language() == "zh" else "; "
    return [in_script(part) for part in str(refused).split(mark)]
