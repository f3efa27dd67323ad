"""The outbox: messages left by changes, taken by one sender each, and what became of them."""

import datetime as dt
import secrets
from collections.abc import Callable, Collection
from typing import Any

import sqlalchemy as sa

from matcher.cohorts.introducing.introduction import IntroductionStatus
from matcher.cohorts.introducing.messages import (
    Channel,
    Message,
    MessageKind,
    OutboxEntry,
    SendStatus,
    asks_for_an_answer,
)
from matcher.errors import NotFound
from matcher.interactions import local
from matcher.store.engine import reading, writing
from matcher.store.introduction_schema import introductions, outbox, webhooks
from matcher.store.outbox_rows import NO_ADDRESS
from matcher.store.reaching import reached
from matcher.store.schema import profiles

SILENT_FOR = dt.timedelta(minutes=10)
"""Who sends a message is done with it well before; after this silence it died over it."""
MOST_FAILURE = 500
_ASKING = [kind.value for kind in MessageKind if asks_for_an_answer(kind)]


class Outbox:
    """The messages of all organisations. Each method is one transaction.

    A message is sent once. Where a sender dies after sending and before it says so, the message is taken once
    more, and no third time: it is sent at most twice. Its `key` is the same both times, so that whoever
    receives it can tell.
    """

    def __init__(self, engine: sa.Engine, clock: Callable[[], dt.datetime]) -> None:
        self._engine = engine
        self._clock = clock

    def take(self, channels: Collection[Channel]) -> Message | None:
        """The next message of these channels that is due, for the caller alone to send; None where none is.

        On the way messages are dropped that ask for an answer that nobody waits for any more, or that go to a
        webhook that is no more; e-mails to people without address, and those over which two senders died, are
        marked as failed.
        """
        now = self._clock()
        with writing(self._engine) as connection:
            _give_up_the_interrupted(connection, now)
            while (row := _next(connection, channels, now)) is not None:
                if _is_idle(connection, row):
                    _end(connection, row["number"], SendStatus.DROPPED, now)
                elif (message := _message(connection, row, secrets.token_hex(16))) is None:
                    mail = row["channel"] == Channel.EMAIL.value
                    ended = (SendStatus.FAILED, now, NO_ADDRESS) if mail else (SendStatus.DROPPED, now)
                    _end(connection, row["number"], *ended)
                else:
                    _mark_taken(connection, row, message.token, now)
                    return message
        return None

    def sent(self, message: Message) -> None:
        """Note that it was sent."""
        with writing(self._engine) as connection:
            _end(connection, message.number, SendStatus.SENT, self._clock(), token=message.token)

    def failed(self, message: Message, why: str, again_at: dt.datetime | None) -> None:
        """Note that it was not sent, to be tried again at a moment, or never (None)."""
        why = why[:MOST_FAILURE]
        with writing(self._engine) as connection:
            if again_at is None:
                _end(connection, message.number, SendStatus.FAILED, self._clock(), why, token=message.token)
                return
            mine = (outbox.c.number == message.number, outbox.c.token == message.token)
            waiting = {"status": SendStatus.WAITING.value, "next_at": again_at, "failure": why, "token": ""}
            connection.execute(sa.update(outbox).where(*mine).values(waiting))

    def leave(self, message: Message, again_at: dt.datetime) -> None:
        """Note that it was not tried, and is to be at a moment: that is no attempt."""
        mine = (outbox.c.number == message.number, outbox.c.token == message.token)
        waiting = {"status": SendStatus.WAITING.value, "next_at": again_at, "token": ""}
        values = {**waiting, "attempts": outbox.c.attempts - 1}
        with writing(self._engine) as connection:
            connection.execute(sa.update(outbox).where(*mine).values(values))

    def entries(
        self, organisation: str, *, status: SendStatus | None = None, limit: int = 200
    ) -> list[OutboxEntry]:
        """The organisation's messages, the newest first."""
        conditions = [outbox.c.organisation == organisation]
        if status is not None:
            conditions.append(outbox.c.status == status.value)
        joined = outbox.outerjoin(profiles, outbox.c.profile == profiles.c.number)
        wanted = sa.select(outbox, profiles.c.key.label("profile_key")).select_from(joined).where(*conditions)
        with reading(self._engine) as connection:
            rows = connection.execute(wanted.order_by(outbox.c.number.desc()).limit(limit)).mappings()
            return [_entry(row, organisation) for row in rows]

    def retry(self, organisation: str, number: int) -> None:
        """Have a message that failed tried anew.

        Raises:
            NotFound: the organisation has no failed message of this number.
        """
        mine = (outbox.c.organisation == organisation, outbox.c.number == number)
        failed = outbox.c.status == SendStatus.FAILED.value
        again = {"status": SendStatus.WAITING.value, "attempts": 0, "interrupted": 0, "done_at": None}
        with writing(self._engine) as connection:
            values = {**again, "next_at": self._clock(), "failure": ""}
            if not connection.execute(sa.update(outbox).where(*mine, failed).values(values)).rowcount:
                raise NotFound(f"no failed message {number} here")

    def forget(self, before: dt.datetime) -> int:
        """Delete what was sent or dropped before a moment; how many messages."""
        over = outbox.c.status.in_([SendStatus.SENT.value, SendStatus.DROPPED.value])
        with writing(self._engine) as connection:
            return connection.execute(sa.delete(outbox).where(over, outbox.c.done_at < before)).rowcount


def _next(connection: sa.Connection, channels: Collection[Channel], now: dt.datetime) -> sa.RowMapping | None:
    """The first message that is due, or was taken by one who died; others' transactions pass it over."""
    waits = sa.and_(outbox.c.status == SendStatus.WAITING.value, outbox.c.next_at <= now)
    conditions = (outbox.c.channel.in_([channel.value for channel in channels]), sa.or_(waits, _silent(now)))
    wanted = sa.select(outbox).where(*conditions).order_by(outbox.c.next_at, outbox.c.number).limit(1)
    return connection.execute(wanted.with_for_update(skip_locked=True)).mappings().one_or_none()


def _silent(now: dt.datetime) -> sa.ColumnElement[bool]:
    """Taken so long ago that the sender died over it."""
    taken = (outbox.c.status == SendStatus.SENDING.value, outbox.c.claimed_at <= now - SILENT_FOR)
    return sa.and_(*taken)


def _give_up_the_interrupted(connection: sa.Connection, now: dt.datetime) -> None:
    """Two senders died over them: each may have been sent, and a third time is one too many."""
    why = "two senders were stopped over it: it may have been sent"
    given_up = {"status": SendStatus.FAILED.value, "failure": why, "done_at": now, "token": ""}
    connection.execute(sa.update(outbox).where(_silent(now), outbox.c.interrupted >= 1).values(given_up))


def _is_idle(connection: sa.Connection, row: sa.RowMapping) -> bool:
    """Whether it asks for an answer that nobody waits for (any more) or that was given."""
    if row["kind"] not in _ASKING or row["channel"] == Channel.WEBHOOK.value:
        return False
    agreed = introductions.c[f"{row['payload']['side']}_agreed_at"]
    wanted = sa.select(introductions.c.status, agreed).where(introductions.c.id == row["introduction"])
    status, said_yes = connection.execute(wanted).one()
    return bool(status != IntroductionStatus.OFFERED.value or said_yes is not None)


def _message(connection: sa.Connection, row: sa.RowMapping, token: str) -> Message | None:
    """The message with names and addresses of now; None where there is no address."""
    where = _address(connection, row)
    if where is None:
        return None
    common = {name: row[name] for name in ("number", "key", "organisation", "created_at")}
    return Message(
        **common,
        **where,
        token=token,
        channel=Channel(row["channel"]),
        kind=MessageKind(row["kind"]),
        payload={**row["payload"], **_people(connection, row)},
        attempts=row["attempts"] + 1,
    )


def _address(connection: sa.Connection, row: sa.RowMapping) -> dict[str, Any] | None:
    if row["channel"] == Channel.WEBHOOK.value:
        mine = webhooks.c.organisation == row["organisation"]
        wanted = sa.select(webhooks.c.url.label("address"), webhooks.c.secret).where(mine)
    else:
        where = reached(profiles.c.number == row["profile"])
        wanted = sa.select(where.c.email.label("address"), where.c.language)
    found = connection.execute(wanted).mappings().one_or_none()
    return None if found is None else dict(found)


def _people(connection: sa.Connection, row: sa.RowMapping) -> dict[str, str]:
    """The names of both sides; where both said yes, their e-mail addresses too ("" if unknown)."""
    payload = row["payload"]
    both = profiles.c.key.in_([payload["startup"], payload["partner"]])
    where = reached(both)
    joined = profiles.outerjoin(where, where.c.profile == profiles.c.number)
    wanted = sa.select(profiles.c.key, profiles.c.name, where.c.email).select_from(joined).where(both)
    found = {key: (name, email) for key, name, email in connection.execute(wanted)}
    told = {f"{side}_name": found[payload[side]][0] for side in ("startup", "partner")}
    if row["kind"] == MessageKind.ACCEPTED.value and row["channel"] == Channel.EMAIL.value:
        told |= {f"{side}_email": found[payload[side]][1] or "" for side in ("startup", "partner")}
    return told


def _mark_taken(connection: sa.Connection, row: sa.RowMapping, token: str, now: dt.datetime) -> None:
    died = row["status"] == SendStatus.SENDING.value
    taken = {
        "status": SendStatus.SENDING.value,
        "token": token,
        "claimed_at": now,
        "attempts": row["attempts"] + 1,
        "interrupted": row["interrupted"] + died,
    }
    connection.execute(sa.update(outbox).where(outbox.c.number == row["number"]).values(taken))


def _end(
    connection: sa.Connection,
    number: int,
    status: SendStatus,
    now: dt.datetime,
    why: str = "",
    token: str | None = None,
) -> None:
    """Note how it ended; with a token only where its holder still is the one who sends it."""
    mine = [outbox.c.number == number, *([] if token is None else [outbox.c.token == token])]
    ended = {"status": status.value, "done_at": now, "failure": why, "token": ""}
    connection.execute(sa.update(outbox).where(*mine).values(ended))


def _entry(row: sa.RowMapping, organisation: str) -> OutboxEntry:
    names = ("number", "key", "introduction", "attempts", "created_at", "next_at", "done_at", "failure")
    return OutboxEntry(
        channel=Channel(row["channel"]),
        kind=MessageKind(row["kind"]),
        status=SendStatus(row["status"]),
        profile_id=local(organisation, row["profile_key"] or ""),
        **{name: row[name] for name in names},
    )
