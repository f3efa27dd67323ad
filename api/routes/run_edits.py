"""/v1/runs/…/edits: what staff do to a match run by hand."""

from apiflask import APIBlueprint
from flask import g

from api.access import allow, current_scope
from api.match_runs import Tagged, change_of_what_was_seen, tagged
from api.principals import OFFICE
from api.schemas.common import Query
from api.schemas.match_run_answers import (
    EditsAnswer,
    RunAnswer,
)
from api.schemas.match_runs import EditIn, UndoQuery, WordedQuery
from matcher.cohorts.editing import edited
from matcher.errors import NotFound

bp = APIBlueprint("run_edits", __name__, url_prefix="/v1/runs", tag="Match run edits")


@bp.get("/<reference:run_id>/edits")
@allow(*OFFICE)
@bp.input(Query, location="query", arg_name="_query")
@bp.output(EditsAnswer)
def list_edits(run_id: str, _query: Query) -> EditsAnswer:
    """List the edits by hand that count"""
    scope = current_scope()
    return EditsAnswer.told(scope.store.match_runs.edits(scope.organisation, run_id), g.request_id)


@bp.post("/<reference:run_id>/edits")
@allow(*OFFICE)
@bp.input(WordedQuery, location="query", arg_name="query")
@bp.input(EditIn, location="json", arg_name="body")
@bp.output(RunAnswer, status_code=201)
def post_edit(run_id: str, query: WordedQuery, body: EditIn) -> Tagged:
    """Lock, ban, swap or add a pair by hand

    The run is a draft again; solving it changes as little of the rest as can be. Locked, swapped and added
    pairs may break what a must-have, a decline or an earlier meeting forbids, but not a conflict of interest.
    409 where the run is not at the version that was seen, with what changed.
    """
    scope = current_scope()
    change = change_of_what_was_seen(scope, "", body.version)
    run = scope.store.match_runs.get(scope.organisation, run_id)
    return tagged(edited(scope.store, run, body.edit(scope.principal.who), change), query.lang, 201)


@bp.delete("/<reference:run_id>/edits/<reference:number>")
@allow(*OFFICE)
@bp.input(UndoQuery, location="query", arg_name="query")
@bp.output(RunAnswer)
def undo_edit(run_id: str, number: str, query: UndoQuery) -> Tagged:
    """Undo an edit

    And with it what a model would have learnt from it.
    """
    scope = current_scope()
    change = change_of_what_was_seen(scope, query.why, query.version)
    run = scope.store.match_runs.undo(scope.organisation, run_id, _number(number), change)
    return tagged(run, query.lang)


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 16):
        raise NotFound(f"there is no edit {text!r}")
    return int(text)
