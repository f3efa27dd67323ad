"""The rules: each a pure function from a startup's months to a finding, or None.

A figure that is unknown is never taken for zero: where a rule needs it, there is no finding.
"""

from matcher.attention.months import History, change, usual
from matcher.attention.settings import AttentionSettings
from matcher.attention.signals import Finding

_SHORTEST_RUNWAY_MONTHS = 0.1
_LEAST_SHARE = 0.01
"""Below these nothing gets graver, so that no gravity is infinite."""


def runway_short(history: History, settings: AttentionSettings) -> Finding | None:
    """Cash ÷ mean net burn of the recent months is below `runway_months`."""
    cash, burn = history.figure("cash", 0), net_burn(history, settings)
    if cash is None or burn is None or burn <= 0:
        return None
    runway = max(cash, 0) / burn
    if runway >= settings.runway_months:
        return None
    gravity = settings.runway_months / max(runway, _SHORTEST_RUNWAY_MONTHS)
    facts = {"cash": cash, "burn": burn, "runway": runway}
    evidence = history.evidence(["cash"], range(settings.burn_months + 1))
    earned = [back for back in range(settings.burn_months) if _rose(history, back)]
    return Finding(gravity, facts, evidence + history.evidence(["revenue"], earned))


def net_burn(history: History, settings: AttentionSettings) -> float | None:
    """The mean of what cash lost from month to month over the recent months, below 0 where it grew; None
    where fewer than `burn_known_months` are known. Months with money from outside do not count."""
    steps = [_burnt(history, back) for back in range(settings.burn_months)]
    known = [step for step in steps if step is not None]
    return sum(known) / len(known) if len(known) >= settings.burn_known_months else None


def _burnt(history: History, back: int) -> float | None:
    """What cash lost in the month; None where it is unknown, or rose by more than was earned: then an
    investment, loan or grant came in, and hides what was spent."""
    now, before = history.figures("cash", [back, back + 1])
    if now is None or before is None:
        return None
    earned = history.figure("revenue", back)
    return None if _rose(history, back) and (earned is None or now - before > earned) else before - now


def _rose(history: History, back: int) -> bool:
    """Whether cash is known to have grown in the month."""
    now, before = history.figures("cash", [back, back + 1])
    return now is not None and before is not None and now > before


def staff_out_orders_up(history: History, settings: AttentionSettings) -> Finding | None:
    """Fewer people than usual are present while orders are above the usual: they may be out for money,
    customers or suppliers."""
    present, orders = (usual(history, name, settings) for name in ("present", "orders"))
    presence = change(history.figure("present", 0), present)
    rise = change(history.figure("orders", 0), orders)
    if present is None or presence is None or rise is None or present < settings.least_people:
        return None
    times = min(-presence / settings.present_fall_share, rise / settings.orders_rise_share)
    evidence = history.evidence(["present", "orders"], range(settings.usual_months + 1))
    return Finding(times, {"fall": -presence, "rise": rise}, evidence) if times >= 1 else None


def orders_over_capacity(history: History, settings: AttentionSettings) -> Finding | None:
    """In each of the last months more was ordered than can be delivered: than `over_capacity_times` the best
    month's revenue of the past year, which is what it has shown that it can do."""
    orders = history.figures("orders", range(settings.over_capacity_months))
    known = [value for value in orders if value is not None]
    delivered = history.known("revenue", range(settings.capacity_months))
    if len(known) < len(orders) or len(delivered) < settings.usual_known_months or max(delivered) <= 0:
        return None
    times = min(known) / max(delivered)
    if times < settings.over_capacity_times:
        return None
    facts = {"orders": min(known), "capacity": max(delivered), "months": len(orders), "times": times}
    evidence = history.evidence(["orders"], range(settings.over_capacity_months))
    evidence += history.evidence(["revenue"], range(settings.capacity_months))
    return Finding(times / settings.over_capacity_times, facts, evidence)


def revenue_falling(history: History, settings: AttentionSettings) -> Finding | None:
    """Revenue fell month after month, `falling_months` times or more, and by `falling_share` in all."""
    falls = _falls(history)
    if falls < settings.falling_months:
        return None
    first, last = history.known("revenue", [falls, 0])
    fall = 1 - last / first
    if fall < settings.falling_share:
        return None
    facts = {"months": falls, "fall": fall, "first": first, "last": last}
    evidence = history.evidence(["revenue"], range(falls + 1))
    return Finding(fall / settings.falling_share, facts, evidence)


def _falls(history: History) -> int:
    """How many times in a row, to the latest month, revenue was below that of the month before."""
    falls = 0
    while True:
        now, before = history.figures("revenue", [falls, falls + 1])
        if now is None or before is None or now >= before:
            return falls
        falls += 1


def headcount_surging(history: History, settings: AttentionSettings) -> Finding | None:
    """Headcount grew by `headcount_growth_share` and `headcount_growth_people` or more within half a year."""
    return _headcount(history, settings, settings.headcount_growth_share, settings.headcount_growth_people)


def headcount_falling(history: History, settings: AttentionSettings) -> Finding | None:
    """Headcount fell by `headcount_fall_share` and `headcount_fall_people` or more within half a year."""
    return _headcount(history, settings, -settings.headcount_fall_share, -settings.headcount_fall_people)


def _headcount(history: History, settings: AttentionSettings, share: float, people: int) -> Finding | None:
    """The change since the earliest month known within half a year; `share` and `people` have its sign."""
    backs = range(settings.headcount_months, 0, -1)
    earlier = next((back for back in backs if history.figure("headcount", back) is not None), None)
    if earlier is None:
        return None
    now, before = history.figures("headcount", [0, earlier])
    grown = change(now, before)
    if now is None or before is None or grown is None or min(grown / share, (now - before) / people) < 1:
        return None
    facts = {"now": now, "before": before, "months": earlier, "change": abs(grown)}
    return Finding(grown / share, facts, history.evidence(["headcount"], [earlier, 0]))


def present_low(history: History, settings: AttentionSettings) -> Finding | None:
    """In each of the last months less than `present_low_share` of the people were present."""
    backs = range(settings.present_low_months)
    people = history.known("headcount", backs)
    present = history.known("present", backs)
    if min(len(people), len(present)) < len(backs) or min(people) < settings.least_people:
        return None
    share = max(here / all_ for here, all_ in zip(present, people, strict=True))
    if share >= settings.present_low_share:
        return None
    evidence = history.evidence(["headcount", "present"], backs)
    gravity = settings.present_low_share / max(share, _LEAST_SHARE)
    return Finding(gravity, {"share": share, "months": len(backs)}, evidence)


def months_missing(history: History, settings: AttentionSettings) -> Finding | None:
    """`missing_months` or more were due and not reported. Who never reported is not expected to."""
    if history.missing < settings.missing_months:
        return None
    gravity = history.missing / settings.missing_months
    return Finding(gravity, {"months": history.missing}, ())
