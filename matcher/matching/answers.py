"""What a match request answers: frozen values that the command line, HTTP and the page serialise."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from matcher.profiles import Role


class Warmth(StrEnum):
    """How much is known of a profile: it has interactions, only features, or neither."""

    HOT = "hot"
    WARM = "warm"
    COLD = "cold"


@dataclass(frozen=True, slots=True)
class Reason:
    """One term of a score.

    `signal` names the term; `points` is what it adds to the score (both on 0–1; negative lowers it);
    `facts` fill the sentence that `matcher.matching.wording.sentence` writes; `uncertain`: they are few, and
    the sentence says so. The base (an average
    pair) and the terms of a pair add up to its score.
    """

    signal: str
    points: float
    facts: Mapping[str, object] = field(default_factory=dict)
    uncertain: bool = False


@dataclass(frozen=True, slots=True)
class PairScore:
    """One pair's score and halves, probabilities in 0–1.

    `base` is the score of an average pair and `reasons` (strongest first) carry it to `score`:
    base + sum of points = score, to rounding error.
    """

    startup_id: str
    partner_id: str
    role: Role
    score: float
    p_startup: float
    p_partner: float
    base: float
    reasons: tuple[Reason, ...]
    warmth: Warmth
    """Of the one that was looked for: the partner in a startup's list, the startup in a partner's."""


@dataclass(frozen=True, slots=True)
class Match:
    """One line of a match list: rank 1 is best.

    `spread`: it took the place of one with a higher score who is shown to many, in a list that spreads
    exposure. Lines stand in the order of their scores all the same.
    """

    rank: int
    name: str
    pair: PairScore
    spread: bool = False


@dataclass(frozen=True, slots=True)
class Funnel:
    """How many were left after each step: pool → eligible → capacity left → returned."""

    pool: int
    eligible: int
    capacity_left: int
    returned: int
    removed: Mapping[str, int] = field(default_factory=dict)
    """How many each eligibility rule removed (the first rule that applied counts)."""


@dataclass(frozen=True, slots=True)
class MatchList:
    """The ranked answer for one query profile. `model_version` is "profiles-only" before any training.

    `role` is what was looked for, None for both partner roles in one list.
    """

    query_id: str
    role: Role | None
    matches: tuple[Match, ...]
    funnel: Funnel
    warmth: Warmth
    model_version: str


@dataclass(frozen=True, slots=True)
class Filters:
    """Must-haves of a request: a candidate passes with at least one of each non-empty field's labels."""

    industries: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    stages: tuple[str, ...] = ()
    offers: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Explanation:
    """One pair explained, whether or not it was listed (why-not).

    `removed_by` names the rules that make the pair ineligible (empty where it is eligible) with their
    facts; `rank` is the place that the pair reached among the eligible (1 is best, None where it is
    ineligible), `listed_score` the score of the last place of a list of k, `lacking` how far the pair
    is below it (0 where it is listed).
    """

    pair: PairScore
    removed_by: tuple[Reason, ...]
    rank: int | None
    eligible: int
    k: int
    listed_score: float | None
    lacking: float
    model_version: str
