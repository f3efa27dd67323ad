"""All rules together: what is told, how severe it is, and that the unknown is silent."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.attention.months import FIGURES, history_of
from matcher.attention.raising import NEEDS, signals_of
from matcher.attention.settings import AttentionSettings
from matcher.attention.signals import Rule, Severity
from matcher.attention.words import RULE_NAMES, SEVERITY_NAMES, advice, sentence
from matcher.taxonomy import services
from tests.matcher.attention.ledgers import OCTOBER, entries, history

SETTINGS = AttentionSettings()
QUIET = {
    "headcount": [10] * 8,
    "present": [9] * 8,
    "revenue": [50] * 8,
    "orders": [50] * 8,
    "cash": [500] * 8,
}
SURGE = {
    "headcount": [10] * 8,
    "present": [9, 9, 9, 9, 9, 9, 5, 5],
    "revenue": [50] * 8,
    "orders": [50, 50, 50, 50, 50, 50, 85, 85],
    "cash": [500, 490, 480, 470, 460, 450, 40, 30],
}


def rules_of(**figures):
    return [signal.rule for signal in signals_of(history(**figures), SETTINGS)]


def test_an_even_ledger_signals_nothing():
    assert rules_of(**QUIET) == []


def test_the_startup_that_looks_for_money_for_its_orders_is_found():
    assert rules_of(**SURGE) == [
        Rule.RUNWAY_SHORT,
        Rule.STAFF_OUT_ORDERS_UP,
        Rule.ORDERS_OVER_CAPACITY,
    ]


def test_the_same_absence_is_not_told_twice():
    alone = SURGE | {"orders": [50] * 8}
    assert Rule.PRESENT_LOW in rules_of(**alone)
    assert Rule.PRESENT_LOW not in rules_of(**SURGE)


def test_twice_over_the_threshold_is_one_step_more_severe():
    four, three = ([3 * burn + left for burn in (3, 2, 1, 0)] for left, burn in ((12, 3), (9, 3)))
    [at_four] = signals_of(history(cash=four), SETTINGS)
    [at_three] = signals_of(history(cash=three), SETTINGS)
    assert (at_four.severity, at_three.severity) == (Severity.WARNING, Severity.URGENT)


def test_two_missing_months_silence_what_older_figures_said():
    old = history(dt.date(2026, 12, 1), **SURGE)
    [signal] = signals_of(old, SETTINGS)
    assert (signal.rule, signal.month, signal.facts) == (
        Rule.MONTHS_MISSING,
        dt.date(2026, 12, 1),
        {"months": 2},
    )


def test_one_missing_month_does_not():
    assert Rule.RUNWAY_SHORT in [s.rule for s in signals_of(history(dt.date(2026, 11, 1), **SURGE), SETTINGS)]


def test_other_figures_are_another_mark():
    [first] = signals_of(history(cash=[30, 20, 10]), SETTINGS)
    [same] = signals_of(history(cash=[30, 20, 10]), SETTINGS)
    [other] = signals_of(history(cash=[30, 20, 9]), SETTINGS)
    assert first.mark == same.mark != other.mark


def test_every_rule_suggests_services_of_the_catalogue_and_has_words():
    for rule in Rule:
        assert set(NEEDS[rule]) <= set(services().codes)
        assert RULE_NAMES["zh"][rule]
        assert RULE_NAMES["en"][rule]
    assert all(SEVERITY_NAMES[language][severity] for language in ("zh", "en") for severity in Severity)


@pytest.mark.parametrize(
    ("figures", "zh", "en"),
    [
        (
            {"cash": [800_000, 700_000, 600_000, 500_000]},
            "现金 50万，近期月均净支出 10万，只够 5.0 个月",
            "cash of 500K at a mean net burn of 100K a month lasts 5.0 months",
        ),
        (
            {"present": [10, 10, 10, 6], "orders": [100, 100, 100, 160]},
            "在岗人数比平常少 40%，订单比平常多 60%：可能在外找资金、跑市场，宜询问周转资金",
            "40% fewer people present than usual, orders 60% up: they may be out for money or customers; "
            "ask about working capital",
        ),
        (
            {"revenue": [80, 100, 90, 90], "orders": [100, 100, 150, 150]},
            "连续 2 个月订单不低于 150，是单月最高营收 100 的 1.5 倍",
            "orders of 150 or more in each of 2 months are 1.5 times the best month's revenue (100)",
        ),
        (
            {"revenue": [100, 90, 80, 70]},
            "营收连续 3 个月下降，由 100 降至 70（−30%）",
            "revenue fell 3 months in a row, from 100 to 70 (−30%)",
        ),
        (
            {"headcount": [10, 20]},
            "1 个月内人数由 10 增至 20（+100%）",
            "headcount grew from 10 to 20 (+100%) within 1 month",
        ),
        (
            {"headcount": [10, 10, 5]},
            "2 个月内人数由 10 减至 5（−50%）",
            "headcount fell from 10 to 5 (−50%) within 2 months",
        ),
        (
            {"headcount": [10, 10], "present": [4, 5]},
            "连续 2 个月在岗率不超过 50%",
            "at most 50% of the people present in each of 2 months",
        ),
    ],
)
def test_a_signal_says_what_it_saw(figures, zh, en):
    [signal] = signals_of(history(**figures), SETTINGS)
    assert (sentence(signal, "zh"), sentence(signal, "en")) == (zh, en)


def test_a_signal_names_the_services_that_help():
    [signal] = signals_of(history(cash=[30, 20, 10]), SETTINGS)
    assert advice(signal, "zh") == "可能需要：股权融资、贷款、补助与奖励"
    assert advice(signal, "en") == "may need: Equity, Loan, Grant"


NUMBERS = st.floats(0, 1e9, allow_nan=False)
"""Any figure of a ledger."""
NEEDED = {
    Rule.RUNWAY_SHORT: {"cash"},
    Rule.STAFF_OUT_ORDERS_UP: {"present", "orders"},
    Rule.ORDERS_OVER_CAPACITY: {"orders", "revenue"},
    Rule.REVENUE_FALLING: {"revenue"},
    Rule.HEADCOUNT_FALLING: {"headcount"},
    Rule.HEADCOUNT_SURGING: {"headcount"},
    Rule.PRESENT_LOW: {"present", "headcount"},
    Rule.MONTHS_MISSING: set(),
}
"""The figures without which a rule knows nothing."""


@st.composite
def ledgers(draw):
    """Some months of any figures, many of them blank."""
    count = draw(st.integers(1, 14))
    figure = st.lists(st.none() | NUMBERS, min_size=count, max_size=count)
    return {name: draw(figure) for name in FIGURES}


@given(ledgers(), st.sampled_from(FIGURES))
def test_a_blank_figure_never_signals_anything(figures, blank):
    length = len(figures[blank])
    found = history_of(entries(**{**figures, blank: [None] * length}), OCTOBER)
    for signal in signals_of(found, SETTINGS) if found else ():
        assert blank not in NEEDED[signal.rule]
        assert signal.gravity >= 1
        assert all(figure.value is not None and figure.name != blank for figure in signal.evidence)


@given(ledgers())
def test_what_a_signal_rests_on_is_all_that_it_needs(figures):
    found = history_of(entries(**figures), OCTOBER)
    for signal in signals_of(found, SETTINGS) if found else ():
        told = {(figure.month, figure.name) for figure in signal.evidence}
        bare = [
            {name: getattr(entry, name) if (entry.month, name) in told else None for name in FIGURES}
            for entry in entries(**figures)
        ]
        again = history_of(entries(**{n: [month[n] for month in bare] for n in FIGURES}), OCTOBER)
        if signal.rule is not Rule.MONTHS_MISSING:
            assert again is not None
            assert signal.rule in [each.rule for each in signals_of(again, SETTINGS)]
