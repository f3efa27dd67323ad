"""Plans for a gap: the best one, others that differ, and what each refusal would do."""

import datetime as dt
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from matcher.errors import InvalidInput
from matcher.funding.program import Choice, Program, best, most_covered
from matcher.funding.sources import LeftOut, sources_of
from matcher.funding.values import Gap, Question, Source, SourceKind
from matcher.funding.weighing import weighings
from matcher.matching.prospects import Prospect
from matcher.money import CNY_PER_UNIT
from matcher.profiles import Profile


@dataclass(frozen=True, slots=True)
class Part:
    """What one source gives, in whole units, and what that costs in interest a year."""

    source: Source
    amount: int

    @property
    def cost_per_year(self) -> float:
        """Interest a year, in units of the currency."""
        return self.amount * self.source.rate / 100


@dataclass(frozen=True, slots=True)
class Plan:
    """Sources that cover the gap together, largest part first.

    `missing` is what they leave uncovered (0 in a whole plan). `weight` is what the settings make of it, less
    is better, and no plan can be below `bound`; `proved`: it is the best there is, not only the best found.
    """

    parts: tuple[Part, ...]
    missing: int
    weight: float
    bound: float
    proved: bool

    @property
    def covered(self) -> int:
        """What the sources give together."""
        return sum(part.amount for part in self.parts)

    @property
    def cost_per_year(self) -> float:
        """Interest a year of all loans."""
        return sum(part.cost_per_year for part in self.parts)

    @property
    def equity(self) -> int:
        """What is paid for shares of the company."""
        return sum(part.amount for part in self.parts if part.source.kind is SourceKind.EQUITY)

    @property
    def expected(self) -> float:
        """What can be expected to come, each source with its odds."""
        return sum(part.amount * part.source.odds for part in self.parts)

    @property
    def all_agree(self) -> float:
        """How likely it is that every source says yes, if they decide independently."""
        return math.prod(part.source.odds for part in self.parts)


@dataclass(frozen=True, slots=True)
class Refusal:
    """What would be done if `source` said no: the best plan `instead` without it, which covers the gap or as
    much of it as can be (None: nothing at all)."""

    source: Source
    instead: Plan | None


@dataclass(frozen=True, slots=True)
class Option:
    """A plan, and what the refusal of each of its sources would do."""

    plan: Plan
    refusals: tuple[Refusal, ...]


@dataclass(frozen=True, slots=True)
class Funding:
    """The answer: options best first, each without some source of every one before it.

    Where the gap cannot be covered whole there is one option, which covers as much as can be (none where no
    source can give anything). `sources` is how many could give; `left_out` are the others.
    """

    gap: Gap
    options: tuple[Option, ...]
    sources: int
    left_out: tuple[LeftOut, ...]

    @property
    def missing(self) -> int:
        """What no plan covers."""
        return self.options[0].plan.missing if self.options else self.gap.amount


def funding(
    startup: Profile, prospects: Iterable[Prospect], gap: Gap, question: Question, today: dt.date
) -> Funding:
    """The best plans for the startup's gap.

    Raises:
        InvalidInput: a currency without a rate, or a day that is past. NotReady: no plan in the time given.
    """
    _check(gap, today)
    sources, left = sources_of(startup, prospects, gap, question, today)
    options = options_of(sources, gap, question)
    return Funding(gap, tuple(options), len(sources), tuple(left))


def options_of(sources: Sequence[Source], gap: Gap, question: Question) -> list[Option]:
    """The best plan, then the best that leaves out some source of every plan before, and so on."""
    plans: list[Plan] = []
    first = _best_effort(sources, gap, question)
    if first is not None:
        plans.append(first)
    while plans and not plans[0].missing and len(plans) < question.plans:
        more = _plan(sources, gap, question, gap.amount, plans)
        if more is None:
            break
        plans.append(more)
    instead: dict[str, Plan | None] = {}
    for source in (part.source for plan in plans for part in plan.parts):
        if source.id not in instead:
            rest = [other for other in sources if other.id != source.id]
            instead[source.id] = _best_effort(rest, gap, question)
    return [
        Option(plan, tuple(Refusal(part.source, instead[part.source.id]) for part in plan.parts))
        for plan in plans
    ]


def _best_effort(sources: Sequence[Source], gap: Gap, question: Question) -> Plan | None:
    """The best plan for the whole gap, else for as much of it as can be covered."""
    whole = _plan(sources, gap, question, gap.amount)
    if whole is not None:
        return whole
    most = most_covered(Program(sources, gap.amount, gap.amount, question.seconds))
    return _plan(sources, gap, question, most) if most else None


def _plan(
    sources: Sequence[Source], gap: Gap, question: Question, target: int, before: Sequence[Plan] = ()
) -> Plan | None:
    rows = {source.id: row for row, source in enumerate(sources)}
    seen = tuple(np.array([rows[part.source.id] for part in plan.parts]) for plan in before)
    program = Program(sources, gap.amount, target, question.seconds, seen)
    choice = best(program, weighings(gap, sources, question.weights))
    return None if choice is None else _told(choice, sources, gap)


def _told(choice: Choice, sources: Sequence[Source], gap: Gap) -> Plan:
    chosen = zip(choice.rows.tolist(), choice.amounts, strict=True)
    parts = sorted(
        (Part(sources[row], amount) for row, amount in chosen),
        key=lambda part: (-part.amount, part.source.id),
    )
    missing = gap.amount - sum(choice.amounts)
    return Plan(tuple(parts), missing, choice.weight, choice.bound, choice.proved)


def _check(gap: Gap, today: dt.date) -> None:
    if gap.currency.upper() not in CNY_PER_UNIT:
        rule = "has no rate here"
        raise InvalidInput("currency", gap.currency, rule, f"use one of {', '.join(CNY_PER_UNIT)}")
    if gap.by <= today:
        raise InvalidInput("by", gap.by.isoformat(), "has passed", f"give a day after {today.isoformat()}")
