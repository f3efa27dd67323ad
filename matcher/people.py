"""People who sign in: who they are, how they are named, and what they hold."""

import datetime as dt
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from matcher.cohorts.introducing.contacts import is_email
from matcher.errors import InvalidInput

MAX_NAME = 100
Tongue = Literal["zh", "zh-Hant", "en"]
TONGUES: tuple[Tongue, ...] = ("zh", "zh-Hant", "en")


class Purpose(StrEnum):
    """What a mailed link is for."""

    INVITE = "invite"
    RESET = "reset"


class TokenKind(StrEnum):
    """How a token came about: given out for programs, by signing in, or as a link that signs in once."""

    API = "api"
    SESSION = "session"
    LINK = "link"


class Way(StrEnum):
    """How a session began: with a password (and a code, perhaps), at the organisation's provider, or with a
    token that was given out, for which it stands."""

    PASSWORD = "password"  # noqa: S105 - a word for passwords
    SIGN_ON = "sign-on"
    TOKEN = "token"  # noqa: S105


class TokenScope(StrEnum):
    """What may be done with a token: all that its holder may, or only reading."""

    FULL = "full"
    READ = "read"


class Standing(StrEnum):
    """Where a person is between invitation and leaving."""

    INVITED = "invited"
    ACTIVE = "active"
    LEFT = "left"


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """One who signs in with an e-mail address, for the office (`profile_id` "") or for one profile.

    `role` is one of the callers' roles, `email` normalised and of nobody else. `has_password` is whether the
    invitation was accepted with one, `has_codes` whether a code is asked for beside it; `signs_on` is whether
    an account at the organisation's provider was linked.
    """

    id: str
    organisation: str
    role: str
    profile_id: str
    email: str
    name: str
    language: Tongue
    active: bool
    has_password: bool
    has_codes: bool
    signs_on: bool
    created_at: dt.datetime
    last_login_at: dt.datetime | None

    @property
    def standing(self) -> Standing:
        """Invited, active, or left (deactivated)."""
        if not self.active:
            return Standing.LEFT
        return Standing.ACTIVE if self.has_password or self.signs_on else Standing.INVITED

    @property
    def called(self) -> str:
        """The name, or the e-mail address where none was given yet."""
        return self.name or self.email


@dataclass(frozen=True, slots=True)
class Credentials:
    """How a person shows who they are: the password's hash ("" before the invitation was accepted), and the
    secret of their codes ("" where none are asked for)."""

    person: Person
    password: str
    secret: str


def email_of(text: str) -> str:
    """The address as it is kept and compared: without spaces around it, in small letters, of half width.

    Raises:
        InvalidInput: no address of one mailbox in ASCII.
    """
    normal = unicodedata.normalize("NFKC", text).strip().casefold()
    if not is_email(normal):
        raise InvalidInput("email", text, "is no e-mail address", "write it as name@example.org")
    return normal


def name_of(text: str) -> str:
    """The name as it is kept: composed (NFC), without spaces around it.

    Raises:
        InvalidInput: empty, too long, with control characters or half a surrogate pair.
    """
    name = unicodedata.normalize("NFC", text).strip()
    if not name or len(name) > MAX_NAME or not name.isprintable():
        raise InvalidInput("name", text, f"must be 1 to {MAX_NAME} printable characters")
    return name


def tongue_of(text: str) -> Tongue:
    """The language that a person reads.

    Raises:
        InvalidInput: none of zh, zh-Hant and en.
    """
    for known in TONGUES:
        if known == text:
            return known
    raise InvalidInput("language", text, f"must be one of {', '.join(TONGUES)}")
