"""One cohort: its startups, to be added and taken out, and its runs."""

from collections.abc import Sequence

from flask import Response, request
from werkzeug.wrappers import Response as AnyResponse

from api.access import Scope, allow, current_scope
from api.office import office
from api.pages.blueprint import pages
from api.pages.cohorts.forms import USUAL
from api.pages.cohorts.listing import active_startups
from api.pages.cohorts.shared import names_of, run_page, to
from api.pages.parameters import text
from api.principals import OFFICE
from matcher.profiles import PARTNER_ROLES, Profile, Role

FOUND = 50
"""How many startups a search offers at once."""
MOST_UNDO = 1500
"""Characters of ids that an address takes for undoing; of more it is said how many there were."""


@pages.get("/cohorts/<reference:cohort_id>")
@allow(*OFFICE, cookie=True)
def cohort(cohort_id: str) -> Response:
    """Who is in the cohort, who else could be, and its runs."""
    scope, search = current_scope(), text("q")
    found = scope.store.cohorts.get(scope.organisation, cohort_id)
    removed = [each for each in text("removed").split(",") if each and each not in set(found.startups)]
    return run_page(
        "cohort.html",
        cohort=found,
        names=names_of(scope, (*found.startups, *removed)),
        runs=scope.store.match_runs.all(scope.organisation, cohort=cohort_id),
        roles=sorted(PARTNER_ROLES, key=lambda role: role is not (office().new_run or USUAL).role),
        search=search,
        candidates=_candidates(scope, found.startups, search) if search else (),
        removed=removed,
        gone=_number("gone"),
        added=_number("added"),
    )


@pages.post("/cohorts/<reference:cohort_id>/add")
@allow(*OFFICE, cookie=True, large_body=True)
def add_to_cohort(cohort_id: str) -> AnyResponse:
    """Add the startups that were chosen, or all active ones."""
    scope, runs = current_scope(), current_scope().store.cohorts
    before = runs.get(scope.organisation, cohort_id)
    chosen = active_startups(scope) if request.form.get("who") == "all" else request.form.getlist("startup")
    after = runs.add(scope.organisation, cohort_id, chosen) if chosen else before
    return to("pages.cohort", cohort_id=cohort_id, added=len(after.startups) - len(before.startups))


@pages.post("/cohorts/<reference:cohort_id>/remove")
@allow(*OFFICE, cookie=True, large_body=True)
def take_out(cohort_id: str) -> AnyResponse:
    """Take the chosen startups out; those whom somebody else took out a moment ago are gone already."""
    scope = current_scope()
    inside = set(scope.store.cohorts.get(scope.organisation, cohort_id).startups)
    chosen = [each for each in dict.fromkeys(request.form.getlist("startup")) if each in inside]
    if chosen:
        scope.store.cohorts.remove(scope.organisation, cohort_id, chosen)
    written = ",".join(chosen)
    undo = {"removed": written} if chosen and len(written) <= MOST_UNDO else {"gone": len(chosen)}
    return to("pages.cohort", cohort_id=cohort_id, **undo)


def _candidates(scope: Scope, inside: Sequence[str], search: str) -> list[Profile]:
    """The organisation's startups that contain the words and are not in the cohort."""
    found = scope.store.page(scope.organisation, roles=(Role.STARTUP,), search=search, limit=FOUND)
    return [profile for profile in found.profiles if profile.id not in set(inside)]


def _number(name: str) -> int | None:
    """A count that an address tells after a form; None where it tells none."""
    given = text(name)
    return int(given) if given.isascii() and given.isdigit() and len(given) < 7 else None
