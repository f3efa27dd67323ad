"""Webhooks, posted to a real HTTP server on this machine."""

import hashlib
import hmac
import ipaddress
import json
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from threading import Thread

import pytest

from api.sending.failures import NotSent
from api.sending.outward import is_outside
from api.sending.webhooks import Hooks, signature
from matcher.cohorts.introducing.messages import Channel, Message
from tests.api.sending.conftest import NOON, Hook, Make

SECRET = "0123456789abcdef"
AT = int(NOON.timestamp())
LOCAL = Hooks({"127.0.0.1", "hooks.example"}, timeout_seconds=5)

Post = Callable[..., Message]


@pytest.fixture
def post(make: Make, hook: Hook) -> Post:
    """Makes an event for the web server, or for another address."""

    def message(url: str = "", **fields: object) -> Message:
        address = url or f"http://127.0.0.1:{hook.port}/events?from=bole"
        return make(channel=Channel.WEBHOOK, address=address, secret=SECRET, **fields)

    return message


def test_an_event_arrives_as_json_and_its_signature_can_be_checked(hook: Hook, post: Post) -> None:
    LOCAL.send(post(), AT)
    [call] = hook.calls
    assert call.path == "/events?from=bole"
    time, _, version = call.headers["Bole-Signature"].partition(",v1=")
    signed = hmac.new(SECRET.encode(), f"{time[2:]}.".encode() + call.body, hashlib.sha256)
    assert (time, version) == (f"t={AT}", signed.hexdigest())
    event = json.loads(call.body)
    assert (event["type"], event["organisation"]) == ("introduction.offered", "north")
    assert event["data"]["startup_name"] == "青松科技"
    assert call.headers["Bole-Event"] == event["type"]
    assert call.headers["Bole-Delivery"] == event["id"]


def test_the_same_message_sent_twice_has_the_same_delivery_id(hook: Hook, post: Post) -> None:
    for attempt in (1, 2):
        LOCAL.send(post(attempts=attempt), AT)
    first, second = (call.headers["Bole-Delivery"] for call in hook.calls)
    assert first == second


def test_another_body_time_or_secret_has_another_signature() -> None:
    made = {signature(*of) for of in [("a", 1, b"x"), ("b", 1, b"x"), ("a", 2, b"x"), ("a", 1, b"y")]}
    assert len(made) == 4


@pytest.mark.parametrize(
    ("status", "for_good"),
    [(400, True), (404, True), (410, True), (408, False), (429, False), (500, False), (503, False)],
)
def test_what_is_answered_decides_whether_it_is_tried_again(
    status: int, for_good: bool, hook: Hook, post: Post
) -> None:
    hook.answers = status
    with pytest.raises(NotSent, match=f"it answers {status}") as caught:
        LOCAL.send(post(), AT)
    assert caught.value.for_good is for_good


def test_a_redirect_is_not_followed(hook: Hook, post: Post) -> None:
    hook.answers, hook.location = 307, "http://169.254.169.254/latest"
    with pytest.raises(NotSent, match="redirects are not followed"):
        LOCAL.send(post(), AT)
    assert len(hook.calls) == 1


def test_what_a_redirect_says_is_kept_on_one_line(hook: Hook, post: Post) -> None:
    hook.answers, hook.location = 307, "http://a/\x1b[31m\x07b"
    with pytest.raises(NotSent) as caught:
        LOCAL.send(post(), AT)
    assert caught.value.why.isprintable()


def test_without_tls_only_hosts_that_are_allowed_are_called(hook: Hook, post: Post) -> None:
    with pytest.raises(NotSent, match="not https") as caught:
        Hooks(()).send(post(), AT)
    assert (caught.value.for_good, hook.calls) == (True, [])


@pytest.mark.parametrize("address", ["93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946"])
def test_an_address_in_the_internet_may_be_called(address: str) -> None:
    assert is_outside(ipaddress.ip_address(address))


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.1.2.3",
        "192.168.0.1",
        "169.254.169.254",
        "192.88.99.1",
        "::1",
        "fe80::1%eth0",
        "fd00::1",
        "::ffff:10.0.0.1",
        "::ffff:93.184.216.34",
        "::10.0.0.1",
        "::",
        "0.0.0.0",
        "224.0.0.1",
        "ff0e::1",
        "240.0.0.1",
        "fec0::1",
        "2002:a00:1::1",
        "2001:0:a00:1::1",
        "64:ff9b::a00:1",
    ],
)
def test_no_address_inside_a_network_is_called(address: str, post: Post) -> None:
    inside = Hooks((), lookup=lambda _host, _port: ["93.184.216.34", address])
    with pytest.raises(NotSent, match="inside a network") as caught:
        inside.send(post("https://hooks.example/"), AT)
    assert caught.value.for_good


def test_the_connection_goes_to_the_address_that_was_checked(hook: Hook, post: Post) -> None:
    asked: list[str] = []

    def lookup(host: str, _port: int) -> list[str]:
        asked.append(host)
        return ["127.0.0.1"]

    Hooks({"hooks.example"}, lookup=lookup).send(post(f"http://hooks.example:{hook.port}/"), AT)
    assert asked == ["hooks.example"]
    assert hook.calls[0].headers["Host"] == f"hooks.example:{hook.port}"


@pytest.fixture
def silent() -> Iterator[int]:
    """The port of a server that takes connections and says nothing."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


def test_a_host_that_says_nothing_is_not_waited_for_long_and_tried_again(silent: int, post: Post) -> None:
    quick = Hooks({"127.0.0.1"}, timeout_seconds=0.2)
    with pytest.raises(NotSent, match="cannot be reached") as caught:
        quick.send(post(f"http://127.0.0.1:{silent}/"), AT)
    assert not caught.value.for_good


@pytest.fixture
def dripping() -> Iterator[int]:
    """The port of a server that answers for ever, a few bytes at a time."""

    def drip(server: socket.socket) -> None:
        with suppress(OSError):
            connection, _ = server.accept()
            with connection:
                connection.sendall(b"HTTP/1.1 200 OK\r\n")
                while True:
                    connection.sendall(b"X: y\r\n")
                    time.sleep(0.05)

    with socket.create_server(("127.0.0.1", 0)) as server:
        thread = Thread(target=drip, args=[server], daemon=True)
        thread.start()
        yield server.getsockname()[1]
    thread.join(5)


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_a_host_that_answers_for_ever_is_broken_off(scheme: str, dripping: int, post: Post) -> None:
    quick, began = Hooks({"127.0.0.1"}, timeout_seconds=0.4), time.monotonic()
    with pytest.raises(NotSent, match="cannot be reached") as caught:
        quick.send(post(f"{scheme}://127.0.0.1:{dripping}/"), AT)
    assert time.monotonic() - began < 3
    assert not caught.value.for_good


def test_a_name_that_nobody_knows_is_tried_again(post: Post) -> None:
    def nobody(_host: str, _port: int) -> list[str]:
        raise socket.gaierror("unknown")

    with pytest.raises(NotSent, match="cannot be reached") as caught:
        Hooks((), lookup=nobody).send(post("https://hooks.example/"), AT)
    assert not caught.value.for_good
