"""A form that came when its session had ended: what was typed is kept on the page, to be sent again.

It is kept nowhere else: the page that answers holds the fields. Only forms of our own pages are held, so that
another site cannot have its own form sent by who signs in here.
"""

import re
from dataclasses import dataclass

from flask import Response, g, request

from api.access import current_services
from api.pages.rendering import page
from api.principals import principal_behind
from api.sessions import FORM_FIELD, check_form_token, signed_in
from matcher.errors import Forbidden, Unauthorised

MOST_CHARACTERS = 200_000
_SECRET = re.compile("password|secret|code|token", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Held:
    """The fields of a form in their order, and where it is sent; `files` says that it had some, which no page
    can hold."""

    address: str
    fields: tuple[tuple[str, str], ...]
    files: bool


def held() -> Held | None:
    """The form that came; None where there is none, or where it is not known to be of our own pages."""
    if request.method != "POST" or not _is_ours():
        return None
    given = [(name, value) for name, value in request.form.items(multi=True) if name != FORM_FIELD]
    if (
        any(_SECRET.search(name) for name, _ in given)
        or sum(len(value) for _, value in given) > MOST_CHARACTERS
    ):
        return None
    address = request.full_path.rstrip("?")
    return Held(address, tuple(given), any(file.filename for file in request.files.values()))


def held_page(form: Held) -> Response:
    """The page from which the form is sent again, once its sender has signed in."""
    try:
        g.principal = principal_behind(current_services().store, signed_in(), current_services().clock())
    except Unauthorised:
        g.pop("principal", None)
    part = "HX-Request" in request.headers
    response = page("held.html", 200 if part else 401, form=form)
    if part:  # htmx shows no refusal: the whole page takes the place of the part that it asked for
        response.headers["HX-Retarget"], response.headers["HX-Reswap"] = "body", "innerHTML"
    return response


def _is_ours() -> bool:
    """Whether the form is of a page of this site: it has the session's token, or the browser says so."""
    try:
        check_form_token()
    except Forbidden:
        return request.headers.get("Sec-Fetch-Site") == "same-origin"
    return True
