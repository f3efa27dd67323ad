"""All rules over one startup's months."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from matcher.attention import rules
from matcher.attention.months import History
from matcher.attention.settings import AttentionSettings
from matcher.attention.signals import SEVERITIES, Finding, Rule, Severity, Signal, rank

_RULES: Mapping[Rule, Callable[[History, AttentionSettings], Finding | None]] = MappingProxyType(
    {
        Rule.RUNWAY_SHORT: rules.runway_short,
        Rule.STAFF_OUT_ORDERS_UP: rules.staff_out_orders_up,
        Rule.ORDERS_OVER_CAPACITY: rules.orders_over_capacity,
        Rule.REVENUE_FALLING: rules.revenue_falling,
        Rule.HEADCOUNT_FALLING: rules.headcount_falling,
        Rule.PRESENT_LOW: rules.present_low,
        Rule.HEADCOUNT_SURGING: rules.headcount_surging,
    }
)
_SEVERITY: Mapping[Rule, Severity] = MappingProxyType(
    {
        Rule.RUNWAY_SHORT: Severity.WARNING,
        Rule.STAFF_OUT_ORDERS_UP: Severity.WARNING,
        Rule.ORDERS_OVER_CAPACITY: Severity.WARNING,
        Rule.REVENUE_FALLING: Severity.WARNING,
        Rule.HEADCOUNT_FALLING: Severity.NOTICE,
        Rule.PRESENT_LOW: Severity.NOTICE,
        Rule.HEADCOUNT_SURGING: Severity.NOTICE,
        Rule.MONTHS_MISSING: Severity.NOTICE,
    }
)
"""At the rule's threshold."""

NEEDS: Mapping[Rule, tuple[str, ...]] = MappingProxyType(
    {
        Rule.RUNWAY_SHORT: ("finance.equity", "finance.loan", "finance.grant"),
        Rule.STAFF_OUT_ORDERS_UP: ("finance.loan", "finance.leasing", "market.supply-chain"),
        Rule.ORDERS_OVER_CAPACITY: ("technology.manufacturing", "market.supply-chain", "talent.recruiting"),
        Rule.REVENUE_FALLING: ("market.customers", "coaching.strategy"),
        Rule.HEADCOUNT_FALLING: ("talent.recruiting", "talent.hr"),
        Rule.PRESENT_LOW: ("coaching.management", "market.customers"),
        Rule.HEADCOUNT_SURGING: ("space.office", "talent.hr"),
        Rule.MONTHS_MISSING: ("finance-tax.bookkeeping",),
    }
)
"""The services of the catalogue that help, the likeliest first."""


def signals_of(history: History, settings: AttentionSettings) -> tuple[Signal, ...]:
    """What the months signal, in the order of the rules; old figures alone signal that newer are missing."""
    missing = rules.months_missing(history, settings)
    if missing:
        return (_signal(history, Rule.MONTHS_MISSING, missing, settings),)
    found = {rule: found for rule, look in _RULES.items() if (found := look(history, settings))}
    if Rule.STAFF_OUT_ORDERS_UP in found:
        found.pop(Rule.PRESENT_LOW, None)  # the same absence, told with its likely cause
    return tuple(_signal(history, rule, finding, settings) for rule, finding in found.items())


def _signal(history: History, rule: Rule, finding: Finding, settings: AttentionSettings) -> Signal:
    return Signal(
        startup_id=history.startup_id,
        rule=rule,
        month=history.month(-history.missing if rule is Rule.MONTHS_MISSING else 0),
        severity=_severity(_SEVERITY[rule], finding.gravity >= settings.graver_times),
        gravity=finding.gravity,
        facts=finding.facts,
        evidence=finding.evidence,
        needs=NEEDS[rule],
    )


def _severity(least: Severity, graver: bool) -> Severity:
    return SEVERITIES[min(rank(least) + graver, len(SEVERITIES) - 1)]
