"""Taking a change back."""

from flask import url_for
from werkzeug.wrappers import Response as AnyResponse

from api.access import allow, current_scope
from api.pages.blueprint import pages
from api.pages.profiles.acting import back
from api.principals import OFFICE


@pages.post("/changes/<reference:change_id>/undo")
@allow(*OFFICE, cookie=True)
def undo_change(change_id: str) -> AnyResponse:
    """Take the change back, as far as nobody has changed the same since; asked twice it is done once."""
    scope = current_scope()
    change = scope.store.amendments.undo(scope.organisation, change_id, scope.principal.who)
    return back(change, url_for("pages.startups"))
