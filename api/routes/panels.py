"""/v1/panels: expert review. Who reads what, scores, ranking and awards."""

from apiflask import APIBlueprint
from flask import Response, g

from api.access import Scope, allow, current_scope
from api.downloads import FILES, download
from api.panels import (
    assigned_panel,
    change_of,
    first_scores,
    parts_of,
    recused_panel,
    reviewer_of_caller,
    shown_result,
)
from api.principals import OFFICE, Caller
from api.schemas.award_answers import AwardsAnswer
from api.schemas.common import Query
from api.schemas.matches import RankedHeaders
from api.schemas.panel_answers import (
    AssignmentAnswer,
    EventOut,
    EventsAnswer,
    PanelAnswer,
    PanelOut,
    PanelsAnswer,
    ReviewsAnswer,
    ScoresAnswer,
)
from api.schemas.panels import (
    ChangeIn,
    DecisionIn,
    PanelIn,
    PanelPatch,
    PanelQuery,
    PanelTableQuery,
    RecusalIn,
    ReopenIn,
    ScoresIn,
)
from matcher.panel.report import decide, result_of
from matcher.panel.tables import AWARD_COLUMNS, REVIEW_COLUMNS, TITLES, award_rows, review_rows
from matcher.panel.values import Panel
from matcher.store.panels import NEW

REVIEWERS = (*OFFICE, Caller.MENTOR, Caller.INVESTOR)

bp = APIBlueprint("panels", __name__, url_prefix="/v1/panels", tag="Review panels")


@bp.get("")
@allow(*OFFICE)
@bp.input(Query, location="query", arg_name="_query")
@bp.output(PanelsAnswer)
def list_panels(_query: Query) -> PanelsAnswer:
    """List the review panels"""
    scope = current_scope()
    found = scope.store.panels.all(scope.organisation)
    return PanelsAnswer(request_id=g.request_id, panels=[PanelOut.of(panel) for panel in found])


@bp.post("")
@allow(*OFFICE, large_body=True)
@bp.input(PanelQuery, location="query", arg_name="query")
@bp.input(PanelIn, location="json", arg_name="body")
@bp.output(PanelAnswer, status_code=201)
def post_panel(query: PanelQuery, body: PanelIn) -> PanelAnswer:
    """Set up a review panel

    With its applications, its reviewers (mentors, investors, or experts by name) and its rules.
    """
    scope = current_scope()
    applications, reviewers = parts_of(scope, body)
    panel = Panel(
        organisation=scope.organisation,
        id=body.id or NEW,
        name=body.name,
        settings=body.settings.settings(),
        applications=applications or (),
        reviewers=reviewers or (),
    )
    kept = scope.store.panels.create(panel, change_of(scope))
    return PanelAnswer.told(kept, g.request_id, query.lang)


@bp.get("/<reference:panel_id>")
@allow(*OFFICE)
@bp.input(PanelQuery, location="query", arg_name="query")
@bp.output(PanelAnswer)
def get_panel(panel_id: str, query: PanelQuery) -> PanelAnswer:
    """Read a review panel"""
    return PanelAnswer.told(_panel(current_scope(), panel_id), g.request_id, query.lang)


@bp.patch("/<reference:panel_id>")
@allow(*OFFICE, large_body=True)
@bp.input(PanelQuery, location="query", arg_name="query")
@bp.input(PanelPatch, location="json", arg_name="body")
@bp.output(PanelAnswer)
def patch_panel(panel_id: str, query: PanelQuery, body: PanelPatch) -> PanelAnswer:
    """Change a review panel

    Each part that is given is given whole. Where that could change who reads what it is a draft again. 409
    where it is not at the `version` given, or is decided.
    """
    scope = current_scope()
    applications, reviewers = parts_of(scope, body)
    panel = scope.store.panels.change(
        scope.organisation,
        panel_id,
        change_of(scope, body),
        name=body.name,
        settings=body.settings.settings() if body.settings else None,
        applications=applications,
        reviewers=reviewers,
    )
    return PanelAnswer.told(panel, g.request_id, query.lang)


@bp.get("/<reference:panel_id>/events")
@allow(*OFFICE)
@bp.input(Query, location="query", arg_name="_query")
@bp.output(EventsAnswer)
def list_panel_events(panel_id: str, _query: Query) -> EventsAnswer:
    """Read what happened to a panel: who, when and why"""
    scope = current_scope()
    events = scope.store.panels.events(scope.organisation, panel_id)
    return EventsAnswer(request_id=g.request_id, events=[EventOut.of(event) for event in events])


@bp.post("/<reference:panel_id>/assignment")
@allow(*OFFICE)
@bp.input(PanelQuery, location="query", arg_name="query")
@bp.input(ChangeIn, location="json", arg_name="body")
@bp.output(AssignmentAnswer, headers=RankedHeaders)
def assign_panel(panel_id: str, query: PanelQuery, body: ChangeIn) -> AssignmentAnswer:
    """Assign reviewers to applications

    Nobody with a conflict of interest, loads as even as can be, and the most expertise. Again, it changes as
    little as possible; reviews that are scored stay. 422 with the numbers where it cannot be done.
    """
    done = assigned_panel(current_scope(), panel_id, body, query.lang)
    return AssignmentAnswer.assigned(done.panel, done.facts, done.conflicts, g.request_id, query.lang)


@bp.get("/<reference:panel_id>/reviews")
@allow(*REVIEWERS)
@bp.input(Query, location="query", arg_name="_query")
@bp.output(ReviewsAnswer)
def list_reviews(panel_id: str, _query: Query) -> ReviewsAnswer:
    """Read who reads what

    A mentor or investor reads its own reviews.
    """
    scope = current_scope()
    panel = _panel(scope, panel_id)
    return ReviewsAnswer.told(panel, g.request_id, reviewer_of_caller(scope, panel))


@bp.get("/<reference:panel_id>/reviews/table")
@allow(*REVIEWERS, cookie=True)
@bp.input(PanelTableQuery, location="query", arg_name="query")
@bp.doc(responses=FILES)
def table_reviews(panel_id: str, query: PanelTableQuery) -> Response:
    """Download who reads what as CSV or XLSX, to be filled in"""
    scope = current_scope()
    panel = _panel(scope, panel_id)
    rows = review_rows(panel, reviewer_of_caller(scope, panel))
    return download(query.format, "reviews", TITLES[query.lang]["reviews"], REVIEW_COLUMNS, rows)


@bp.put("/<reference:panel_id>/scores")
@allow(*REVIEWERS, large_body=True)
@bp.input(Query, location="query", arg_name="_query")
@bp.input(ScoresIn, location="json", arg_name="body")
@bp.output(ScoresAnswer)
def put_scores(panel_id: str, _query: Query, body: ScoresIn) -> ScoresAnswer:
    """Record scores

    All or none; later ones take the place of earlier ones, null takes one back. A mentor or investor records
    its own.
    """
    scope = current_scope()
    found = _panel(scope, panel_id)
    scores = first_scores(scope, found, body)
    panel = scope.store.panels.put_scores(found.organisation, found.id, scores, change_of(scope))
    waiting = sum(review.score is None for review in panel.reviews)
    return ScoresAnswer(request_id=g.request_id, recorded=len(scores), waiting=waiting)


@bp.post("/<reference:panel_id>/recusals")
@allow(*REVIEWERS)
@bp.input(Query, location="query", arg_name="_query")
@bp.input(RecusalIn, location="json", arg_name="body")
@bp.output(ScoresAnswer)
def post_recusal(panel_id: str, _query: Query, body: RecusalIn) -> ScoresAnswer:
    """Declare a conflict of interest with an application

    The review is no more, and the panel is a draft until somebody else is assigned. A mentor or investor
    declares its own.
    """
    panel = recused_panel(current_scope(), panel_id, body)
    missing = sum(review.score is None for review in panel.reviews)
    return ScoresAnswer(request_id=g.request_id, recorded=0, waiting=missing)


@bp.get("/<reference:panel_id>/awards")
@allow(*OFFICE)
@bp.input(PanelQuery, location="query", arg_name="query")
@bp.output(AwardsAnswer)
def get_awards(panel_id: str, query: PanelQuery) -> AwardsAnswer:
    """Read ranking and awards

    As they were decided, or as they would be by the scores that are in: with how ties were broken, each
    reviewer's leniency, and a reserve list that says why.
    """
    return AwardsAnswer.told(shown_result(current_scope(), panel_id), g.request_id, query.lang)


@bp.get("/<reference:panel_id>/awards/table")
@allow(*OFFICE, cookie=True)
@bp.input(PanelTableQuery, location="query", arg_name="query")
@bp.doc(responses=FILES)
def table_awards(panel_id: str, query: PanelTableQuery) -> Response:
    """Download ranking and awards as CSV or XLSX"""
    rows = award_rows(shown_result(current_scope(), panel_id), query.lang)
    return download(query.format, "awards", TITLES[query.lang]["awards"], AWARD_COLUMNS, rows)


@bp.post("/<reference:panel_id>/awards")
@allow(*OFFICE)
@bp.input(PanelQuery, location="query", arg_name="query")
@bp.input(DecisionIn, location="json", arg_name="body")
@bp.output(AwardsAnswer)
def decide_awards(panel_id: str, query: PanelQuery, body: DecisionIn) -> AwardsAnswer:
    """Decide the awards

    Neither scores nor rules change from then on. 409 where scores are missing, or the awards are others than
    those that `tag` names.
    """
    scope = current_scope()
    panels, change = scope.store.panels, change_of(scope, body)
    panels.decide(scope.organisation, panel_id, change, lambda panel: decide(panel, body.tag))
    return AwardsAnswer.told(shown_result(scope, panel_id), g.request_id, query.lang)


@bp.post("/<reference:panel_id>/reopening")
@allow(*OFFICE)
@bp.input(PanelQuery, location="query", arg_name="query")
@bp.input(ReopenIn, location="json", arg_name="body")
@bp.output(AwardsAnswer)
def reopen_panel(panel_id: str, query: PanelQuery, body: ReopenIn) -> AwardsAnswer:
    """Reopen a decision, with a reason"""
    scope = current_scope()
    panel = scope.store.panels.reopen(scope.organisation, panel_id, change_of(scope, body))
    return AwardsAnswer.told(result_of(panel), g.request_id, query.lang)


def _panel(scope: Scope, panel_id: str) -> Panel:
    return scope.panel(panel_id)
