"""What is done to a run as a whole: solve, stop, copy, put aside, take a way out."""

from flask import request
from werkzeug.wrappers import Response as AnyResponse

from api.access import allow, current_scope, current_services
from api.match_runs import queued
from api.pages.blueprint import pages
from api.pages.cohorts.board import capacities
from api.pages.cohorts.shared import posted, reason_of, seen, to
from api.principals import OFFICE
from matcher.cohorts.board import Standing
from matcher.cohorts.mending import Mended, mended
from matcher.cohorts.result import WayOut
from matcher.cohorts.run import Change
from matcher.cohorts.status import RunStatus
from matcher.errors import Conflict


@pages.post("/runs/<reference:run_id>/solve")
@allow(*OFFICE, cookie=True, heavy=True)
def solve_run(run_id: str) -> AnyResponse:
    """Have the run solved; one that is being solved goes on."""
    scope, afresh = current_scope(), request.form.get("afresh") == "yes"
    run = scope.store.match_runs.get(scope.organisation, run_id)
    if run.status is not RunStatus.SOLVING or run.is_abandoned(current_services().clock()):
        queued(scope, run_id, Change(by=scope.principal.who), afresh=afresh)
    return to("pages.run", run_id=run_id)


@pages.post("/runs/<reference:run_id>/cancel")
@allow(*OFFICE, cookie=True)
def cancel_run(run_id: str) -> AnyResponse:
    """Stop the solving; what has ended by itself stays as it is."""
    scope = current_scope()
    run = scope.store.match_runs.get(scope.organisation, run_id)
    if run.status is RunStatus.SOLVING:
        scope.store.match_runs.cancel(scope.organisation, run_id, Change(by=scope.principal.who))
    return to("pages.run", run_id=run_id)


@pages.post("/runs/<reference:run_id>/copy")
@allow(*OFFICE, cookie=True)
def copy_run(run_id: str) -> AnyResponse:
    """A draft with the same configuration and edits."""
    scope = current_scope()
    change = Change(by=scope.principal.who, why=reason_of(request.form))
    made = scope.store.match_runs.copy(scope.organisation, run_id, change)
    return to("pages.run", run_id=made.id)


@pages.post("/runs/<reference:run_id>/close")
@allow(*OFFICE, cookie=True)
def close_run(run_id: str) -> AnyResponse:
    """End the run: what it offered and nobody has answered is withdrawn. One that has ended stays so."""
    scope = current_scope()
    run = scope.store.match_runs.get(scope.organisation, run_id)
    if run.status is not RunStatus.CLOSED:
        change = seen(scope, reason_of(request.form))
        withdrawing = scope.store.introductions.withdrawing(change)
        scope.store.match_runs.close(scope.organisation, run_id, change, withdrawing)
    return to("pages.run", run_id=run_id)


@pages.post("/runs/<reference:run_id>/mend")
@allow(*OFFICE, cookie=True)
def mend_run(run_id: str) -> AnyResponse:
    """Take one of the ways out of the run's impasse, and solve it again."""
    scope = current_scope()
    change = seen(scope)
    standing = scope.store.match_runs.standing(scope.organisation, run_id)
    if standing.run.version != change.version:
        scope.store.match_runs.edit_all(scope.organisation, run_id, (), (), change)  # raises Changed
    way = _way(standing, posted("clash", 4), posted("way", 4))
    found = mended(way, standing.run.configuration, standing.edits, capacities(scope, standing))
    if found is None:
        raise Conflict("that way out is no setting of a run: carry it out by hand")
    _carry_out(run_id, found, change)
    return to("pages.run", run_id=run_id)


def _way(standing: Standing, clash: str, place: str) -> WayOut:
    """The way out that the form names.

    Raises:
        Conflict: there is none in this place (any more).
    """
    ways = [one.ways_out for one in (standing.impasse.clashes if standing.impasse else ())]
    known = {(str(one), str(two)): way for one, some in enumerate(ways) for two, way in enumerate(some)}
    if (clash, place) not in known:
        raise Conflict("there is no such way out any more: the run was solved or changed since")
    return known[clash, place]


def _carry_out(run_id: str, found: Mended, change: Change) -> None:
    scope = current_scope()
    runs, version = scope.store.match_runs, change.version
    if found.configuration is not None:
        version = runs.configure(scope.organisation, run_id, found.configuration, change).version
    if found.undone:
        again = Change(by=change.by, why=change.why, version=version)
        runs.edit_all(scope.organisation, run_id, (), found.undone, again)
    queued(scope, run_id, Change(by=change.by))
