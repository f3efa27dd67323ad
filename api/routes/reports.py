"""/v1/reports: what came of what Bole did."""

from apiflask import APIBlueprint
from flask import g

from api.access import allow, current_scope, current_services
from api.principals import Caller
from api.schemas.reports import AcceptanceAnswer, AcceptanceOut, ReportQuery
from matcher.reports.acceptance import acceptance

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
    services = current_services()
    report = acceptance(
        services.store,
        services.clock(),
        since=query.since,
        until=query.until,
        organisation=current_scope().organisation,
    )
    told = AcceptanceOut.of(report, query.lang)
    return AcceptanceAnswer(request_id=g.request_id, **dict(told))
