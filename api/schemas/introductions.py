"""Introductions as JSON, and the addresses that messages about them go to."""

import datetime as dt
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, Field

from api.schemas.common import Answer, Closed, Query, Text
from api.schemas.match_runs import ChangeIn, Version, Why, WordedQuery
from api.schemas.matches import Language, PairOut, pair_out
from matcher.cohorts.introducing.contacts import MOST_EMAIL, MOST_URL, Contact, Webhook
from matcher.cohorts.introducing.introduction import (
    MOST_REASON,
    Introduction,
    IntroductionEvent,
    IntroductionEventKind,
    IntroductionStatus,
    Side,
)
from matcher.cohorts.introducing.messages import Channel, MessageKind, OutboxEntry, SendStatus
from matcher.cohorts.introducing.terms import MOST_DAYS, MOST_REMINDERS, Terms, default_terms


class PublishIn(ChangeIn):
    """How long offers stay open, and when those who have not answered are reminded: in days after the offer.
    Left out: 14 days, with reminders after 7 and 12."""

    expires_after_days: Annotated[int, Field(ge=1, le=MOST_DAYS)] | None = None
    remind_after_days: (
        Annotated[list[Annotated[int, Field(ge=1, le=MOST_DAYS)]], Field(max_length=MOST_REMINDERS)] | None
    ) = None

    def terms(self) -> Terms:
        """The terms of the offers.

        Raises:
            InvalidInput: a reminder that comes twice, or not before the end.
        """
        reminders = None if self.remind_after_days is None else tuple(self.remind_after_days)
        return default_terms(self.expires_after_days, reminders)


class IntroductionsQuery(WordedQuery):
    """Which introductions: the office asks for all, or those of a run or of one startup or partner."""

    run: Annotated[Text, Field(max_length=200)] = ""
    member: Annotated[Text, Field(max_length=200)] = Field(
        default="", description="a startup's or partner's id (the office only)"
    )
    status: IntroductionStatus | None = None
    offset: int = Field(default=0, ge=0, le=10_000_000)
    limit: int = Field(default=200, ge=1, le=1000)


class AcceptIn(Closed):
    """A yes. The office says whose: one side's, or both sides' where `side` is left out; a member needs no
    side. The `version` that was seen may be sent as `If-Match`; 409 where the introduction has changed."""

    side: Side | None = None
    why: Why = ""
    version: Version | None = None


class DeclineIn(Closed):
    """A no, with its reason, which only the office reads. The office says whose no it is."""

    reason: Annotated[Text, Field(min_length=1, max_length=MOST_REASON)]
    side: Side | None = None
    version: Version | None = None


class WithdrawIn(Closed):
    """Why the office takes an introduction back."""

    reason: Annotated[Text, Field(min_length=1, max_length=MOST_REASON)]
    version: Version | None = None


class IntroductionOut(BaseModel):
    """An introduction. One that a startup asked for itself is of no run and no cohort ("").

    `place` is 0 for a pair of the run, n for the startup's n-th alternate, which took the place of
    `instead_of`; partners, whom that does not concern, read 0 and "". `agreed` has the sides that said yes.
    Only the office, and who gave it, reads the `reason`."""

    id: str
    run: str
    cohort: str
    status: IntroductionStatus
    version: int
    startup_name: str
    partner_name: str
    agreed: list[Side]
    declined_by: Side | None
    reason: str
    note: str = Field(description="what a startup that asked for it wrote to the partner")
    slot: str
    place: int
    instead_of: str
    offered_at: dt.datetime
    expires_at: dt.datetime
    ended_at: dt.datetime | None
    pair: PairOut

    @classmethod
    def of(cls, introduction: Introduction, language: Language) -> Self:
        """The introduction as JSON; see `Introduction.as_read_by` for who may read what."""
        plain = (
            "id run cohort status version startup_name partner_name slot offered_at expires_at "
            "ended_at declined_by reason note place instead_of"
        )
        return cls(
            **{name: getattr(introduction, name) for name in plain.split()},
            agreed=sorted(introduction.agreed),
            pair=PairOut(**pair_out(introduction.pair, language)),
        )


class IntroductionAnswer(IntroductionOut, Answer):
    """One introduction."""


class DeclinedAnswer(IntroductionAnswer):
    """The introduction, and the one that is offered in its place: null where nobody follows, and for
    partners, whom it does not concern."""

    following: IntroductionOut | None


class IntroductionsAnswer(Answer):
    """Introductions, the oldest offer first; `next_offset` is null after the last."""

    introductions: list[IntroductionOut]
    next_offset: int | None


class IntroductionEventOut(BaseModel):
    """One change of an introduction."""

    version: int
    at: dt.datetime
    by: str
    kind: IntroductionEventKind
    why: str
    details: dict[str, Any]

    @classmethod
    def of(cls, event: IntroductionEvent) -> Self:
        """The event as JSON."""
        return cls(**{name: getattr(event, name) for name in cls.model_fields})


class IntroductionEventsAnswer(Answer):
    """Every change, the oldest first."""

    events: list[IntroductionEventOut]


class ContactIn(Closed):
    """An e-mail address, and the language that is written to it."""

    email: Annotated[Text, Field(min_length=3, max_length=MOST_EMAIL)]
    language: Literal["zh", "en"] | None = Field(
        default=None, description="left out: the organisation's, else zh"
    )

    def contact(self, profile_id: str, usual: Literal["zh", "en"]) -> Contact:
        """The contact of a profile, which is written to in the `usual` language where none is said.

        Raises:
            InvalidInput: no e-mail address.
        """
        return Contact(profile_id, self.email, self.language or usual)


class ContactAnswer(Answer):
    """A profile's address."""

    profile_id: str
    email: str
    language: Literal["zh", "en"]


class WebhookIn(Closed):
    """Where events are sent. `secret` signs them; left out, one is made and told in the answer, once."""

    url: Annotated[Text, Field(min_length=8, max_length=MOST_URL)]
    secret: Annotated[Text, Field(max_length=200)] = ""

    def webhook(self, secret: str) -> Webhook:
        """The webhook.

        Raises:
            InvalidInput: no web address, a secret that is too short.
        """
        return Webhook(self.url, self.secret or secret)


class WebhookAnswer(Answer):
    """Where events are sent; null where nowhere. The secret is told only when it was made."""

    url: str | None
    secret: str | None = None


class OutboxQuery(Query):
    """Which messages."""

    status: SendStatus | None = None
    limit: int = Field(default=200, ge=1, le=1000)


class OutboxEntryOut(BaseModel):
    """A message: to whom, what it tells of, and how sending it stands. `failure` says why it was not sent."""

    number: int
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

    @classmethod
    def of(cls, entry: OutboxEntry) -> Self:
        """The entry as JSON."""
        return cls(**{name: getattr(entry, name) for name in cls.model_fields})


class OutboxAnswer(Answer):
    """Messages, the newest first."""

    messages: list[OutboxEntryOut]
