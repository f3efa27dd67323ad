"""What solving a run gave: who meets whom, who comes next, and what it all rests on."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from matcher.matching.answers import PairScore


class Origin(StrEnum):
    """How a pair came into the result."""

    SOLVED = "solved"
    LOCKED = "locked"
    SWAPPED = "swapped"
    ADDED = "added"
    KEPT = "kept"
    """Accepted in the published run that this one goes on from."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """A pair of the result. `slot` is its time on the meeting day, "" where there is none."""

    pair: PairScore
    origin: Origin
    slot: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Alternate:
    """Who comes next for a startup; `place` 1 is the first."""

    place: int
    pair: PairScore


@dataclass(frozen=True, slots=True, kw_only=True)
class Price:
    """A partner's places, how many are taken, and what one more would bring: `first` in units of the
    objective's first question (startups met, pairs kept), `value` in total score beside that."""

    partner_id: str
    places: int
    taken: int
    first: int
    value: float


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """A startup that meets nobody: how many partners were eligible, and how many each rule removed."""

    startup_id: str
    eligible: int
    removed: Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shortage:
    """A service that `wanted` startups of the cohort need: `offered` by so many partners, with `places` left
    between them; `short` is how many more places those startups would take."""

    service: str
    wanted: int
    offered: int
    places: int
    short: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """The result in figures. `total` is the sum of the pairs' scores, `bound` what it can at most be, `gap`
    between them as a share; `proved` that it is best in every question of the objective.

    `gave_way` has meetings short of (or beyond) limits that are no must: startup_min, partner_min, per_firm.
    `blocking` counts pairs of which both would rather have each other (see `matcher.assignment.stability`).
    `model_version` is the one that scored.
    """

    startups: int
    partners: int
    met: int
    pairs: int
    total: float
    bound: float
    gap: float
    proved: bool
    worst: float
    """The smallest sum of scores of a startup that meets somebody; 0 where none does."""
    gave_way: Mapping[str, int]
    blocking: int
    candidates: int
    """How many pairs were eligible and looked at."""
    seconds: float
    model_version: str
    against: str = ""
    """The run whose pairs were to be kept, "" for none."""
    dropped: int = 0
    """How many of those pairs were not kept."""
    prices: tuple[Price, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    supply: tuple[Shortage, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """A solved run's result."""

    summary: Summary
    meetings: tuple[Meeting, ...]
    alternates: tuple[Alternate, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """One kind of change: `action` names it (see `matcher.assignment.ways_out.Change`; "undo" is of an edit).

    `who` are the ids that it is about and `by` how much for each; `pairs` those that may meet or are no
    longer locked; `what` the rule that is set aside, or the edit's number.
    """

    action: str
    who: tuple[str, ...] = ()
    by: tuple[int, ...] = ()
    pairs: tuple[tuple[str, str], ...] = ()
    what: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WayOut:
    """Moves to be made together: so many of the missing meetings they mend, so many are missing still."""

    moves: tuple[Move, ...]
    mends: int
    left: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Clash:
    """Limits that cannot hold together, and can as soon as one of them is left out.

    `limits` name them (see `matcher.assignment.bounds.LimitKind`; "wanted" is a pair that staff want and
    `rules` forbid). The `startups` ask for `demand` meetings with the `partners`, who can have `supply`.
    `services` are those which all these startups need and the run says must be met.
    """

    limits: tuple[str, ...]
    startups: tuple[str, ...]
    partners: tuple[str, ...]
    demand: int
    supply: int
    services: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    ways_out: tuple[WayOut, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Impasse:
    """Why a run cannot be solved: its bottlenecks, each with what would mend it."""

    clashes: tuple[Clash, ...]
