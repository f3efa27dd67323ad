"""Signing in with an e-mail address, a password, and a code where one is asked for."""

import datetime as dt
import math

from flask import Response, redirect, request, session, url_for
from werkzeug.wrappers import Response as AnyResponse

from api.access import current_services, public
from api.accounts.signing import (
    Answer,
    Outcome,
    by_code,
    by_password,
    enter,
    principal_for,
    too_often,
    try_again,
)
from api.pages.accounts.fields import field, secret
from api.pages.accounts.places import current_vault, place
from api.pages.blueprint import pages
from api.pages.language import COOKIE, keep_language
from api.pages.links import end_session_token
from api.pages.rendering import page
from api.pages.signing import landing, sign_in_form
from api.sessions import check_form_token, sign_in, signed_in
from matcher.errors import NotFound
from matcher.people import Person, Way

_WAITING = "code_for"
MOST_AFTER = 1000
"""A longer path would not fit into the cookie, with everything else."""
PATIENCE = dt.timedelta(minutes=10)
"""So long after the password a code may be typed."""


@pages.post("/signin/password")
@public
def enter_by_password() -> AnyResponse:
    """Begin a session where the e-mail address and the password are somebody's."""
    check_form_token()
    services, email, after = current_services(), field("email"), request.form.get("next", "")
    now = services.clock()
    answer = _counted("sign-in", now) or by_password(services.store, email, secret("password"), now)
    if answer.outcome is Outcome.CODE_NEEDED and answer.person:
        session[_WAITING] = [answer.person.id, now.isoformat(), after if len(after) <= MOST_AFTER else ""]
        return redirect(url_for("pages.asking_for_code"), 303)
    if answer.person is None:
        status, minutes = _status(answer), minutes_until(answer.until, now)
        return sign_in_form(after, status=status, email=email, refused=answer.outcome.value, minutes=minutes)
    return entered(answer.person, after)


@pages.get("/signin/code")
@public
def asking_for_code() -> AnyResponse:
    """Ask for the code after the password."""
    return _code_form() if _awaited() else redirect(url_for("pages.signing_in"), 303)


@pages.post("/signin/code")
@public
def enter_by_code() -> AnyResponse:
    """Begin the session of the person whose password was right, where the code is theirs too."""
    check_form_token()
    services, awaited = current_services(), _awaited()
    if awaited is None:
        return redirect(url_for("pages.signing_in"), 303)
    (person_id, after), now = awaited, services.clock()
    answer = _counted("sign-in", now) or by_code(
        services.store, person_id, field("code"), now, vault=current_vault()
    )
    if answer.person is None:
        return _code_form(
            _status(answer), refused=answer.outcome.value, minutes=minutes_until(answer.until, now)
        )
    return entered(answer.person, after)


def entered(person: Person, after: str = "", way: Way = Way.PASSWORD) -> AnyResponse:
    """Begin a new session of the person, in the language they read, and go where they were going."""
    services = current_services()
    try:
        hashed = enter(services.store, person, services.clock(), way)
    except NotFound:  # the profile that they sign in for was deleted
        return sign_in_form(after, status=403, email=person.email, refused="gone")
    try_again(services.store, "sign-in", place())
    end_session_token(services.store, signed_in())
    sign_in(hashed)
    answer = redirect(landing(principal_for(person), after), 303)
    if COOKIE not in request.cookies:
        keep_language(answer, person.language)
    return answer


def minutes_until(until: dt.datetime | None, now: dt.datetime) -> int:
    """Whole minutes to wait, at least one; 0 where there is nothing to wait for."""
    return max(1, math.ceil((until - now).total_seconds() / 60)) if until else 0


def _counted(what: str, now: dt.datetime) -> Answer | None:
    """The refusal of who tries too often from one place; None for all others, whose try is counted."""
    until = too_often(current_services().store, what, place(), now)
    return Answer(Outcome.LOCKED, until=until) if until else None


def _status(answer: Answer) -> int:
    return 429 if answer.outcome is Outcome.LOCKED else 401


def _awaited() -> tuple[str, str] | None:
    """Whose code is awaited, and where they are going; None where the password was not right a while ago."""
    waiting = session.get(_WAITING)
    if not waiting or current_services().clock() - dt.datetime.fromisoformat(waiting[1]) > PATIENCE:
        return None
    return waiting[0], waiting[2]


def _code_form(status: int = 200, refused: str = "", minutes: int = 0) -> Response:
    return page("accounts/code.html", status, refused=refused, minutes=minutes)
