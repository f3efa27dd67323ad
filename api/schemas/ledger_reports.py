"""The performance board and the assessment table as JSON."""

import datetime as dt
from dataclasses import asdict
from typing import Any

from pydantic import BaseModel, Field

from api.schemas.common import Answer, Query
from api.schemas.ledger import NeedOut
from api.schemas.matches import Language
from api.spreadsheets import FileKind
from matcher.attention.assessment import Assessment
from matcher.attention.board import Board, Line, Trend
from matcher.attention.periods import Period, Span
from matcher.attention.summary import Changes, Summary


class MonthsQuery(Query):
    """Which months, both included, by any of their days."""

    first: dt.date | None = Field(default=None, alias="from", description="a year, or half, before the end")
    last: dt.date | None = Field(default=None, alias="to", description="the last month with a report")
    lang: Language = "zh"


class PerformanceQuery(MonthsQuery):
    """The periods of the board."""

    period: Period = Period.MONTH


class PerformanceTableQuery(PerformanceQuery):
    """The board as a file."""

    format: FileKind = FileKind.XLSX


class AssessmentTableQuery(MonthsQuery):
    """The assessment as a file."""

    format: FileKind = FileKind.XLSX


class FiguresOut(BaseModel):
    """What was reported; null is unknown, not zero. Revenue and orders are sums over the months reported."""

    startups: int = Field(description="how many reported")
    months: int = Field(description="months that were reported, in all")
    headcount: float | None = Field(description="the last known")
    present_share: float | None
    revenue: float | None
    orders: float | None
    cash: float | None = Field(description="the last known")


class ChangesOut(BaseModel):
    """Change since the period before, as a share; of monthly means, and only of those who reported both."""

    revenue: float | None
    orders: float | None
    headcount: float | None


class LineOut(BaseModel):
    """One period."""

    period: str = Field(description="2026-10, 2026-Q4, 2026-H2 or 2026")
    first: dt.date
    end: dt.date = Field(description="the day after")
    figures: FiguresOut
    changes: ChangesOut
    trend: Trend

    @classmethod
    def of(cls, line: Line) -> "LineOut":
        """The line."""
        return cls(
            period=line.span.name,
            first=line.span.first,
            end=line.span.end,
            figures=figures(line.summary),
            changes=changed(line.changes),
            trend=line.trend,
        )


class RowOut(BaseModel):
    """One startup's periods."""

    startup_id: str
    name: str
    lines: list[LineOut]


class PerformanceAnswer(Answer):
    """All together, and each startup: who earned most in the last period comes first."""

    whole: list[LineOut]
    startups: list[RowOut]

    @classmethod
    def of(cls, board: Board, request_id: str) -> "PerformanceAnswer":
        """The board as an answer."""
        rows = [
            RowOut(startup_id=row.profile.id, name=row.profile.name, lines=list(map(LineOut.of, row.lines)))
            for row in board.rows
        ]
        return cls(request_id=request_id, whole=list(map(LineOut.of, board.whole)), startups=rows)


class DealingsOut(BaseModel):
    """What happened between the startup and partners."""

    requested: int
    accepted: int
    declined: int
    meetings: int = Field(description="the same two on one day count once")
    mentored: int
    invested: int
    rating: float | None = Field(description="mean of 1 to 5")
    amounts: dict[str, float] = Field(description="invested, by currency; empty where unknown")


class AssessmentOut(BaseModel):
    """One startup over the months."""

    startup_id: str
    name: str
    months_due: int | None = Field(description="since its first report; null where it never reported")
    figures: FiguresOut
    changes: ChangesOut
    needs: list[NeedOut] = Field(description="declared now, or confirmed within the months")
    met: list[NeedOut] = Field(description="a partner who offers it met, mentored or invested")
    outcomes: DealingsOut
    signals: int = Field(description="open now")
    confirmed: int
    dismissed: int

    @classmethod
    def of(cls, found: Assessment, language: Language) -> "AssessmentOut":
        """The line of a startup."""
        return cls(
            startup_id=found.profile.id,
            name=found.profile.name,
            months_due=found.months_due,
            figures=figures(found.summary),
            changes=changed(found.changes),
            needs=[NeedOut.of(code, language) for code in found.needs],
            met=[NeedOut.of(code, language) for code in found.met],
            outcomes=DealingsOut(**asdict(found.dealings)),
            signals=found.signals,
            confirmed=found.confirmed,
            dismissed=found.dismissed,
        )


class AssessmentAnswer(Answer):
    """Every active startup, by id, over the months from `first` to before `end`."""

    first: dt.date
    end: dt.date
    startups: list[AssessmentOut]

    @classmethod
    def of(
        cls, span: Span, found: list[Assessment], language: Language, request_id: str
    ) -> "AssessmentAnswer":
        """The table as an answer."""
        lines = [AssessmentOut.of(each, language) for each in found]
        return cls(request_id=request_id, first=span.first, end=span.end, startups=lines)


def figures(summary: Summary) -> FiguresOut:
    """The summary's figures by name."""
    told: dict[str, Any] = {name: getattr(summary, name) for name in FiguresOut.model_fields}
    return FiguresOut(**told)


def changed(changes: Changes) -> ChangesOut:
    """The changes by name."""
    return ChangesOut(**asdict(changes))
