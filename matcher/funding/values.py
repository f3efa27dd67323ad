"""A gap, the sources that could cover it, and how cost, dilution, number and risk are weighed."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from matcher.assignment.problem import Importance
from matcher.errors import InvalidInput

LARGEST = 10**15
ASSUMED_RATE = 6.0
"""Percent a year that a loan of unknown rate is reckoned at: above what banks ask, so that an unknown rate is
no advantage; the plan says so."""


class SourceKind(StrEnum):
    """What a source gives."""

    LOAN = "loan"
    GRANT = "grant"
    EQUITY = "equity"


LEAD_DAYS: Mapping[SourceKind, int] = MappingProxyType(
    {SourceKind.LOAN: 30, SourceKind.GRANT: 90, SourceKind.EQUITY: 120}
)
"""How long it takes from a request to the money: rough, and a setting of the question."""


class Limit(StrEnum):
    """What a source declares of the startups that it takes."""

    STAGE = "stage"
    INDUSTRY = "industry"
    REGION = "region"


BINDING: Mapping[SourceKind, frozenset[Limit]] = MappingProxyType(
    {
        SourceKind.LOAN: frozenset({Limit.STAGE, Limit.REGION}),
        SourceKind.GRANT: frozenset(Limit),
        SourceKind.EQUITY: frozenset({Limit.STAGE}),
    }
)
"""Which declarations are conditions. A grant's all are. A lender's or a fund's industries say what it knows
best, and a fund's region where it sits: both count in its odds, and exclude nobody."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """What is missing: `amount` in whole units of `currency`, needed `by` a day.

    `valuation` (after the money, None where nobody said) turns equity into shares of the company;
    `term_months`: loans that run shorter do not help (None: any term does).

    Raises:
        InvalidInput: no amount, or a valuation that the gap alone exceeds.
    """

    amount: int
    currency: str
    by: dt.date
    valuation: int | None = None
    term_months: int | None = None

    def __post_init__(self) -> None:
        if not 1 <= self.amount < LARGEST:
            raise InvalidInput("amount", self.amount, "must be a whole number from 1, below 10^15")
        if self.valuation is not None and not self.amount < self.valuation < LARGEST:
            rule = f"must be above the gap of {self.amount}: it is the company's worth with the money in it"
            raise InvalidInput("valuation", self.valuation, rule)


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One who could give from `least` to `most`, whole units of the gap's currency.

    `rate` is percent a year, `odds` the probability that it says yes. `assumed_rate`, `assumed_kind`: nobody
    said it. `converted`: its limits are in another currency, and were converted at rounded rates.
    """

    id: str
    name: str
    kind: SourceKind
    least: int
    most: int
    odds: float
    rate: float = 0.0
    term_months: int | None = None
    assumed_rate: bool = False
    assumed_kind: bool = False
    converted: bool = False


class Measure(StrEnum):
    """What a plan is weighed by; less is better."""

    COST = "cost"
    """Interest a year. 1 is a tenth of the gap."""
    DILUTION = "dilution"
    """Equity. 1 is a fifth of the company, or, where no valuation is known, the whole gap."""
    SOURCES = "sources"
    """How many have to be dealt with. 1 is five of them."""
    RISK = "risk"
    """What can be expected not to come: the part of the gap left by the sources' odds. 1 is all of it."""


COST_UNIT = 0.1
DILUTION_UNIT = 0.2
SOURCES_UNIT = 5
WORTH: Mapping[Importance, float] = MappingProxyType(
    {Importance.HIGH: 1.0, Importance.MEDIUM: 0.3, Importance.LOW: 0.1}
)
"""What a unit of a measure weighs. A must goes before everything else: it is made as small as it can be (the
sum of several), and what the others say decides only among the plans that are left."""

TRIFLE = 1e-4
"""What a source more weighs in any case, beside what the settings say: nobody is asked for a trifle."""

DEFAULT_WEIGHTS: Mapping[Measure, Importance | None] = MappingProxyType(
    {
        Measure.COST: Importance.HIGH,
        Measure.DILUTION: Importance.HIGH,
        Measure.SOURCES: Importance.MEDIUM,
        Measure.RISK: Importance.HIGH,
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """How the gap is to be covered: `weights` (None: does not count), `plans` at most, days until money of
    each kind comes, declarations that are `binding` by kind and those to `ignore`, sources to leave `without`
    (ids), and seconds a solve may take.

    Raises:
        InvalidInput: no plan, too many, or no time.
    """

    weights: Mapping[Measure, Importance | None] = field(default_factory=lambda: DEFAULT_WEIGHTS)
    plans: int = 3
    lead_days: Mapping[SourceKind, int] = field(default_factory=lambda: LEAD_DAYS)
    binding: Mapping[SourceKind, frozenset[Limit]] = field(default_factory=lambda: BINDING)
    ignore: frozenset[Limit] = frozenset()
    without: frozenset[str] = frozenset()
    seconds: float = 10.0

    def __post_init__(self) -> None:
        if not 1 <= self.plans <= 10:
            raise InvalidInput("plans", self.plans, "must be from 1 to 10")
        if not self.seconds > 0:
            raise InvalidInput("seconds", self.seconds, "must be above 0")


EVERY_LIMIT: Mapping[SourceKind, frozenset[Limit]] = MappingProxyType(
    dict.fromkeys(SourceKind, frozenset(Limit))
)
"""Every declaration is a condition."""
