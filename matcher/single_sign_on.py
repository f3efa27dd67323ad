"""Single sign-on: an organisation's provider, and what it must be told to be one."""

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from urllib.parse import SplitResult, urlsplit

from matcher.errors import InvalidInput

MAX_TEXT = 500
MAX_DOMAINS = 50
MAX_SUBJECT = 255
NEWCOMERS = frozenset({"", "staff"})
"""Who comes uninvited may be of the office, or nothing: a startup, mentor or investor signs in for one
profile, which nobody can know before, and admins are made by hand."""
LOCAL = frozenset({"localhost", "127.0.0.1", "::1"})
_DOMAIN = re.compile(r"(?=.{1,253}\Z)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9-]{2,63}")
_REMEDY = "write it as https://login.example.org, as the provider's discovery document does"


@dataclass(frozen=True, slots=True, kw_only=True)
class Provider:
    """Who tells an organisation which of its people is there (OpenID Connect).

    `client_secret` is sealed. Addresses of the `domains` alone may be linked, any where there are none.
    `passwords` is whether people sign in by password too; `newcomers` is the role of who comes uninvited with
    an address of the domains, "" where nobody may.
    """

    organisation: str
    issuer: str
    client_id: str
    client_secret: str = field(repr=False)
    domains: tuple[str, ...] = ()
    passwords: bool = True
    newcomers: str = ""
    made_at: dt.datetime | None = None
    made_by: str = ""

    def takes(self, email: str) -> bool:
        """Whether a (normalised) address is of one of the domains; any is where none is named."""
        return not self.domains or email.rpartition("@")[2] in self.domains


def issuer_of(text: str) -> str:
    """The issuer's address as it is kept and compared: letter by letter, as the standard wants it.

    Raises:
        InvalidInput: not https (http is for this machine alone), no host, a query, a fragment or a user.
    """
    issuer = text.strip()
    parts = _parts(issuer)
    strange = not issuer.isascii() or not issuer.isprintable() or " " in issuer or "\\" in issuer
    if parts is None or not parts.hostname or strange or len(issuer) > MAX_TEXT:
        raise InvalidInput("issuer", issuer[:MAX_TEXT], "is no address of a provider", _REMEDY)
    if parts.query or parts.fragment or "?" in issuer or "#" in issuer or "@" in parts.netloc:
        raise InvalidInput("issuer", issuer, "has more than a host and a path", _REMEDY)
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in LOCAL):
        raise InvalidInput("issuer", issuer, "is not https", _REMEDY)
    return issuer


def client_text_of(name: str, text: str) -> str:
    """A client id or secret: as the provider gave it.

    Raises:
        InvalidInput: empty, too long, or with signs that no provider gives out.
    """
    plain = text.strip()
    if not plain or len(plain) > MAX_TEXT or not plain.isascii() or not plain.isprintable():
        # the value may be a secret: it is not shown
        raise InvalidInput(name, "…", f"must be 1 to {MAX_TEXT} ASCII characters, as the provider gives it")
    return plain


def domains_of(texts: Iterable[str]) -> tuple[str, ...]:
    """Domains of e-mail addresses, in small letters, each once, in the order given.

    Raises:
        InvalidInput: one is none, or too many.
    """
    named = list(dict.fromkeys(text.strip().lower().removeprefix("@") for text in texts if text.strip()))
    for domain in named:
        if not _DOMAIN.fullmatch(domain):
            raise InvalidInput("domains", domain[:MAX_TEXT], "is no domain", "write it as example.org")
    if len(named) > MAX_DOMAINS:
        raise InvalidInput("domains", len(named), f"must be at most {MAX_DOMAINS}")
    return tuple(named)


def check_newcomers(newcomers: str, domains: tuple[str, ...]) -> str:
    """The role of who comes uninvited.

    Raises:
        InvalidInput: one that nobody is given so, or no domain says whose they must be.
    """
    if newcomers not in NEWCOMERS:
        raise InvalidInput("newcomers", newcomers[:MAX_TEXT], "must be staff, or nothing: invite all others")
    if newcomers and not domains:
        raise InvalidInput("newcomers", newcomers, "needs domains: else anybody could come in")
    return newcomers


def _parts(issuer: str) -> SplitResult | None:
    try:
        parts = urlsplit(issuer)
        return parts if parts.port != 0 else None
    except ValueError:  # brackets that do not close, a port that is no number
        return None
