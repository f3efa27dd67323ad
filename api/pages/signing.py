"""Signing in with a token, pasted or from a link, and signing out. For passwords see `accounts.entering`."""

import re
from dataclasses import dataclass

from flask import Response, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from api.access import current_services, public
from api.pages.blueprint import pages
from api.pages.links import end_session_token, held_by, session_token_hash
from api.pages.menu import front
from api.pages.rendering import page
from api.pages.said import said as told
from api.principals import MEMBERS, Caller, Principal, principal_behind
from api.sessions import check_form_token, sign_in, sign_out, signed_in
from matcher.errors import Unauthorised
from matcher.people import TokenKind
from matcher.store.values import TokenRecord

_OWN_PATH = re.compile(r"/(?![/\\])[^\\\s\x00-\x1f]*")


@pages.get("/signin")
@public
def signing_in() -> Response:
    """Ask for an e-mail address and a password, or a token.

    One that came in the address is sent on by form, so that it does not stay there. The form sends itself
    only for a link that signs in once, where that takes nobody's session away: any page elsewhere can lead a
    browser here, with a token of whomever it likes.
    """
    after, token = request.args.get("next", ""), request.args.get("token", "")
    if not token:
        return sign_in_form(after)
    store, now = current_services().store, current_services().clock()
    held = held_by(store, token, now)
    if held is None:
        return sign_in_form(after, status=401, refused="unknown")
    holder, now_here = _identity(held), _here()
    at_once = held.kind is TokenKind.LINK and now_here in {None, holder}
    stay = url_for("pages.my" if now_here and now_here.role in MEMBERS else "pages.home")
    return sign_in_form(after, token=token, at_once=at_once, whose=holder, now_here=now_here, stay=stay)


@pages.post("/signin")
@public
def enter() -> AnyResponse:
    """Begin a session for the token's holder, and send them to their own first page."""
    check_form_token()
    services, token, after = (
        current_services(),
        request.form.get("token", "").strip(),
        request.form.get("next", ""),
    )
    try:
        principal, hashed = session_token_hash(services.store, token, services.clock())
    except Unauthorised:
        return sign_in_form(after, status=401, refused="unknown")
    end_session_token(services.store, signed_in())
    sign_in(hashed)
    return redirect(landing(principal, after), 303)


@pages.post("/signout")
@public
def leave() -> AnyResponse:
    """End the session, also one that may only read, or whose token has ended."""
    check_form_token()
    end_session_token(current_services().store, signed_in())
    sign_out()
    return redirect(url_for("pages.signing_in"), 303)


@dataclass(frozen=True, slots=True)
class Identity:
    """As whom somebody is signed in."""

    organisation: str
    role: Caller
    profile_id: str
    name: str


def _identity(held: TokenRecord) -> Identity:
    return Identity(held.organisation, Caller(held.role), held.profile_id, held.person_name)


def _here() -> Identity | None:
    """As whom the browser is signed in already; None where it is not."""
    services = current_services()
    try:
        found = principal_behind(services.store, signed_in(), services.clock())
    except Unauthorised:
        return None
    return Identity(found.organisation, found.role, found.profile_id, found.name)


def landing(principal: Principal, after: str) -> str:
    """Where somebody goes who has signed in: where they were going, else their own first page."""
    return after if _OWN_PATH.fullmatch(after) else url_for(front(principal))


def sign_in_form(after: str, *, status: int = 200, **said: object) -> Response:
    """The page that asks who is there; `said` are the token of a link, or why the last try was refused."""
    known = {"token": "", "email": "", "refused": "", "minutes": 0, "at_once": False}
    renewed = told().get("what") == "password-renewed"
    ways = current_services().store.sign_on.providers()
    return page("signin.html", status, after=after, renewed=renewed, sign_on=ways, **{**known, **said})
