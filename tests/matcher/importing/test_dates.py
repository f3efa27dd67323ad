import contextlib
import datetime as dt
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.errors import InvalidInput
from matcher.importing import dates
from matcher.importing.rules import Rule

FIRST_OF_MARCH = dt.date(2024, 3, 1)
DAYS = st.dates(dt.date(1900, 1, 1), dt.date(2100, 12, 31))


@pytest.mark.parametrize(
    "written",
    [
        "2024-03-01",
        "2024/3/1",
        "2024.3",
        "2024.03.01",
        "2024年3月1日",
        "2024 年 3 月",
        "２０２４年３月",
        "20240301",
        "202403",
        "45352",
        45352.0,
        45352.5,
        2024.3,
        20240301.0,
        "Mar 2024",
        "March 1, 2024",
        "1 Mar 2024",
        "1st March 2024",
        "民國113年3月1日",
        "二〇二四年三月",
        "二○二四年三月一日",
        "2024-03-01 12:30",
        dt.date(2024, 3, 1),
        dt.datetime(2024, 3, 1, 9),
    ],
)
def test_the_first_of_march_is_read_however_it_is_written(written: str | float | dt.date) -> None:
    assert dates.date(written) == FIRST_OF_MARCH


@pytest.mark.parametrize(
    ("written", "hour"),
    [
        ("2024-03-01 14:30:00", 14),
        ("2024-03-01T14:30:00Z", 14),
        ("2024-03-01T14:30:00+08:00", 6),
        ("2024/3/1 2:30 PM", 14),
        (dt.datetime(2024, 3, 1, 14, 30), 14),
    ],
)
def test_a_time_becomes_aware_and_utc(written: str | dt.datetime, hour: int) -> None:
    assert dates.moment(written) == dt.datetime(2024, 3, 1, hour, 30, tzinfo=dt.UTC)


def test_a_day_alone_is_its_midnight() -> None:
    assert dates.moment("2024-03-01") == dt.datetime(2024, 3, 1, tzinfo=dt.UTC)


def test_a_month_is_its_first_day() -> None:
    assert dates.month("2024-03-17") == FIRST_OF_MARCH


@pytest.mark.parametrize(
    ("written", "rule", "remedy"),
    [
        ("2024-02-30", Rule.NO_SUCH_DAY, "2024-02-29"),
        ("2023-02-29", Rule.NO_SUCH_DAY, "2023-02-28"),
        ("01/03/2024", Rule.DAY_OR_MONTH, "2024-01-03 / 2024-03-01"),
        (2024.1, Rule.MONTH_CUT, "2024-01 / 2024-10"),
        ("4月4日", Rule.YEAR_MISSING, "YYYY-04-04"),
        ("24/7/27", Rule.YEAR_SHORT, "2024-07-27"),
        ("24年7月", Rule.YEAR_SHORT, "2024-07-01"),
        ("2026年13月", Rule.DATE, "2024-03-01"),
        ("yesterday", Rule.DATE, "2024-03-01"),
        ("12345678901", Rule.DATE, "2024-03-01"),
        ("0024-01-01", Rule.YEAR, ""),
        (True, Rule.DATE, "2024-03-01"),
    ],
)
def test_what_is_no_day_is_refused_with_the_nearest(written: str | float, rule: Rule, remedy: str) -> None:
    with pytest.raises(InvalidInput) as refusal:
        dates.date(written)
    assert (refusal.value.rule, refusal.value.remedy) == (rule, remedy)


def test_day_and_month_are_told_apart_where_one_is_over_twelve() -> None:
    assert dates.date("13/03/2024") == dates.date("03/13/2024") == dt.date(2024, 3, 13)


@given(st.text())
def test_any_text_is_a_moment_or_invalid_input(text: str) -> None:
    with contextlib.suppress(InvalidInput):
        assert dates.moment(text).tzinfo is dt.UTC


@given(st.floats())
def test_any_number_is_a_day_or_invalid_input(number: float) -> None:
    with contextlib.suppress(InvalidInput):
        assert 1900 <= dates.date(number).year <= 2119


@given(
    DAYS,
    st.sampled_from(["%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y%m%d", "%Y年%m月%d日", "%d %b %Y", "%B %d, %Y"]),
)
def test_a_written_day_reads_as_itself(day: dt.date, form: str) -> None:
    assert dates.date(day.strftime(form)) == day


@given(st.dates(dt.date(1927, 6, 1), dt.date(2100, 1, 1)))
def test_a_day_number_of_a_spreadsheet_reads_as_its_day(day: dt.date) -> None:
    assert dates.date(float((day - dt.date(1899, 12, 30)).days)) == day


@pytest.mark.parametrize(
    "nonsense", [", " * 499 + "1", " ," * 400 + "2024", "2024年" + " " * 990 + "x", "x" * 999]
)
def test_nonsense_is_refused_in_no_time(nonsense: str) -> None:
    started = time.perf_counter()
    for _ in range(20):
        with pytest.raises(InvalidInput, match=str(Rule.DATE)):
            dates.moment(nonsense)
    assert time.perf_counter() - started < 0.1


def test_a_date_may_stand_with_all_that_people_write_around_it() -> None:
    written = "2024 年 3 月 1 日 , , (星期五) "
    assert dates.date(written) == FIRST_OF_MARCH


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("二〇一九年", dt.date(2019, 1, 1)),
        ("二零一九年十二月二十一日", dt.date(2019, 12, 21)),
        ("二〇二〇年十月三十日成立", dt.date(2020, 10, 30)),
    ],
)
def test_years_and_months_in_chinese_figures_are_read(written: str, day: dt.date) -> None:
    assert dates.date(written) == day
