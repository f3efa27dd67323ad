"""E-mail addresses of those of whom none is known: without one nobody hears of an introduction."""

from flask import Response, request
from werkzeug.wrappers import Response as AnyResponse

from api.access import allow, current_scope
from api.office import office
from api.pages.blueprint import pages
from api.pages.cohorts.shared import run_page, to
from api.principals import Caller
from matcher.cohorts.introducing.contacts import MOST_EMAIL, Contact, is_email

SHOWN = 50


@pages.get("/contacts")
@allow(Caller.ADMIN, Caller.STAFF, cookie=True)
def contacts() -> Response:
    """Who cannot be reached, those first whom an introduction waits for."""
    return _page()


@pages.post("/contacts")
@allow(Caller.ADMIN, Caller.STAFF, cookie=True)
def put_contact() -> AnyResponse:
    """Keep an address; messages that waited for it are sent."""
    scope = current_scope()
    who, email = request.form.get("profile", "")[:200], request.form.get("email", "").strip()
    profile = scope.writable(who)
    if not is_email(email):
        return _page(who, email[:MOST_EMAIL], 422)
    contact = Contact(profile, email, "en" if request.form.get("language") == "en" else "zh")
    scope.store.contacts.put(scope.organisation, contact, scope.principal.who)
    return to("pages.contacts", saved=profile)


def _page(wrong: str = "", email: str = "", status: int = 200) -> Response:
    scope = current_scope()
    missing = scope.store.contacts.missing(scope.organisation)
    listed = [line for line in missing if line[0] == wrong] + [line for line in missing if line[0] != wrong]
    return run_page(
        "contacts.html",
        status,
        missing=listed[:SHOWN],
        count=len(missing),
        waiting=sum(waits for _, _, _, waits in missing),
        wrong=wrong,
        email=email,
        longest=MOST_EMAIL,
        first_language=office().language,
    )
