"""Match runs as JSON: what is answered."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import Any, Self

from pydantic import BaseModel, Field

from api.schemas.common import Answer
from api.schemas.matches import Language, PairOut, pair_out
from matcher.cohorts.comparing import Comparison
from matcher.cohorts.edits import Edit, EditKind
from matcher.cohorts.phrases import WAITS
from matcher.cohorts.result import Alternate, Clash, Impasse, LeftOut, Meeting, Origin, Summary
from matcher.cohorts.run import EventKind, MatchRun, RunEvent
from matcher.cohorts.status import MOVES, RunStatus
from matcher.cohorts.wording import (
    Names,
    clash_sentence,
    removed_sentence,
    service_name,
    shortage_sentence,
    way_sentence,
)
from matcher.profiles import Role


class RunOut(BaseModel):
    """A run as it stands. `version` grows with every change; `may_become` are the moves there are.

    `waiting` says that no worker has begun to solve it. `stale`: the result is of an earlier version.
    """

    id: str
    cohort: str
    role: Role
    configuration: dict[str, Any]
    status: RunStatus
    may_become: list[RunStatus]
    version: int
    created_at: dt.datetime
    updated_at: dt.datetime
    copied_from: str
    queued_at: dt.datetime | None
    started_at: dt.datetime | None
    heartbeat_at: dt.datetime | None
    waiting: str = Field(description="why nothing happens yet; empty where something does")
    stale: bool
    failure: str = Field(description="why the last solving came to nothing; empty where it did not")
    published_at: dt.datetime | None
    closed_at: dt.datetime | None

    @classmethod
    def of(cls, run: MatchRun, language: Language) -> Self:
        """The run as JSON."""
        plain = (
            "id cohort status version created_at updated_at copied_from queued_at started_at heartbeat_at "
            "failure published_at closed_at"
        )
        return cls(
            **{name: getattr(run, name) for name in plain.split()},
            role=run.configuration.role,
            configuration=run.configuration.to_json(),
            may_become=list(MOVES[run.status]),
            waiting=WAITS[language] if run.waits else "",
            stale=run.solved_version is not None and run.status in (RunStatus.DRAFT, RunStatus.INFEASIBLE),
        )


class RunAnswer(RunOut, Answer):
    """One run."""


class RunsAnswer(Answer):
    """Runs, the newest first."""

    runs: list[RunOut]


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


class MoveOut(BaseModel):
    """One kind of change: for `who` `by` how much, or for which `pairs`; `what` is the rule or the edit."""

    action: str
    who: list[str]
    by: list[int]
    pairs: list[tuple[str, str]]
    what: str


class WayOutOut(BaseModel):
    """What would mend it: so many of the missing meetings, so many are `left`."""

    moves: list[MoveOut]
    mends: int
    left: int
    sentence: str


class ClashOut(BaseModel):
    """Limits that cannot hold together: the `startups` ask for `demand` meetings with the `partners`, who
    can have `supply`."""

    limits: list[str]
    startups: list[str]
    partners: list[str]
    demand: int
    supply: int
    services: list[str]
    rules: list[str]
    ways_out: list[WayOutOut]
    sentence: str

    @classmethod
    def of(cls, clash: Clash, role: Role, names: Names, language: Language) -> Self:
        """The clash and its ways out in words."""
        ways = [
            WayOutOut(
                moves=[MoveOut(**asdict(move)) for move in way.moves],
                mends=way.mends,
                left=way.left,
                sentence=way_sentence(way, role, names, language),
            )
            for way in clash.ways_out
        ]
        plain = {
            name: getattr(clash, name) for name in cls.model_fields if name not in {"ways_out", "sentence"}
        }
        return cls(**plain, ways_out=ways, sentence=clash_sentence(clash, role, language))


class ImpasseAnswer(Answer):
    """Why a run cannot be solved; nothing where it can, or was not tried."""

    clashes: list[ClashOut]

    @classmethod
    def told(
        cls, impasse: Impasse | None, role: Role, names: Names, request_id: str, language: Language
    ) -> Self:
        """The bottlenecks in words."""
        clashes = impasse.clashes if impasse else ()
        told = [ClashOut.of(clash, role, names, language) for clash in clashes]
        return cls(request_id=request_id, clashes=told)


class RunEventOut(BaseModel):
    """One change of a run: when (UTC), by whom, why, and what it was about."""

    version: int
    at: dt.datetime
    by: str
    kind: EventKind
    why: str
    details: dict[str, Any]


class RunEventsAnswer(Answer):
    """Every change, oldest first."""

    events: list[RunEventOut]

    @classmethod
    def told(cls, events: Iterable[RunEvent], request_id: str) -> Self:
        """The events as JSON."""
        return cls(
            request_id=request_id,
            events=[RunEventOut(**{**asdict(event), "details": dict(event.details)}) for event in events],
        )


class EditOut(BaseModel):
    """One edit by hand that counts; `number` is what undoes it."""

    number: int
    kind: EditKind
    startup_id: str
    partner_id: str
    instead_of: str
    reason: str
    by: str
    at: dt.datetime
    version: int


class EditsAnswer(Answer):
    """The edits that count, oldest first."""

    edits: list[EditOut]

    @classmethod
    def told(cls, edits: Sequence[Edit], request_id: str) -> Self:
        """The edits as JSON."""
        return cls(request_id=request_id, edits=[EditOut(**asdict(edit)) for edit in edits])


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
