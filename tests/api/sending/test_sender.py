"""What waits is sent, what fails is tried again with growing pauses, and time is seen to."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import pytest

from api.sending.sender import FIRST_PAUSE, LONGEST_PAUSE, MOST_ATTEMPTS, Rounds, Sender, Sent, pause_after
from api.sending.servers import SmtpServer, smtp_server
from api.sending.webhooks import Hooks
from matcher.cohorts.introducing.messages import Channel, Message
from tests.api.mailing import Postbox
from tests.api.sending.conftest import NOON, Hook, Make


@dataclass
class FakeBox:
    """Gives the messages in their order, and keeps what became of them."""

    waiting: list[Message]
    ended: list[tuple[str, dt.datetime | None]] = field(default_factory=list)
    forgotten: dt.datetime | None = None

    def take(self, channels: Sequence[Channel]) -> Message | None:
        mine = [message for message in self.waiting if message.channel in channels]
        if mine:
            self.waiting.remove(mine[0])
        return mine[0] if mine else None

    def sent(self, message: Message) -> None:
        self.ended.append(("sent", None))

    def failed(self, message: Message, why: str, again_at: dt.datetime | None) -> None:
        self.ended.append((why, again_at))

    def leave(self, message: Message, again_at: dt.datetime) -> None:
        self.ended.append(("left", again_at))

    def forget(self, before: dt.datetime) -> int:
        self.forgotten = before
        return 0


@dataclass
class FakeOffers:
    """Counts how often it was asked."""

    asked: list[str] = field(default_factory=list)

    def expire(self) -> list[Any]:
        self.asked.append("expire")
        return []

    def remind(self) -> int:
        self.asked.append("remind")
        return 0


@pytest.fixture
def server(smtp_port: int) -> SmtpServer:
    return smtp_server(f"smtp://127.0.0.1:{smtp_port}?tls=no")


def sender(box: FakeBox, server: SmtpServer | None, log: Any) -> Sender:
    return Sender(
        box=box,
        hooks=Hooks({"127.0.0.1"}),
        server=server,
        sender="bole@example.org",
        clock=lambda: NOON,
        log=log,
    )


def event(make: Make, hook: Hook, **fields: Any) -> Message:
    url = f"http://127.0.0.1:{hook.port}/"
    return make(channel=Channel.WEBHOOK, address=url, secret="0" * 16, **fields)


def test_what_waits_is_sent_each_by_its_way(
    make: Make, server: SmtpServer, postbox: Postbox, hook: Hook, log: Any
) -> None:
    box = FakeBox([make(), event(make, hook), make(key="k2")])
    assert sender(box, server, log).send() == Sent(sent=3)
    assert (len(postbox.mails), len(hook.calls)) == (2, 1)
    assert box.ended == [("sent", None)] * 3


def test_without_a_mail_server_mails_wait_and_events_go_out(make: Make, hook: Hook, log: Any) -> None:
    box = FakeBox([make(), event(make, hook)])
    assert sender(box, None, log).send() == Sent(sent=1)
    assert [message.channel for message in box.waiting] == [Channel.EMAIL]


def test_one_that_fails_does_not_hold_up_the_next(
    make: Make, server: SmtpServer, postbox: Postbox, log: Any
) -> None:
    postbox.refuses["gone@example.org"] = "550 no such user"
    box = FakeBox([make(address="gone@example.org"), make()])
    assert sender(box, server, log).send() == Sent(sent=1, failed=1)
    assert box.ended == [("the mail server said 550: no such user", None), ("sent", None)]


@pytest.mark.parametrize(
    ("poison", "why"),
    [
        ({"address": "=?utf-8?q?a=0D=0Ab?=@example.org"}, "the mail cannot be made: ValueError"),
        (
            {"address": "https://a..example/", "channel": Channel.WEBHOOK},
            "it cannot be sent: UnicodeError",
        ),
        (
            {"address": f"https://{'a' * 64}.example/", "channel": Channel.WEBHOOK},
            "it cannot be sent: UnicodeError",
        ),
    ],
)
def test_an_address_that_nothing_can_be_sent_to_fails_for_good_and_holds_up_no_other(
    poison: dict[str, Any], why: str, make: Make, server: SmtpServer, postbox: Postbox, log: Any
) -> None:
    box = FakeBox([make(**poison), make()])
    assert sender(box, server, log).send() == Sent(sent=1, failed=1)
    assert box.ended == [(why, None), ("sent", None)]


def test_it_is_tried_again_later_but_not_for_ever(make: Make, hook: Hook, log: Any) -> None:
    hook.answers = 503
    box = FakeBox([event(make, hook, attempts=1)])
    assert sender(box, None, log).send() == Sent(again=1)
    box.waiting.append(event(make, hook, attempts=MOST_ATTEMPTS))
    assert sender(box, None, log).send() == Sent(failed=1)
    assert box.ended == [("it answers 503", NOON + FIRST_PAUSE), ("it answers 503", None)]


def test_what_else_goes_to_a_host_that_failed_is_left_for_the_next_round(
    make: Make, hook: Hook, server: SmtpServer, postbox: Postbox, log: Any
) -> None:
    hook.answers = 503
    box = FakeBox([event(make, hook), event(make, hook), make()])
    assert sender(box, server, log).send() == Sent(sent=1, again=1)
    assert len(hook.calls) == 1
    assert ("left", NOON + FIRST_PAUSE) in box.ended


def test_a_round_does_nothing_while_an_earlier_one_goes_on(log: Any) -> None:
    box, offers = FakeBox([]), FakeOffers()
    rounds = Rounds(offers=offers, sender=sender(box, None, log), log=log)
    with rounds.one:
        rounds.run()
    assert offers.asked == []
    rounds.run()
    assert offers.asked == ["expire", "remind"]


def test_pauses_double_up_to_the_longest() -> None:
    pauses = [pause_after(attempts) for attempts in range(1, 12)]
    assert pauses[:4] == [FIRST_PAUSE * factor for factor in (1, 2, 4, 8)]
    assert pauses == sorted(pauses)
    assert pause_after(1000) == LONGEST_PAUSE


def test_a_round_sees_to_time_and_sends(make: Make, hook: Hook, log: Any) -> None:
    box, offers = FakeBox([event(make, hook)]), FakeOffers()
    remarked: list[int] = []
    Rounds(offers, sender(box, None, log), log, lambda: remarked.append(1) or 1).run()
    assert (offers.asked, box.ended) == (["expire", "remind"], [("sent", None)])
    assert remarked == [1]
    assert box.forgotten is not None
