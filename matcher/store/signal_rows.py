"""One decision on a signal as one row of the table, and back."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from matcher.attention.decisions import Decision, Verdict
from matcher.attention.months import Figure
from matcher.attention.signals import Rule, Severity, Signal
from matcher.store.texts import check_storable


def row_of(decision: Decision, startup: int) -> dict[str, Any]:
    """The row that keeps the decision about the startup of this number.

    Raises:
        InvalidInput: a text that no database keeps.
    """
    for field in ("who", "reason"):
        check_storable(field, getattr(decision, field))
    signal = decision.signal
    return {
        "startup": startup,
        "rule": signal.rule.value,
        "month": signal.month,
        "mark": signal.mark,
        "signal": _body(signal),
        "verdict": decision.verdict.value,
        "need": decision.need,
        "who": decision.who,
        "at": decision.at,
        "reason": decision.reason,
    }


def decision_of(row: sa.RowMapping, organisation: str) -> Decision:
    """The decision of a row that also has the startup's `id`."""
    signal = _signal(row["signal"], startup_id=row["id"], rule=Rule(row["rule"]), month=row["month"])
    return Decision(
        organisation=organisation,
        signal=signal,
        verdict=Verdict(row["verdict"]),
        need=row["need"],
        who=row["who"],
        at=row["at"],
        reason=row["reason"],
    )


def _body(signal: Signal) -> dict[str, Any]:
    return {
        "severity": signal.severity.value,
        "gravity": signal.gravity,
        "facts": dict(signal.facts),
        "evidence": [[figure.month.isoformat(), figure.name, figure.value] for figure in signal.evidence],
        "needs": list(signal.needs),
    }


def _signal(body: Mapping[str, Any], *, startup_id: str, rule: Rule, month: dt.date) -> Signal:
    evidence = (
        Figure(dt.date.fromisoformat(month), name, float(value)) for month, name, value in body["evidence"]
    )
    return Signal(
        startup_id=startup_id,
        rule=rule,
        month=month,
        severity=Severity(body["severity"]),
        gravity=body["gravity"],
        facts=body["facts"],
        evidence=tuple(evidence),
        needs=tuple(body["needs"]),
    )
