"""Signing in: an e-mail address, a password, and a code where the person asks to be asked for one.

What is unknown, has left or was never accepted is answered like a wrong password, and as slowly. Tries are
counted before they are made, for known and unknown addresses alike, in the store: all workers know them.
"""

import datetime as dt
import hashlib
from dataclasses import dataclass
from enum import StrEnum

from api.accounts.codes import accept
from api.accounts.passwords import hash_of, is_outdated, matches
from api.accounts.vault import Vault
from api.principals import Caller, Principal, issue_token, token_hash
from api.sessions import LIFETIME, SESSION_LABEL
from matcher.attempts import at_most, doubling
from matcher.errors import InvalidInput
from matcher.people import Credentials, Person, TokenKind, Way, email_of
from matcher.store import Store

MOST_OF_AN_ADDRESS = at_most(30, dt.timedelta(minutes=10))
"""Tries from one place on the network: a whole office may be behind it."""

LINKS_OF_A_PERSON = at_most(3, dt.timedelta(hours=1))


class Outcome(StrEnum):
    """What a try to sign in came to."""

    ENTERED = "entered"
    CODE_NEEDED = "code"
    REFUSED = "refused"
    LOCKED = "locked"
    SIGN_ON = "sign-on"


@dataclass(frozen=True, slots=True)
class Answer:
    """What a try came to; `person` where the password was right and is enough, or a code is missing; `until`
    where there is to be no other try before."""

    outcome: Outcome
    person: Person | None = None
    until: dt.datetime | None = None


def by_password(store: Store, email: str, password: str, at: dt.datetime) -> Answer:
    """Try an e-mail address and a password."""
    address = _address(email)
    until = store.attempts.begin(_key("password", address), doubling, at)
    if until is not None:
        return Answer(Outcome.LOCKED, until=until)
    found = store.people.credentials(email=address)
    if not matches(password, found.password if found else "") or found is None:
        return Answer(Outcome.REFUSED)
    store.attempts.clear(_key("password", address))
    if not may_use_password(store, found.person):
        return Answer(Outcome.SIGN_ON)
    _renew(store, found, password)
    return Answer(Outcome.CODE_NEEDED if found.secret else Outcome.ENTERED, found.person)


def may_use_password(store: Store, person: Person) -> bool:
    """Whether a password lets the person in, or only their organisation's single sign-on. It always lets
    admins in: a provider that is gone or set up wrongly must not lock everybody out."""
    provider = store.sign_on.provider(person.organisation)
    return provider is None or provider.passwords or Caller(person.role) is Caller.ADMIN


def by_code(store: Store, person_id: str, code: str, at: dt.datetime, *, vault: Vault) -> Answer:
    """Try a code, of the telephone or for recovery, after the password was right."""
    until = store.attempts.begin(_key("code", person_id), doubling, at)
    if until is not None:
        return Answer(Outcome.LOCKED, until=until)
    found = store.people.credentials(person_id=person_id)
    if found is None or not found.secret:
        return Answer(Outcome.REFUSED)
    if not accept(store, found.person, found.secret, code, at, vault=vault):
        return Answer(Outcome.REFUSED)
    store.attempts.clear(_key("code", person_id))
    return Answer(Outcome.ENTERED, found.person)


def is_password_of(store: Store, person: Person, password: str, at: dt.datetime) -> Answer:
    """Try the password of somebody who is signed in, before what only they may do."""
    answer = by_password(store, person.email, password, at)
    return Answer(Outcome.ENTERED, answer.person) if answer.person else answer


def enter(store: Store, person: Person, at: dt.datetime, way: Way = Way.PASSWORD) -> str:
    """A token for a session of the person, which began in this way; gives its hash, which the session is to
    refer to.

    Raises:
        NotFound: the profile that they sign in for is not there any more.
    """
    token = issue_token(
        store,
        principal_for(person),
        label=SESSION_LABEL,
        expires_at=at + LIFETIME,
        kind=TokenKind.SESSION,
        way=way,
    )
    store.people.came(person.id, at)
    return token_hash(token)


def principal_for(person: Person) -> Principal:
    """The caller that the person is."""
    role = Caller(person.role)
    return Principal(person.organisation, role, person.profile_id, person_id=person.id, name=person.called)


def too_often(store: Store, what: str, place: str, at: dt.datetime) -> dt.datetime | None:
    """Count one more try of `what` from a place on the network; until when there are to be no more, else
    None."""
    return store.attempts.begin(_key(what, place), MOST_OF_AN_ADDRESS, at)


def may_be_mailed(store: Store, person: Person, at: dt.datetime) -> bool:
    """Whether a link may be mailed to the person, who has not asked for several within the hour: nobody is to
    fill another's letter box. It counts as one."""
    return store.attempts.begin(_key("link", person.id), LINKS_OF_A_PERSON, at) is None


def try_again(store: Store, what: str, place: str) -> None:
    """Count the last try of `what` from a place no more: it succeeded, and many share one place."""
    store.attempts.withdraw(_key(what, place))


def forgive(store: Store, person: Person) -> None:
    """Forget the tries to sign in as the person: they have shown in another way who they are."""
    store.attempts.clear(_key("password", person.email))


def _address(email: str) -> str:
    """The address as it is kept; what is none stands for itself, so that it is counted and refused alike."""
    try:
        return email_of(email)
    except InvalidInput:
        return ascii(email[:300])


def _key(what: str, whose: str) -> str:
    return hashlib.sha256(f"{what}:{whose}".encode("utf-8", "surrogatepass")).hexdigest()


def _renew(store: Store, found: Credentials, password: str) -> None:
    """Keep the password under today's parameters."""
    if is_outdated(found.password):
        store.people.rehash(found.person.id, found.password, hash_of(password))
