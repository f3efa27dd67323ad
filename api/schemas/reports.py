"""Reports as JSON."""

import datetime as dt
from dataclasses import asdict
from typing import Any, Self

from pydantic import BaseModel, Field

from api.schemas.common import Answer, Query
from api.schemas.matches import Language
from matcher.matching.phrases import Language as Spoken
from matcher.reports.acceptance import COUNTS, RATES, AcceptanceReport, Tally
from matcher.reports.comparing import FOLLOW_UP_DAYS, Comparison
from matcher.reports.wording import compared, notes


class ReportQuery(Query):
    """Which days a report is of, both included (UTC), and the language of its sentences."""

    first: dt.date | None = Field(default=None, alias="from", description="90 days before the end")
    last: dt.date | None = Field(default=None, alias="to", description="now")
    lang: Language = "zh"

    @property
    def since(self) -> dt.datetime | None:
        """The first moment."""
        return midnight(self.first) if self.first else None

    @property
    def until(self) -> dt.datetime | None:
        """The first moment after."""
        return midnight(self.last) + dt.timedelta(days=1) if self.last else None


def midnight(day: dt.date) -> dt.datetime:
    """The first moment of a day, UTC."""
    return dt.datetime.combine(day, dt.time(), dt.UTC)


class RateOut(BaseModel):
    """A share and its 95 % interval (Wilson); null of no cases."""

    share: float | None
    low: float
    high: float
    of: int


class TallyOut(BaseModel):
    """How many lines were shown, and what they led to."""

    shown: int
    requested: int = Field(description="the reader of the list said yes")
    dismissed: int = Field(description="it said no, and never yes")
    accepted: int = Field(description="the one shown said yes")
    declined: int = Field(description="it said no, and never yes")
    met: int = Field(description="the two met, or more: a yes of both")
    requested_of_shown: RateOut
    accepted_of_requested: RateOut
    agreed_of_shown: RateOut = Field(description="both said yes")


class GroupOut(TallyOut):
    """The same of the lines that have something in common."""

    name: str


class GroupsOut(BaseModel):
    """Lines by what they have in common: versions as they began, positions from 1, roles of who was shown."""

    version: list[GroupOut]
    position: list[GroupOut]
    role: list[GroupOut]
    organisation: list[GroupOut]


class OddsOut(BaseModel):
    """An odds ratio and its 95 % interval."""

    ratio: float
    low: float
    high: float


class ComparisonOut(BaseModel):
    """A version against the one before it, at equal position; `odds_ratio` is null where none can be told."""

    version: str
    against: str
    odds_ratio: OddsOut | None
    pairs: int
    yes: int
    pairs_against: int
    yes_against: int
    sentence: str


class AcceptanceOut(BaseModel):
    """What came of the lists served in [since, until)."""

    since: dt.datetime
    until: dt.datetime
    organisation: str = Field(description="empty: all of them")
    window_days: int = Field(description="how long a list takes answers that name none")
    follow_up_days: int = Field(description="how long each pair is followed where versions are compared")
    lists: int
    recent: int = Field(description="lists younger than window_days: more answers may come")
    named: int = Field(description="answers that name their list")
    assumed: int = Field(description="answers counted for the latest list that had shown the pair")
    stray: int = Field(description="answers to no list on record")
    total: TallyOut
    by: GroupsOut
    comparisons: list[ComparisonOut]
    notes: list[str]

    @classmethod
    def of(cls, report: AcceptanceReport, language: Spoken) -> Self:
        """The report with its sentences."""
        plain = (
            "since",
            "until",
            "organisation",
            "window_days",
            "lists",
            "recent",
            "named",
            "assumed",
            "stray",
        )
        return cls(
            **{name: getattr(report, name) for name in plain},
            follow_up_days=FOLLOW_UP_DAYS,
            total=TallyOut(**figures(report.total)),
            by=GroupsOut(
                **{
                    what: [GroupOut(name=group.name, **figures(group.tally)) for group in groups]
                    for what, groups in report.groups.items()
                }
            ),
            comparisons=[_comparison(each, language) for each in report.comparisons],
            notes=notes(report, language),
        )


class AcceptanceAnswer(AcceptanceOut, Answer):
    """The report as an answer."""


def figures(tally: Tally) -> dict[str, Any]:
    """The counts and rates of a tally by name, in the order in which they are read."""
    counts = {name: getattr(tally, name) for name in COUNTS}
    return counts | {name: asdict(getattr(tally, name)) for name in RATES}


def _comparison(comparison: Comparison, language: Spoken) -> ComparisonOut:
    return ComparisonOut(
        version=comparison.version,
        against=comparison.against,
        odds_ratio=OddsOut(**asdict(comparison.odds)) if comparison.odds else None,
        pairs=comparison.pairs,
        yes=comparison.yes,
        pairs_against=comparison.pairs_against,
        yes_against=comparison.yes_against,
        sentence=compared(comparison, language),
    )
