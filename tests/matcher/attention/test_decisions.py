"""What staff decided on is not raised again, unless it is worse, or long ago."""

import dataclasses
import datetime as dt

import pytest

from matcher.attention.decisions import Decision, Verdict, settled
from matcher.attention.settings import AttentionSettings
from matcher.attention.signals import Rule, Severity, Signal
from matcher.errors import InvalidInput
from tests.matcher.attention.ledgers import OCTOBER

SETTINGS = AttentionSettings()
NOON = dt.datetime(2026, 11, 2, 12, tzinfo=dt.UTC)
SIGNAL = Signal(
    startup_id="s1",
    rule=Rule.RUNWAY_SHORT,
    month=OCTOBER,
    severity=Severity.WARNING,
    gravity=1.2,
    facts={},
    evidence=(),
    needs=("finance.equity",),
)
NOVEMBER = dt.date(2026, 11, 1)


def decision(signal=SIGNAL, verdict=Verdict.DISMISSED, **fields):
    need = "finance.loan" if verdict is Verdict.CONFIRMED else ""
    known = {"organisation": "north", "need": need, "who": "wei", "at": NOON, "reason": "round closes soon"}
    return Decision(signal=signal, verdict=verdict, **(known | fields))


def later(**fields):
    return dataclasses.replace(SIGNAL, **({"month": NOVEMBER} | fields))


def is_raised(signal, *decisions):
    return settled(signal, decisions, SETTINGS).is_open


def test_what_nobody_decided_on_is_open():
    assert is_raised(SIGNAL)


@pytest.mark.parametrize("verdict", Verdict)
def test_the_same_signal_is_settled_by_its_decision(verdict):
    made = decision(verdict=verdict)
    assert settled(SIGNAL, [made], SETTINGS).decision == made


def test_a_later_one_that_is_no_worse_stays_settled():
    assert not is_raised(later(), decision())
    assert not is_raised(later(gravity=1.4), decision())


def test_a_later_worse_one_is_raised():
    assert is_raised(later(gravity=1.5), decision())
    assert is_raised(later(severity=Severity.URGENT), decision())


def test_so_is_one_that_a_correction_of_the_same_month_made_worse():
    assert is_raised(later(month=OCTOBER, gravity=1.5), decision())


def test_after_half_a_year_it_is_another_story():
    assert not is_raised(later(month=dt.date(2027, 3, 1)), decision())
    assert is_raised(later(month=dt.date(2027, 4, 1)), decision())


def test_a_decision_on_another_rule_says_nothing_of_this_one():
    assert is_raised(SIGNAL, decision(signal=dataclasses.replace(SIGNAL, rule=Rule.REVENUE_FALLING)))


def test_the_last_of_several_decisions_counts():
    first = decision(signal=later(gravity=9.0))
    last = decision(at=NOON + dt.timedelta(days=1))
    assert is_raised(later(gravity=2.0), first, last)
    assert not is_raised(later(gravity=2.0), last, dataclasses.replace(first, at=NOON + dt.timedelta(days=2)))


def test_a_decision_needs_a_reason():
    with pytest.raises(InvalidInput, match="say why"):
        decision(reason=" ")


def test_only_confirming_adds_a_need():
    with pytest.raises(InvalidInput, match="need"):
        decision(need="finance.loan")
    with pytest.raises(InvalidInput, match="need"):
        decision(verdict=Verdict.CONFIRMED, need="")
