"""Calls to other hosts that somebody else named: to no address that only this machine's network should reach.

A host's addresses are looked up once; the connection goes to one that was checked, so that a second answer of
the name service cannot lead elsewhere. Redirects are not followed, wherever they lead.
"""

import http.client
import ipaddress
import socket
import ssl
import threading
from collections.abc import Callable, Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass
from urllib.parse import urlsplit

_RELAYS = ipaddress.IPv4Network("192.88.99.0/24")
"""Where 6to4's relays were (RFC 7526): who answers there is whoever says that they do."""
_EMBEDDING = (ipaddress.IPv6Network("::/96"), ipaddress.IPv6Network("64:ff9b::/96"))
Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Lookup = Callable[[str, int], list[str]]


class Refused(Exception):
    """The host may not be called; `str` says why, and in which setting it could be allowed."""


class Unreached(Exception):
    """Nobody answered, in time, what could be understood; `str` says what was seen."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a host answered. `body` is no more than was asked for, `location` where it redirects to."""

    status: int
    location: str
    body: bytes


def looked_up(host: str, port: int) -> list[str]:
    """The addresses of a host.

    Raises:
        OSError: it has none.
    """
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(address[0]) for *_, address in found))


@dataclass(frozen=True, slots=True)
class Outward:
    """Calls hosts. Those that are `allowed` by name, in the setting called `setting`, may be inside the
    network, and reached without TLS. A call ends after the timeout, however slowly the host answers."""

    allowed: Collection[str]
    setting: str
    timeout_seconds: float
    lookup: Lookup = looked_up

    def call(
        self, method: str, url: str, *, body: bytes = b"", headers: Mapping[str, str], most_bytes: int = 0
    ) -> Answer:
        """The host's answer, with at most `most_bytes` of its body.

        Raises:
            Refused: the address must not be called.
            Unreached: nobody answers.
        """
        parts = urlsplit(url)
        host, secure = parts.hostname or "", parts.scheme == "https"
        port = parts.port or (443 if secure else 80)
        if not secure and host not in self.allowed:
            raise Refused(f"it is not https, and the host is not among {self.setting}")
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        try:
            connection = _Pinned(host, port, self._address(host, port), self.timeout_seconds, secure=secure)
            timer = threading.Timer(self.timeout_seconds, connection.end)
            timer.daemon = True
            timer.start()
            try:
                connection.request(method, path, body or None, dict(headers))
                with connection.getresponse() as answer:
                    told = Answer(
                        answer.status, (answer.getheader("Location") or "")[:200], answer.read(most_bytes)
                    )
                    connection.check_time()
                    return told
            finally:
                timer.cancel()
                timer.join()
                connection.close()
        except (OSError, http.client.HTTPException) as error:
            raise Unreached(f"{host} cannot be reached: {type(error).__name__}") from error

    def _address(self, host: str, port: int) -> str:
        """An address of the host that may be called."""
        addresses = self.lookup(host, port)
        if host not in self.allowed:
            for address in addresses:
                if not is_outside(ipaddress.ip_address(address.partition("%")[0])):
                    raise Refused(
                        f"it is an address inside a network, and the host is not among {self.setting}"
                    )
        if not addresses:
            raise Unreached(f"{host} has no address")
        return addresses[0]


def is_outside(address: Address) -> bool:
    """Whether it is an address of one machine in the internet. An IPv6 one that stands for an IPv4 one, or
    leads there through a tunnel, is none, wherever it leads."""
    inside = (address.is_multicast, address.is_reserved, address.is_unspecified, not address.is_global)
    if isinstance(address, ipaddress.IPv4Address):
        return not any(inside) and address not in _RELAYS
    embedded = (address.ipv4_mapped, address.sixtofour, address.teredo)
    return not any((*inside, address.is_site_local, *embedded, *(address in net for net in _EMBEDDING)))


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
