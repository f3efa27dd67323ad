"""What a member says of a partner or startup beside the events: why it waved one away, how a meeting was; and
what came of an introduction, which the office may say too.

A remark may be changed or taken back for a while. Then it becomes an interaction, once, of the moment at
which it was made; its words stay for the office.
"""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from matcher.cohorts.introducing.introduction import Side
from matcher.errors import InvalidInput
from matcher.interactions import Interaction, InteractionType, local

WHILE = dt.timedelta(minutes=10)
"""So long a remark may be taken back."""
MOST_TEXT = 1000


class RemarkKind(StrEnum):
    """What is said, by the type of the interaction that it becomes."""

    DISMISSED = "dismissed"
    RATED = "rated"
    MET = "met"
    MENTORED = "mentored"
    INVESTED = "invested"


OUTCOMES = (RemarkKind.MET, RemarkKind.MENTORED, RemarkKind.INVESTED)
"""What may come of an introduction, besides a rating."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """One remark. `introduction` is what a rating or an outcome is of, "" for a dismissal; `value` a rating
    from 1 to 5. `side` is None where the office said it. `day` (ISO) and `happened_at` are when an outcome
    came about, "" and None for what is not one; `stage`, `amount` and `currency` are a deal's context.

    `number` is 0 and `recorded_at` None before it is kept; `recorded_at` is when it became an interaction.

    Raises:
        InvalidInput: a text that is too long, a rating that is none.
    """

    organisation: str
    startup_key: str
    partner_key: str
    side: Side | None
    kind: RemarkKind
    at: dt.datetime
    text: str = ""
    value: float | None = None
    introduction: str = ""
    request_id: str = ""
    day: str = ""
    happened_at: dt.datetime | None = None
    stage: str = ""
    amount: float | None = None
    currency: str = ""
    number: int = 0
    recorded_at: dt.datetime | None = None

    def __post_init__(self) -> None:
        if len(self.text) > MOST_TEXT:
            rule = f"has {len(self.text)} characters (at most {MOST_TEXT})"
            raise InvalidInput("text", self.text, rule, "shorten it")
        self.interaction()

    @property
    def record_at(self) -> dt.datetime:
        """When it can no longer be taken back."""
        return self.at + WHILE

    def interaction(self) -> Interaction:
        """The event that it becomes. Made again it is the same event."""
        return Interaction(
            organisation=self.organisation,
            startup_id=local(self.organisation, self.startup_key),
            partner_id=local(self.organisation, self.partner_key),
            type=InteractionType(self.kind.value),
            at=self.happened_at or self.at,
            value=self.value,
            stage=self.stage,
            amount=self.amount,
            currency=self.currency,
            request_id=self.request_id,
        )
