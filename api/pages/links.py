"""Links that sign somebody in once, and the sessions that they turn into."""

import datetime as dt
from urllib.parse import urlencode

from api.principals import Principal, issue_token, principal_of, token_hash
from api.sessions import LIFETIME, SESSION_LABEL
from matcher.errors import NotFound, Unauthorised
from matcher.people import TokenKind, Way
from matcher.store import Store
from matcher.store.values import TokenRecord

LINK_LABEL = "sign-in link"
LINK_LIFETIME = dt.timedelta(days=1)


def sign_in_link(store: Store, principal: Principal, address: str, at: dt.datetime) -> str:
    """A link at `address` (http://host:port) that signs one browser in as `principal`, within a day."""
    end = at + LINK_LIFETIME
    token = issue_token(store, principal, label=LINK_LABEL, expires_at=end, kind=TokenKind.LINK)
    return f"{address}/signin?{urlencode({'token': token})}"


def session_token_hash(store: Store, token: str, at: dt.datetime) -> tuple[Principal, str]:
    """Who `token` signs in, and the hash of a token of the session's own.

    A link is used up. Any other token lasts, and the session that stands for it ends with it: when it is
    revoked, or at its end.

    Raises:
        Unauthorised: unknown, revoked, expired or used up.
    """
    principal, given = principal_of(store, token, at), token_hash(token)
    end = at + LIFETIME
    if principal.kind is TokenKind.LINK:
        _use_up(store, given)
        own = issue_token(store, principal, label=SESSION_LABEL, expires_at=end, kind=TokenKind.SESSION)
        return principal, token_hash(own)
    record = store.token(given)
    if record is None:
        raise Unauthorised("the token was revoked a moment ago")
    own = issue_token(
        store,
        principal,
        label=principal.label,
        expires_at=min(end, record.expires_at or end),
        kind=TokenKind.SESSION,
        way=Way.TOKEN,
        parent=given,
    )
    return principal, token_hash(own)


def held_by(store: Store, token: str, at: dt.datetime) -> TokenRecord | None:
    """What is known of a token that came in an address; nothing is used up or noted. None where it lets
    nobody in."""
    record = store.token(token_hash(token))
    return record if record and (record.expires_at is None or at < record.expires_at) else None


def end_session_token(store: Store, hashed: str) -> None:
    """Revoke the token where it is the session's own."""
    record = store.token(hashed)
    if record is not None and record.kind is TokenKind.SESSION:
        store.revoke_token(hashed)


def _use_up(store: Store, hashed: str) -> None:
    try:
        store.revoke_token(hashed)
    except NotFound as error:
        raise Unauthorised("the link was used a moment ago") from error
