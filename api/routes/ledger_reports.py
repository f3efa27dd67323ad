"""/v1/reports/performance, /v1/reports/assessment: how an organisation's startups are doing."""

from apiflask import APIBlueprint
from flask import Response, g

from api.access import allow, current_scope, current_services
from api.downloads import FILES
from api.office import today
from api.principals import OFFICE
from api.routes.ledger import table_answer
from api.schemas.ledger_reports import (
    AssessmentAnswer,
    AssessmentTableQuery,
    MonthsQuery,
    PerformanceAnswer,
    PerformanceQuery,
    PerformanceTableQuery,
)
from matcher.attention.assessment import Assessment
from matcher.attention.board import Board
from matcher.attention.periods import Span
from matcher.attention.reading import assessment, performance
from matcher.attention.tables import ASSESSMENT_COLUMNS, BOARD_COLUMNS, assessment_rows, board_rows

bp = APIBlueprint("ledger_reports", __name__, url_prefix="/v1/reports", tag="Ledger reports")


@bp.get("/performance")
@allow(*OFFICE)
@bp.input(PerformanceQuery, location="query", arg_name="query")
@bp.output(PerformanceAnswer)
def report_performance(query: PerformanceQuery) -> PerformanceAnswer:
    """How the startups are doing, period by period

    Figures and trends of all together and of each, from their monthly ledgers.
    """
    return PerformanceAnswer.of(_board(query), g.request_id)


@bp.get("/performance/table")
@allow(*OFFICE)
@bp.input(PerformanceTableQuery, location="query", arg_name="query")
@bp.doc(responses=FILES)
def table_performance(query: PerformanceTableQuery) -> Response:
    """Download how the startups are doing as CSV or XLSX"""
    rows = board_rows(_board(query), query.lang)
    return table_answer(query.format, "performance", BOARD_COLUMNS, rows, query.lang)


@bp.get("/assessment")
@allow(*OFFICE)
@bp.input(MonthsQuery, location="query", arg_name="query")
@bp.output(AssessmentAnswer)
def report_assessment(query: MonthsQuery) -> AssessmentAnswer:
    """What each startup reported, how it grew, what it needed and what came of it

    Months reported, growth against as many months before, needs raised and met, meetings and outcomes.
    """
    span, found = _assessments(query)
    return AssessmentAnswer.of(span, found, query.lang, g.request_id)


@bp.get("/assessment/table")
@allow(*OFFICE)
@bp.input(AssessmentTableQuery, location="query", arg_name="query")
@bp.doc(responses=FILES)
def table_assessment(query: AssessmentTableQuery) -> Response:
    """Download the assessment of each startup as CSV or XLSX"""
    _, found = _assessments(query)
    rows = assessment_rows(found, query.lang)
    return table_answer(query.format, "assessment", ASSESSMENT_COLUMNS, rows, query.lang)


def _board(query: PerformanceQuery) -> Board:
    services = current_services()
    organisation = current_scope().organisation
    return performance(
        services.store, organisation, today(), query.period, first=query.first, last=query.last
    )


def _assessments(query: MonthsQuery) -> tuple[Span, list[Assessment]]:
    services = current_services()
    return assessment(
        services.store,
        current_scope().organisation,
        today(),
        services.attention,
        first=query.first,
        last=query.last,
    )
