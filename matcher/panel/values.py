"""A review panel: its settings, applications, reviewers, and the reviews between them."""

import datetime as dt
from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum

from matcher.errors import InvalidInput
from matcher.interactions import qualified
from matcher.panel.criteria import Criterion, check_criteria
from matcher.profiles import MAX_NAME

MOST_APPLICATIONS = 2000
MOST_REVIEWERS = 2000
MOST_PAIRS = 400_000
LARGEST_AMOUNT = 10**15
LONGEST_CALL = 5000


class PanelStatus(StrEnum):
    """How far a panel is. A decision can be reopened, which leads back to assigned."""

    DRAFT = "draft"
    ASSIGNED = "assigned"
    DECIDED = "decided"


class RankBy(StrEnum):
    """Which mean of its scores ranks an application."""

    RAW = "raw"
    """As the reviewers gave them."""
    CENTRED = "centred"
    """Less what each reviewer gives above all reviewers' mean (see `matcher.panel.ranking`)."""


class TieBreak(StrEnum):
    """What decides between applications of the same mean, tried in the order of the settings."""

    LOWEST_SCORE = "lowest_score"
    """The one whose lowest score is higher: nobody doubts it as much."""
    MEDIAN_SCORE = "median_score"
    """The one whose median score is higher."""
    LESS_ASKED = "less_asked"
    """The one that asks for less; unknown amounts come last."""
    EARLIER = "earlier"
    """The one that stands earlier in the panel's list. Always the last word."""


class Sharing(StrEnum):
    """How a budget is shared among ranked applications."""

    IN_ORDER = "in_order"
    """From the top, each as much as it may have; one whose least useful amount is not left is passed over."""
    STRICT_ORDER = "strict_order"
    """As in_order, but nobody after the first for whom the money does not last."""
    MOST_PROJECTS = "most_projects"
    """From the top, each its least useful amount; what is then left tops them up, again from the top."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PanelSettings:
    """How a panel works. Amounts are whole units of `currency`. `call` says what it is for, `due` the day by
    whose end scores are asked for. With `criteria` a score is the weighted mean of a mark for each.

    `each`: reviewers of an application. `quorum`: scores that an application must have to be ranked (None:
    `each`). `per_firm`: reviewers of one firm that an application gets at most. `pass_mark`: the least mean,
    of the kind that ranks, that is awarded anything. `step`: partial awards are whole multiples of it, or
    the least useful amount where that is more.

    Raises:
        InvalidInput: a number outside its range.
    """

    each: int = 3
    per_firm: int | None = None
    score_min: float = 0.0
    score_max: float = 100.0
    rank_by: RankBy = RankBy.RAW
    tie_breaks: tuple[TieBreak, ...] = (TieBreak.LOWEST_SCORE, TieBreak.LESS_ASKED, TieBreak.EARLIER)
    quorum: int | None = None
    pass_mark: float | None = None
    currency: str = "CNY"
    budget: int | None = None
    cap: int | None = None
    step: int = 1
    sharing: Sharing = Sharing.IN_ORDER
    call: str = ""
    due: dt.date | None = None
    criteria: tuple[Criterion, ...] = ()

    def __post_init__(self) -> None:
        for name, least in (
            ("each", 1),
            ("per_firm", 1),
            ("quorum", 1),
            ("step", 1),
            ("budget", 0),
            ("cap", 1),
        ):
            check_whole(name, getattr(self, name), least)
        check_criteria(self.criteria)
        if len(self.call) > LONGEST_CALL:
            raise InvalidInput("call", self.call[:80], f"must be at most {LONGEST_CALL:,} characters")
        if not self.score_min < self.score_max:
            rule = f"must be above the lowest score {self.score_min:g}"
            raise InvalidInput("score_max", self.score_max, rule)
        if self.quorum is not None and self.quorum > self.each:
            raise InvalidInput(
                "quorum", self.quorum, f"is more than the {self.each} reviewers of an application"
            )

    @property
    def scores_needed(self) -> int:
        """How many scores an application must have to be ranked."""
        return self.each if self.quorum is None else self.quorum

    @property
    def rules(self) -> tuple[TieBreak, ...]:
        """The tie-break rules in order, each once, EARLIER as the last word."""
        given = [rule for rule in self.tie_breaks if rule is not TieBreak.EARLIER]
        return (*dict.fromkeys(given), TieBreak.EARLIER)


@dataclass(frozen=True, slots=True, kw_only=True)
class Application:
    """What a startup applies with. `asked` and `least`, the least amount that would be of use, are whole
    units of the panel's currency; None is unknown (of `least`: the whole amount is needed).

    Raises:
        InvalidInput: a blank id, an amount that is none, more needed than asked.
    """

    id: str
    startup_id: str
    title: str = ""
    asked: int | None = None
    least: int | None = None
    withdrawn: bool = False

    def __post_init__(self) -> None:
        for name in ("id", "startup_id"):
            check_name(name, getattr(self, name))
        check_whole("asked", self.asked, 1)
        check_whole("least", self.least, 1)
        if self.asked is not None and self.least is not None and self.least > self.asked:
            raise InvalidInput("least", self.least, f"is more than the {self.asked} asked for")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reviewer:
    """An expert: a mentor or investor by `partner_id`, or somebody known by name only ("").

    `conflicts` are applications or startups, by id or name, beyond those that the profiles and the past tell.
    `least` and `most` bound how many applications the reviewer reads (None: no limit).

    Raises:
        InvalidInput: a blank id or name, limits that cannot hold.
    """

    id: str
    name: str
    partner_id: str = ""
    firm: str = ""
    conflicts: tuple[str, ...] = ()
    least: int = 0
    most: int | None = None

    def __post_init__(self) -> None:
        check_name("id", self.id)
        check_name("name", self.name)
        check_whole("least", self.least, 0)
        check_whole("most", self.most, 0)
        if self.most is not None and self.least > self.most:
            raise InvalidInput(
                "least", self.least, f"is more than the {self.most} that the same reviewer may read"
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """One reviewer's reading of one application. `expertise` is the score of the pair, 0…1; `score` is None
    until it comes in; `marks` are those of the criteria that made it, in their order, () where none were
    given."""

    application: str
    reviewer: str
    expertise: float
    score: float | None = None
    comment: str = ""
    scored_at: dt.datetime | None = None
    scored_by: str = ""
    marks: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """A panel as it stands. `version` rises with every change of it or its assignment, not with scores."""

    organisation: str
    id: str
    name: str
    settings: PanelSettings
    applications: tuple[Application, ...]
    reviewers: tuple[Reviewer, ...]
    status: PanelStatus = PanelStatus.DRAFT
    version: int = 1
    reviews: tuple[Review, ...] = field(default=())

    def __post_init__(self) -> None:
        check_name("id", self.id)
        check_name("name", self.name)
        _check_listed("applications", [each.id for each in self.applications], MOST_APPLICATIONS)
        _check_listed("reviewers", [each.id for each in self.reviewers], MOST_REVIEWERS)
        pairs = len(self.applications) * len(self.reviewers)
        if pairs > MOST_PAIRS:
            rule = f"with as many reviewers make {pairs:,} pairs (at most {MOST_PAIRS:,})"
            raise InvalidInput("applications", len(self.applications), rule, "make several panels")

    def reviewer_behind(self, key: str) -> Reviewer | None:
        """The reviewer that the profile of the key is; None where it is none."""
        partners = ((each, each.partner_id) for each in self.reviewers if each.partner_id)
        return next((each for each, id_ in partners if qualified(self.organisation, id_) == key), None)


def check_whole(name: str, value: int | None, least: int) -> None:
    """Refuse what is no whole number from `least` to LARGEST_AMOUNT; None is none at all.

    Raises:
        InvalidInput: another value.
    """
    if value is not None and not least <= value < LARGEST_AMOUNT:
        raise InvalidInput(name, value, f"must be a whole number from {least}, below 10^15")


def check_name(name: str, value: str) -> None:
    """Refuse a blank or endless id or name.

    Raises:
        InvalidInput: blank, white space at an end, over 300 characters or unprintable.
    """
    if not value or value != value.strip() or len(value) > MAX_NAME or not value.isprintable():
        raise InvalidInput(name, value, f"must be 1 to {MAX_NAME} printable characters")


def _check_listed(name: str, ids: list[str], most: int) -> None:
    if not 1 <= len(ids) <= most:
        raise InvalidInput(name, len(ids), f"must be 1 to {most:,}")
    for id_, count in Counter(ids).items():
        if count > 1:
            raise InvalidInput(name, id_, "is listed twice", "give each an id of its own")
