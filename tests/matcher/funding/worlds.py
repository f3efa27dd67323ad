"""Short ways to say a gap, sources and prospects; and every plan, by trying."""

import datetime as dt
import itertools
from collections.abc import Iterator, Sequence
from typing import Any

from matcher.funding.values import Gap, Question, Source, SourceKind
from matcher.funding.weighing import weighings
from matcher.matching.eligibility import Rule
from matcher.matching.prospects import Prospect
from matcher.matching.relations import Relation
from matcher.profiles import Profile, Role

TODAY = dt.date(2026, 3, 1)
BY = dt.date(2026, 9, 1)
WAN = 10_000


def gap(amount: int = 1000 * WAN, **given: Any) -> Gap:
    return Gap(amount=amount, **{"currency": "CNY", "by": BY} | given)


def loan(id_: str, least: int, most: int, rate: float = 4.0, odds: float = 0.5, **given: Any) -> Source:
    return _source(SourceKind.LOAN, id_, least, most, odds, rate=rate, **given)


def grant(id_: str, least: int, most: int, odds: float = 0.5) -> Source:
    return _source(SourceKind.GRANT, id_, least, most, odds)


def equity(id_: str, least: int, most: int, odds: float = 0.5) -> Source:
    return _source(SourceKind.EQUITY, id_, least, most, odds)


def _source(kind: SourceKind, id_: str, least: int, most: int, odds: float, **given: Any) -> Source:
    return Source(id=id_, name=f"Name of {id_}", kind=kind, least=least, most=most, odds=odds, **given)


def prospect(id_: str, odds: float = 0.5, rule: Rule = Rule.ELIGIBLE, **given: Any) -> Prospect:
    """An investor of north and how it stands with the startup that is asked for."""
    told = {"organisation": "north", "role": Role.INVESTOR, "id": id_, "name": f"Name of {id_}"} | given
    return Prospect(id_, Profile(**told), rule, Relation.NONE, odds, odds, odds)


def startup(**given: Any) -> Profile:
    return Profile(organisation="north", role=Role.STARTUP, id="s1", name="青松科技", **given)


def cheapest_amounts(
    sources: Sequence[Source], prices: Sequence[tuple[float, ...]], target: int
) -> tuple[int, ...] | None:
    """The best amounts of these sources together for the target, by trying every one of them."""
    if not sources:
        return () if target == 0 else None
    found = []
    for amount in range(sources[0].least, min(sources[0].most, target) + 1):
        rest = cheapest_amounts(sources[1:], prices[1:], target - amount)
        if rest is not None:
            found.append((amount, *rest))
    return min(
        found,
        key=lambda amounts: tuple(
            round(sum(a * p[stage] for a, p in zip(amounts, prices, strict=True)), 9)
            for stage in range(len(prices[0]))
        ),
        default=None,
    )


def every_plan(
    sources: Sequence[Source], gap: Gap, question: Question, target: int
) -> Iterator[tuple[frozenset[str], tuple[float, ...], tuple[int, ...]]]:
    """(who, weights stage by stage, amounts) of each set of sources that meets the target exactly."""
    stages = weighings(gap, sources, question.weights)
    for size in range(1, len(sources) + 1):
        for rows in itertools.combinations(range(len(sources)), size):
            chosen = [sources[row] for row in rows]
            prices = [tuple(float(stage.shares[row]) for stage in stages) for row in rows]
            amounts = cheapest_amounts(chosen, prices, target)
            if amounts is not None:
                weights = tuple(
                    stage.base
                    + sum(
                        stage.each[row] + stage.shares[row] * a / gap.amount
                        for row, a in zip(rows, amounts, strict=True)
                    )
                    for stage in stages
                )
                yield frozenset(source.id for source in chosen), weights, amounts
