"""Months in a row: gaps are unknown, not zero."""

import datetime as dt

from matcher.attention.months import change, history_of, month_number, month_of, usual
from matcher.attention.settings import AttentionSettings
from tests.matcher.attention.ledgers import OCTOBER, entries, history


def test_neighbouring_months_differ_by_one_over_new_year_too():
    december, january = dt.date(2025, 12, 1), dt.date(2026, 1, 1)
    assert month_number(january) - month_number(december) == 1
    assert [month_of(month_number(month)) for month in (december, january)] == [december, january]


def test_a_month_that_nobody_reported_is_unknown():
    august, _, october = entries(cash=[3, 2, 1])
    found = history_of([august, october], OCTOBER)
    assert found is not None
    assert found.figures("cash", range(4)) == [1, None, 3, None]
    assert found.known("cash", range(4)) == [1, 3]


def test_blank_months_at_the_end_are_missing_not_reported():
    found = history(cash=[5, None, None])
    assert (found.latest, found.missing) == (dt.date(2026, 8, 1), 2)


def test_months_after_the_one_that_is_due_are_not_looked_at():
    found = history(dt.date(2026, 9, 1), cash=[3, 2, 1])
    assert (found.latest, found.figure("cash", 0), found.missing) == (dt.date(2026, 9, 1), 2, 0)


def test_who_reported_nothing_has_no_history():
    assert history_of([], OCTOBER) is None
    assert history_of(entries(cash=[None]), OCTOBER) is None


def test_evidence_has_the_known_figures_oldest_first():
    told = history(cash=[3, None, 1], present=[7, 8, 9]).evidence(["cash", "present"], range(3))
    assert [(figure.month.month, figure.name, figure.value) for figure in told] == [
        (8, "cash", 3),
        (10, "cash", 1),
        (8, "present", 7),
        (9, "present", 8),
        (10, "present", 9),
    ]


def test_the_usual_is_the_median_of_half_a_year_without_the_latest():
    assert usual(history(orders=[900, 1, 2, 3, 4, 5, 6, 700]), "orders", AttentionSettings()) == 3.5


def test_there_is_no_change_from_nothing_or_from_the_unknown():
    assert change(3, 2) == 0.5
    assert change(3, 0) is change(3, None) is change(None, 3) is None
