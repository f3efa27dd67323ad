"""Reports of outcomes, exposure and supply as JSON."""

import datetime as dt
from dataclasses import asdict
from typing import Any, Self

from pydantic import BaseModel, Field

from api.schemas.common import Answer
from api.schemas.reports import RateOut, ReportQuery
from api.spreadsheets import FileKind
from matcher.reports.exposure import ExposureReport, Line
from matcher.reports.outcomes import STEPS, Funnel, OutcomeReport
from matcher.reports.supply import Supply, SupplyReport


class ReportTableQuery(ReportQuery):
    """As which file."""

    format: FileKind = FileKind.XLSX


class FunnelOut(BaseModel):
    """How many pairs reached each step, of those that entered in the span."""

    name: str
    offered: int = Field(description="entered: were offered by a published run, asked for, or more")
    requested: int = Field(description="were asked for: the startup said yes, or more came of it")
    accepted: int
    met: int
    rated: int
    invested: int
    declined: int = Field(description="were declined, and never accepted")
    rating: float | None = Field(description="the mean of the pairs' ratings (1–5)")
    shares: dict[str, RateOut]

    @classmethod
    def of(cls, funnel: Funnel) -> Self:
        """The funnel with each step's share."""
        shares = {step: RateOut(**asdict(funnel.rate(step))) for step in STEPS[1:]}
        return cls(**asdict(funnel), shares=shares)


class OutcomesAnswer(Answer):
    """What became of the pairs that entered in [since, until), with all that happened since."""

    since: dt.datetime
    until: dt.datetime
    total: FunnelOut
    by: dict[str, list[FunnelOut]] = Field(description='"month", "role" of the partner, "cohort" by id')

    @classmethod
    def told(cls, report: OutcomeReport, request_id: str) -> Self:
        """The report as an answer."""
        return cls(
            request_id=request_id,
            since=report.since,
            until=report.until,
            total=FunnelOut.of(report.total),
            by={what: [FunnelOut.of(each) for each in groups] for what, groups in report.groups.items()},
        )


class ShownOut(BaseModel):
    """How often a partner was shown, and how often it would have been in proportion to capacity."""

    partner: str
    name: str
    role: str
    capacity: int | None
    shown: int
    due: float

    @classmethod
    def of(cls, line: Line) -> Self:
        """One partner's line."""
        who = line.partner
        return cls(
            partner=who.key,
            name=who.name,
            role=who.role,
            capacity=who.capacity,
            shown=line.shown,
            due=line.due,
        )


class ExposureAnswer(Answer):
    """Whether a few partners get all the attention of the organisation's startups."""

    since: dt.datetime
    until: dt.datetime
    partners: int
    shown: int = Field(
        description="offers of published runs, lines of lists that were served, and events that were "
        "imported; the lists that the office opens on its pages are no exposure"
    )
    never: int = Field(description="partners who were not shown at all")
    gini: float = Field(description="of how often each was shown: 0 all alike, near 1 a few have all")
    gini_due: float = Field(description="the same of shown ÷ due: by room instead of by head")
    lorenz: list[float] = Field(description="what part of all the least shown share of partners have")
    most: list[ShownOut]
    least: list[ShownOut] = Field(description="who lacks most of its due")

    @classmethod
    def told(cls, report: ExposureReport, request_id: str) -> Self:
        """The report as an answer."""
        plain: dict[str, Any] = {
            name: getattr(report, name) for name in ("since", "until", "shown", "never", "gini", "gini_due")
        }
        return cls(
            request_id=request_id,
            **plain,
            partners=len(report.lines),
            lorenz=list(report.curve),
            most=[ShownOut.of(line) for line in report.most],
            least=[ShownOut.of(line) for line in report.least],
        )


class SupplyOut(BaseModel):
    """One service or industry: how many want it, how many give it, with how many free places."""

    code: str
    wanted: int
    partners: int
    places: int
    unlimited: int = Field(description="partners who state no limit; their places are not counted")
    short: int = Field(description="startups left over if partners did nothing else")

    @classmethod
    def of(cls, line: Supply) -> Self:
        """One line."""
        return cls(**asdict(line), short=line.short)


class SupplyAnswer(Answer):
    """What active startups need beside what active partners give, now; the scarcest first."""

    startups: int
    partners: int
    services: list[SupplyOut]
    industries: list[SupplyOut]

    @classmethod
    def told(cls, report: SupplyReport, request_id: str) -> Self:
        """The report as an answer."""
        return cls(
            request_id=request_id,
            startups=report.startups,
            partners=report.partners,
            services=[SupplyOut.of(line) for line in report.services],
            industries=[SupplyOut.of(line) for line in report.industries],
        )
