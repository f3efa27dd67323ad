"""/v1/imports: whole files of profiles, interactions and ledgers."""

from typing import Any

from apiflask import APIBlueprint
from flask import g, request

from api.access import allow, current_scope
from api.importing import imported
from api.principals import Caller
from api.problems import Fault, InvalidRequest
from api.schemas.common import Query
from api.schemas.imports import ImportAnswer, ImportQuery, nothing_taken
from matcher.importing import Source, import_sources

bp = APIBlueprint("imports", __name__, url_prefix="/v1/imports", tag="Imports")

_FILE = {"type": "string", "format": "binary"}
_FORM = {"type": "object", "required": ["files"], "properties": {"files": {"type": "array", "items": _FILE}}}
BODY = {"content": {"multipart/form-data": {"schema": _FORM}, "application/octet-stream": {"schema": _FILE}}}


@bp.post("")
@allow(Caller.ADMIN, Caller.STAFF, large_body=True)
@bp.input(ImportQuery, location="query", arg_name="query")
@bp.doc(extensions={"requestBody": BODY})
@bp.output(ImportAnswer)
def post_import(query: ImportQuery) -> ImportAnswer:
    """Import files

    CSV or XLSX, as a form's `files` or as the body itself with `filename`. Good rows are kept, bad ones
    reported; 422 with the report in `report` where there was no good row at all. Of profiles that are there,
    what a file has no column for stays; an empty cell of a column that is there empties it.
    """
    scope, role = current_scope(), query.role.kind if query.role else None
    kept = None
    if query.dry_run:
        report = import_sources(
            _sources(query), scope.store, organisation=scope.organisation, role=role, dry_run=True
        ).to_dict()
    else:
        kept, report = imported(scope, _sources(query), role=role)
    if nothing_taken(report):
        faults = [Fault("#/files", "hold not one row that could be taken; `report` says why")]
        raise InvalidRequest(faults, extra={"report": report})
    return _answer(kept, report)


@bp.get("/<reference:import_id>")
@allow(Caller.ADMIN, Caller.STAFF)
@bp.input(Query, location="query", arg_name="_query")
@bp.output(ImportAnswer)
def get_import(import_id: str, _query: Query) -> ImportAnswer:
    """Read the report of an earlier import"""
    scope = current_scope()
    return _answer(import_id, scope.store.import_report(scope.organisation, import_id))


def _answer(import_id: str | None, report: dict[str, Any]) -> ImportAnswer:
    return ImportAnswer(request_id=g.request_id, id=import_id, **report)


def _sources(query: ImportQuery) -> list[Source]:
    """The files that the request brings.

    Raises:
        InvalidRequest: none, one without a name, or a form that says more than its files.
    """
    if request.mimetype == "multipart/form-data":
        return _form_files()
    if not query.filename:
        raise InvalidRequest([Fault("#/filename", "is needed where the body is the file itself", "query")])
    return [Source(query.filename, request.get_data(cache=False))]


def _form_files() -> list[Source]:
    if request.form:
        rule = "belongs in the query: a form brings files only"
        raise InvalidRequest([Fault(f"#/{name}", rule) for name in request.form])
    files = request.files.getlist("files")
    if not files or len(files) != sum(len(group) for _, group in request.files.lists()):
        raise InvalidRequest([Fault("#/files", "must hold one file or more, all under this name")])
    if not all(file.filename for file in files):
        raise InvalidRequest([Fault("#/files", "must each have a file name")])
    return [Source(str(file.filename), file.read()) for file in files]
