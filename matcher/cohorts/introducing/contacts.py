"""Where messages go: an address of a person, checked when it is given, and an address of a system."""

import re
import secrets
from dataclasses import dataclass, field
from typing import Literal
from urllib.parse import urlsplit

from matcher.errors import InvalidInput

_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_EMAIL = re.compile(rf"{_ATOM}(?:\.{_ATOM})*@{_LABEL}(?:\.{_LABEL})+")
"""RFC 5322's dot-atom at a host name, in ASCII: no quoted words, no comments, nothing that ends a line."""
MOST_EMAIL, MOST_MAILBOX = 254, 64
MOST_URL = 2000
MOST_LABEL = 63
LEAST_SECRET = 16


@dataclass(frozen=True, slots=True)
class Contact:
    """A profile's e-mail address, and the language that is written to it.

    Raises:
        InvalidInput: no address of one mailbox in ASCII.
    """

    profile_id: str
    email: str
    language: Literal["zh", "en"] = "zh"

    def __post_init__(self) -> None:
        if not is_email(self.email):
            raise InvalidInput("email", self.email, "is no e-mail address", "write it as name@example.org")
        if self.language not in ("zh", "en"):
            raise InvalidInput("language", self.language, "is none that mails are written in", "say zh or en")


@dataclass(frozen=True, slots=True)
class Webhook:
    """Where an organisation's events are sent, and the secret that signs them.

    Raises:
        InvalidInput: no http(s) address, one with a password in it, a secret that is too short.
    """

    url: str
    secret: str = field(repr=False)

    def __post_init__(self) -> None:
        if not self.url.isprintable() or " " in self.url or not self.url.isascii() or not _is_http(self.url):
            raise InvalidInput("url", self.url[:200], "is no web address", "write it as https://HOST/PATH")
        if not self.secret.isascii() or not self.secret.isprintable() or len(self.secret) < LEAST_SECRET:
            rule = f"must be {LEAST_SECRET} printable ASCII characters or more"
            raise InvalidInput("secret", "…", rule, "leave it out to have one made")


def is_email(text: str) -> bool:
    """Whether the text is the address of one mailbox, in ASCII, and none that headers decode (`=?`)."""
    mailbox = text.partition("@")[0]
    if "=?" in mailbox:
        return False
    return bool(_EMAIL.fullmatch(text)) and len(text) <= MOST_EMAIL and len(mailbox) <= MOST_MAILBOX


def new_secret() -> str:
    """A secret that nobody can guess."""
    return secrets.token_urlsafe(32)


def _is_http(url: str) -> bool:
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:  # brackets that do not close, a port that is no number
        return False
    whole = parts.scheme in {"http", "https"} and bool(parts.hostname) and port != 0
    return whole and _is_host(parts.hostname or "") and "@" not in parts.netloc and len(url) <= MOST_URL


def _is_host(host: str) -> bool:
    """Whether a name service can be asked for it: no label is empty or too long; a dot may end it."""
    return all(0 < len(label) <= MOST_LABEL for label in host.removesuffix(".").split("."))
