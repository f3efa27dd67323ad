"""Ledgers, signals, decisions and the attention list as JSON."""

import datetime as dt
from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, Field

from api.schemas.common import Answer, Closed, Label, Query, Reference, Text
from api.schemas.matches import Language
from api.spreadsheets import FileKind
from matcher.attention.caring import Care
from matcher.attention.deciding import Answer as Said
from matcher.attention.decisions import MOST_REASON, Decision, Raised, Verdict
from matcher.attention.months import FIGURES
from matcher.attention.signals import Rule, Severity, Signal
from matcher.attention.words import RULE_NAMES, reasons, sentence
from matcher.ledger import LedgerEntry
from matcher.taxonomy import services

MOST_LISTED = 1_000


class MonthOut(BaseModel):
    """One month as reported; null is unknown. `headcount` and `present` are people, the others amounts."""

    month: dt.date = Field(description="its first day")
    headcount: float | None
    present: float | None
    revenue: float | None
    orders: float | None
    cash: float | None
    note: str

    @classmethod
    def of(cls, entry: LedgerEntry) -> "MonthOut":
        """The entry's month."""
        return cls(month=entry.month, note=entry.note, **{name: getattr(entry, name) for name in FIGURES})


class LedgerAnswer(Answer):
    """A startup's months, oldest first; those that were not reported are left out."""

    startup_id: str
    months: list[MonthOut]


class State(StrEnum):
    """Which signals to list: those that somebody has still to look at, those decided on, or both."""

    OPEN = "open"
    SETTLED = "settled"
    ALL = "all"


class SignalQuery(Query):
    """Which signals, in which language."""

    state: State = State.OPEN
    rule: Rule | None = None
    startup_id: Reference | None = Field(default=None, description="of this startup alone")
    lang: Language = "zh"

    def asks_for(self, raised: Raised) -> bool:
        """Whether the signal is to be listed."""
        wanted = self.state is State.ALL or raised.is_open == (self.state is State.OPEN)
        return wanted and self.rule in (None, raised.signal.rule)


class NeedOut(BaseModel):
    """A service of the catalogue."""

    code: str
    name: str

    @classmethod
    def of(cls, code: str, language: Language) -> "NeedOut":
        """The service of the code."""
        return cls(code=code, name=services().name(code, language))


class FigureOut(BaseModel):
    """One figure of one month, as reported."""

    month: dt.date
    figure: str
    value: float


class DecisionOut(BaseModel):
    """What somebody made of a signal, and of which (`month`, `severity`, `sentence` as it was then)."""

    startup_id: str
    rule: Rule
    month: dt.date
    mark: str
    severity: Severity
    sentence: str
    verdict: Verdict
    need: NeedOut | None = Field(description="null where the signal was dismissed")
    who: str
    at: dt.datetime
    reason: str

    @classmethod
    def of(cls, decision: Decision, language: Language) -> "DecisionOut":
        """The decision with its words."""
        signal = decision.signal
        return cls(
            startup_id=signal.startup_id,
            rule=signal.rule,
            month=signal.month,
            mark=signal.mark,
            severity=signal.severity,
            sentence=sentence(signal, language),
            verdict=decision.verdict,
            need=NeedOut.of(decision.need, language) if decision.need else None,
            who=decision.who,
            at=decision.at,
            reason=decision.reason,
        )


class SignalOut(BaseModel):
    """What a ledger says. `needs` are what it suggests, the likeliest first; `mark` names this evidence."""

    startup_id: str
    rule: Rule
    title: str
    month: dt.date = Field(description="the latest month that it speaks of")
    severity: Severity
    gravity: float = Field(description="how many times over the rule's threshold")
    sentence: str
    facts: dict[str, float]
    evidence: list[FigureOut]
    needs: list[NeedOut]
    mark: str
    decision: DecisionOut | None = Field(description="null where the signal is open")

    @classmethod
    def of(cls, signal: Signal, decision: Decision | None, language: Language) -> "SignalOut":
        """The signal with its words."""
        return cls(
            startup_id=signal.startup_id,
            rule=signal.rule,
            title=RULE_NAMES[language][signal.rule],
            month=signal.month,
            severity=signal.severity,
            gravity=signal.gravity,
            sentence=sentence(signal, language),
            facts=dict(signal.facts),
            evidence=[
                FigureOut(month=each.month, figure=each.name, value=each.value) for each in signal.evidence
            ],
            needs=[NeedOut.of(code, language) for code in signal.needs],
            mark=signal.mark,
            decision=DecisionOut.of(decision, language) if decision else None,
        )


class SignalsAnswer(Answer):
    """Signals by startup id."""

    signals: list[SignalOut]


class DecisionIn(Closed):
    """What to make of a signal that is open."""

    startup_id: Reference
    rule: Rule
    verdict: Verdict
    reason: Annotated[Text, Field(min_length=1, max_length=MOST_REASON)]
    need: Label | Annotated[str, Field(max_length=0)] = Field(
        default="", description="the service that confirming adds; default: the first that is suggested"
    )
    mark: Annotated[str, Field(pattern="^([0-9a-f]{16})?$")] = Field(
        default="", description="of the signal as it was read; 409 where it rests on other figures now"
    )

    def said(self, startup_id: str) -> Said:
        """The answer about the startup of this id."""
        return Said(startup_id=startup_id, **self.model_dump(exclude={"startup_id"}))


class WordedQuery(Query):
    """The language of the sentences."""

    lang: Language = "zh"


class DecisionQuery(WordedQuery):
    """Whose decisions."""

    startup_id: Reference | None = Field(default=None, description="about this startup alone")
    limit: int = Field(default=100, ge=1, le=MOST_LISTED)


class DecisionAnswer(Answer):
    """What was decided, and what the startup needs now."""

    decision: DecisionOut
    needs: list[str]


class DecisionsAnswer(Answer):
    """Decisions, the latest first."""

    decisions: list[DecisionOut]


class AttentionQuery(WordedQuery):
    """How many, in which language."""

    limit: int = Field(default=100, ge=1, le=MOST_LISTED)


class TableQuery(WordedQuery):
    """Which kind of file, and the language of its headers and sentences (CSV headers stay English)."""

    format: FileKind = FileKind.XLSX


class CareOut(BaseModel):
    """A startup that needs care, and why: open signals, and confirmed needs that no partner has met yet."""

    rank: int
    startup_id: str
    name: str
    severity: Severity
    reasons: list[str]
    signals: list[SignalOut]
    unmet: list[DecisionOut]

    @classmethod
    def of(cls, rank: int, care: Care, language: Language) -> "CareOut":
        """The startup at its place in the list."""
        return cls(
            rank=rank,
            startup_id=care.profile.id,
            name=care.profile.name,
            severity=care.severity,
            reasons=reasons(care.signals, [each.need for each in care.unmet], language),
            signals=[SignalOut.of(each, None, language) for each in care.signals],
            unmet=[DecisionOut.of(each, language) for each in care.unmet],
        )


class AttentionAnswer(Answer):
    """Who needs care, first the most urgent; `count` is of all, however few are listed."""

    count: int
    startups: list[CareOut]
