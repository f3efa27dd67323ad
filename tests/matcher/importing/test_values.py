import contextlib
import re
import time
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.errors import InvalidInput
from matcher.importing import values
from matcher.importing.currencies import currency
from matcher.importing.figures import Span, Unit
from matcher.importing.rules import Rule
from matcher.interactions import InteractionType
from matcher.profiles import Status

READERS: list[Callable[[str], object]] = [
    values.whole,
    values.percent,
    values.months,
    values.rating,
    values.boolean,
    values.labels,
    values.status,
    values.interaction_type,
    currency,
]


@pytest.mark.parametrize("reader", READERS)
@given(text=st.text(min_size=1))
def test_any_text_is_a_value_or_invalid_input(reader: Callable[[str], object], text: str) -> None:
    with contextlib.suppress(InvalidInput):
        reader(text)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("12", Span(12.0, 12.0)),
        (12.0, Span(12.0, 12.0)),
        ("约10人", Span(10.0, 10.0, exact=False)),
        ("10-20", Span(10.0, 20.0)),
        ("50人以上", Span(50.0, None)),
        ("十二人", Span(12.0, 12.0)),
        ("5~8家", Span(5.0, 8.0)),
    ],
)
def test_people_are_counted_in_whole_numbers(written: str | float, read: Span) -> None:
    assert values.whole(written) == read


def test_half_a_person_is_refused_with_the_nearest_whole() -> None:
    with pytest.raises(InvalidInput) as refusal:
        values.whole("3.6")
    assert (refusal.value.rule, refusal.value.remedy) == (Rule.WHOLE, "4")


@pytest.mark.parametrize(
    ("written", "rate"),
    [("4.35%", 4.35), ("４.35％", 4.35), ("5", 5.0), ("免息", 0.0), ("年化3.85%", 3.85), ("0.2%", 0.2)],
)
def test_a_rate_is_in_percent(written: str, rate: float) -> None:
    assert values.percent(written) == Span(rate, rate)


def test_a_rate_that_a_spreadsheet_keeps_as_a_fraction_is_a_percentage_that_is_not_exact() -> None:
    assert values.percent(0.0435) == Span(4.35, 4.35, exact=False)


def test_a_small_rate_below_a_percent_header_stays_as_it_is() -> None:
    assert values.percent(0.2, Unit(word="%")) == Span(0.2, 0.2)


@pytest.mark.parametrize(
    ("written", "low", "high"),
    [
        ("12", 12, 12),
        ("12个月", 12, 12),
        ("3年", 36, 36),
        ("1-3年", 12, 36),
        ("一年", 12, 12),
        ("6 months", 6, 6),
    ],
)
def test_a_term_is_in_months(written: str, low: float, high: float) -> None:
    assert values.months(written) == Span(low, high)


def test_a_bare_term_below_a_header_in_years_is_in_years() -> None:
    assert values.months(3.0, Unit(word="年")) == Span(36.0, 36.0)


@pytest.mark.parametrize(("written", "value"), [("4", 4.0), ("4.5分", 4.5), ("五星", 5.0), ("4/5", 4.0)])
def test_a_rating_is_a_number(written: str, value: float) -> None:
    assert values.rating(written).middle == value


@pytest.mark.parametrize(
    ("written", "answer"),
    [("是", True), ("YES", True), ("√", True), (True, True), ("否", False), ("no", False)],
)
def test_yes_and_no_in_either_language(written: str | bool, answer: bool) -> None:
    assert values.boolean(written) is answer


@pytest.mark.parametrize("separator", [";", "；", "、", "|", ",", "，", "\n"])
def test_every_separator_parts_a_list(separator: str) -> None:
    assert values.labels(f"甲{separator} 乙{separator}{separator}甲") == ("甲", "乙")


def test_separators_inside_brackets_do_not_part_a_list() -> None:
    assert values.labels("融资（股权、债权）、法律") == ("融资（股权、债权）", "法律")


@given(st.lists(st.text("甲乙丙丁abc", min_size=1), unique=True, min_size=1), st.sampled_from(";；、|,，"))
def test_a_joined_list_comes_back_as_its_parts(parts: list[str], separator: str) -> None:
    assert values.labels(separator.join(parts)) == tuple(part for part in parts if part not in ("na",))


@pytest.mark.parametrize(
    ("word", "status"),
    [
        ("在孵", Status.ACTIVE),
        ("毕业", Status.CLOSED),
        ("退出", Status.CLOSED),
        ("暂停", Status.PAUSED),
        ("Active", Status.ACTIVE),
        ("在岗", Status.ACTIVE),
        ("在职", Status.ACTIVE),
        ("在任", Status.ACTIVE),
    ],
)
def test_office_words_mean_a_status(word: str, status: Status) -> None:
    assert values.status(word) is status


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        ("推荐", InteractionType.SHOWN),
        ("浏览", InteractionType.VIEWED),
        ("收藏", InteractionType.SHORTLISTED),
        ("忽略", InteractionType.DISMISSED),
        ("约见", InteractionType.REQUESTED),
        ("同意", InteractionType.ACCEPTED),
        ("婉拒", InteractionType.DECLINED),
        ("會面", InteractionType.MET),
        ("评分", InteractionType.RATED),
        ("輔導", InteractionType.MENTORED),
        ("Invested", InteractionType.INVESTED),
    ],
)
def test_office_words_mean_an_interaction(word: str, kind: InteractionType) -> None:
    assert values.interaction_type(word) is kind


def test_a_misspelt_interaction_is_refused_with_the_nearest() -> None:
    with pytest.raises(InvalidInput) as refusal:
        values.interaction_type("investd")
    assert refusal.value.remedy == "invested"


def test_an_unknown_interaction_is_refused_with_every_kind_in_both_languages() -> None:
    with pytest.raises(InvalidInput) as refusal:
        values.interaction_type("打电话")
    assert "见面 (met) / 评分 (rated)" in refusal.value.remedy


def test_what_stands_in_brackets_after_a_status_does_not_count() -> None:
    assert values.status("在孵（二期）") is Status.ACTIVE


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("人民币", "CNY"),
        ("RMB", "CNY"),
        ("美元", "USD"),
        ("$", "USD"),
        ("港幣", "HKD"),
        ("cny", "CNY"),
        ("THB", "THB"),
    ],
)
def test_a_currency_becomes_its_code(written: str, code: str) -> None:
    assert currency(written) == code


def test_an_unknown_currency_is_refused() -> None:
    with pytest.raises(InvalidInput):
        currency("贝壳")


@given(st.text("甲,、(（)】", max_size=30))
def test_a_separator_counts_unless_a_closing_bracket_comes_before_an_opening_one(text: str) -> None:
    plainly = re.split(r"[,、]+(?![^(（\[【]*[)）\]】])", text)
    assert values.labels(text) == tuple(dict.fromkeys(part for part in plainly if part))


def test_a_list_of_many_parts_takes_no_longer_than_its_length() -> None:
    started = time.process_time()
    assert len(values.labels("甲, " * 60_000 + "乙")) == 2
    assert time.process_time() - started < 2
