"""Figures as people write them."""

import math

import pytest

from training.weekly.report import numbers


@pytest.mark.parametrize(
    ("number", "zh", "en"),
    [
        (0, "0", "0"),
        (9_876, "9,876", "9,876"),
        (12_480, "1.25万", "12,480"),
        (3_456_789, "346万", "3.46M"),
        (230_000_000, "2.3亿", "230M"),
    ],
)
def test_large_counts_are_told_in_ten_thousands_in_chinese(number: int, zh: str, en: str) -> None:
    assert numbers.count(number, "zh") == zh
    assert numbers.count(number, "en") == en


def test_a_chinese_unit_follows_a_figure_after_a_space_and_ten_thousand_at_once() -> None:
    assert numbers.counted(312, "条") == "312 条"
    assert numbers.counted(12_480, "条") == "1.25万条"


@pytest.mark.parametrize("value", [None, math.nan, math.inf])
def test_what_nobody_knows_is_a_dash(value: float | None) -> None:
    written = [
        write(value)
        for write in (numbers.decimal, numbers.signed, numbers.share, numbers.signed_share, numbers.memory)
    ]
    assert written == ["–"] * 5


def test_a_difference_has_its_sign() -> None:
    assert [numbers.signed(each) for each in (0.0124, -0.0041, 0.0002)] == ["+0.012", "−0.004", "±0.000"]
    assert [numbers.signed_share(each) for each in (0.0794, -0.5, -1e-6)] == ["+7.9%", "−50%", "±0%"]


def test_small_shares_keep_their_digits() -> None:
    assert [numbers.share(each) for each in (0.834, 0.0834, 0.00834, 0.0)] == ["83%", "8.3%", "0.83%", "0%"]


@pytest.mark.parametrize(
    ("seconds", "zh", "en"),
    [
        (0.42, "0.4 秒", "0.4 s"),
        (38.2, "38 秒", "38 s"),
        (59.7, "1 分 0 秒", "1 min 0 s"),
        (702, "11 分 42 秒", "11 min 42 s"),
        (3_900, "1 小时 5 分", "1 h 5 min"),
    ],
)
def test_times_are_told_by_their_two_largest_units(seconds: float, zh: str, en: str) -> None:
    assert numbers.duration(seconds, "zh") == zh
    assert numbers.duration(seconds, "en") == en


def test_memory_is_told_in_gibibytes_from_one_on() -> None:
    assert [numbers.memory(each) for each in (612.4, 2_811.0)] == ["612 MiB", "2.7 GiB"]


def test_days_are_written_as_the_language_does() -> None:
    assert numbers.day("2026-11-02", "zh") == "2026年11月2日"
    assert numbers.day("2026-11-02", "en") == "2 Nov 2026"
    assert numbers.short_day("2026-11-02", "en") == "2 Nov"
    assert numbers.month("2026-11-02", "zh") == "11月"


@pytest.mark.parametrize(
    ("text", "en"),
    [
        ("2026-11-22T03:07:00+08:00", "22 Nov 2026 03:07 UTC+8"),
        ("2026-11-21T19:07:00Z", "21 Nov 2026 19:07 UTC"),
        ("2026-11-21T13:37:00-05:30", "21 Nov 2026 13:37 UTC−5:30"),
    ],
)
def test_an_instant_is_told_on_the_clock_that_it_was_written_by(text: str, en: str) -> None:
    assert numbers.instant(text, "en") == en
