"""What profiles and figures look like."""

import pytest

from api.pages import words
from matcher.profiles import Profile, Role
from matcher.text.traditional import traditional


def test_probabilities_are_shown_out_of_a_hundred():
    assert [words.hundredths(each) for each in (0.0, 0.734, 1.0)] == ["0.0", "73.4", "100.0"]


def test_points_have_a_sign():
    assert [words.points(each) for each in (0.123, -0.031, 0.0)] == ["+12.3", "−3.1", "+0.0"]


@pytest.mark.parametrize(
    ("written", "zh", "en"),
    [
        ("人工智能", "人工智能", "Artificial intelligence"),
        ("AI", "AI", "AI"),
        ("healthcare", "医疗健康", "healthcare"),
        ("量子点显示胶", "量子点显示胶", "量子点显示胶"),
        ("quantum glue", "quantum glue", "quantum glue"),
    ],
)
def test_a_label_of_the_other_language_is_told_by_its_name_in_the_readers(written: str, zh: str, en: str):
    assert words.label(written, "industry", language="zh") == zh
    assert words.label(written, "industry", language="en") == en


def test_labels_are_joined_as_the_language_does_and_told_once():
    assert words.labels(("天使轮", "A轮"), "stage", language="zh") == "天使轮、A轮"
    assert words.labels(("天使轮", "天使"), "stage", language="en") == "Angel"
    assert words.labels((), "stage", language="en") == ""


def test_every_stage_a_kind_and_a_place_are_told_in_the_readers_language():
    assert words.label("全部", "stage", language="en") == "any stage"
    assert words.label("all stages", "stage", language="zh") == "不限阶段"
    assert words.everyday("english", language="zh") == "英文"
    assert words.place("Singapore/Bukit Nowhere", language="zh") == "新加坡/Bukit Nowhere"


def test_a_catalogues_name_is_in_the_characters_that_the_reader_chose():
    assert words.label("healthcare", "industry", language="zh", in_script=traditional) == "醫療健康"
    assert words.label("医疗健康", "industry", language="zh", in_script=traditional) == "医疗健康"


def test_a_region_keeps_the_steps_that_have_no_english_name():
    assert words.place("浙江/云澜市", language="en") == "Zhejiang / 云澜市"
    assert words.place("浙江/云澜市", language="zh") == "浙江/云澜市"
    assert words.place("", language="en") == ""


@pytest.mark.parametrize(
    ("least", "most", "shown"),
    [(5e6, 1.2e8, "500万–1.2亿 CNY"), (5e6, None, "≥ 500万 CNY"), (None, 1e8, "≤ 1亿 CNY"), (None, None, "")],
)
def test_a_ticket_leaves_out_an_end_that_is_unknown(least: float | None, most: float | None, shown: str):
    fund = Profile(
        organisation="o",
        role=Role.INVESTOR,
        id="f",
        name="F",
        ticket_min=least,
        ticket_max=most,
        currency="CNY",
    )
    assert words.ticket(fund, language="zh") == shown


def test_an_unknown_amount_is_not_zero():
    assert words.money(None, "CNY", language="zh") == ""
    assert words.money(0.0, "", language="zh") == "0"


def test_choices_stand_below_what_contains_them():
    names = words.choices("industry", language="en")
    codes = [code for code, _ in names]
    assert codes.index("it") < codes.index("it.cloud")
    assert dict(names)["it.cloud"] == "\u3000Cloud computing"


@pytest.mark.parametrize(
    ("written", "en"),
    [
        ("基金", "Fund"),
        ("銀行貸款", "Bank loan"),
        ("英文", "English"),
        ("VC", "VC"),
        ("某种机构", "某种机构"),
        ("", ""),
    ],
)
def test_kinds_and_languages_have_english_names_for_readers_of_english(written: str, en: str):
    assert words.everyday(written, language="en") == en
    assert words.everyday(written, language="zh") == written


def test_languages_are_listed_in_the_reader_s_language():
    assert words.listed(("中文", "英文"), language="en") == "Chinese, English"
    assert words.listed(("中文", "英文"), language="zh") == "中文、英文"
