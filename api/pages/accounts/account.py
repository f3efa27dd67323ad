"""One's own account: name and language, password, and what is signed in."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from flask import Response, g, redirect, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from api.access import allow, current_services
from api.accounts.mails import Mail, News, send_beside
from api.accounts.offices import office_name
from api.accounts.passwords import hash_of
from api.accounts.signing import Outcome, is_password_of, may_use_password
from api.observing import current_observer
from api.office import zone
from api.pages.accounts.entering import minutes_until
from api.pages.accounts.fields import fault_of, field, myself, secret
from api.pages.accounts.places import current_settings
from api.pages.blueprint import pages
from api.pages.language import keep_language
from api.pages.rendering import page
from api.pages.said import said, say
from api.principals import Caller, Principal
from api.sessions import signed_in
from matcher.audit import Line
from matcher.errors import InvalidInput
from matcher.people import Person, TokenKind, name_of, tongue_of
from matcher.store import Store

FRESH = dt.timedelta(minutes=10)
"""So long after signing in at a provider nobody is asked to do so again."""


@pages.get("/account")
@allow(*Caller, cookie=True, unfinished=True)
def account() -> Response:
    """What somebody can change about their own account."""
    return account_page()


@pages.post("/account")
@allow(*Caller, cookie=True, unfinished=True)
def change_account() -> AnyResponse:
    """Keep the name and the language."""
    person = myself()
    try:
        name, language = name_of(field("name")), tongue_of(field("language"))
    except InvalidInput:
        fault = _("Say how you are called, in 1 to 100 characters.")
        return account_page(422, name=field("name"), name_fault=fault)
    current_services().store.people.tell(person.id, name=name, language=language)
    answer = done("account-kept")
    keep_language(answer, language)
    return answer


@pages.post("/account/password")
@allow(*Caller, cookie=True, unfinished=True)
def change_password() -> AnyResponse:
    """Take another password; the person's other sessions and tokens end."""
    person, password = myself(), secret("password")
    wrong = wrong_password(person)
    if wrong:
        return account_page(422, password_fault=wrong, password_field="current")  # noqa: S106 - a field's name
    fault = fault_of(password, person)
    if fault:
        return account_page(422, password_fault=fault, password_field="password")  # noqa: S106
    current_services().store.people.set_password(person.id, hash_of(password), keep=signed_in())
    tell_by_mail(person, News.PASSWORD_CHANGED)
    return done("password-changed")


@pages.post("/account/sessions")
@allow(*Caller, cookie=True, unfinished=True)
def end_other_sessions() -> AnyResponse:
    """End every session and token but this one, for who shows again that they are it."""
    person = myself()
    doubt = unconfirmed(person)
    if doubt:
        return account_page(422, sessions_fault=doubt)
    ended = current_services().store.people.sign_out_elsewhere(person.id, signed_in())
    return done("signed-out-elsewhere", count=ended)


def account_page(status: int = 200, **told: Any) -> Response:
    """The page; `told` is what is wrong with a form of it, and what was typed there."""
    services, principal = current_services(), g.principal
    if not principal.person_id or principal.kind is not TokenKind.SESSION:
        return page("accounts/no_account.html")
    now, person = services.clock(), services.store.people.get(principal.person_id)
    held = services.store.people.tokens(person.id, now)
    return page(
        "accounts/account.html",
        status,
        person=person,
        sessions=[each for each in held if each.kind is TokenKind.SESSION],
        tokens=[each for each in held if each.kind is TokenKind.API],
        this=signed_in(),
        readers=_readers(services.store, principal),
        by_password=person.has_password and may_use_password(services.store, person),
        erasure=next(iter(services.store.erasures.requests(person.organisation, person=person.id)), None),
        recovery_left=services.store.people.recovery_left(person.id) if person.has_codes else 0,
        zone=zone(),
        said=said() if status < 400 else {},
        told=told,
    )


def _readers(store: Store, principal: Principal) -> Sequence[Line]:
    """Who read the contact of the profile that a member is, the last ones."""
    if not principal.is_member:
        return ()
    return store.audit.readers(principal.organisation, principal.profile_id, "contacts.email")


def done(what: str, **facts: Any) -> AnyResponse:
    """Back to the page, which says that it was done."""
    say(what, **facts)
    return redirect(url_for("pages.account"), 303)


def wrong_password(person: Person) -> str:
    """Why the form's present password does not do, in words; "" where it is the person's."""
    services = current_services()
    now = services.clock()
    answer = is_password_of(services.store, person, secret("current"), now)
    if answer.outcome is Outcome.LOCKED:
        minutes = minutes_until(answer.until, now)
        return str(_("Too many wrong passwords. Try again in %(minutes)s min.", minutes=minutes))
    return "" if answer.person else str(_("This is not your present password."))


def unconfirmed(person: Person) -> str:
    """Why the form's sender may be another than the person, in words; "" where they gave the password or, who
    signs in without one, did so a moment ago."""
    services = current_services()
    if person.has_password and may_use_password(services.store, person):
        return wrong_password(person)
    session = services.store.token(signed_in())
    fresh = session is not None and services.clock() - session.created_at < FRESH
    return (
        "" if fresh else str(_("You signed in a while ago: sign in again, then do this within 10 minutes."))
    )


def tell_by_mail(person: Person, news: News) -> None:
    """Mail the person what was changed about their account, in case it was somebody else."""
    organisation = office_name(current_services().store, person.organisation)
    send_beside(Mail(person, news, organisation), current_settings(), current_observer().log)
