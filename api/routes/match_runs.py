"""/v1/runs: match runs, from a draft to a published result."""

from apiflask import APIBlueprint
from flask import g

from api.access import allow, current_scope
from api.match_runs import Tagged, change_of, change_of_what_was_seen, queued, tagged
from api.principals import OFFICE
from api.schemas.introductions import PublishIn
from api.schemas.match_run_answers import (
    RunAnswer,
    RunEventsAnswer,
    RunOut,
    RunsAnswer,
)
from api.schemas.match_runs import (
    ChangeIn,
    ConfigureIn,
    CopyIn,
    EventsQuery,
    SolveIn,
    WordedQuery,
)

bp = APIBlueprint("match_runs", __name__, url_prefix="/v1/runs", tag="Match runs")


@bp.get("")
@allow(*OFFICE)
@bp.input(WordedQuery, location="query", arg_name="query")
@bp.output(RunsAnswer)
def list_runs(query: WordedQuery) -> RunsAnswer:
    """List the match runs"""
    scope = current_scope()
    found = scope.store.match_runs.all(scope.organisation)
    return RunsAnswer(request_id=g.request_id, runs=[RunOut.of(run, query.lang) for run in found])


@bp.get("/<reference:run_id>")
@allow(*OFFICE)
@bp.input(WordedQuery, location="query", arg_name="query")
@bp.output(RunAnswer)
def get_run(run_id: str, query: WordedQuery) -> Tagged:
    """Read one match run

    With its status; the ETag is its version.
    """
    scope = current_scope()
    return tagged(scope.store.match_runs.get(scope.organisation, run_id), query.lang)


@bp.put("/<reference:run_id>/configuration")
@allow(*OFFICE, large_body=True)
@bp.input(WordedQuery, location="query", arg_name="query")
@bp.input(ConfigureIn, location="json", arg_name="body")
@bp.output(RunAnswer)
def put_configuration(run_id: str, query: WordedQuery, body: ConfigureIn) -> Tagged:
    """Configure a match run anew

    It is a draft again. 409 where it is not at the version that was seen, with what changed.
    """
    scope = current_scope()
    change = change_of_what_was_seen(scope, body.why, body.version)
    configuration = body.configuration.configuration()
    run = scope.store.match_runs.configure(scope.organisation, run_id, configuration, change)
    return tagged(run, query.lang)


@bp.post("/<reference:run_id>/copy")
@allow(*OFFICE, large_body=True)
@bp.input(WordedQuery, location="query", arg_name="query")
@bp.input(CopyIn, location="json", arg_name="body")
@bp.output(RunAnswer, status_code=201)
def copy_run(run_id: str, query: WordedQuery, body: CopyIn) -> Tagged:
    """Copy a match run

    A draft with the same edits, and the same configuration or the one given.
    """
    scope = current_scope()
    configuration = body.configuration.configuration() if body.configuration else None
    change = change_of(scope, body.why)
    made = scope.store.match_runs.copy(scope.organisation, run_id, change, configuration)
    return tagged(made, query.lang, 201, Location=f"/v1/runs/{made.id}")


@bp.post("/<reference:run_id>/solve")
@allow(*OFFICE, heavy=True)
@bp.input(WordedQuery, location="query", arg_name="query")
@bp.input(SolveIn, location="json", arg_name="body")
@bp.output(RunAnswer, status_code=202)
def solve_run(run_id: str, query: WordedQuery, body: SolveIn) -> Tagged:
    """Solve a match run

    In the background: 202 with the address that tells how it stands. `waiting` says so while no worker has
    begun. Asked again while it waits, it is not solved twice.
    """
    scope = current_scope()
    change = change_of(scope, body.why, body.version)
    run = queued(scope, run_id, change, afresh=body.afresh)
    return tagged(run, query.lang, 202, Location=f"/v1/runs/{run.id}")


@bp.post("/<reference:run_id>/cancel")
@allow(*OFFICE)
@bp.input(WordedQuery, location="query", arg_name="query")
@bp.input(ChangeIn, location="json", arg_name="body")
@bp.output(RunAnswer)
def cancel_run(run_id: str, query: WordedQuery, body: ChangeIn) -> Tagged:
    """Stop solving a match run

    It is a draft again at once; the work is stopped within seconds, and nothing of it is kept.
    """
    scope = current_scope()
    change = change_of(scope, body.why, body.version)
    return tagged(scope.store.match_runs.cancel(scope.organisation, run_id, change), query.lang)


@bp.get("/<reference:run_id>/events")
@allow(*OFFICE)
@bp.input(EventsQuery, location="query", arg_name="query")
@bp.output(RunEventsAnswer)
def list_run_events(run_id: str, query: EventsQuery) -> RunEventsAnswer:
    """Read what happened to a run: who, when and why"""
    scope = current_scope()
    events = scope.store.match_runs.events(scope.organisation, run_id, query.after)
    return RunEventsAnswer.told(events, g.request_id)


@bp.post("/<reference:run_id>/publish")
@allow(*OFFICE)
@bp.input(WordedQuery, location="query", arg_name="query")
@bp.input(PublishIn, location="json", arg_name="body")
@bp.output(RunAnswer)
def publish_run(run_id: str, query: WordedQuery, body: PublishIn) -> Tagged:
    """Publish a match run

    Only now can startups and partners see it: each pair becomes an introduction, and both sides are asked.
    The run of the same cohort and role that was published before is closed: what both have goes on as it is,
    its other open introductions are withdrawn. 409 where the run is not at the version that was seen, with
    what changed, and where a partner has less room by now than the run takes.
    """
    scope = current_scope()
    change = change_of_what_was_seen(scope, body.why, body.version)
    offering = scope.store.introductions.offering(change, body.terms())
    return tagged(scope.store.match_runs.publish(scope.organisation, run_id, change, offering), query.lang)


@bp.post("/<reference:run_id>/close")
@allow(*OFFICE)
@bp.input(WordedQuery, location="query", arg_name="query")
@bp.input(ChangeIn, location="json", arg_name="body")
@bp.output(RunAnswer)
def close_run(run_id: str, query: WordedQuery, body: ChangeIn) -> Tagged:
    """Close a match run

    A published one has come to its end, and its open introductions are withdrawn; another one is put aside.
    """
    scope = current_scope()
    change = change_of(scope, body.why, body.version)
    withdrawing = scope.store.introductions.withdrawing(change)
    return tagged(scope.store.match_runs.close(scope.organisation, run_id, change, withdrawing), query.lang)
