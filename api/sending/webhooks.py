"""Events to webhooks: signed, and to no address that only this machine's network should reach.

The body is JSON. `Bole-Signature: t=UNIX_SECONDS,v1=HEX` signs it: HMAC-SHA256 with the webhook's secret over
the time, a full stop and the body. `Bole-Delivery` names the message: where it comes twice, it is the same.

A host's addresses are looked up once; the connection goes to one that was checked, so that a second answer of
the name service cannot lead elsewhere. Redirects are not followed, wherever they lead.
"""

import hashlib
import hmac
import http.client
import ipaddress
import json
import socket
import ssl
import threading
from collections.abc import Callable, Collection
from contextlib import suppress
from dataclasses import dataclass
from typing import Any
from urllib.parse import SplitResult, urlsplit

from api.sending.failures import NotSent
from matcher.cohorts.introducing.letters import one_line
from matcher.cohorts.introducing.messages import Message

TIMEOUT_SECONDS = 10.0
"""For a whole post, however slowly a host answers: others' events wait meanwhile."""
_AGAIN = {408, 409, 423, 425, 429}
"""Refusals that trying again may help against, besides those of 500 and above."""
_EMBEDDING = (ipaddress.IPv6Network("::/96"), ipaddress.IPv6Network("64:ff9b::/96"))
Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Lookup = Callable[[str, int], list[str]]


def looked_up(host: str, port: int) -> list[str]:
    """The addresses of a host.

    Raises:
        OSError: it has none.
    """
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(address[0]) for *_, address in found))


@dataclass(frozen=True, slots=True)
class Hooks:
    """Calls webhooks. Hosts that are `allowed` by name may be inside the network, and reached without TLS."""

    allowed: Collection[str]
    timeout_seconds: float = TIMEOUT_SECONDS
    lookup: Lookup = looked_up

    def send(self, message: Message, at_unix_seconds: int) -> None:
        """Post the event.

        Raises:
            NotSent: the address is refused, nobody answers, or the answer is no success.
        """
        parts = urlsplit(message.address)
        body = body_of(message)
        headers = {
            "Content-Type": "application/json",
            "User-Agent": "Bole",
            "Bole-Event": f"introduction.{message.kind}",
            "Bole-Delivery": hashlib.sha256(message.key.encode()).hexdigest()[:32],
            "Bole-Signature": signature(message.secret, at_unix_seconds, body),
        }
        status, location = self._posted(parts, body, headers)
        if 200 <= status < 300:
            return
        if 300 <= status < 400:
            told = f"it answers {status}: redirects are not followed ({one_line(location)})"
            raise NotSent(told, for_good=True)
        raise NotSent(f"it answers {status}", for_good=status < 500 and status not in _AGAIN)

    def _posted(self, parts: SplitResult, body: bytes, headers: dict[str, str]) -> tuple[int, str]:
        host, secure = parts.hostname or "", parts.scheme == "https"
        port = parts.port or (443 if secure else 80)
        if not secure and host not in self.allowed:
            raise NotSent("it is not https, and the host is not among BOLE_WEBHOOK_HOSTS", for_good=True)
        try:
            connection = _Pinned(host, port, self._address(host, port), self.timeout_seconds, secure=secure)
            timer = threading.Timer(self.timeout_seconds, connection.end)
            timer.daemon = True
            timer.start()
            try:
                path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
                connection.request("POST", path, body, headers)
                with connection.getresponse() as answer:
                    connection.check_time()
                    return answer.status, (answer.getheader("Location") or "")[:200]
            finally:
                timer.cancel()
                timer.join()
                connection.close()
        except (OSError, http.client.HTTPException) as error:
            raise NotSent(f"{host} cannot be reached: {type(error).__name__}", for_good=False) from error

    def _address(self, host: str, port: int) -> str:
        """An address of the host that may be called."""
        addresses = self.lookup(host, port)
        if host not in self.allowed:
            for address in addresses:
                if not is_outside(ipaddress.ip_address(address.partition("%")[0])):
                    why = "it is an address inside a network, and the host is not among BOLE_WEBHOOK_HOSTS"
                    raise NotSent(why, for_good=True)
        if not addresses:
            raise NotSent(f"{host} has no address", for_good=False)
        return addresses[0]


def is_outside(address: Address) -> bool:
    """Whether it is an address of one machine in the internet. An IPv6 one that stands for an IPv4 one, or
    leads there through a tunnel, is none, wherever it leads."""
    inside = (address.is_multicast, address.is_reserved, address.is_unspecified, not address.is_global)
    if isinstance(address, ipaddress.IPv4Address):
        return not any(inside)
    embedded = (address.ipv4_mapped, address.sixtofour, address.teredo)
    return not any((*inside, address.is_site_local, *embedded, *(address in net for net in _EMBEDDING)))


def body_of(message: Message) -> bytes:
    """The event as JSON."""
    event: dict[str, Any] = {
        "id": hashlib.sha256(message.key.encode()).hexdigest()[:32],
        "type": f"introduction.{message.kind}",
        "at": message.created_at.isoformat(),
        "organisation": message.organisation,
        "data": dict(message.payload),
    }
    return json.dumps(event, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()


def signature(secret: str, at_unix_seconds: int, body: bytes) -> str:
    """What signs a body sent at a time."""
    signed = hmac.new(secret.encode(), f"{at_unix_seconds}.".encode() + body, hashlib.sha256)
    return f"t={at_unix_seconds},v1={signed.hexdigest()}"


class _Pinned(http.client.HTTPConnection):
    """A connection to a host at an address that was checked; with TLS, to one that proves to be the host."""

    def __init__(self, host: str, port: int, address: str, timeout: float, *, secure: bool) -> None:
        super().__init__(host, port, timeout=timeout)
        self.default_port = 443 if secure else 80
        self._address = address
        self._secure = secure
        self._over = False

    def connect(self) -> None:
        """Connect to the address, whatever the host's name means by now."""
        self.sock = socket.create_connection((self._address, self.port), self.timeout)
        if self._secure:
            context = ssl.create_default_context()
            wrapped = context.wrap_socket(self.sock, server_hostname=self.host, do_handshake_on_connect=False)
            self.sock = wrapped
            self.check_time()
            wrapped.do_handshake()
        self.check_time()

    def end(self) -> None:
        """Break off, from another thread: whatever waits for the host fails."""
        self._over = True
        if self.sock is not None:
            with suppress(OSError):  # it is closed, or not connected yet
                socket.socket.shutdown(self.sock, socket.SHUT_RDWR)

    def check_time(self) -> None:
        """Go on only while there is time.

        Raises:
            TimeoutError: it is over.
        """
        if self._over:
            raise TimeoutError("the host takes too long")
