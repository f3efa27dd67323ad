"""Codes beside the password: setting the telephone up, recovery codes, and switching it all off."""

from flask import Response, g, redirect, session, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from api.access import allow, current_services
from api.accounts.codes import address_of, enrol, new_recovery_codes, new_secret, picture_of, recovery_hash
from api.accounts.mails import News
from api.pages.accounts.account import account_page, done, tell_by_mail, wrong_password
from api.pages.accounts.fields import field, myself
from api.pages.accounts.places import current_vault
from api.pages.blueprint import pages
from api.pages.rendering import page
from api.principals import Caller
from matcher.errors import InvalidInput
from matcher.people import Person

_OFFERED = "offered_codes"


@pages.get("/account/codes")
@allow(*Caller, cookie=True, unfinished=True)
def setting_up_codes() -> AnyResponse:
    """Show the picture that an app on the telephone reads, and ask for its first code."""
    person = myself()
    return redirect(url_for("pages.account"), 303) if person.has_codes else _shown(person)


@pages.post("/account/codes")
@allow(*Caller, cookie=True, unfinished=True)
def set_up_codes() -> AnyResponse:
    """Ask for codes from now on, once the app has shown one and the person the password."""
    person, services = myself(), current_services()
    if person.has_codes or _OFFERED not in session:
        return redirect(url_for("pages.account"), 303)
    wrong = wrong_password(person)
    if wrong:
        return _shown(person, 422, password_fault=wrong)
    try:
        recovery = enrol(
            services.store, person, session[_OFFERED], field("code"), services.clock(), vault=current_vault()
        )
    except InvalidInput:
        wrong = _("This is not the code that the app shows now. Look whether the telephone's clock is right.")
        return _shown(person, 422, fault=wrong)
    session.pop(_OFFERED)
    tell_by_mail(person, News.CODES_ON)
    return done("codes-on", recovery=recovery)


@pages.post("/account/codes/recovery")
@allow(*Caller, cookie=True)
def renew_recovery_codes() -> AnyResponse:
    """Make new recovery codes; the earlier ones are of no use any more."""
    person = myself()
    wrong = wrong_password(person)
    if wrong or not person.has_codes:
        return account_page(422, codes_fault=wrong)
    recovery = new_recovery_codes()
    hashes = [recovery_hash(person.id, each) for each in recovery]
    current_services().store.people.put_recovery(person.id, hashes)
    return done("codes-renewed", recovery=recovery)


@pages.post("/account/codes/off")
@allow(*Caller, cookie=True)
def switch_codes_off() -> AnyResponse:
    """Let the password do from now on."""
    person = myself()
    wrong = wrong_password(person)
    if wrong:
        return account_page(422, codes_fault=wrong)
    current_services().store.people.ask_for_no_codes(person.id)
    tell_by_mail(person, News.CODES_OFF)
    return done("codes-off")


def _shown(person: Person, status: int = 200, **faults: str) -> Response:
    """The picture of a secret that stays the same until it is taken: a second look spoils no first one."""
    secret = session.setdefault(_OFFERED, new_secret())
    address = address_of(secret, person.email)
    spelt = " ".join(secret[i : i + 4] for i in range(0, len(secret), 4))
    shown = {"picture": picture_of(address), "address": address, "secret": spelt}
    asked = g.principal.codes_missing
    return page("accounts/codes.html", status, person=person, asked=asked, faults=faults, **shown)
