"""The cohorts: those there are, each with its latest run, and a new one."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Response, request
from werkzeug.wrappers import Response as AnyResponse

from api.access import Scope, allow, current_scope
from api.pages.blueprint import pages
from api.pages.cohorts.shared import run_page, to
from api.principals import OFFICE
from matcher.cohorts.cohort import Cohort
from matcher.cohorts.run import MatchRun
from matcher.cohorts.status import RunStatus
from matcher.profiles import Role, Status
from matcher.store.cohorts import MAX_NAME


@dataclass(frozen=True, slots=True)
class CohortLine:
    """A cohort, its latest run and its published ones; None and empty where there are none."""

    cohort: Cohort
    latest: MatchRun | None
    published: Sequence[MatchRun]


@pages.get("/cohorts")
@allow(*OFFICE, cookie=True)
def cohorts() -> Response:
    """The cohorts, and a form for another one."""
    return _shown()


@pages.post("/cohorts")
@allow(*OFFICE, cookie=True)
def make_cohort() -> AnyResponse:
    """Make a cohort of all active startups, or of none yet."""
    scope, name = current_scope(), request.form.get("name", "").strip()
    if not name or len(name) > MAX_NAME or "\0" in name:
        return _shown(name=name[: 2 * MAX_NAME], refused=True, status=422)
    everyone = active_startups(scope) if request.form.get("who") == "all" else []
    made = scope.store.cohorts.create(scope.organisation, name, everyone)
    return to("pages.cohort", cohort_id=made.id)


def lines_of(scope: Scope) -> list[CohortLine]:
    """Every cohort of the organisation, the newest first."""
    runs = scope.store.match_runs.all(scope.organisation)
    found = []
    for cohort in scope.store.cohorts.all(scope.organisation):
        own = [run for run in runs if run.cohort == cohort.id]
        public = [run for run in own if run.status is RunStatus.PUBLISHED]
        found.append(CohortLine(cohort, next(iter(own), None), public))
    return found


def active_startups(scope: Scope) -> list[str]:
    """The ids of the organisation's active startups, by id."""
    every = scope.store.profiles(scope.organisation, roles=(Role.STARTUP,))
    return [profile.id for profile in every if profile.status is Status.ACTIVE]


def _shown(*, name: str = "", refused: bool = False, status: int = 200) -> Response:
    scope = current_scope()
    someone = scope.store.page(scope.organisation, roles=(Role.STARTUP,), limit=1).profiles
    return run_page(
        "cohorts.html",
        status,
        lines=lines_of(scope),
        someone=bool(someone),
        name=name,
        refused=refused,
        longest=MAX_NAME,
    )
