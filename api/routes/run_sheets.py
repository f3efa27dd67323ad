"""/v1/runs/…/export and /edits/import: a match run in a spreadsheet, and back."""

from apiflask import APIBlueprint
from flask import Response, g, request

from api.access import allow, current_scope, current_services
from api.downloads import FILES
from api.match_runs import change_of_what_was_seen
from api.principals import OFFICE
from api.problems import Fault, InvalidRequest
from api.run_sheets import exported, people_for
from api.schemas.match_runs import WordedQuery
from api.schemas.run_sheets import SheetAnswer, SheetQuery, planned_out, unclear_out
from api.spreadsheets import MEDIA_TYPES, FileKind
from matcher.cohorts.sheets.editing import carried_out, planned

_FILE = {"type": "string", "format": "binary"}
BODY = {"content": {"application/octet-stream": {"schema": _FILE}}, "required": True}

bp = APIBlueprint("run_sheets", __name__, url_prefix="/v1/runs", tag="Match run files")


@bp.get("/<reference:run_id>/export.xlsx")
@allow(*OFFICE, heavy=True)
@bp.input(WordedQuery, location="query", arg_name="query")
@bp.doc(responses=FILES)
def export_xlsx(run_id: str, query: WordedQuery) -> Response:
    """Download a run as a workbook

    Sheets: the figures, pairs by startup and by partner, reasons, alternates, who is left out. The pairs by
    startup may be edited and sent back.
    """
    return _file(run_id, query, FileKind.XLSX)


@bp.get("/<reference:run_id>/export.csv")
@allow(*OFFICE, heavy=True)
@bp.input(WordedQuery, location="query", arg_name="query")
@bp.doc(responses=FILES)
def export_csv(run_id: str, query: WordedQuery) -> Response:
    """Download a run's pairs as CSV

    They may be edited and sent back.
    """
    return _file(run_id, query, FileKind.CSV)


@bp.post("/<reference:run_id>/edits/import")
@allow(*OFFICE, large_body=True)
@bp.input(SheetQuery, location="query", arg_name="query")
@bp.doc(extensions={"requestBody": BODY})
@bp.output(SheetAnswer)
def import_edits(run_id: str, query: SheetQuery) -> SheetAnswer:
    """Send an edited table of pairs back

    The file is the body. Pairs that are gone are banned, new ones added, locks set or taken back: all of it,
    or nothing where a cell is unclear. Without `dry_run=false` it is only told. 409 where the run has changed
    since the table was exported.
    """
    scope, now = current_scope(), current_services().clock()
    data = request.get_data(cache=False)
    if not data:
        raise InvalidRequest([Fault("#", "must be the file itself")])
    run = scope.store.match_runs.get(scope.organisation, run_id)
    who = scope.principal.who
    plan = planned(scope.store, run, people_for(scope.store, run), query.filename, data, who, now)
    if not (query.dry_run or plan.problems):
        seen = plan.version if query.version is None else query.version
        run = carried_out(scope.store, run, plan, change_of_what_was_seen(scope, "", seen))
    return SheetAnswer(
        request_id=g.request_id,
        dry_run=query.dry_run,
        run=run.id,
        version=run.version,
        edits=planned_out(plan),
        undone=list(plan.undone),
        problems=list(unclear_out(plan, query.lang)),
    )


def _file(run_id: str, query: WordedQuery, kind: FileKind) -> Response:
    scope = current_scope()
    run = scope.store.match_runs.get(scope.organisation, run_id)
    response = Response(exported(scope.store, run, kind, query.lang), mimetype=MEDIA_TYPES[kind])
    response.headers["Content-Disposition"] = f'attachment; filename="run-{run.id}.{kind}"'
    return response
