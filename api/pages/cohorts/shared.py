"""What the pages of cohorts share: the time zone, people's names, what a form saw, how one is answered."""

from collections.abc import Iterable, Mapping

from flask import Response, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from api.access import Scope
from api.office import zone
from api.pages.cohorts.wording import spoken
from api.pages.rendering import page
from matcher.cohorts.result import Impasse
from matcher.cohorts.run import Change
from matcher.cohorts.sheets.tables import keys_of
from matcher.errors import InvalidInput

MOST_VERSION = 2**31 - 1


def run_page(template: str, status: int = 200, **values: object) -> Response:
    """A page with the words that runs are told in."""
    return page(f"cohorts/{template}", status, zone=zone(), **spoken(), **values)


def names_of(scope: Scope, ids: Iterable[str]) -> dict[str, str]:
    """The names of profiles by the ids that the organisation writes; those deleted are left out."""
    keys = keys_of(scope.organisation, set(ids))
    return {keys[key]: name for key, name in scope.store.names(keys).items()}


def people_in(impasse: Impasse | None) -> set[str]:
    """Whom the ways out of an impasse are about."""
    moves = [
        move for clash in (impasse.clashes if impasse else ()) for way in clash.ways_out for move in way.moves
    ]
    return {who for move in moves for who in (*move.who, *(each for pair in move.pairs for each in pair))}


def seen(scope: Scope, why: str = "") -> Change:
    """Who sends this form, why, and the version of the run that stood on it.

    Raises:
        InvalidInput: it names no version.
    """
    return Change(by=scope.principal.who, why=why, version=seen_version())


def seen_version() -> int:
    """The version that the form names.

    Raises:
        InvalidInput: none, or no number.
    """
    given = request.form.get("version", "")
    if not (given.isascii() and given.isdigit() and len(given) < 11 and 1 <= int(given) <= MOST_VERSION):
        raise InvalidInput("version", given[:80], "is no version of the run", "open its page again")
    return int(given)


def posted(name: str, longest: int = 2000) -> str:
    """A field of the form without spaces around it, "" where it is absent.

    Raises:
        InvalidInput: it is longer than that, or holds a NUL character.
    """
    given = request.form.get(name, "").strip()
    if len(given) > longest or "\0" in given:
        raise InvalidInput(name, given, f"must be at most {longest} characters, and printable")
    return given


def reason_of(form: Mapping[str, str]) -> str:
    """Why, as far as the form says it; cut where it is longer than is kept."""
    return form.get("reason", "").replace("\0", "").strip()[:2000]


def to(endpoint: str, **values: object) -> AnyResponse:
    """Go on to a page after a form was carried out."""
    return redirect(url_for(endpoint, **values), 303)  # type: ignore[arg-type]


def wants_part(target: str) -> bool:
    """Whether htmx asks for a part of the page, to be put into the element of that id."""
    return "HX-Request" in request.headers and request.headers.get("HX-Target", "") == target
