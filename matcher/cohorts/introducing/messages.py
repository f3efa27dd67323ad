"""Messages that changes of introductions bring about: to whom, by which way, and how sending them stands."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Literal

from matcher.cohorts.introducing.introduction import (
    Introduction,
    IntroductionEventKind,
    Side,
)


class Channel(StrEnum):
    """By which way a message goes."""

    EMAIL = "email"
    WEBHOOK = "webhook"


class MessageKind(StrEnum):
    """What a message tells of."""

    OFFERED = "offered"
    REMINDER = "reminder"
    AGREED = "agreed"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"
    CARRIED_OVER = "carried_over"


class SendStatus(StrEnum):
    """How sending stands. dropped: what it asks for was settled before it went out."""

    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """A message that one sender has taken, to be sent now. `token` names the sender.

    `payload` holds the facts of the change (JSON). An e-mail's goes to `address`, in `language`, and has the
    `side` that reads it among its facts; a webhook's to the URL in `address`, signed with `secret`.
    """

    number: int
    key: str
    token: str
    organisation: str
    channel: Channel
    kind: MessageKind
    payload: Mapping[str, Any]
    attempts: int
    created_at: dt.datetime
    address: str
    language: Literal["zh", "en"] = "zh"
    secret: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OutboxEntry:
    """A message as the office sees it: `failure` is why it was not sent (yet), `profile_id` whose e-mail it
    is, "" for a webhook's."""

    number: int
    key: str
    channel: Channel
    kind: MessageKind
    introduction: str
    profile_id: str
    status: SendStatus
    attempts: int
    created_at: dt.datetime
    next_at: dt.datetime
    done_at: dt.datetime | None
    failure: str


def audience(introduction: Introduction, kind: MessageKind) -> tuple[Side, ...]:
    """The sides that an e-mail of this kind goes to, the introduction being as it is after the change.

    Who declined, or took its own request back, is told nothing; the other side is told that it will not be,
    and not why. A startup that asks for an introduction is not offered it.
    """
    waiting = tuple(side for side in Side if side not in introduction.agreed)
    match kind:
        case MessageKind.ACCEPTED:
            return tuple(Side)
        case MessageKind.OFFERED | MessageKind.REMINDER:
            return waiting
        case MessageKind.DECLINED | MessageKind.WITHDRAWN:
            return tuple(side for side in Side if side is not introduction.declined_by)
        case MessageKind.EXPIRED:
            return tuple(side for side in Side if side in introduction.agreed)
    return ()


def asks_for_an_answer(kind: MessageKind) -> bool:
    """Whether a message is of no use once the introduction is over."""
    return kind in {MessageKind.OFFERED, MessageKind.REMINDER}


def kind_of(event: IntroductionEventKind) -> MessageKind:
    """The kind of the messages that tell of an event."""
    return MessageKind(event.value)
