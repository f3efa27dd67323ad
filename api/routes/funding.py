"""/v1/startups/{id}/funding: how a startup's gap can be covered from loans, grants and equity."""

from apiflask import APIBlueprint
from flask import Response, g

from api.access import allow, current_scope
from api.answering import current_moment
from api.downloads import FILES, download
from api.funding import funding_for
from api.principals import OFFICE, Caller
from api.schemas.funding import FundingAnswer, FundingQuery, FundingTableQuery
from api.schemas.matches import RankedHeaders
from matcher.funding.plans import Funding
from matcher.funding.tables import PLAN_COLUMNS, plan_rows
from matcher.visibility import Part

bp = APIBlueprint("funding", __name__, url_prefix="/v1/startups", tag="Funding")
MAY_ASK = (*OFFICE, Caller.STARTUP)


@bp.get("/<reference:startup_id>/funding")
@allow(*MAY_ASK)
@bp.input(FundingQuery, location="query", arg_name="query")
@bp.output(FundingAnswer, headers=RankedHeaders)
def plan_funding(startup_id: str, query: FundingQuery) -> FundingAnswer:
    """Plans for a startup's funding gap

    From loans, grants and equity of the investors that it may be matched with: exact, at the least cost,
    dilution, number of sources and risk as weighed; with what each refusal would do. A startup asks for
    itself.
    """
    found, version = _found(startup_id, query), current_moment().model_version
    whole = not current_scope().principal.is_member
    return FundingAnswer.told(found, startup_id, version, g.request_id, language=query.lang, whole=whole)


@bp.get("/<reference:startup_id>/funding/table")
@allow(*MAY_ASK)
@bp.input(FundingTableQuery, location="query", arg_name="query")
@bp.doc(responses=FILES)
def table_funding(startup_id: str, query: FundingTableQuery) -> Response:
    """Download plans for a startup's funding gap as CSV or XLSX"""
    rows = plan_rows(_found(startup_id, query), query.lang)
    title = "融资方案" if query.lang == "zh" else "Funding"
    return download(query.format, "funding", title, PLAN_COLUMNS, rows)


def _found(startup_id: str, query: FundingQuery) -> Funding:
    return funding_for(current_scope().entitled(startup_id, Part.FUNDING), query)
