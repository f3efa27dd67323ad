"""Signing in with a token, pasted or from a link, and signing out."""

import re

from flask import Response, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from api.access import allow, current_services, public
from api.pages.blueprint import pages
from api.pages.links import end_session_token, session_token_hash
from api.pages.rendering import page
from api.principals import OFFICE, Caller
from api.sessions import check_form_token, sign_in, sign_out, signed_in
from matcher.errors import Unauthorised

_OWN_PATH = re.compile(r"/(?![/\\])[^\\\s\x00-\x1f]*")


@pages.get("/signin")
@public
def signing_in() -> Response:
    """Ask for a token. One that came in the address is sent on by form, so that it does not stay there."""
    return _form(request.args.get("token", ""), request.args.get("next", ""))


@pages.post("/signin")
@public
def enter() -> AnyResponse:
    """Begin a session for the token's holder, where that is somebody of an office."""
    check_form_token()
    services, token, after = (
        current_services(),
        request.form.get("token", "").strip(),
        request.form.get("next", ""),
    )
    try:
        principal, hashed = session_token_hash(services.store, token, services.clock())
    except Unauthorised:
        return _form("", after, "unknown", 401)
    if principal.role not in OFFICE:
        return _form("", after, "member", 403)
    sign_in(hashed)
    return redirect(after if _OWN_PATH.fullmatch(after) else url_for("pages.startups"), 303)


@pages.post("/signout")
@allow(Caller.ADMIN, Caller.STAFF, cookie=True)
def leave() -> AnyResponse:
    """End the session."""
    end_session_token(current_services().store, signed_in())
    sign_out()
    return redirect(url_for("pages.signing_in"), 303)


def _form(token: str, after: str, refused: str = "", status: int = 200) -> Response:
    return page("signin.html", status, token=token, after=after, refused=refused)
