import string

import pytest

from matcher.matching.answers import Reason
from matcher.matching.eligibility import Rule
from matcher.matching.wording import rule_sentence, sentence
from matcher.model.combination import SIGNALS

LANGUAGES = ("zh", "en")
RECORD = {"met": 4, "taken": 4, "asked": 5, "ago": 95, "of": 40, "of_taken": 40, "role": "investor"}
INDUSTRY = RECORD | {"wanted": ("industry:health.devices",)}
EVERY_FACT = INDUSTRY | {
    "shared": ("industry:ai",),
    "given": ("industry:ai",),
    "words": ("laser",),
    "year": 3,
    "fields": 2,
    "requests": 5,
    "accepted": 2,
}


def said(signal: str, points: float, facts: dict[str, object], language: str = "en") -> str:
    return sentence(Reason(signal, points, facts), language)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("facts", [{}, EVERY_FACT], ids=["without facts", "with facts"])
@pytest.mark.parametrize("signal", [*SIGNALS, "other"])
def test_every_signal_has_a_sentence_for_and_one_against(
    signal: str, facts: dict[str, object], language: str
):
    fits, misfits = said(signal, 0.1, facts, language), said(signal, -0.1, facts, language)

    for words in (fits, misfits):
        assert words
        assert "{" not in words
        assert "None" not in words


def test_english_sentences_hold_no_chinese():
    for signal in SIGNALS:
        words = said(signal, 0.1, EVERY_FACT) + said(signal, -0.1, EVERY_FACT)
        assert set(words) <= set(string.printable) | {"–", "≤", "≥"}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "rule", [rule for rule in Rule if rule is not Rule.ELIGIBLE], ids=lambda rule: rule.name
)
def test_every_rule_has_a_sentence(rule: Rule, language: str):
    assert rule_sentence(Reason(rule.name.lower(), 0.0), language)


@pytest.mark.parametrize(
    ("changed", "zh", "en"),
    [
        (
            {},
            "投过 4 家医疗器械企业，最近一次 3 个月前",
            "has backed 4 startups in Medical devices, the last one 3 months ago",
        ),
        (
            {"role": "mentor"},
            "辅导过 4 家医疗器械企业，最近一次 3 个月前",
            "has mentored 4 startups in Medical devices, the last one 3 months ago",
        ),
        (
            {"met": 1, "taken": 1},
            "投过 1 家医疗器械企业（3 个月前）",
            "has backed 1 startup in Medical devices, 3 months ago",
        ),
        (
            {"taken": 1},
            "接洽过 4 家医疗器械企业，投了 1 家，最近一次 3 个月前",
            "has met 4 startups in Medical devices and backed 1 of them, the last one 3 months ago",
        ),
        (
            {"taken": 0},
            "接洽过 4 家医疗器械企业，最近一次 3 个月前",
            "has met 4 startups in Medical devices, the last one 3 months ago",
        ),
        (
            {"same_stage": 2},
            "投过 4 家医疗器械企业（2 家同阶段），最近一次 3 个月前",
            "has backed 4 startups in Medical devices (2 at the same stage), the last one 3 months ago",
        ),
        (
            {"same_stage": 4},
            "投过 4 家同阶段医疗器械企业，最近一次 3 个月前",
            "has backed 4 startups in Medical devices at the same stage, the last one 3 months ago",
        ),
        (
            {"met": 0, "taken": 0},
            "有 5 家医疗器械企业曾有意与其对接",
            "5 startups in Medical devices asked for it or shortlisted it",
        ),
    ],
)
def test_what_was_done_before_is_told_with_its_number_and_its_age(
    changed: dict[str, object], zh: str, en: str
):
    assert said("affinity_industry", 0.1, INDUSTRY | changed, "zh") == zh
    assert said("affinity_industry", 0.1, INDUSTRY | changed, "en") == en


@pytest.mark.parametrize(
    ("changed", "zh", "en"),
    [
        (
            {"met": 2, "taken": 2},
            "投过 40 家企业，其中只有 2 家是医疗器械企业",
            "has backed 40 startups, only 2 in Medical devices",
        ),
        (
            {"met": 0, "taken": 0},
            "投过 40 家企业，其中尚无医疗器械企业",
            "has backed 40 startups, none in Medical devices",
        ),
        (
            {"met": 0, "taken": 0, "of": 0, "of_taken": 0},
            "尚无医疗器械企业的先例",
            "has no case yet of a startup in Medical devices",
        ),
    ],
)
def test_what_was_never_or_seldom_done_is_said_as_such(changed: dict[str, object], zh: str, en: str):
    assert said("affinity_industry", -0.1, INDUSTRY | changed, "zh") == zh
    assert said("affinity_industry", -0.1, INDUSTRY | changed, "en") == en


@pytest.mark.parametrize(
    ("signal", "facts", "zh", "en"),
    [
        ("affinity_region", {"wanted": ("region:cn-sh",)}, "上海的", "from Shanghai"),
        ("affinity_stage", {"wanted": ("stage:angel",)}, "天使轮阶段的", "at the Angel stage"),
        ("affinity_needs", {"wanted": ("service:legal",)}, "需要法律的", "in need of Legal"),
        ("affinity_ask", {"ask": 5e6}, "融资额与500万相近的", "raising about 5M"),
    ],
)
def test_each_kind_of_record_names_what_it_is_a_record_of(
    signal: str, facts: dict[str, object], zh: str, en: str
):
    assert zh in said(signal, 0.1, RECORD | facts, "zh")
    assert en in said(signal, 0.1, RECORD | facts, "en")


@pytest.mark.parametrize(
    ("points", "changed", "zh", "en"),
    [
        (0.1, {"year": 12}, "近一年投过 12 家企业", "has backed 12 startups in the past year"),
        (0.1, {"year": 0}, "投过 40 家企业，最近一次", "has backed 40 startups, the last one"),
        (-0.1, {"year": 1}, "近一年投过 1 家企业", "has backed 1 startup in the past year"),
        (-0.1, {"year": 0}, "近一年没有新增企业，最近一次 3 个月前", "no new startup in the past year"),
        (-0.1, {"of": 0}, "尚无合作企业的记录", "has no record of working with a startup yet"),
    ],
)
def test_activity_is_told_by_the_last_year(points: float, changed: dict[str, object], zh: str, en: str):
    assert said("activity", points, RECORD | changed, "zh").startswith(zh)
    assert said("activity", points, RECORD | changed, "en").startswith(en)


def test_answers_are_counted():
    facts = {"requests": 12, "accepted": 9}

    assert said("response", 0.1, facts, "zh") == "12 次邀约中接受 9 次"
    assert said("response", 0.1, facts) == "accepted 9 of 12 requests"
    assert said("response", -0.1, {"requests": 1}) == "accepted 0 of 1 request, below the average"


def test_refusals_of_the_like_are_counted():
    facts = {"wanted": ("industry:ai",), "count": 2, "refused": 7}

    assert said("refusals", -0.1, facts, "zh") == "曾婉拒 2 家人工智能企业"
    assert said("refusals", 0.1, facts | {"count": 0}, "zh") == "婉拒过 7 家企业，其中没有人工智能企业"


@pytest.mark.parametrize(
    ("points", "met", "shared", "zh", "en"),
    [
        (0.1, ("service:legal", "service:ip"), ("service:legal",), "能提供所需的", "offers"),
        (0.1, ("service:legal",), ("service:legal",), "所需 2 项中能提供 1 项：法律", "offers 1 of the 2"),
        (-0.1, ("service:legal",), ("service:legal",), "所需 2 项中能提供 1 项：法律", "offers 1 of the 2"),
        (-0.1, (), ("service:finance",), "提供融资类服务，但不含", "offers services in Financing, but not"),
        (-0.1, (), (), "不在其供给之中", "does not offer what is needed"),
    ],
)
def test_needs_met_in_part_are_said_to_be(
    points: float, met: tuple[str, ...], shared: tuple[str, ...], zh: str, en: str
):
    facts = {"met_needs": met, "count": len(met), "of": 2, "shared": shared, "wanted": ("service:ip",)}

    assert zh in said("needs", points, facts, "zh")
    assert said("needs", points, facts).startswith(en)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_rests_on_little_says_so(language: str):
    sure, unsure = (sentence(Reason("semantic", 0.1, {}, uncertain), language) for uncertain in (False, True))

    assert unsure.startswith(sure)
    assert unsure.removeprefix(sure).strip() in {"（依据较少）", "(little to go by)"}


def test_an_ask_near_the_range_is_not_said_to_lie_in_it():
    facts = {"within": False, "ask": 2.6e6, "least": 3.1e6, "most": 2.3e7, "currency": "CNY"}

    assert said("ticket", 0.1, facts, "zh") == "拟融资260万接近其单笔范围310万–2300万 CNY"
    assert "偏离" in said("ticket", -0.1, facts, "zh")


def test_a_stage_next_to_those_looked_for_is_said_to_be_near():
    facts = {"shared": (), "wanted": ("stage:a",), "given": ("stage:angel",)}

    assert "相近" in said("stage", 0.1, facts, "zh")
    assert said("stage", -0.1, facts) == "Series A is not a usual stage"
