"""/v1/cohorts: groups of startups that are worked with together, and their match runs."""

from apiflask import APIBlueprint
from flask import g

from api.access import allow, current_scope
from api.match_runs import Tagged, change_of, tagged
from api.principals import OFFICE
from api.schemas.cohorts import CohortAnswer, CohortIn, CohortOut, CohortsAnswer, StartupsIn
from api.schemas.common import Query
from api.schemas.match_run_answers import RunAnswer, RunOut, RunsAnswer
from api.schemas.match_runs import NewRunIn, WordedQuery
from matcher.cohorts.cohort import Cohort

bp = APIBlueprint("cohorts", __name__, url_prefix="/v1/cohorts", tag="Cohorts")


@bp.get("")
@allow(*OFFICE)
@bp.input(Query, location="query", arg_name="_query")
@bp.output(CohortsAnswer)
def list_cohorts(_query: Query) -> CohortsAnswer:
    """List the cohorts"""
    scope = current_scope()
    found = scope.store.cohorts.all(scope.organisation)
    return CohortsAnswer(request_id=g.request_id, cohorts=[CohortOut.of(cohort) for cohort in found])


@bp.post("")
@allow(*OFFICE, large_body=True)
@bp.input(Query, location="query", arg_name="_query")
@bp.input(CohortIn, location="json", arg_name="body")
@bp.output(CohortAnswer, status_code=201)
def post_cohort(_query: Query, body: CohortIn) -> CohortAnswer:
    """Make a cohort"""
    scope = current_scope()
    return _answer(scope.store.cohorts.create(scope.organisation, body.name, body.startups, id=body.id))


@bp.get("/<reference:cohort_id>")
@allow(*OFFICE)
@bp.input(Query, location="query", arg_name="_query")
@bp.output(CohortAnswer)
def get_cohort(cohort_id: str, _query: Query) -> CohortAnswer:
    """Read one cohort"""
    scope = current_scope()
    return _answer(scope.store.cohorts.get(scope.organisation, cohort_id))


@bp.post("/<reference:cohort_id>/startups")
@allow(*OFFICE, large_body=True)
@bp.input(Query, location="query", arg_name="_query")
@bp.input(StartupsIn, location="json", arg_name="body")
@bp.output(CohortAnswer)
def add_startups(cohort_id: str, _query: Query, body: StartupsIn) -> CohortAnswer:
    """Add startups to a cohort

    Those who are in it already stay where they are.
    """
    scope = current_scope()
    return _answer(scope.store.cohorts.add(scope.organisation, cohort_id, body.startups))


@bp.delete("/<reference:cohort_id>/startups/<reference:startup_id>")
@allow(*OFFICE)
@bp.input(Query, location="query", arg_name="_query")
@bp.output(CohortAnswer)
def remove_startup(cohort_id: str, startup_id: str, _query: Query) -> CohortAnswer:
    """Take a startup out of a cohort

    Runs that were solved keep their pairs.
    """
    scope = current_scope()
    return _answer(scope.store.cohorts.remove(scope.organisation, cohort_id, [startup_id]))


@bp.get("/<reference:cohort_id>/runs")
@allow(*OFFICE)
@bp.input(WordedQuery, location="query", arg_name="query")
@bp.output(RunsAnswer)
def list_cohort_runs(cohort_id: str, query: WordedQuery) -> RunsAnswer:
    """List a cohort's match runs"""
    scope = current_scope()
    found = scope.store.match_runs.all(scope.organisation, cohort=cohort_id)
    return RunsAnswer(request_id=g.request_id, runs=[RunOut.of(run, query.lang) for run in found])


@bp.post("/<reference:cohort_id>/runs")
@allow(*OFFICE, large_body=True)
@bp.input(WordedQuery, location="query", arg_name="query")
@bp.input(NewRunIn, location="json", arg_name="body")
@bp.output(RunAnswer, status_code=201)
def post_run(cohort_id: str, query: WordedQuery, body: NewRunIn) -> Tagged:
    """Make a match run

    A draft, to be solved by `POST /v1/runs/{run_id}/solve`.
    """
    scope = current_scope()
    made = scope.store.match_runs.create(
        scope.organisation, cohort_id, body.configuration.configuration(), change_of(scope, body.why)
    )
    return tagged(made, query.lang, 201, Location=f"/v1/runs/{made.id}")


def _answer(cohort: Cohort) -> CohortAnswer:
    return CohortAnswer(request_id=g.request_id, **CohortOut.of(cohort).model_dump())
