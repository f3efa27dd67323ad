"""Funding plans as JSON."""

import datetime as dt
from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, Field, WithJsonSchema

from api.schemas.common import Answer, LabelList, Query
from api.schemas.matches import Language
from api.schemas.profiles import Currency
from api.spreadsheets import FileKind
from matcher.assignment.problem import Importance
from matcher.funding.plans import Funding, Part, Plan, Refusal
from matcher.funding.sources import Left, LeftOut
from matcher.funding.values import (
    BINDING,
    EVERY_LIMIT,
    LARGEST,
    LEAD_DAYS,
    Gap,
    Limit,
    Measure,
    Question,
    SourceKind,
)
from matcher.funding.wording import (
    dilution,
    gap_sentence,
    left_sentence,
    left_summary,
    part_sentence,
    plan_sentence,
    refusal_sentence,
)

MOST_LEFT_OUT = 100


class Weight(StrEnum):
    """How much a measure counts: "must" goes before everything else, "no" does not count."""

    MUST = "must"
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"
    NO = "no"

    @property
    def importance(self) -> Importance | None:
        """The same in the domain's words."""
        return None if self is Weight.NO else Importance(self.value)


def _split(value: object) -> object:
    return [part for part in value.split(",") if part] if isinstance(value, str) else value


LimitList = Annotated[
    tuple[Limit, ...],
    BeforeValidator(_split),
    WithJsonSchema({"type": "string", "description": "stage, industry, region, separated by commas"}),
]
Whole = Annotated[int, Field(ge=1, lt=LARGEST)]
Days = Annotated[int, Field(ge=0, le=3650)]


class FundingQuery(Query):
    """What is missing, by when, and what counts."""

    amount: Whole | None = Field(
        default=None, description="in units of the currency; default: what it raises"
    )
    currency: Currency = Field(default="", description="default: that of what it raises, else CNY")
    by: dt.date = Field(description="the day by which the money must be there")
    valuation: Whole | None = Field(default=None, description="of the company, with the money in it")
    term_months: int | None = Field(default=None, ge=1, le=600, description="loans must run as long")
    cost: Weight = Weight.HIGH
    dilution: Weight = Weight.HIGH
    sources: Weight = Weight.MEDIUM
    risk: Weight = Weight.HIGH
    plans: int = Field(default=3, ge=1, le=10)
    ignore: LimitList = Field(default_factory=tuple, description="declared limits that shall not count")
    strict: bool = Field(default=False, description="whatever a source declares of startups is a condition")
    without: LabelList = Field(default_factory=tuple)
    loan_days: Days = Field(default=LEAD_DAYS[SourceKind.LOAN], description="until a loan is paid out")
    grant_days: Days = LEAD_DAYS[SourceKind.GRANT]
    equity_days: Days = LEAD_DAYS[SourceKind.EQUITY]
    lang: Language = "zh"

    def question(self) -> Question:
        """How the gap is to be covered."""
        return Question(
            weights={measure: Weight(getattr(self, measure.value)).importance for measure in Measure},
            plans=self.plans,
            lead_days={kind: getattr(self, f"{kind.value}_days") for kind in SourceKind},
            binding=EVERY_LIMIT if self.strict else BINDING,
            ignore=frozenset(self.ignore),
            without=frozenset(self.without),
        )


class FundingTableQuery(FundingQuery):
    """As which file."""

    format: FileKind = FileKind.XLSX


class SourceOut(BaseModel):
    """One source's part of a plan. `odds`: the probability that it says yes; `assumed_rate`: nobody said the
    rate, and it is reckoned at a high one; `assumed_kind`: nobody said the kind, and it is taken for equity;
    `converted`: its limits are in another currency."""

    source_id: str
    name: str
    kind: SourceKind
    amount: int
    least: int
    most: int
    annual_rate: float
    term_months: int | None
    cost_per_year: float
    odds: float
    assumed_rate: bool
    assumed_kind: bool
    converted: bool
    sentence: str


class RefusalOut(BaseModel):
    """What would be done if the source said no: amounts by source, and what would be missing."""

    source_id: str
    covered: int
    missing: int
    instead: dict[str, int]
    cost_per_year: float
    sentence: str


class PlanOut(BaseModel):
    """Sources that cover the gap together. `weight` is what the weights make of it (less is better), no plan
    can be below `bound`, and `proved` says that the search was not cut short."""

    covered: int
    missing: int
    cost_per_year: float
    equity: int
    dilution: float | None = Field(description="share of the company; null without a valuation or equity")
    expected: float = Field(description="what can be expected to come, each source with its odds")
    all_agree: float
    weight: float
    bound: float
    proved: bool
    parts: list[SourceOut]
    refusals: list[RefusalOut]
    sentence: str


class LeftOutOut(BaseModel):
    """A partner that is no source here, why, and what it could have given at most."""

    partner_id: str
    name: str
    why: Left
    most: int | None
    sentence: str


class FundingAnswer(Answer):
    """Plans best first, each without some source of every one before. Where the gap cannot be covered whole,
    one plan that covers as much as can be, and what is `missing`. Only the office sees who is left out."""

    model_version: str
    startup_id: str
    amount: int
    currency: str
    by: dt.date
    possible_sources: int
    missing: int
    summary: str
    plans: list[PlanOut]
    left_out_summary: str
    left_out: list[LeftOutOut] = Field(description=f"those who could give most, at most {MOST_LEFT_OUT}")

    @classmethod
    def told(
        cls,
        found: Funding,
        startup_id: str,
        version: str,
        request_id: str,
        *,
        language: Language,
        whole: bool,
    ) -> "FundingAnswer":
        """The answer in words. Not `whole`: without those who are left out, whose rules are their own."""
        gap = found.gap
        return cls(
            request_id=request_id,
            model_version=version,
            startup_id=startup_id,
            amount=gap.amount,
            currency=gap.currency,
            by=gap.by,
            possible_sources=found.sources,
            missing=found.missing,
            summary=gap_sentence(found, language),
            plans=[_plan(option.plan, option.refusals, gap, language) for option in found.options],
            left_out_summary=left_summary(found, language) if whole else "",
            left_out=[_left(one, gap, language) for one in _largest(found)] if whole else [],
        )


def _plan(plan: Plan, refusals: tuple[Refusal, ...], gap: Gap, language: Language) -> PlanOut:
    return PlanOut(
        covered=plan.covered,
        missing=plan.missing,
        cost_per_year=plan.cost_per_year,
        equity=plan.equity,
        dilution=dilution(plan, gap),
        expected=plan.expected,
        all_agree=plan.all_agree,
        weight=plan.weight,
        bound=plan.bound,
        proved=plan.proved,
        parts=[_part(part, gap, language) for part in plan.parts],
        refusals=[_refusal(refusal, plan, gap, language) for refusal in refusals],
        sentence=plan_sentence(plan, gap, language),
    )


def _part(part: Part, gap: Gap, language: Language) -> SourceOut:
    source = part.source
    return SourceOut(
        source_id=source.id,
        name=source.name,
        kind=source.kind,
        amount=part.amount,
        least=source.least,
        most=source.most,
        annual_rate=source.rate,
        term_months=source.term_months,
        cost_per_year=part.cost_per_year,
        odds=source.odds,
        assumed_rate=source.assumed_rate,
        assumed_kind=source.assumed_kind,
        converted=source.converted,
        sentence=part_sentence(part, gap, language),
    )


def _refusal(refusal: Refusal, plan: Plan, gap: Gap, language: Language) -> RefusalOut:
    instead = refusal.instead
    return RefusalOut(
        source_id=refusal.source.id,
        covered=instead.covered if instead else 0,
        missing=instead.missing if instead else gap.amount,
        instead={part.source.id: part.amount for part in instead.parts} if instead else {},
        cost_per_year=instead.cost_per_year if instead else 0.0,
        sentence=refusal_sentence(refusal, plan, gap, language),
    )


def _largest(found: Funding) -> list[LeftOut]:
    return sorted(found.left_out, key=lambda left: (-(left.most or 0), left.id))[:MOST_LEFT_OUT]


def _left(left: LeftOut, gap: Gap, language: Language) -> LeftOutOut:
    told = left_sentence(left, gap, language)
    return LeftOutOut(partner_id=left.id, name=left.name, why=left.why, most=left.most, sentence=told)
