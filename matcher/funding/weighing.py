"""What a plan weighs: each measure is a sum over its sources, of so much a unit of money and so much each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from matcher.assignment.problem import Importance
from matcher.funding.values import (
    COST_UNIT,
    DILUTION_UNIT,
    SOURCES_UNIT,
    TRIFLE,
    WORTH,
    Gap,
    Measure,
    Source,
    SourceKind,
)

Float64 = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Weighing:
    """Of m sources: `shares` [m] is what covering the whole gap from one would weigh, `each` [m] what it
    weighs that it is there at all, `base` what nothing at all weighs."""

    shares: Float64
    each: Float64
    base: float

    def of(self, parts: Float64) -> float:
        """The weight of a plan; `parts` [m] are shares of the gap."""
        return float(self.base + parts @ self.shares + self.each @ (parts > 0))


def weighings(
    gap: Gap, sources: Sequence[Source], weights: Mapping[Measure, Importance | None]
) -> tuple[Weighing, ...]:
    """One weighing after another: first the musts, where there are any, then all others together."""
    must = {measure: 1.0 for measure, word in weights.items() if word is Importance.MUST}
    rest = {measure: WORTH[word] for measure, word in weights.items() if word and word is not Importance.MUST}
    first = (_together(gap, sources, must),) if must else ()
    last = _together(gap, sources, rest)
    return (*first, replace(last, each=last.each + TRIFLE))


def _together(gap: Gap, sources: Sequence[Source], worth: Mapping[Measure, float]) -> Weighing:
    shares, each = np.zeros(len(sources)), np.zeros(len(sources))
    for measure, weight in worth.items():
        if measure is Measure.SOURCES:
            each += weight / SOURCES_UNIT
        else:
            shares += weight * _shares(measure, gap, sources)
    return Weighing(shares, each, worth.get(Measure.RISK, 0.0))


def _shares(measure: Measure, gap: Gap, sources: Sequence[Source]) -> Float64:
    if measure is Measure.COST:
        return np.array([source.rate / 100 / COST_UNIT for source in sources])
    if measure is Measure.RISK:
        return np.array([-source.odds for source in sources])
    whole = 1.0 if gap.valuation is None else gap.amount / gap.valuation / DILUTION_UNIT
    return np.array([whole * (source.kind is SourceKind.EQUITY) for source in sources])
