"""Who asks to be erased, and what was."""

from flask import Response

from api.access import Scope, allow, current_scope
from api.office import zone
from api.pages.blueprint import pages
from api.pages.privacy.wording import kind_text, place_text
from api.pages.rendering import page
from api.pages.said import said
from api.principals import OFFICE
from matcher.erasures import ErasureRequest
from matcher.people import Person


@pages.get("/privacy")
@allow(*OFFICE, cookie=True)
def privacy() -> Response:
    """Requests that wait, and receipts."""
    scope = current_scope()
    return page(
        "privacy/privacy.html",
        requests=_requests(scope),
        receipts=scope.store.erasures.receipts(scope.organisation),
        askers=_names(scope),
        kind_text=kind_text,
        place_text=place_text,
        zone=zone(),
        said=said(),
    )


def _requests(scope: Scope) -> list[tuple[ErasureRequest, Person]]:
    people = {person.id: person for person in scope.store.people.all(scope.organisation)}
    waiting = scope.store.erasures.requests(scope.organisation)
    return [(request, people[request.person]) for request in waiting if request.person in people]


def _names(scope: Scope) -> dict[str, str]:
    """How those who asked are called today, by role and id; whoever is gone has no name."""
    return {f"{each.role} {each.id}": each.called for each in scope.store.people.all(scope.organisation)}
