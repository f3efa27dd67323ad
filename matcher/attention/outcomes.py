"""What came of a startup's matches: its events with partners, and the needs that they met."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from matcher.attention.needs import offers
from matcher.interactions import TYPES, InteractionTable, InteractionType
from matcher.profiles import Profile

MET_BY = frozenset((InteractionType.MET, InteractionType.MENTORED, InteractionType.INVESTED))
"""Events by which a partner's offer reaches the startup."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """One event of a startup. `day` counts from 1970; `partner` is None where the profile was deleted;
    `value` (the rating) and `amount` are NaN where unknown."""

    type: InteractionType
    day: int
    partner_key: str
    partner: Profile | None
    value: float
    amount: float
    currency: str


Outcomes = Mapping[str, tuple[Outcome, ...]]
"""By the startup's key, in order of the days."""


def outcomes_of(events: InteractionTable, partners: Mapping[str, Profile]) -> Outcomes:
    """The events by startup; `partners` are the profiles by key."""
    found: dict[str, list[Outcome]] = {}
    # whole columns at once: an array's values one by one cost several times as much
    columns = (each.tolist() for each in (events.startups, events.partners, events.types, events.days))
    context = (each.tolist() for each in (events.values, events.amounts, events.currencies))
    for startup, key, kind, day, value, amount, currency in zip(*columns, *context, strict=True):
        outcome = Outcome(TYPES[kind], day, key, partners.get(key), value, amount, currency)
        found.setdefault(startup, []).append(outcome)
    return {key: tuple(outcomes) for key, outcomes in found.items()}


def is_met(code: str, outcomes: Iterable[Outcome], *, since: int) -> bool:
    """Whether a partner that offers the service met, mentored or invested, on the day `since` or later."""
    return any(
        outcome.type in MET_BY
        and outcome.day >= since
        and outcome.partner is not None
        and offers(outcome.partner, code)
        for outcome in outcomes
    )
