"""What solving a match run gave, as JSON: figures, pairs, alternates and what differs in another run."""

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any, Self

from pydantic import BaseModel

from api.schemas.common import Answer
from api.schemas.matches import Language, PairOut, pair_out
from matcher.cohorts.comparing import Comparison
from matcher.cohorts.result import Alternate, LeftOut, Meeting, Origin, Summary
from matcher.cohorts.wording import removed_sentence, service_name, shortage_sentence


class PriceOut(BaseModel):
    """What one more place with a partner would bring: `first` in units of the objective's first question
    (startups met, pairs kept), `value` in total score beside that."""

    partner_id: str
    places: int
    taken: int
    first: int
    value: float


class RemovedOut(BaseModel):
    """A rule, and how many partners it removed for a startup."""

    rule: str
    count: int
    sentence: str


class LeftOutOut(BaseModel):
    """A startup that meets nobody, and why not."""

    startup_id: str
    eligible: int
    removed: list[RemovedOut]

    @classmethod
    def of(cls, left: LeftOut, language: Language) -> Self:
        """The startup with its rules in words."""
        removed = [
            RemovedOut(rule=rule, count=count, sentence=removed_sentence(rule, language))
            for rule, count in left.removed.items()
        ]
        return cls(startup_id=left.startup_id, eligible=left.eligible, removed=removed)


class ShortageOut(BaseModel):
    """A service for which there are fewer places than startups that need it."""

    service: str
    name: str
    wanted: int
    offered: int
    places: int
    short: int
    sentence: str


class SummaryOut(BaseModel):
    """The result in figures. `bound` is what the total can at most be, `gap` the distance as a share;
    `proved` that it is best. `gave_way` are meetings short of (or beyond) limits that are no must. `blocking`
    counts pairs of which both would rather have each other, among the `candidates` looked at."""

    startups: int
    partners: int
    met: int
    pairs: int
    total: float
    bound: float
    gap: float
    proved: bool
    worst: float
    gave_way: dict[str, int]
    blocking: int
    candidates: int
    seconds: float
    model_version: str
    against: str
    dropped: int
    prices: list[PriceOut]
    left_out: list[LeftOutOut]
    supply: list[ShortageOut]

    @classmethod
    def of(cls, summary: Summary, language: Language) -> Self:
        """The summary as JSON, with its sentences."""
        told: dict[str, Any] = {
            "prices": [PriceOut(**asdict(price)) for price in summary.prices],
            "left_out": [LeftOutOut.of(left, language) for left in summary.left_out],
            "supply": [
                ShortageOut(
                    **asdict(each),
                    name=service_name(each.service, language),
                    sentence=shortage_sentence(each, language),
                )
                for each in summary.supply
            ],
        }
        plain = {name: getattr(summary, name) for name in cls.model_fields if name not in told}
        return cls(**plain, **told)


class SummaryAnswer(SummaryOut, Answer):
    """The result in figures."""


class MeetingOut(PairOut):
    """A pair of the result: how it came in, and its time on the meeting day ("" for none)."""

    origin: Origin
    slot: str

    @classmethod
    def of(cls, meeting: Meeting, language: Language) -> Self:
        """The pair with its reasons in words."""
        return cls(**pair_out(meeting.pair, language), origin=meeting.origin, slot=meeting.slot)


class AlternateOut(PairOut):
    """Who comes next for a startup; `place` 1 is the first."""

    place: int

    @classmethod
    def of(cls, alternate: Alternate, language: Language) -> Self:
        """The alternate with its reasons in words."""
        return cls(**pair_out(alternate.pair, language), place=alternate.place)


class MeetingsAnswer(Answer):
    """A page of pairs, by startup, the better pair first; `next_offset` continues it, null at the end."""

    pairs: list[MeetingOut]
    next_offset: int | None


class AlternatesAnswer(Answer):
    """A page of alternates, by startup, in their order; `next_offset` continues it, null at the end."""

    alternates: list[AlternateOut]
    next_offset: int | None


class PairName(BaseModel):
    """Who of two."""

    startup_id: str
    partner_id: str


class StartupChangeOut(BaseModel):
    """A startup whose partners differ, and how much its sum of scores rises."""

    startup_id: str
    dropped: list[str]
    added: list[str]
    difference: float


class ComparisonAnswer(Answer):
    """What is different in the second run; differences are second less first."""

    kept: int
    dropped: list[PairName]
    added: list[PairName]
    total: float
    met: int
    worst: float
    startups: list[StartupChangeOut]

    @classmethod
    def told(cls, found: Comparison, request_id: str) -> Self:
        """The comparison as JSON."""
        return cls(
            request_id=request_id,
            kept=found.kept,
            dropped=_names(found.dropped),
            added=_names(found.added),
            total=found.total,
            met=found.met,
            worst=found.worst,
            startups=[StartupChangeOut(**asdict(each)) for each in found.startups],
        )


def _names(pairs: Iterable[tuple[str, str]]) -> list[PairName]:
    return [PairName(startup_id=startup, partner_id=partner) for startup, partner in pairs]
