"""Setting single sign-on up, for admins: which provider, and who may come in by it."""

import re
from typing import Any

from flask import Response, g, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from api.access import allow, current_scope
from api.office import zone
from api.pages.accounts.places import current_vault
from api.pages.accounts.sso import directory, return_address
from api.pages.blueprint import pages
from api.pages.rendering import page
from api.pages.said import said, say
from api.principals import Caller
from api.single_sign_on.configuring import Wanted, configure
from api.single_sign_on.refusals import NotSignedOn, Why
from matcher.errors import InvalidInput, NotFound

LONGEST = 5000


@pages.get("/people/single-sign-on")
@allow(Caller.ADMIN, cookie=True)
def single_sign_on() -> Response:
    """Which provider there is, and the form to change it."""
    return _provider_page()


@pages.post("/people/single-sign-on")
@allow(Caller.ADMIN, cookie=True)
def set_single_sign_on() -> AnyResponse:
    """Keep the provider, once it has answered."""
    scope = current_scope()
    wanted = _wanted()
    try:
        configure(
            scope.store,
            scope.organisation,
            wanted,
            by=g.principal.who,
            vault=current_vault(),
            directory=directory(),
        )
    except InvalidInput as error:
        return _provider_page(422, typed=wanted, fault=_fault_of(error), fault_field=error.field)
    except NotSignedOn as refusal:
        return _provider_page(422, typed=wanted, fault=_trouble_of(refusal), fault_field="issuer")
    say("sso-kept")
    return redirect(url_for("pages.single_sign_on"), 303)


@pages.post("/people/single-sign-on/remove")
@allow(Caller.ADMIN, cookie=True)
def remove_single_sign_on() -> AnyResponse:
    """Have passwords alone; who has none needs a new link."""
    scope = current_scope()
    try:
        scope.store.sign_on.remove(scope.organisation)
        say("sso-removed")
    except NotFound:  # pressed twice
        pass
    return redirect(url_for("pages.single_sign_on"), 303)


def _wanted() -> Wanted:
    form = request.form
    return Wanted(
        issuer=form.get("issuer", "")[:LONGEST],
        client_id=form.get("client_id", "")[:LONGEST],
        client_secret=form.get("client_secret", "")[:LONGEST],
        domains=re.split(r"[\s,;，；、]+", form.get("domains", "")[:LONGEST]),
        passwords="passwords" in form,
        newcomers="staff" if "newcomers" in form else "",
    )


def _provider_page(status: int = 200, **told: Any) -> Response:
    """The page; `told` is what was typed and what is wrong with it."""
    scope = current_scope()
    kept = scope.store.sign_on.provider(scope.organisation)
    return page(
        "accounts/provider.html",
        status,
        kept=kept,
        typed=told.get("typed") or kept,
        fault=told.get("fault", ""),
        fault_field=told.get("fault_field", ""),
        back=return_address(scope.organisation),
        said=said() if status < 400 else {},
        zone=zone(),
    )


def _fault_of(error: InvalidInput) -> str:
    """What is wrong with a field, for the reader."""
    sentences = {
        "issuer": _("This is no address of a provider. Write it as https://login.example.org."),
        "client_id": _("Copy the client's id from the provider."),
        "client_secret": _("Copy the client's secret from the provider."),
        "domains": _("Write domains like example.org, with commas between."),
        "newcomers": _("Say first which domains the addresses must be of: else anybody could come in."),
        "organisation": _("An organisation of this name cannot have single sign-on."),
    }
    return str(sentences[error.field])


def _trouble_of(refusal: NotSignedOn) -> str:
    if refusal.why is Why.UNREACHABLE:
        return str(_("The provider does not answer at this address (%(told)s).", told=refusal.told[:200]))
    return str(_("The provider answers, but not as it should (%(told)s).", told=refusal.told[:200]))
