"""/v1/models/reports: what the weekly runs reported, for browsers and programs."""

from typing import Any

from apiflask import APIBlueprint
from flask import Response

from api.access import Scope, allow, current_scope, current_services
from api.principals import OFFICE, Caller
from api.schemas.model_reports import Format, ReportQuery
from matcher.errors import Forbidden

bp = APIBlueprint("model_reports", __name__, url_prefix="/v1/models/reports", tag="Weekly reports")

POLICY = (
    "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'self'"
)
"""A report is a file from the registry: whatever stands in it, it runs nothing, sends nothing and knows
nothing of the site that shows it."""

REPORT, NAMELESS, DOCUMENT = "report.html", "nameless.html", "report.json"
"""As the weekly run calls the files: whole, without anybody's name, and as a program reads it."""

_CONTENT: dict[str, dict[str, Any]] = {
    "text/html": {"schema": {"type": "string"}},
    "application/json": {"schema": {"type": "object"}},
}
_ANSWERS: dict[int | str, dict[str, str | dict[str, dict[str, Any]]]] = {
    200: {"description": "The report", "content": _CONTENT}
}


@bp.get("/<reference:run>")
@allow(*OFFICE, cookie=True)
@bp.input(ReportQuery, location="query", arg_name="query")
@bp.doc(responses=_ANSWERS)
def get_report(run: str, query: ReportQuery) -> Response:
    """Read the report of a weekly run

    One HTML file in Chinese and English, or with `format=json` what it was made of. Where several
    organisations share the service, staff get the HTML without the names of profiles, and no JSON.
    """
    registry, whole = current_services().registry, may_read_names(current_scope())
    if query.format is Format.HTML:
        return _page(registry.report(run, REPORT if whole else NAMELESS))
    if not whole:
        raise Forbidden("the record of a run names profiles of every organisation: only an admin may read it")
    return Response(registry.report(run, DOCUMENT), mimetype="application/json")


def may_read_names(scope: Scope) -> bool:
    """Whether all that a report names is the caller's own: an admin's, or where there is one organisation."""
    is_admin = scope.principal.role is Caller.ADMIN
    return is_admin or list(scope.store.organisations()) == [scope.organisation]


def _page(content: bytes) -> Response:
    response = Response(content, mimetype="text/html")
    response.headers["Content-Security-Policy"] = POLICY
    response.headers["X-Frame-Options"] = "SAMEORIGIN"
    return response
