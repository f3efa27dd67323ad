"""Links that let somebody in who has no password (any more): invitations and resets. Only hashes are kept."""

import datetime as dt
import hashlib
import secrets
from urllib.parse import urlencode

from matcher.errors import NotFound
from matcher.people import Person, Purpose
from matcher.store import Store

LIFETIMES = {Purpose.INVITE: dt.timedelta(days=7), Purpose.RESET: dt.timedelta(hours=1)}
PATHS = {Purpose.INVITE: "/welcome", Purpose.RESET: "/reset"}
MAX_SECRET = 100


def new_link(store: Store, person: Person, purpose: Purpose, address: str, at: dt.datetime) -> str:
    """A link at `address` (http://host:port) for this person, in the place of earlier ones."""
    secret = secrets.token_urlsafe(32)
    store.people.add_link(person.id, purpose, _hash_of(secret), at + LIFETIMES[purpose])
    return f"{address}{PATHS[purpose]}?{urlencode({'token': secret})}"


def person_behind(store: Store, purpose: Purpose, secret: str, at: dt.datetime) -> Person:
    """Whom the link is for, without using it up: those who scan mails open links.

    Raises:
        NotFound: unknown, used, expired, or of somebody who left.
    """
    return store.people.linked(purpose, _checked(secret), at)


def redeem(
    store: Store, purpose: Purpose, secret: str, at: dt.datetime, *, password: str, name: str = ""
) -> Person:
    """Use the link up: its person takes the password, given by its hash, and the name where one is given.

    Raises:
        NotFound: as `person_behind`, and where it was used a moment ago.
    """
    return store.people.redeem(purpose, _checked(secret), at, password=password, name=name)


def _checked(secret: str) -> str:
    if not secret or len(secret) > MAX_SECRET or not secret.isascii():
        raise NotFound("this is no link of ours")
    return _hash_of(secret)


def _hash_of(secret: str) -> str:
    """SHA-256 is enough for 256 random bits."""
    return hashlib.sha256(secret.encode()).hexdigest()
