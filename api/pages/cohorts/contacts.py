"""E-mail addresses of those of whom none is known: without one nobody hears of an introduction."""

from dataclasses import dataclass
from typing import Literal

from flask import Response, request
from werkzeug.wrappers import Response as AnyResponse

from api.access import allow, current_scope
from api.office import office
from api.pages.blueprint import pages
from api.pages.cohorts.shared import run_page, to
from api.pages.parameters import text
from api.principals import Caller
from matcher.cohorts.introducing.address_lines import AddressLines, in_file, in_text, read_lines
from matcher.cohorts.introducing.contacts import MOST_EMAIL, Contact, is_email
from matcher.errors import UnreadableFile

SHOWN = 20
MOST_TYPED = 200_000
MOST_PROBLEMS = 200


@dataclass(frozen=True, slots=True)
class Given:
    """What came and was not taken: one profile's address, or lines; `unreadable` is why none was read."""

    who: str = ""
    email: str = ""
    lines: AddressLines | None = None
    unreadable: str = ""

    @property
    def again(self) -> str:
        """The lines that were not taken, to be put right."""
        return (
            "\n".join(problem.line for problem in self.lines.problems[:MOST_PROBLEMS]) if self.lines else ""
        )


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
        return _page(Given(who, email[:MOST_EMAIL]), 422)
    contact = Contact(profile, email, _language())
    scope.store.contacts.put(scope.organisation, contact, scope.principal.who)
    return to("pages.contacts", saved="1")


@pages.post("/contacts/many")
@allow(Caller.ADMIN, Caller.STAFF, cookie=True, large_body=True)
def put_contacts() -> AnyResponse:
    """Keep the addresses of the good lines, and show what is wrong with the others."""
    scope, file = current_scope(), request.files.get("file")
    try:
        came = in_text(request.form.get("lines", "")[:MOST_TYPED])
        if file is not None and file.filename:
            came = in_file(str(file.filename)[-120:], file.read())
        lines = read_lines(came, scope.store.contacts.names(scope.organisation), _language())
    except UnreadableFile as error:
        return _page(Given(unreadable=str(error)), 422)
    scope.store.contacts.put_all(scope.organisation, lines.contacts, scope.principal.who)
    if lines.problems or not lines.contacts:
        return _page(Given(lines=lines), 422)
    return to("pages.contacts", saved=str(len(lines.contacts)))


def _language() -> Literal["zh", "en"]:
    return "en" if request.form.get("language") == "en" else "zh"


def _page(given: Given | None = None, status: int = 200) -> Response:
    scope, given = current_scope(), given or Given()
    missing = scope.store.contacts.missing(scope.organisation)
    missing.sort(key=lambda line: line[0] != given.who)
    number = _number(-(-len(missing) // SHOWN))
    saved = text("saved")
    return run_page(
        "contacts.html",
        status,
        missing=missing[(number - 1) * SHOWN : number * SHOWN],
        count=len(missing),
        number=number,
        pages=-(-len(missing) // SHOWN),
        waiting=sum(waits for _, _, _, waits in missing),
        given=given,
        saved=int(saved) if saved.isascii() and saved.isdigit() and len(saved) < 8 else 0,
        longest=MOST_EMAIL,
        shown=MOST_PROBLEMS,
        first_language=office().language,
    )


def _number(most: int) -> int:
    """Which page of the list the address names; the nearest one that there is."""
    asked = text("page")
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 6 else 1
    return max(1, min(number, most))
