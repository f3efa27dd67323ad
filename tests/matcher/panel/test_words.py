"""What a panel tells, in both languages."""

from dataclasses import replace
from string import Formatter

import pytest

from matcher.amounts import amount_in_full
from matcher.panel import phrases
from matcher.panel.assigning import assign
from matcher.panel.awards import Outcome, awards_of
from matcher.panel.conflicts import Conflict
from matcher.panel.documents import application_of, document_of, reviewer_of, settings_of
from matcher.panel.ranking import ranking_of
from matcher.panel.values import PanelSettings, RankBy, Sharing, TieBreak
from matcher.panel.wording import (
    award_sentence,
    budget_sentence,
    leniency_sentence,
    method_sentence,
    shortfall_sentence,
    tie_sentence,
)
from tests.matcher.panel.worlds import application, panel, reviewer, scored, wanted


@pytest.mark.parametrize(
    ("amount", "currency", "zh", "en"),
    [
        (190_000, "CNY", "19万元", "CNY 190,000"),
        (123_456_789, "CNY", "1.23456789亿元", "CNY 123,456,789"),
        (9_999, "USD", "9999美元", "USD 9,999"),
        (0, "CNY", "0元", "CNY 0"),
        (10**12, "XXX", "10000亿XXX", "XXX 1,000,000,000,000"),
    ],
)
def test_amounts_are_written_in_full(amount, currency, zh, en):
    assert (amount_in_full(amount, currency, "zh"), amount_in_full(amount, currency, "en")) == (zh, en)


@pytest.mark.parametrize(
    ("templates", "words"),
    [
        (phrases.OUTCOMES, Outcome),
        (phrases.TIES, TieBreak),
        (phrases.RULES, TieBreak),
        (phrases.MEANS, RankBy),
        (phrases.SHARINGS, Sharing),
        (phrases.CONFLICTS, Conflict),
    ],
)
def test_every_word_has_a_template_in_both_languages_with_the_same_facts(templates, words):
    def places(template: str) -> set[str]:
        return {name for _, name, _, _ in Formatter().parse(template) if name}

    assert set(templates["zh"]) == set(templates["en"]) == set(words)
    for word in words:
        assert places(templates["zh"][word]) == places(templates["en"][word])


def test_an_awards_sentence_has_the_amounts_and_the_reason():
    settings = PanelSettings(each=1, budget=250_000, cap=200_000)
    given = panel(
        [application("a", 300_000), application("b", 90_000, 30_000), application("c", 90_000)],
        each=1,
        budget=250_000,
        cap=200_000,
        reviews=scored({"a": {"r1": 90}, "b": {"r1": 80}, "c": {"r1": 70}}),
    )
    ranking = ranking_of(given)
    ranked = {one.application.id: one for one in ranking.ranked}
    awards = awards_of(ranking.ranked, settings)
    said = [award_sentence(each, ranked[each.application.id], settings, "zh") for each in awards.awards]
    assert said == [
        "申请 30万元，按单项上限资助 20万元",
        "轮到时预算余 5万元，在申请的 9万元 中部分资助 5万元",
        "候补第 1 位：轮到时预算已用完",
    ]
    assert budget_sentence(awards, settings, "en") == "budget CNY 250,000, awarded CNY 250,000, left CNY 0"


def test_a_tie_and_a_method_are_told():
    given = panel(
        [application("a", 9), application("b", 5)],
        each=1,
        reviews=scored({"a": {"r1": 90}, "b": {"r1": 90}}),
    )
    tie = ranking_of(given).ranked[1].tie
    names = {"a": "甲", "b": "乙"}
    assert tie_sentence(tie, names, given.settings, "zh") == "与 乙 同分；申请金额较少者在前（9元 多于 5元）"
    assert method_sentence(given.settings, "zh").startswith("按原始平均分排名；同分依次比较：最低分较高者、")
    assert method_sentence(given.settings, "en").startswith("Ranked by mean score as given; ties go to")


def test_leniency_is_told():
    scores = scored({"a": {"r1": 90, "r2": 85}, "b": {"r1": 80}})
    reviewers = [reviewer("r1"), reviewer("r2"), reviewer("r3")]
    leniencies = ranking_of(panel([application("a"), application("b")], reviewers, reviews=scores)).leniencies
    assert [leniency_sentence(each, each.reviewer, "zh") for each in leniencies] == [
        "r1 的 2 个评分与总体平均相同",
        "r2 的 1 个评分与总体平均相同",
        "r3 尚未评分",
    ]
    strict = ranking_of(panel([application("a")], reviewers, reviews=scored({"a": {"r1": 90, "r2": 80}})))
    said = [leniency_sentence(each, each.reviewer, "en") for each in strict.leniencies]
    assert said[:2] == [
        "r1 gives 5 more than all do on average (scores: 1)",
        "r2 gives 5 less than all do on average (scores: 1)",
    ]


def test_a_shortfall_names_numbers_and_ways_out():
    given = panel([application("a", title="储能")], [reviewer("r1"), reviewer("r2")], each=3)
    short = assign(wanted(3, [[0.5, 0.5]], most=[9, 0]))
    said = shortfall_sentence(short, given, "zh")
    assert said.startswith(
        "无法分配：共需 3 份评审，最多能排 1 份；储能 (a) 需 3 位评审人，无利益冲突者只有 2 位"
    )
    assert "add reviewers" in shortfall_sentence(short, given, "en")


def test_a_panels_parts_come_back_from_their_documents():
    settings = PanelSettings(each=2, rank_by=RankBy.CENTRED, sharing=Sharing.MOST_PROJECTS, budget=5)
    assert settings_of(document_of(settings)) == settings
    assert settings_of({}) == PanelSettings()
    one = application("a", 5, 2, title="储能", withdrawn=True)
    assert application_of(document_of(one)) == one
    expert = replace(reviewer("r1", conflicts=("s1",)), most=4)
    assert reviewer_of(document_of(expert)) == expert
