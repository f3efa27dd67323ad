"""The mail server and the sender that settings name."""

from dataclasses import dataclass, field
from email.utils import parseaddr
from urllib.parse import parse_qs, unquote, urlsplit

from matcher.cohorts.introducing.contacts import is_email
from matcher.errors import InvalidInput

_PORTS = {"smtp": 587, "smtps": 465}
_REMEDY = "write smtp://USER:PASSWORD@HOST:587 or smtps://HOST"


@dataclass(frozen=True, slots=True)
class SmtpServer:
    """Where mails are handed over. `implicit_tls`: encrypted from the first byte; otherwise by STARTTLS, or
    not at all where it is `plain`."""

    host: str
    port: int
    user: str = ""
    password: str = field(default="", repr=False)
    implicit_tls: bool = False
    plain: bool = False


def smtp_server(url: str) -> SmtpServer:
    """The server that a URL names: smtp://USER:PASSWORD@HOST:PORT (587) or smtps://… (465).

    `smtp://…?tls=no` is for a server on this machine or a trusted network that has no encryption.

    Raises:
        InvalidInput: another scheme, no host, a port that is none. The password is not shown.
    """
    scheme = url.partition(":")[0]
    try:
        parts = urlsplit(url)
        port = parts.port or _PORTS.get(parts.scheme, 0)
    except ValueError as error:
        raise InvalidInput("BOLE_SMTP_URL", f"{scheme}:…", "is no address of a server", _REMEDY) from error
    asked = parse_qs(parts.query)
    if parts.scheme not in _PORTS or not parts.hostname or asked.keys() - {"tls"}:
        raise InvalidInput("BOLE_SMTP_URL", f"{scheme}:…", "is no SMTP server", _REMEDY)
    if asked.get("tls", ["yes"])[0] not in {"yes", "no"}:
        raise InvalidInput("BOLE_SMTP_URL", asked["tls"][0], "says neither tls=yes nor tls=no")
    return SmtpServer(
        host=parts.hostname,
        port=port,
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        implicit_tls=parts.scheme == "smtps",
        plain=asked.get("tls") == ["no"],
    )


def check_sender(sender: str) -> str:
    """The sender, "Bole <bole@example.org>" or an address alone, such that no header can be smuggled in.

    Raises:
        InvalidInput: no such thing.
    """
    name, address = parseaddr(sender)
    if not sender.isprintable() or not is_email(address) or (not name and address != sender):
        raise InvalidInput("BOLE_MAIL_FROM", sender, "is no sender", "write it as Bole <bole@example.org>")
    return sender
