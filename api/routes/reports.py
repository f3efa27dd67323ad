"""/v1/reports: what came of what Bole did."""

from apiflask import APIBlueprint
from flask import Response, g

from api.access import allow, current_scope, current_services
from api.downloads import FILES, download
from api.office import zone
from api.principals import Caller
from api.reports import Kind, Span, accepted, exposure, outcomes, span_of, supply, table
from api.schemas.common import Query
from api.schemas.outcome_reports import ExposureAnswer, OutcomesAnswer, ReportTableQuery, SupplyAnswer
from api.schemas.reports import AcceptanceAnswer, AcceptanceOut, ReportQuery
from matcher.errors import InvalidInput
from matcher.reports.tables import TITLES

bp = APIBlueprint("reports", __name__, url_prefix="/v1/reports", tag="Reports")


@bp.get("/acceptance")
@allow(Caller.ADMIN, Caller.STAFF)
@bp.input(ReportQuery, location="query", arg_name="query")
@bp.output(AcceptanceAnswer)
def report_acceptance(query: ReportQuery) -> AcceptanceAnswer:
    """What came of the lists that were shown

    By model version, position, role and organisation; and versions against each other at equal position. Of
    the own organisation.
    """
    [report] = accepted(current_scope(), current_services().clock(), _span(query))
    told = AcceptanceOut.of(report, query.lang)
    return AcceptanceAnswer(request_id=g.request_id, **dict(told))


@bp.get("/outcomes")
@allow(Caller.ADMIN, Caller.STAFF)
@bp.input(ReportQuery, location="query", arg_name="query")
@bp.output(OutcomesAnswer)
def report_outcomes(query: ReportQuery) -> OutcomesAnswer:
    """What became of pairs: asked for, accepted, met, rated, invested

    Of the pairs that entered in the span, with all that happened since: by month, role and cohort.
    """
    return OutcomesAnswer.told(outcomes(current_scope(), _span(query))[0], g.request_id)


@bp.get("/exposure")
@allow(Caller.ADMIN, Caller.STAFF)
@bp.input(ReportQuery, location="query", arg_name="query")
@bp.output(ExposureAnswer)
def report_exposure(query: ReportQuery) -> ExposureAnswer:
    """Who is shown how often, against capacity"""
    return ExposureAnswer.told(exposure(current_scope(), _span(query))[0], g.request_id)


@bp.get("/supply")
@allow(Caller.ADMIN, Caller.STAFF)
@bp.input(Query, location="query", arg_name="_query")
@bp.output(SupplyAnswer)
def report_supply(_query: Query) -> SupplyAnswer:
    """What startups need beside who gives it and how many places are free"""
    return SupplyAnswer.told(supply(current_scope()), g.request_id)


@bp.get("/<reference:report>/table")
@allow(Caller.ADMIN, Caller.STAFF, cookie=True)
@bp.input(ReportTableQuery, location="query", arg_name="query")
@bp.doc(responses=FILES)
def table_report(report: str, query: ReportTableQuery) -> Response:
    """Download a report as CSV or XLSX: acceptance, outcomes, exposure or supply

    Days are those of the office's time zone.
    """
    if report not in set(Kind):
        raise InvalidInput("report", report, f"must be one of {', '.join(Kind)}")
    kind, now = Kind(report), current_services().clock()
    columns, rows = table(kind, current_scope(), _span(query), now, zone())
    return download(query.format, report, TITLES[query.lang][report], columns, rows)


def _span(query: ReportQuery) -> Span:
    """The span that is asked for.

    Raises:
        InvalidInput: it would end before it begins.
    """
    since, until = span_of(query.since, query.until, current_services().clock())
    if since >= until:
        raise InvalidInput("from", since.isoformat(), f"must be before {until.isoformat()}")
    return since, until
