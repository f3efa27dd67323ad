"""What came of an introduction: who met, who was mentored, who invested."""

import datetime as dt
from dataclasses import dataclass

from matcher.cohorts.introducing.introduction import Introduction, IntroductionStatus, Side
from matcher.errors import Conflict, InvalidInput
from matcher.remarks import OUTCOMES, RemarkKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """One thing that came of it, at a moment; `stage`, `amount` and `currency` are a deal's context.

    `number` names what may still be taken back, until `record_at`, by the `side` that said it (None: the
    office); 0 and None once it is on record.
    """

    kind: RemarkKind
    at: dt.datetime
    stage: str = ""
    amount: float | None = None
    currency: str = ""
    number: int = 0
    record_at: dt.datetime | None = None
    side: Side | None = None

    @property
    def by_office(self) -> bool:
        """Whether the office said it and may take it back."""
        return self.record_at is not None and self.side is None

    @property
    def is_same_as(self) -> tuple[RemarkKind, dt.datetime, str, float | None]:
        """Equal for two records of one event, as interactions have it."""
        return (self.kind, self.at, self.stage, self.amount)


def moment_of(introduction: Introduction, day: dt.date, zone: dt.tzinfo) -> dt.datetime:
    """When something of that day is put: at its first moment in UTC, as imports have it, but not before both
    agreed on the same day. Both sides and the office come to the same moment."""
    begins = dt.datetime.combine(day, dt.time(), dt.UTC)
    agreed = introduction.ended_at
    return agreed if agreed and agreed.astimezone(zone).date() == day else begins


def check_outcome(introduction: Introduction, kind: RemarkKind, day: dt.date, today: dt.date) -> None:
    """Whether that can have come of the introduction.

    Raises:
        Conflict: the two have not agreed to meet. InvalidInput: no outcome, or a day that is still to come.
    """
    if introduction.status is not IntroductionStatus.ACCEPTED:
        raise Conflict("only of an introduction that both agreed to can something come")
    if kind not in OUTCOMES:
        raise InvalidInput("kind", kind, "comes of no introduction", f"say one of {', '.join(OUTCOMES)}")
    if day > today:
        raise InvalidInput("day", day.isoformat(), "has not happened yet", "record it when it has")
