"""Links that sign somebody in once, and the sessions that they turn into."""

import datetime as dt
from urllib.parse import urlencode

from api.principals import Principal, issue_token, principal_of, token_hash
from api.sessions import LIFETIME
from matcher.errors import NotFound, Unauthorised
from matcher.store import Store

LINK_LABEL = "sign-in link"
SESSION_LABEL = "browser session"
LINK_LIFETIME = dt.timedelta(days=1)


def sign_in_link(store: Store, principal: Principal, address: str, at: dt.datetime) -> str:
    """A link at `address` (http://host:port) that signs one browser in as `principal`, within a day."""
    token = issue_token(store, principal, label=LINK_LABEL, expires_at=at + LINK_LIFETIME)
    return f"{address}/signin?{urlencode({'token': token})}"


def session_token_hash(store: Store, token: str, at: dt.datetime) -> tuple[Principal, str]:
    """Who `token` signs in, and the hash of the token that the session is to refer to.

    It is the same token, so that revoking it ends the session; but a link's is used up, and one of the
    session's own takes its place.

    Raises:
        Unauthorised: unknown, revoked, expired or used up.
    """
    principal, hashed = principal_of(store, token, at), token_hash(token)
    if _label(store, hashed) != LINK_LABEL:
        return principal, hashed
    _use_up(store, hashed)
    own = issue_token(store, principal, label=SESSION_LABEL, expires_at=at + LIFETIME)
    return principal, token_hash(own)


def end_session_token(store: Store, hashed: str) -> None:
    """Revoke the token where it is the session's own."""
    if _label(store, hashed) == SESSION_LABEL:
        store.revoke_token(hashed)


def _label(store: Store, hashed: str) -> str:
    record = store.token(hashed)
    return record.label if record else ""


def _use_up(store: Store, hashed: str) -> None:
    try:
        store.revoke_token(hashed)
    except NotFound as error:
        raise Unauthorised("the link was used a moment ago") from error
