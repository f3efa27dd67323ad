"""Investors' profiles as sources, and why others are left out."""

import datetime as dt
from typing import Any

import pytest

from matcher.funding.sources import Left, kind_of, sources_of
from matcher.funding.values import ASSUMED_RATE, EVERY_LIMIT, Limit, Question, Source, SourceKind
from matcher.matching.eligibility import Rule
from matcher.matching.prospects import Prospect
from tests.matcher.funding.worlds import TODAY, WAN, gap, prospect, startup

STARTUP = startup(stage="天使轮", industries=("医疗器械",), region="广东/深圳")


def asked(one: Prospect, question: Question | None = None, **given: Any) -> Source | Left | None:
    """The source that the prospect is, or why it is none (None: it gives no money)."""
    sources, left = sources_of(STARTUP, [one], gap(**given), question or Question(), TODAY)
    return sources[0] if sources else left[0].why if left else None


def loan(**given: Any) -> Prospect:
    return prospect("x", **{"kind": "银行贷款", "annual_rate": 4.0} | given)


@pytest.mark.parametrize(
    ("given", "kind"),
    [
        ({"kind": "银行贷款"}, SourceKind.LOAN),
        ({"kind": "政府专项资金"}, SourceKind.GRANT),
        ({"kind": "天使投资人"}, SourceKind.EQUITY),
        ({"kind": "融资租赁"}, SourceKind.LOAN),
        ({"kind": "", "offers": ("法律", "贷款", "股权融资")}, SourceKind.LOAN),
        ({"kind": "担保公司"}, None),
        ({"kind": "担保公司", "offers": ("担保", "贷款")}, SourceKind.LOAN),
        ({"kind": "", "offers": ("法律",)}, None),
        ({"kind": ""}, SourceKind.EQUITY),
        ({"kind": "", "annual_rate": 4.0}, SourceKind.LOAN),
    ],
)
def test_what_a_partner_gives_is_told_by_its_kind_else_by_its_offers(given, kind):
    assert kind_of(prospect("x", **given).profile) == kind


def test_a_source_has_the_limits_and_odds_of_its_profile():
    one = loan(odds=0.7, ticket_min=1e6, ticket_max=5e6, term_months=24)
    found = asked(one)
    assert isinstance(found, Source)
    assert (found.least, found.most, found.odds, found.rate, found.term_months) == (
        1_000_000,
        5_000_000,
        0.7,
        4.0,
        24,
    )


def test_what_is_not_said_is_no_limit_and_an_unknown_rate_is_no_advantage():
    found = asked(loan(annual_rate=None))
    assert isinstance(found, Source)
    assert (found.least, found.most, found.rate, found.assumed_rate) == (1, 1000 * WAN, ASSUMED_RATE, True)
    fund = asked(prospect("f", kind="基金", annual_rate=8.0))
    assert isinstance(fund, Source)
    assert (fund.rate, fund.assumed_rate) == (0.0, False)


def test_limits_of_another_currency_are_converted_inwards():
    found = asked(prospect("x", kind="基金", ticket_min=100_000.5, ticket_max=1e6, currency="USD"))
    assert isinstance(found, Source)
    assert (found.least, found.most, found.converted) == (700_004, 7_000_000, True)


@pytest.mark.parametrize(
    ("one", "why"),
    [
        (loan(rule=Rule.CONFLICT), Left.UNAVAILABLE),
        (loan(rule=Rule.DECLINED), Left.UNAVAILABLE),
        (loan(rule=Rule.NO_ROOM), Left.UNAVAILABLE),
        (loan(currency="XAU"), Left.CURRENCY),
        (loan(stages=("B轮",)), Left.STAGE),
        (prospect("x", kind="政府专项资金", industries=("新能源",)), Left.INDUSTRY),
        (loan(region="上海"), Left.REGION),
        (loan(ticket_min=2e7), Left.TOO_LARGE),
        (loan(ticket_min=5e6, ticket_max=1e6), Left.TOO_SMALL),
        (loan(term_months=6), Left.TERM),
        (prospect("x", kind="法律服务机构"), None),
    ],
)
def test_who_is_no_source_is_told_why(one: Prospect, why: Left | None):
    assert asked(one, term_months=12) == why


@pytest.mark.parametrize(
    "one",
    [
        loan(rule=Rule.CONNECTED),
        loan(stages=("天使轮", "A轮")),
        loan(industries=("医疗健康",)),
        loan(region="广东"),
        loan(region="广东/深圳/南山"),
        prospect("x", kind="基金", region="上海"),
        loan(industries=("新能源",)),
        loan(term_months=12),
    ],
)
def test_who_stands_in_touch_or_declares_something_wider_or_narrower_is_a_source(one: Prospect):
    assert isinstance(asked(one, term_months=12), Source)


def test_every_declaration_can_be_made_a_condition():
    strict = Question(binding=EVERY_LIMIT)
    assert asked(loan(industries=("新能源",)), strict) is Left.INDUSTRY
    assert asked(prospect("x", kind="基金", region="上海"), strict) is Left.REGION


def test_a_limit_can_be_ignored_and_a_source_left_aside():
    assert isinstance(asked(loan(stages=("B轮",)), Question(ignore=frozenset({Limit.STAGE}))), Source)
    assert asked(loan(), Question(without=frozenset({"x"}))) is Left.ASIDE


@pytest.mark.parametrize(("days", "in_time"), [(29, False), (30, True)])
def test_money_that_comes_too_late_is_no_source(days: int, in_time: bool):
    found = asked(loan(), by=TODAY + dt.timedelta(days=days))
    assert isinstance(found, Source) if in_time else found is Left.TOO_LATE
    sooner = Question(lead_days=dict.fromkeys(SourceKind, 1))
    assert isinstance(asked(loan(), sooner, by=TODAY + dt.timedelta(days=days)), Source)


def test_what_those_left_out_could_have_given_is_told_where_it_is_known():
    sources, left = sources_of(
        STARTUP,
        [loan(stages=("B轮",), ticket_max=3e6), prospect("y", kind="基金", rule=Rule.CONFLICT)],
        gap(),
        Question(),
        TODAY,
    )
    assert (sources, [(one.id, one.most) for one in left]) == ([], [("x", 3_000_000), ("y", None)])


@pytest.mark.parametrize("stages", [("种子轮-A轮",), ("天使轮及以后",), ("不限",), ("看项目而定的阶段",)])
def test_ranges_and_unread_words_of_stages_leave_nobody_out(stages: tuple[str, ...]):
    assert isinstance(asked(loan(stages=stages)), Source)


def test_a_range_that_the_startup_is_outside_of_is_a_limit():
    assert asked(loan(stages=("A轮及以后",))) is Left.STAGE
