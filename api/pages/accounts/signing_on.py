"""Signing in with an organisation's own accounts: the button, the way there, and the way back."""

import hmac

from flask import Response, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from api.access import current_services, public
from api.accounts.signing import too_often
from api.observing import current_observer
from api.pages.accounts.entering import entered
from api.pages.accounts.fields import field
from api.pages.accounts.places import place
from api.pages.accounts.sso import client, hint, keep_hint, provider_of, recall, remember
from api.pages.blueprint import pages
from api.pages.rendering import page
from api.pages.said import said, say
from api.sessions import check_form_token, form_token
from api.single_sign_on.arriving import arrived
from api.single_sign_on.asking import Question
from api.single_sign_on.refusals import NotSignedOn, Why
from matcher.errors import InvalidInput
from matcher.people import Person, Way, email_of
from matcher.single_sign_on import Provider

_STATUS: dict[str, int] = {
    Why.UNREACHABLE: 502,
    Why.MISCONFIGURED: 502,
    Why.KEY_LOST: 503,
    Why.STALE: 400,
    Why.LOCKED: 429,
}


@pages.get("/signin/sso")
@public
def finding_sign_on() -> Response:
    """Ask for the e-mail address, which says whose accounts it is of."""
    return _find_page(request.args.get("next", ""))


@pages.post("/signin/sso")
@public
def find_sign_on() -> AnyResponse:
    """Lead to the organisation whose provider is for addresses of this domain. Nobody's account is looked
    up: the answer is the same for all addresses of one domain."""
    check_form_token()
    typed, after = field("email"), request.form.get("next", "")
    try:
        email = email_of(typed)
    except InvalidInput:
        return _find_page(after, 422, email=typed, fault="email")
    known = current_services().store.sign_on.providers()
    found = [(each, name) for each, name in known if each.domains and each.takes(email)]
    if not found:
        return _find_page(after, 404, email=typed, fault="domain")
    keep_hint(email)
    if len(found) > 1:
        return _find_page(after, 200, email=typed, found=[(each.organisation, name) for each, name in found])
    return redirect(_start(found[0][0].organisation, after), 303)


@pages.get("/signin/<organisation>")
@public
def signing_on(organisation: str) -> Response:
    """The button that leads to the organisation's provider; after a try, why it came to nothing."""
    provider, told = provider_of(organisation), said()
    return page(
        "accounts/sign_on.html",
        _STATUS.get(told.get("why", ""), 403 if told.get("why") else 200),
        provider=provider,
        office=current_services().store.organisation_name(provider.organisation),
        after=request.args.get("next", ""),
        pressed=form_token(),
        why=told.get("why", ""),
        email=told.get("email", ""),
    )


@pages.get("/signin/<organisation>/go")
@public
def sign_on(organisation: str) -> AnyResponse:
    """Send the browser to the provider, where somebody pressed our button: no other page may do so."""
    provider, after = provider_of(organisation), request.args.get("next", "")
    pressed = request.args.get("pressed", "")
    if not hmac.compare_digest(pressed.encode("utf-8", "replace"), form_token().encode()):
        return redirect(_start(organisation, after), 303)
    question = Question.new()
    try:
        url = client(provider).question_url(question, hint())
    except NotSignedOn as refusal:
        return _refused(provider, refusal, after)
    remember(organisation, question, after)
    return redirect(url, 303)


@pages.get("/signin/<organisation>/return")
@public
def signed_on(organisation: str) -> AnyResponse:
    """Begin the session of whom the provider vouches for."""
    provider, after = provider_of(organisation), ""
    try:
        question, after = recall(organisation, request.args.get("state", ""))
        person = _who(provider, question)
    except NotSignedOn as refusal:
        return _refused(provider, refusal, after)
    return entered(person, after, Way.SIGN_ON)


def _who(provider: Provider, question: Question) -> Person:
    services = current_services()
    now = services.clock()
    if too_often(services.store, "sign-in", place(), now):
        raise NotSignedOn(Why.LOCKED)
    told = client(provider).told(question, request.args.to_dict(), now)
    return arrived(services.store, provider, told)


def _start(organisation: str, after: str) -> str:
    return url_for("pages.signing_on", organisation=organisation, next=after or None)


def _refused(provider: Provider, refusal: NotSignedOn, after: str) -> AnyResponse:
    """Back to the button, which says why nobody came in: no code of the provider stays in the address. The
    log has the cause, and no address."""
    current_observer().log.warning(
        "sign-on refused", organisation=provider.organisation, why=refusal.why.value, told=refusal.told
    )
    say("sign-on-refused", why=refusal.why.value, email=refusal.email)
    return redirect(_start(provider.organisation, after), 303)


def _find_page(after: str, status: int = 200, **said: object) -> Response:
    known: dict[str, object] = {"email": "", "fault": "", "found": []}
    return page("accounts/sign_on_find.html", status, after=after, **{**known, **said})
