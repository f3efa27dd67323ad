"""Somebody was faster: what changed is told, and what was typed is kept, to be sent again or not."""

from flask import Response, request, url_for

from api.access import current_scope
from api.pages.blueprint import pages
from api.pages.cohorts.shared import names_of, run_page
from api.sessions import FORM_FIELD
from matcher.cohorts.run import Changed
from matcher.errors import Conflict

_SEEN = frozenset({FORM_FIELD, "version"})
_TYPED = ("reason", "why")


@pages.errorhandler(Changed)
def tell_what_changed(error: Changed) -> Response:
    """What happened since, and the same form once more, at the present version."""
    kept = [(name, value) for name, value in request.form.items(multi=True) if name not in _SEEN]
    people = {
        str(event.details[name])
        for event in error.since
        for name in ("startup_id", "partner_id", "instead_of")
        if name in event.details
    }
    return run_page(
        "changed.html",
        409,
        error=error,
        kept=[(name, value) for name, value in kept if name not in _TYPED],
        typed=[(name, value) for name, value in kept if name in _TYPED],
        action=request.full_path.rstrip("?"),
        names=names_of(current_scope(), people) if people else {},
        back=_back(),
    )


@pages.errorhandler(Conflict)
def tell_why_not(error: Conflict) -> Response:
    """That it cannot be done as things stand, and where to look."""
    return run_page("conflict.html", 409, error=error, back=_back())


def _back() -> str:
    """The page of the thing that was to be changed."""
    run = (request.view_args or {}).get("run_id")
    return url_for("pages.run", run_id=run) if run else url_for("pages.home")
