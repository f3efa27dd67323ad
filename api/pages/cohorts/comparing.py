"""Two runs of a cohort side by side."""

from flask import Response

from api.access import Scope, allow, current_scope
from api.pages.blueprint import pages
from api.pages.cohorts.shared import names_of, run_page
from api.pages.parameters import text
from api.principals import OFFICE
from matcher.cohorts.comparing import compared
from matcher.cohorts.result import Result
from matcher.errors import Conflict


@pages.get("/runs/<reference:run_id>/comparison")
@allow(*OFFICE, cookie=True)
def compare_runs(run_id: str) -> Response:
    """What is different in the run, against the one that the address names (`with`)."""
    scope, other = current_scope(), text("with")
    run, before = (scope.store.match_runs.get(scope.organisation, each) for each in (run_id, other))
    found = compared(_result(scope, other), _result(scope, run_id))
    people = {who for pair in (*found.dropped, *found.added) for who in pair}
    return run_page(
        "comparison.html",
        run=run,
        other=before,
        found=found,
        names=names_of(scope, people),
    )


def _result(scope: Scope, run_id: str) -> Result:
    found = scope.store.match_runs.result(scope.organisation, run_id, alternates=False)
    if found is None:
        raise Conflict(f"run {run_id!r} was never solved: solve it first")
    return found
