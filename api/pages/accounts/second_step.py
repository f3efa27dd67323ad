"""Who of an organisation needs a code beside the password."""

from flask import redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from api.access import allow, current_scope
from api.pages.blueprint import pages
from api.pages.said import say
from api.principals import OFFICE, Caller
from matcher.errors import InvalidInput


@pages.post("/people/second-step")
@allow(*OFFICE, cookie=True)
def require_second_step() -> AnyResponse:
    """Ask the people of the named roles for a code, and nobody else; what is an admin's stays as it is where
    no admin asks."""
    scope, named = current_scope(), frozenset(request.form.getlist("role"))
    if not named <= frozenset(Caller):
        raise InvalidInput("role", " ".join(sorted(named)), f"must be of {', '.join(Caller)}")
    before = scope.store.second_steps.of(scope.organisation)
    if scope.principal.role is not Caller.ADMIN:
        named = named - {Caller.ADMIN} | before & {Caller.ADMIN}
    scope.store.second_steps.put(scope.organisation, named)
    say("second-step", before=sorted(before))
    return redirect(url_for("pages.people"), 303)
