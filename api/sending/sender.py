"""Sends what waits in the outbox, and does what time brings about: expiries and reminders."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from threading import Lock
from time import monotonic
from typing import Any, Protocol
from urllib.parse import urlsplit

from api.sending.failures import NotSent
from api.sending.mail import Mailer
from api.sending.servers import SmtpServer
from api.sending.webhooks import Hooks
from matcher.cohorts.introducing.messages import Channel, Message

ROUNDS = "introductions"
"""The job's name."""
MOST_ATTEMPTS = 8
FIRST_PAUSE = dt.timedelta(minutes=1)
LONGEST_PAUSE = dt.timedelta(hours=6)
MOST_SECONDS_OF_A_HOST = 20.0
"""So long the webhooks of one host may take of a round, before the others' turn."""
KEPT = dt.timedelta(days=90)
"""So long a message that was sent stays on record."""


class Box(Protocol):
    """The part of the outbox that a sender needs."""

    def take(self, channels: tuple[Channel, ...]) -> Message | None: ...
    def sent(self, message: Message) -> None: ...
    def failed(self, message: Message, why: str, again_at: dt.datetime | None) -> None: ...
    def leave(self, message: Message, again_at: dt.datetime) -> None: ...
    def forget(self, before: dt.datetime) -> int: ...


class Offers(Protocol):
    """The part of the introductions that time changes."""

    def expire(self) -> list[Any]: ...
    def remind(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Sent:
    """How many messages went out, are to be tried again, and will not be."""

    sent: int = 0
    again: int = 0
    failed: int = 0


@dataclass(slots=True)
class Patience:
    """What is left of one round's patience with each webhook's host: none after it failed in a way that may
    pass, or took long."""

    seconds: dict[str, float] = field(default_factory=dict)

    def is_over(self, message: Message) -> bool:
        """Whether the message is to wait for the next round."""
        return self.seconds.get(_host(message), 0.0) >= MOST_SECONDS_OF_A_HOST

    def took(self, message: Message, seconds: float) -> None:
        """Note how long a call took."""
        host = _host(message)
        self.seconds[host] = self.seconds.get(host, 0.0) + seconds

    def failed(self, message: Message) -> None:
        """Note that the host does not answer as it should."""
        self.seconds[_host(message)] = MOST_SECONDS_OF_A_HOST


@dataclass(frozen=True, slots=True)
class Sender:
    """What sends. `server` is None where no mail server is set: then e-mails wait. A message is tried at most
    MOST_ATTEMPTS times, with a pause that doubles from a minute to six hours.

    It is sent once. Where the process is killed between sending it and noting so, it is sent once more, ten
    minutes later, and no third time (see `matcher.store.outbox`).
    """

    box: Box
    hooks: Hooks
    server: SmtpServer | None
    sender: str
    clock: Callable[[], dt.datetime]
    log: Any

    def send(self, most: int = 10_000) -> Sent:
        """Send what is due, at most so many messages."""
        channels = (Channel.WEBHOOK, *((Channel.EMAIL,) if self.server else ()))
        done, patience = Sent(), Patience()
        with Mailer(self.server or SmtpServer("", 0), self.sender) as mailer:
            for _ in range(most):
                message = self.box.take(channels)
                if message is None:
                    break
                done = self._one(message, mailer, done, patience)
        self.box.forget(self.clock() - KEPT)
        return done

    def _one(self, message: Message, mailer: Mailer, done: Sent, patience: Patience) -> Sent:
        try:
            if message.channel is Channel.EMAIL:
                mailer.send(message)
            elif patience.is_over(message):
                self.box.leave(message, self.clock() + FIRST_PAUSE)
                return done
            else:
                self._call(message, patience)
        except NotSent as error:
            return self._not_sent(message, error, done)
        except ValueError as error:  # an address that nothing can be sent to: it is to hold up no other
            broken = NotSent(f"it cannot be sent: {type(error).__name__}", for_good=True)
            return self._not_sent(message, broken, done)
        self.box.sent(message)
        return replace(done, sent=done.sent + 1)

    def _call(self, message: Message, patience: Patience) -> None:
        began = monotonic()
        try:
            self.hooks.send(message, int(self.clock().timestamp()))
        except NotSent as error:
            if not error.for_good:
                patience.failed(message)
            raise
        finally:
            patience.took(message, monotonic() - began)

    def _not_sent(self, message: Message, error: NotSent, done: Sent) -> Sent:
        last = error.for_good or message.attempts >= MOST_ATTEMPTS
        again_at = None if last else self.clock() + pause_after(message.attempts)
        self.box.failed(message, error.why, again_at)
        tell = self.log.error if last else self.log.warning
        tell("message not sent", number=message.number, kind=message.kind.value, why=error.why, last=last)
        return replace(done, failed=done.failed + last, again=done.again + (not last))


def _host(message: Message) -> str:
    return urlsplit(message.address).hostname or ""


def pause_after(attempts: int) -> dt.timedelta:
    """How long to wait after so many attempts, one or more."""
    doubled: int = 2 ** min(attempts - 1, 20)
    return min(FIRST_PAUSE * doubled, LONGEST_PAUSE)


def nothing_remarked() -> int:
    """No remark to put on record."""
    return 0


@dataclass(frozen=True, slots=True)
class Rounds:
    """What a worker does about introductions every minute. `remarks` puts on record what members said of a
    pair and can no longer take back; how many."""

    offers: Offers
    sender: Sender
    log: Any
    remarks: Callable[[], int] = nothing_remarked
    one: Lock = field(default_factory=Lock)
    """Whoever finds it taken has nothing to do: a round that goes on for long takes one thread, not all."""

    def run(self) -> None:
        """End what is over, leave reminders, and send what waits; nothing while an earlier round goes on."""
        if not self.one.acquire(blocking=False):
            return
        try:
            self._run()
        finally:
            self.one.release()

    def _run(self) -> None:
        expired, reminded, remarks = len(self.offers.expire()), self.offers.remind(), self.remarks()
        sent = self.sender.send()
        if expired or reminded or remarks or sent != Sent():
            counts = {"remarks": remarks, "sent": sent.sent, "again": sent.again, "failed": sent.failed}
            self.log.info("introductions", expired=expired, reminded=reminded, **counts)
