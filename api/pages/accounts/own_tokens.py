"""API tokens of one's own: made with a scope and an end, shown once, revoked."""

import datetime as dt
from dataclasses import replace

from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from api.access import allow, current_services
from api.accounts.signing import principal_for
from api.pages.accounts.account import account_page, done, unconfirmed
from api.pages.accounts.fields import field, myself
from api.pages.blueprint import pages
from api.principals import Caller, issue_token
from matcher.people import TokenKind, TokenScope

DAYS = ("30", "90", "365")
MOST_TOKENS = 50
MAX_LABEL = 60


@pages.post("/account/tokens")
@allow(*Caller, cookie=True)
def make_token() -> AnyResponse:
    """Make a token that does what its person may do, or only reads; it is shown once."""
    person, services = myself(), current_services()
    label, scope, days = field("label"), field("scope"), field("days")
    fault = _fault(label, scope, days)
    if not fault and _held(person.id) >= MOST_TOKENS:
        fault = _("You have %(num)s tokens. Revoke those that are not needed.", num=MOST_TOKENS)
    if fault:
        return account_page(422, token_fault=fault, label=label)
    principal = replace(principal_for(person), scope=TokenScope(scope))
    end = services.clock() + dt.timedelta(days=int(days))
    token = issue_token(services.store, principal, label=label, expires_at=end)
    return done("token-made", token=token, label=label)


@pages.post("/account/tokens/<token_id>/revoke")
@allow(*Caller, cookie=True, unfinished=True)
def revoke_token(token_id: str) -> AnyResponse:
    """End one of one's own tokens; a session for who shows again that they are it."""
    person = myself()
    doubt = unconfirmed(person) if _is_session(person.id, token_id) else ""
    if doubt:
        return account_page(422, sessions_fault=doubt)
    current_services().store.people.revoke_token(person.id, token_id)
    return done("token-revoked")


def _is_session(person_id: str, token_id: str) -> bool:
    services = current_services()
    held = services.store.people.tokens(person_id, services.clock())
    return any(each.id == token_id and each.kind is TokenKind.SESSION for each in held)


def _held(person_id: str) -> int:
    services = current_services()
    held = services.store.people.tokens(person_id, services.clock())
    return sum(each.kind is TokenKind.API for each in held)


def _fault(label: str, scope: str, days: str) -> str:
    """What is wrong with the form, in words; "" where nothing is."""
    if not label or len(label) > MAX_LABEL or not label.isprintable():
        return str(_("Say what the token is for, in 1 to 60 characters."))
    if scope not in list(TokenScope) or days not in DAYS:
        return str(_("Choose what the token may do and when it ends."))
    return ""
