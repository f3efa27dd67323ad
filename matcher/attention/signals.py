"""Signals: what a ledger says about one startup, with its evidence and the needs that it suggests."""

import datetime as dt
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from matcher.attention.months import Figure

Facts = Mapping[str, float]


class Severity(StrEnum):
    """How soon somebody should look, least first."""

    NOTICE = "notice"
    WARNING = "warning"
    URGENT = "urgent"


SEVERITIES = tuple(Severity)
"""Least first."""


class Rule(StrEnum):
    """What can be signalled; `matcher.attention.rules` says when."""

    RUNWAY_SHORT = "runway_short"
    STAFF_OUT_ORDERS_UP = "staff_out_orders_up"
    ORDERS_OVER_CAPACITY = "orders_over_capacity"
    REVENUE_FALLING = "revenue_falling"
    HEADCOUNT_FALLING = "headcount_falling"
    PRESENT_LOW = "present_low"
    HEADCOUNT_SURGING = "headcount_surging"
    MONTHS_MISSING = "months_missing"


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule found: how many times over its threshold (at least 1), the facts of its sentence, and the
    figures that it rests on."""

    gravity: float
    facts: Facts
    evidence: tuple[Figure, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Signal:
    """One rule's finding about one startup. `month` is the latest that it speaks of (its first day).

    `gravity` is how many times over the rule's threshold it is. `needs` are codes of the service catalogue,
    the likeliest first.
    """

    startup_id: str
    rule: Rule
    month: dt.date
    severity: Severity
    gravity: float
    facts: Facts
    evidence: tuple[Figure, ...]
    needs: tuple[str, ...]

    @property
    def mark(self) -> str:
        """16 hexadecimal digits that differ where rule, month or evidence do."""
        said = (self.startup_id, str(self.rule), self.month.isoformat(), self.evidence)
        return hashlib.blake2b(repr(said).encode(), digest_size=8).hexdigest()


def rank(severity: Severity) -> int:
    """0 for the least severe."""
    return SEVERITIES.index(severity)
