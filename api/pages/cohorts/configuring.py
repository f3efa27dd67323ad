"""What a run is asked for: a new run, and another configuration of one that is open."""

from dataclasses import replace

from flask import Response, request
from werkzeug.wrappers import Response as AnyResponse

from api.access import allow, current_scope
from api.match_runs import queued
from api.office import office
from api.pages.blueprint import pages
from api.pages.cohorts.forms import USUAL, Typed, fields_of, typed_of
from api.pages.cohorts.shared import reason_of, run_page, seen, to
from api.pages.parameters import partner_role, text
from api.principals import OFFICE
from matcher.assignment.problem import Importance, Objective
from matcher.cohorts.cohort import Cohort
from matcher.cohorts.run import Change, Changed, MatchRun
from matcher.cohorts.status import OPEN_TO_EDITS
from matcher.errors import Conflict
from matcher.profiles import PARTNER_ROLES


@pages.get("/cohorts/<reference:cohort_id>/runs/new")
@allow(*OFFICE, cookie=True)
def new_run(cohort_id: str) -> Response:
    """A form for a new run, with the office's settings, or those of the run that is named (`like`)."""
    scope, usual = current_scope(), office().new_run or USUAL
    role = partner_role(usual.role)
    cohort = scope.store.cohorts.get(scope.organisation, cohort_id)
    like = text("like")
    before = scope.store.match_runs.get(scope.organisation, like).configuration if like else None
    asked = before or replace(usual, role=role)
    return _form(cohort, Typed(fields_of(asked), asked, {}))


@pages.post("/cohorts/<reference:cohort_id>/runs")
@allow(*OFFICE, cookie=True)
def make_run(cohort_id: str) -> AnyResponse:
    """Make a draft, and solve it at once where that was asked."""
    scope, typed, why = current_scope(), typed_of(request.form), reason_of(request.form)
    cohort = scope.store.cohorts.get(scope.organisation, cohort_id)
    if typed.configuration is None:
        return _form(cohort, typed, status=422)
    change = Change(by=scope.principal.who, why=why)
    run = scope.store.match_runs.create(scope.organisation, cohort_id, typed.configuration, change)
    if request.form.get("then") == "solve":
        queued(scope, run.id, Change(by=scope.principal.who))
    return to("pages.run", run_id=run.id)


@pages.get("/runs/<reference:run_id>/configuration")
@allow(*OFFICE, cookie=True)
def run_configuration(run_id: str) -> Response:
    """What the run is asked for, to be changed where it is open."""
    scope = current_scope()
    run = scope.store.match_runs.get(scope.organisation, run_id)
    cohort = scope.store.cohorts.get(scope.organisation, run.cohort)
    return _form(cohort, Typed(fields_of(run.configuration), run.configuration, {}), run)


@pages.post("/runs/<reference:run_id>/configuration")
@allow(*OFFICE, cookie=True)
def configure_run(run_id: str) -> AnyResponse:
    """Configure the run anew; who did not see the latest version is shown what changed, and types nothing
    again."""
    scope, typed = current_scope(), typed_of(request.form)
    run = scope.store.match_runs.get(scope.organisation, run_id)
    cohort = scope.store.cohorts.get(scope.organisation, run.cohort)
    if typed.configuration is None:
        return _form(cohort, typed, run, status=422)
    try:
        change = seen(scope, reason_of(request.form))
        run = scope.store.match_runs.configure(scope.organisation, run_id, typed.configuration, change)
    except Changed as error:
        return _form(cohort, typed, run, changed=error, status=409)
    except Conflict:
        return _form(cohort, typed, run, status=409)
    if request.form.get("then") == "solve":
        queued(scope, run_id, Change(by=scope.principal.who))
    return to("pages.run", run_id=run_id)


def _form(
    cohort: Cohort,
    typed: Typed,
    run: MatchRun | None = None,
    *,
    changed: Changed | None = None,
    status: int = 200,
) -> Response:
    earlier = current_scope().store.match_runs.all(cohort.organisation, cohort=cohort.id, limit=20)
    return run_page(
        "configuration.html",
        status,
        cohort=cohort,
        run=run,
        closed=run is not None and run.status not in OPEN_TO_EDITS,
        typed=typed,
        why=reason_of(request.form),
        changed=changed,
        version=changed.version if changed else run.version if run else 0,
        earlier=[each for each in earlier if run is None or each.id != run.id],
        roles=PARTNER_ROLES,
        objectives=list(Objective),
        importances=list(Importance),
    )
