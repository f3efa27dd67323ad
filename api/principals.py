"""Who calls: API tokens and the principals behind them."""

import datetime as dt
import hashlib
import secrets
from dataclasses import dataclass, field
from enum import StrEnum

from matcher.audit import Actor
from matcher.errors import InvalidInput, Unauthorised
from matcher.interactions import qualified
from matcher.office import OfficeSettings
from matcher.people import TokenKind, TokenScope
from matcher.profiles import Role
from matcher.store import Store
from matcher.store.values import PUBLIC_ID

PREFIX = "bole_"
MAX_TOKEN = 100
NOTED_EVERY = dt.timedelta(minutes=1)
"""A token's last use is known to the minute, so that not every request writes."""
IDLE_SESSION = dt.timedelta(hours=2)
"""A browser's session that was not used for so long is over: somebody may have left it open."""


class Caller(StrEnum):
    """What a principal is. Admins are staff of every organisation; the last three are one profile each."""

    ADMIN = "admin"
    STAFF = "staff"
    STARTUP = "startup"
    MENTOR = "mentor"
    INVESTOR = "investor"


OFFICE = frozenset({Caller.ADMIN, Caller.STAFF})
PARTNERS = frozenset({Caller.MENTOR, Caller.INVESTOR})
MEMBERS = PARTNERS | {Caller.STARTUP}


@dataclass(frozen=True, slots=True)
class Principal:
    """The caller of one request; `profile_id` is whose behalf a member acts on, "" for office callers.

    `label` is what the token was called, perhaps ""; `person_id` and `name` are of whom it belongs to, ""
    where it is nobody's own; `kind` is how it came about, `token_id` its public id; `office` is what an
    organisation has set, with which one: admins may act in another. Principals that differ in these alone are
    equal.
    With the scope `read` nothing may be changed; where `codes_missing`, codes are to be switched on first.
    """

    organisation: str
    role: Caller
    profile_id: str = ""
    label: str = field(default="", compare=False)
    person_id: str = field(default="", compare=False)
    name: str = field(default="", compare=False)
    kind: TokenKind = field(default=TokenKind.API, compare=False)
    token_id: str = field(default="", compare=False)
    scope: TokenScope = TokenScope.FULL
    office: tuple[str, OfficeSettings] | None = field(default=None, compare=False)
    codes_missing: bool = field(default=False, compare=False)

    @property
    def is_member(self) -> bool:
        """Whether the caller is one profile rather than the office."""
        return self.role in MEMBERS

    @property
    def who(self) -> str:
        """Whom a change is recorded of: "staff 王伟", "startup s1 Ann (laptop)", "staff (Wei's laptop)"."""
        named = f"{self.role} {self.profile_id} {self.name}".split()
        own = self.kind is TokenKind.SESSION and self.name  # how a person signed in is no name of anything
        return " ".join(named) + (f" ({self.label})" if self.label and not own else "")


def new_token() -> str:
    """A token nobody can guess: 32 random bytes, as text that survives a header and a shell."""
    return PREFIX + secrets.token_urlsafe(32)


def token_hash(token: str) -> str:
    """What is stored of a token. SHA-256 is enough: a slow hash protects guessable secrets, and 256 random
    bits cannot be guessed from a fast hash either."""
    return hashlib.sha256(token.encode()).hexdigest()


def issue_token(
    store: Store,
    principal: Principal,
    *,
    label: str = "",
    expires_at: dt.datetime | None = None,
    kind: TokenKind = TokenKind.API,
    way: str = "",
    parent: str = "",
) -> str:
    """A new token for `principal`, its scope and its person, to be shown once: only its hash is kept. `way`
    is how a session began, `parent` the hash of the token that it stands for.

    Raises:
        InvalidInput: a member without profile, an office caller with one, a profile of another role.
        NotFound: no such profile.
    """
    check_profile(store, principal)
    token = new_token()
    store.add_token(
        token_hash=token_hash(token),
        organisation=principal.organisation,
        role=principal.role,
        profile_id=principal.profile_id,
        label=label,
        expires_at=expires_at,
        person_id=principal.person_id,
        kind=kind,
        scope=principal.scope,
        way=way,
        parent=parent,
    )
    return token


def check_profile(store: Store, principal: Principal) -> None:
    """Refuse a principal that nobody can be.

    Raises:
        InvalidInput: a member without profile, an office caller with one, a profile of another role.
        NotFound: no such profile.
    """
    if principal.is_member != bool(principal.profile_id):
        rule = "is needed by a startup, mentor or investor and by nobody else"
        raise InvalidInput("profile_id", principal.profile_id, rule)
    if principal.is_member:
        found = store.profile(principal.organisation, principal.profile_id)
        if found.role is not Role(principal.role):
            raise InvalidInput(
                "profile_id", principal.profile_id, f"is {found.role.noun}, not {Role(principal.role).noun}"
            )


def principal_of(store: Store, token: str, at: dt.datetime) -> Principal:
    """Who holds `token` at the time `at`.

    Raises:
        Unauthorised: unknown, revoked or expired.
    """
    if not token.startswith(PREFIX) or len(token) > MAX_TOKEN or not token.isascii():
        raise _refused()
    return principal_behind(store, token_hash(token), at)


def principal_behind(store: Store, hashed: str, at: dt.datetime) -> Principal:
    """Who holds the token of this hash at the time `at`.

    Raises:
        Unauthorised: unknown, revoked or expired.
    """
    record = store.token(hashed)
    if record is None or (record.expires_at is not None and record.expires_at <= at):
        raise _refused()
    last = record.last_used_at or record.created_at
    if record.kind is TokenKind.SESSION and at - last > IDLE_SESSION:
        raise _refused()
    if record.last_used_at is None or at - record.last_used_at >= NOTED_EVERY:
        store.touch_token(hashed, at)
    return Principal(
        record.organisation,
        Caller(record.role),
        record.profile_id,
        record.label,
        record.person_id,
        record.person_name,
        TokenKind.API if record.parent else record.kind,  # the session may what the token may
        record.parent[:PUBLIC_ID] or record.id,
        record.scope,
        (record.organisation, record.office),
        record.codes_missing,
    )


def actor_of(principal: Principal, request_id: str = "") -> Actor:
    """The principal as the audit log names it: by its person's id or its token's, never by a name."""
    token = f"token:{principal.token_id}" if principal.token_id else ""
    own = f"person:{principal.person_id}" if principal.person_id else token
    whose = qualified(principal.organisation, principal.profile_id) if principal.is_member else ""
    return Actor(principal.role.value, own, principal.organisation, whose, request_id)


def _refused() -> Unauthorised:
    return Unauthorised("the token is unknown, revoked or expired; ask the office for a new one")


def bearer_token(header: str) -> str:
    """The token of an Authorization header.

    Raises:
        Unauthorised: none there, or another scheme.
    """
    scheme, _, token = header.partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        raise Unauthorised("send the header 'Authorization: Bearer <token>'")
    return token.strip()
