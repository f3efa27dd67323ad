"""/v1/runs/…: what solving a match run gave."""

from apiflask import APIBlueprint
from flask import g

from api.access import Scope, allow, current_scope
from api.match_runs import names_in
from api.principals import OFFICE, Caller
from api.schemas.common import Query
from api.schemas.impasses import ImpasseAnswer
from api.schemas.match_runs import PairsQuery, WordedQuery
from api.schemas.run_results import (
    AlternateOut,
    AlternatesAnswer,
    ComparisonAnswer,
    MeetingOut,
    MeetingsAnswer,
    SummaryAnswer,
    SummaryOut,
)
from matcher.cohorts.comparing import compared
from matcher.cohorts.result import Result
from matcher.errors import Conflict, NotFound

bp = APIBlueprint("run_results", __name__, url_prefix="/v1/runs", tag="Match run results")


@bp.get("/<reference:run_id>/summary")
@allow(*OFFICE)
@bp.input(WordedQuery, location="query", arg_name="query")
@bp.output(SummaryAnswer)
def get_summary(run_id: str, query: WordedQuery) -> SummaryAnswer:
    """Read a run's result in figures

    With the price of one more place with each partner, who is left out and why, and the services in short
    supply. 404 where it was never solved.
    """
    scope = current_scope()
    found = scope.store.match_runs.summary(scope.organisation, run_id)
    if found is None:
        raise _unsolved(run_id)
    return SummaryAnswer(request_id=g.request_id, **SummaryOut.of(found, query.lang).model_dump())


@bp.get("/<reference:run_id>/pairs")
@allow(*Caller)
@bp.input(PairsQuery, location="query", arg_name="query")
@bp.output(MeetingsAnswer)
def list_pairs(run_id: str, query: PairsQuery) -> MeetingsAnswer:
    """List a run's pairs

    With both halves and the reasons. A startup, mentor or investor sees its own, once they are published.
    """
    scope = current_scope()
    if scope.principal.is_member:
        return _own_pairs(scope, run_id, query)
    found = scope.store.match_runs.meetings(
        scope.organisation,
        run_id,
        of=query.startup_id,
        partner=query.partner_id,
        offset=query.offset,
        limit=query.limit + 1,
    )
    shown = [MeetingOut.of(each, query.lang) for each in found[: query.limit]]
    return MeetingsAnswer(request_id=g.request_id, pairs=shown, next_offset=_next(query, len(found)))


@bp.get("/<reference:run_id>/alternates")
@allow(*OFFICE)
@bp.input(PairsQuery, location="query", arg_name="query")
@bp.output(AlternatesAnswer)
def list_alternates(run_id: str, query: PairsQuery) -> AlternatesAnswer:
    """List who comes next for each startup"""
    scope = current_scope()
    found = scope.store.match_runs.alternates(
        scope.organisation,
        run_id,
        of=query.startup_id,
        partner=query.partner_id,
        offset=query.offset,
        limit=query.limit + 1,
    )
    shown = [AlternateOut.of(each, query.lang) for each in found[: query.limit]]
    return AlternatesAnswer(request_id=g.request_id, alternates=shown, next_offset=_next(query, len(found)))


@bp.get("/<reference:run_id>/conflicts")
@allow(*OFFICE)
@bp.input(WordedQuery, location="query", arg_name="query")
@bp.output(ImpasseAnswer)
def get_conflicts(run_id: str, query: WordedQuery) -> ImpasseAnswer:
    """Read why a run cannot be solved

    Limits that cannot hold together, with their figures, and what would help. Nothing where it can be solved.
    """
    scope = current_scope()
    run = scope.store.match_runs.get(scope.organisation, run_id)
    found = scope.store.match_runs.impasse(scope.organisation, run_id)
    role, names = run.configuration.role, names_in(scope, found)
    return ImpasseAnswer.told(found, role, names, g.request_id, query.lang)


@bp.get("/<reference:run_id>/comparison/<reference:other_id>")
@allow(*OFFICE)
@bp.input(Query, location="query", arg_name="_query")
@bp.output(ComparisonAnswer)
def compare_runs(run_id: str, other_id: str, _query: Query) -> ComparisonAnswer:
    """Compare two runs

    What is different in the other one.
    """
    scope = current_scope()
    return ComparisonAnswer.told(compared(_result(scope, run_id), _result(scope, other_id)), g.request_id)


def _own_pairs(scope: Scope, run_id: str, query: PairsQuery) -> MeetingsAnswer:
    """A run that is not there and one that the member has no pairs of are refused in the same words."""
    try:
        found = scope.store.match_runs.of_member(scope.organisation, run_id, scope.principal.profile_id)
    except NotFound:
        found = None
    if found is None:
        raise NotFound(f"there is no match run {run_id!r} that you may see")
    last = query.offset + query.limit
    shown = [MeetingOut.of(each, query.lang) for each in found.meetings[query.offset : last]]
    return MeetingsAnswer(
        request_id=g.request_id, pairs=shown, next_offset=last if len(found.meetings) > last else None
    )


def _result(scope: Scope, run_id: str) -> Result:
    found = scope.store.match_runs.result(scope.organisation, run_id)
    if found is None:
        raise Conflict(f"run {run_id!r} was never solved: solve it first")
    return found


def _unsolved(run_id: str) -> NotFound:
    return NotFound(f"run {run_id!r} was never solved: solve it first")


def _next(query: PairsQuery, found: int) -> int | None:
    return query.offset + query.limit if found > query.limit else None
