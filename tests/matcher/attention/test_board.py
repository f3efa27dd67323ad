"""Periods, sums and trends on figures that can be added up in the head."""

import datetime as dt

import pytest

from matcher.attention.board import Trend, board
from matcher.attention.books import Books
from matcher.attention.periods import Period, Span, span_between, spans
from matcher.attention.summary import Summary, changes, summary_of, together
from matcher.errors import InvalidInput
from tests.matcher.attention.ledgers import OCTOBER, entries
from tests.matcher.store.samples import startup

MAY = dt.date(2026, 5, 1)
HALF_YEAR = span_between(MAY, OCTOBER)


def books(**ledgers):
    return Books({id_: startup(id_) for id_ in ledgers}, ledgers, {}, OCTOBER)


@pytest.mark.parametrize(
    ("period", "names"),
    [
        (Period.MONTH, ["2026-05", "2026-06", "2026-07", "2026-08", "2026-09", "2026-10"]),
        (Period.QUARTER, ["2026-Q2", "2026-Q3", "2026-Q4"]),
        (Period.HALF_YEAR, ["2026-H1", "2026-H2"]),
        (Period.YEAR, ["2026"]),
    ],
)
def test_periods_are_the_calendars(period, names):
    assert [span.name for span in spans(HALF_YEAR, period)] == names


def test_a_span_that_is_no_period_says_its_ends():
    assert HALF_YEAR.name == "2026-05–2026-10"
    assert (HALF_YEAR.first, HALF_YEAR.last_month, HALF_YEAR.end) == (MAY, OCTOBER, dt.date(2026, 11, 1))
    assert HALF_YEAR.before == span_between(dt.date(2025, 11, 1), dt.date(2026, 4, 1))


@pytest.mark.parametrize(
    ("first", "last"),
    [
        (OCTOBER, MAY),
        (dt.date(2010, 1, 1), OCTOBER),
        (dt.date(1, 1, 1), dt.date(1, 2, 1)),
        (OCTOBER, dt.date.max),
    ],
)
def test_a_span_that_is_empty_too_long_or_out_of_time_is_refused(first, last):
    with pytest.raises(InvalidInput):
        span_between(first, last)


def test_a_summary_adds_up_flows_and_takes_the_last_of_stocks():
    told = entries(
        revenue=[10, 20, 30], orders=[1, 2, 3], headcount=[4, 5, 6], present=[2, 5, 3], cash=[9, 8, 7]
    )
    found = summary_of(told, span_between(OCTOBER - dt.timedelta(days=40), OCTOBER))
    assert (found.startups, found.months, found.revenue, found.orders) == (1, 3, 60, 6)
    assert (found.headcount, found.cash, found.monthly_revenue) == (6, 7, 20)
    assert found.present_share == 10 / 15


def test_what_is_unknown_is_left_out_and_is_not_zero():
    told = entries(revenue=[10, None, 30], cash=[5, None, None], orders=[None] * 3)
    found = summary_of(told, HALF_YEAR)
    assert (found.months, found.monthly_revenue, found.cash) == (2, 20, 5)
    assert found.orders is found.headcount is found.present_share is None
    assert summary_of([], HALF_YEAR) == Summary()


def test_a_missing_month_does_not_look_like_a_fall():
    now = summary_of(entries(revenue=[10, None, 10]), span_between(dt.date(2026, 8, 1), OCTOBER))
    before = Summary(startups=1, months=3, revenue=30, monthly_revenue=10)
    assert changes([now], [before]).revenue == 0


def test_together_only_those_are_compared_who_reported_both_times():
    old, new = Summary(monthly_revenue=100), Summary(monthly_revenue=900)
    assert changes([Summary(monthly_revenue=110), new], [old, Summary()]).revenue == pytest.approx(0.1)
    assert changes([new], [Summary()]).revenue is None
    assert together([old, new, Summary()]).monthly_revenue == 1000


def test_there_is_no_change_from_zero():
    assert changes([Summary(headcount=3)], [Summary(headcount=0)]).headcount is None


def test_the_board_has_every_startup_and_all_together_with_the_best_earner_first():
    found = board(
        books(
            s1=entries("s1", revenue=[5, 10, 12]),
            s2=entries("s2", revenue=[100, 100, 80]),
            s3=entries("s3", headcount=[3, 3, 3]),
            s4=entries("s4", revenue=[0, 0, 0]),
        ),
        span_between(dt.date(2026, 9, 1), OCTOBER),
        Period.MONTH,
    )
    assert [row.profile.id for row in found.rows] == ["s2", "s1", "s4", "s3"]
    assert [line.span.name for line in found.whole] == ["2026-09", "2026-10"]
    assert [line.summary.revenue for line in found.whole] == [110, 92]
    assert [line.summary.startups for line in found.whole] == [4, 4]
    assert [[line.trend for line in row.lines] for row in found.rows] == [
        [Trend.EVEN, Trend.DOWN],
        [Trend.UP, Trend.UP],
        [Trend.UNKNOWN, Trend.UNKNOWN],
        [Trend.UNKNOWN, Trend.UNKNOWN],
    ]
    assert found.whole[-1].changes.revenue == pytest.approx(92 / 110 - 1)


def test_a_board_of_nobody_has_empty_lines():
    found = board(books(), HALF_YEAR, Period.YEAR)
    assert (found.rows, found.whole[0].summary) == ((), Summary())


def test_a_span_has_its_months_and_no_others():
    quarter = Span(12 * 2026 + 9, 3)
    assert OCTOBER in quarter
    assert dt.date(2026, 12, 31) in quarter
    assert dt.date(2027, 1, 1) not in quarter
