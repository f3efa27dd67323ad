"""Links that sign somebody in once, and the sessions that they turn into."""

import datetime as dt
from urllib.parse import urlencode

from api.principals import Principal, issue_token, principal_of, token_hash
from api.sessions import LIFETIME, SESSION_LABEL
from matcher.errors import NotFound, Unauthorised
from matcher.people import TokenKind
from matcher.store import Store

LINK_LABEL = "sign-in link"
LINK_LIFETIME = dt.timedelta(days=1)


def sign_in_link(store: Store, principal: Principal, address: str, at: dt.datetime) -> str:
    """A link at `address` (http://host:port) that signs one browser in as `principal`, within a day."""
    end = at + LINK_LIFETIME
    token = issue_token(store, principal, label=LINK_LABEL, expires_at=end, kind=TokenKind.LINK)
    return f"{address}/signin?{urlencode({'token': token})}"


def session_token_hash(store: Store, token: str, at: dt.datetime) -> tuple[Principal, str]:
    """Who `token` signs in, and the hash of the token that the session is to refer to.

    It is the same token, so that revoking it ends the session; but a link's is used up, and one of the
    session's own takes its place.

    Raises:
        Unauthorised: unknown, revoked, expired or used up.
    """
    principal, hashed = principal_of(store, token, at), token_hash(token)
    if principal.kind is not TokenKind.LINK:
        return principal, hashed
    _use_up(store, hashed)
    end = at + LIFETIME
    own = issue_token(store, principal, label=SESSION_LABEL, expires_at=end, kind=TokenKind.SESSION)
    return principal, token_hash(own)


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
