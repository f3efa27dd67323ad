"""Sends what waits in the outbox, and does what time brings about: expiries and reminders."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Protocol

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
KEPT = dt.timedelta(days=90)
"""So long a message that was sent stays on record."""


class Box(Protocol):
    """The part of the outbox that a sender needs."""

    def take(self, channels: tuple[Channel, ...]) -> Message | None: ...
    def sent(self, message: Message) -> None: ...
    def failed(self, message: Message, why: str, again_at: dt.datetime | None) -> None: ...
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
        done = Sent()
        with Mailer(self.server or SmtpServer("", 0), self.sender) as mailer:
            for _ in range(most):
                message = self.box.take(channels)
                if message is None:
                    break
                done = self._one(message, mailer, done)
        self.box.forget(self.clock() - KEPT)
        return done

    def _one(self, message: Message, mailer: Mailer, done: Sent) -> Sent:
        try:
            if message.channel is Channel.EMAIL:
                mailer.send(message)
            else:
                self.hooks.send(message, int(self.clock().timestamp()))
        except NotSent as error:
            return self._not_sent(message, error, done)
        except ValueError as error:  # an address that nothing can be sent to: it is to hold up no other
            broken = NotSent(f"it cannot be sent: {type(error).__name__}", for_good=True)
            return self._not_sent(message, broken, done)
        self.box.sent(message)
        return replace(done, sent=done.sent + 1)

    def _not_sent(self, message: Message, error: NotSent, done: Sent) -> Sent:
        last = error.for_good or message.attempts >= MOST_ATTEMPTS
        again_at = None if last else self.clock() + pause_after(message.attempts)
        self.box.failed(message, error.why, again_at)
        tell = self.log.error if last else self.log.warning
        tell("message not sent", number=message.number, kind=message.kind.value, why=error.why, last=last)
        return replace(done, failed=done.failed + last, again=done.again + (not last))


def pause_after(attempts: int) -> dt.timedelta:
    """How long to wait after so many attempts, one or more."""
    doubled: int = 2 ** min(attempts - 1, 20)
    return min(FIRST_PAUSE * doubled, LONGEST_PAUSE)


@dataclass(frozen=True, slots=True)
class Rounds:
    """What a worker does about introductions every minute."""

    offers: Offers
    sender: Sender
    log: Any

    def run(self) -> None:
        """End what is over, leave reminders, and send what waits."""
        expired, reminded = len(self.offers.expire()), self.offers.remind()
        sent = self.sender.send()
        if expired or reminded or sent != Sent():
            counts = {"sent": sent.sent, "again": sent.again, "failed": sent.failed}
            self.log.info("introductions", expired=expired, reminded=reminded, **counts)
