"""What a funding answer tells, in both languages."""

from string import Formatter

import pytest

from matcher.funding import wording
from matcher.funding.plans import Funding, funding, options_of
from matcher.funding.sources import Left
from matcher.funding.values import Question
from matcher.funding.wording import (
    gap_sentence,
    left_sentence,
    left_summary,
    part_sentence,
    plan_sentence,
    refusal_sentence,
)
from tests.matcher.funding.worlds import TODAY, WAN, equity, gap, loan, prospect, startup

SOURCES = [
    loan("循环贷", WAN, 500 * WAN, rate=2.0, odds=0.8, term_months=12),
    loan("商业贷", 100 * WAN, 800 * WAN, rate=4.5),
]


def test_a_plan_is_told_with_its_cost_and_odds():
    [option] = options_of(SOURCES, gap(), Question())
    assert plan_sentence(option.plan, gap(), "zh") == (
        "2 个来源共 1000万元（贷款），年利息 32.5万元（占缺口 3.25%）；预期到位 650万元，各方都同意的概率 40%"
    )
    told = plan_sentence(option.plan, gap(), "en")
    assert told.startswith(
        "CNY 10,000,000 from 2 (loan), interest of CNY 325,000 a year (3.25% of the gap); "
    )
    part = next(part for part in option.plan.parts if part.source.id == "循环贷")
    assert part_sentence(part, gap(), "zh") == (
        "Name of 循环贷：贷款 500万元（1万元–500万元），年利率 2%，期限 12 个月，同意概率 80%"
    )


def test_a_refusal_and_what_is_missing_are_told():
    [option] = options_of(SOURCES, gap(), Question())
    said = [refusal_sentence(refusal, option.plan, gap(), "zh") for refusal in option.refusals]
    assert "若 Name of 循环贷 婉拒：最多覆盖 800万元（Name of 商业贷 800万元），缺 200万元" in said
    alone = options_of(SOURCES[:1], gap(), Question())
    found = Funding(gap(), tuple(alone), 1, ())
    assert (
        gap_sentence(found, "zh")
        == "缺口 1000万元，2026-09-01 前到位：1 个可用来源最多覆盖 500万元，还缺 500万元"
    )
    [refusal] = alone[0].refusals
    assert refusal_sentence(refusal, alone[0].plan, gap(), "en") == (
        "if Name of 循环贷 declines: no other source is left"
    )


def test_dilution_is_told_where_the_company_has_a_worth():
    given = gap(valuation=10_000 * WAN)
    [option] = options_of([equity("基金", 1, 2000 * WAN)], given, Question())
    assert "，出让约 10.0% 股权" in plan_sentence(option.plan, given, "zh")
    assert "10.0% of the company" in plan_sentence(option.plan, given, "en")


def test_unknown_rates_and_converted_limits_are_marked():
    people = [prospect("x", kind="银行贷款", currency="USD", ticket_max=2e6)]
    found = funding(startup(), people, gap(), Question(), TODAY)
    told = part_sentence(found.options[0].plan.parts[0], gap(), "zh")
    assert "利率未写明，按 6% 计" in told
    assert "限额按概略汇率折算" in told
    silent = funding(startup(), [prospect("x")], gap(), Question(), TODAY).options[0].plan.parts[0]
    assert "种类未写明，按股权计" in part_sentence(silent, gap(), "zh")


def test_a_gap_without_sources_names_who_is_left_out_and_why():
    people = [prospect("x", kind="基金", stages=("B轮",), ticket_max=3e6)]
    found = funding(startup(stage="天使轮"), people, gap(), Question(), TODAY)
    assert gap_sentence(found, "en") == "a gap of CNY 10,000,000 by 2026-09-01: no source is possible"
    assert left_summary(found, "zh") == "另有 1 家未列入：阶段不符 1"
    assert left_summary(found, "en") == "others that are no source here: 1 (another stage 1)"
    assert left_sentence(found.left_out[0], gap(), "zh") == "Name of x：阶段不符（最多可 300万元）"
    assert (
        left_sentence(found.left_out[0], gap(), "en")
        == "Name of x: another stage (could give up to CNY 3,000,000)"
    )


@pytest.mark.parametrize(
    "templates", [wording._GAP, wording._REFUSAL, wording._TERMS, wording._LEFT, wording.KINDS]
)
def test_both_languages_have_the_same_templates_with_the_same_facts(templates):
    def places(template: str) -> set[str]:
        return {name for _, name, _, _ in Formatter().parse(template) if name}

    assert set(templates["zh"]) == set(templates["en"])
    for word, template in templates["zh"].items():
        assert places(template) - {"cost"} == places(templates["en"][word]) - {"cost"}
    assert set(wording._LEFT["zh"]) == set(Left)
