"""Reports as tables: columns that others script against, and rows."""

from collections.abc import Iterable, Iterator

from matcher.reports.acceptance import COUNTS, RATES, AcceptanceReport, Tally
from matcher.reports.exposure import ExposureReport
from matcher.reports.outcomes import STEPS, Funnel, OutcomeReport
from matcher.reports.rates import Rate
from matcher.reports.supply import SupplyReport
from matcher.tables import Cell, Row

TOTAL = "total"
_RATE_COLUMNS = tuple(f"{rate}{end}" for rate in RATES for end in ("", "_low", "_high"))
ACCEPTANCE_COLUMNS = ("by", "name", *COUNTS, *_RATE_COLUMNS)
OUTCOME_COLUMNS = (
    "by",
    "name",
    *STEPS,
    "declined",
    "rating",
    *(f"{step}_share{end}" for step in STEPS[1:] for end in ("", "_low", "_high")),
)
EXPOSURE_COLUMNS = ("partner", "name", "role", "capacity", "shown", "due")
SUPPLY_COLUMNS = ("by", "code", "wanted", "partners", "places", "unlimited", "short")
TITLES = {
    "zh": {"acceptance": "接受率", "outcomes": "成效", "exposure": "曝光", "supply": "供需缺口"},
    "en": {"acceptance": "Acceptance", "outcomes": "Outcomes", "exposure": "Exposure", "supply": "Supply"},
}


def acceptance_rows(found: AcceptanceReport) -> Iterator[Row]:
    """The total, then each group, in ACCEPTANCE_COLUMNS; shares have six digits and are "" of no cases."""
    yield (TOTAL, "", *_figures(found.total))
    for what, groups in found.groups.items():
        for group in groups:
            yield (what, group.name, *_figures(group.tally))


def outcome_rows(found: OutcomeReport) -> Iterator[Row]:
    """The total, then each group, in OUTCOME_COLUMNS."""
    yield (TOTAL, "", *_steps(found.total))
    for what, groups in found.groups.items():
        for group in groups:
            yield (what, group.name, *_steps(group))


def exposure_rows(found: ExposureReport) -> Iterator[Row]:
    """Every partner, the most shown first, in EXPOSURE_COLUMNS."""
    for line in found.lines:
        who = line.partner
        capacity: Cell = "" if who.capacity is None else who.capacity
        yield (who.key, who.name, who.role, capacity, line.shown, round(line.due, 2))


def supply_rows(found: SupplyReport) -> Iterator[Row]:
    """Services, then industries, the scarcest first, in SUPPLY_COLUMNS."""
    for what, lines in (("service", found.services), ("industry", found.industries)):
        for line in lines:
            yield (what, line.code, line.wanted, line.partners, line.places, line.unlimited, line.short)


def _figures(tally: Tally) -> list[Cell]:
    counts: list[Cell] = [getattr(tally, name) for name in COUNTS]
    return [*counts, *_ends(getattr(tally, name) for name in RATES)]


def _steps(funnel: Funnel) -> list[Cell]:
    counts: list[Cell] = [getattr(funnel, step) for step in STEPS]
    rating: Cell = "" if funnel.rating is None else round(funnel.rating, 3)
    return [*counts, funnel.declined, rating, *_ends(funnel.rate(step) for step in STEPS[1:])]


def _ends(rates: Iterable[Rate]) -> list[Cell]:
    return [
        "" if rate.share is None else round(end or 0.0, 6)
        for rate in rates
        for end in (rate.share, rate.low, rate.high)
    ]
