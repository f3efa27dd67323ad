"""Accepting an invitation, and taking a new password by a mailed link."""

import datetime as dt

from flask import Response, g, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from api.access import current_services, public
from api.accounts.links import new_link, person_behind, redeem
from api.accounts.mails import Mail, News, beside, send_beside
from api.accounts.offices import office_name
from api.accounts.passwords import hash_of
from api.accounts.signing import forgive, may_be_mailed, may_use_password, too_often
from api.observing import current_observer
from api.pages.accounts.entering import entered, minutes_until
from api.pages.accounts.fields import fault_of, field, secret
from api.pages.accounts.places import current_settings, place
from api.pages.blueprint import pages
from api.pages.language import COOKIE, choice, keep_language
from api.pages.rendering import page
from api.pages.said import said, say
from api.sessions import check_form_token
from matcher.errors import InvalidInput, NotFound
from matcher.people import Person, Purpose, Standing, email_of, name_of


@pages.get("/welcome")
@public
def welcome() -> Response:
    """Greet who opens an invitation, and ask for their name and a password."""
    return _asked(Purpose.INVITE, request.args.get("token", ""))


@pages.post("/welcome")
@public
def accept_invitation() -> AnyResponse:
    """Use the invitation up and sign its person in."""
    check_form_token()
    return _taken(Purpose.INVITE, field("token"))


@pages.get("/reset")
@public
def resetting() -> Response:
    """Ask who opens a link of theirs for a new password."""
    return _asked(Purpose.RESET, request.args.get("token", ""))


@pages.post("/reset")
@public
def reset() -> AnyResponse:
    """Take the new password; other sessions end, and the person signs in with it."""
    check_form_token()
    return _taken(Purpose.RESET, field("token"))


@pages.get("/forgotten")
@public
def forgetting() -> Response:
    """Ask for the e-mail address that a link is to be mailed to."""
    return _forgotten(sent=said().get("what") == "link-mailed")


@pages.post("/forgotten")
@public
def forgotten() -> AnyResponse:
    """Mail a link to who has the address. The answer, and how long it takes, is the same where nobody has."""
    check_form_token()
    services = current_services()
    now, email = services.clock(), field("email")
    until = too_often(services.store, "forgotten", place(), now)
    if until is not None:
        return _forgotten(429, email=email, minutes=minutes_until(until, now))
    _mail_link(email, now)
    say("link-mailed")
    return redirect(url_for("pages.forgetting"), 303)


def _asked(purpose: Purpose, token: str, status: int = 200, **said_of_it: object) -> Response:
    services = current_services()
    try:
        person = person_behind(services.store, purpose, token, services.clock())
    except NotFound:
        return page("accounts/link_over.html", 404, purpose=purpose)
    g.written_in = person.language
    known: dict[str, object] = {"name": person.name, "fault": "", "name_fault": ""} | said_of_it
    name = office_name(services.store, person.organisation)
    here: dict[str, object] = {"person": person, "office": name, "token": token}
    here["signs_on"] = services.store.sign_on.provider(person.organisation) is not None
    here["by_password"] = may_use_password(services.store, person)
    answer = page("accounts/welcome.html", status, purpose=purpose, **here, **known)
    if COOKIE not in request.cookies and "lang" not in request.args:
        keep_language(answer, person.language)
    return answer


def _taken(purpose: Purpose, token: str) -> AnyResponse:
    """The form's password becomes that of the link's person, where both are good."""
    services = current_services()
    now, name, password = services.clock(), field("name"), secret("password")
    if too_often(services.store, purpose.value, place(), now):
        return _asked(
            purpose, token, 429, name=name, fault=_("Too many tries from here. Wait a few minutes.")
        )
    try:
        person = person_behind(services.store, purpose, token, now)
        g.written_in = person.language
        if not may_use_password(services.store, person):
            return _asked(purpose, token, 403)
        faults = _faults(purpose, person, name, password)
        if any(faults.values()):
            return _asked(purpose, token, 422, name=name, **faults)
        kept = name if purpose is Purpose.INVITE else ""
        done = redeem(services.store, purpose, token, now, password=hash_of(password), name=kept)
    except NotFound:
        return page("accounts/link_over.html", 404, purpose=purpose)
    forgive(services.store, done)
    return _greeted(done) if purpose is Purpose.INVITE else _sent_to_sign_in(done)


def _faults(purpose: Purpose, person: Person, name: str, password: str) -> dict[str, str]:
    """What is wrong with the form, by field, "" where nothing is."""
    faults = {"fault": fault_of(password, person, name=name), "name_fault": ""}
    if purpose is Purpose.INVITE:
        try:
            name_of(name)
        except InvalidInput:
            faults["name_fault"] = _("Say how you are called, in 1 to 100 characters.")
    return faults


def _greeted(person: Person) -> AnyResponse:
    """The new person's session, in the language in which they accepted."""
    told = current_services().store.people.tell(person.id, name=person.name, language=choice())
    return entered(told)


def _sent_to_sign_in(person: Person) -> AnyResponse:
    _mail(person, News.PASSWORD_CHANGED)
    say("password-renewed")
    return redirect(url_for("pages.signing_in"), 303)


def _mail_link(email: str, now: dt.datetime) -> None:
    """Mail a link to who has the address, beside this request, which is the same where nobody has."""
    store, settings = current_services().store, current_settings()

    def written() -> Mail | None:
        person = store.people.find(email_of(email))
        if person is None or not person.active or not may_be_mailed(store, person, now):
            return None
        invited = person.standing is Standing.INVITED
        link = new_link(store, person, Purpose.INVITE if invited else Purpose.RESET, settings.address, now)
        news = News.INVITATION if invited else News.RESET
        return Mail(person, news, office_name(store, person.organisation), link)

    if settings.smtp is not None:
        beside(written, settings, current_observer().log)


def _mail(person: Person, news: News) -> None:
    organisation = office_name(current_services().store, person.organisation)
    send_beside(Mail(person, news, organisation), current_settings(), current_observer().log)


def _forgotten(status: int = 200, *, sent: bool = False, email: str = "", minutes: int = 0) -> Response:
    mails = current_settings().smtp is not None
    return page("accounts/forgotten.html", status, sent=sent, email=email, minutes=minutes, mails=mails)
