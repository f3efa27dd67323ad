import datetime as dt

import numpy as np
import pytest

from matcher.matching.facts import Pair, facts_of
from matcher.matching.past import past_of
from matcher.matching.pointing import Pointing
from matcher.model.combination import COLUMNS, EXPERT_PRIOR, SIGNALS
from matcher.model.parameters import untrained_role
from matcher.profiles import Profile
from matcher.text.terms import BUCKETS, bucket
from matcher.vocabulary import Vocabulary
from tests.matcher.worlds import TODAY, investor, mentor, startup

LASER = "激光雷达 光学 传感器 研发 团队 来自 高校 实验室 拥有 多项 核心 专利 面向 汽车 客户"


def pair_of(one: Profile, other: Profile, today: dt.date = TODAY) -> Pair:
    """Two of whom nothing is known but what they declare."""
    past = past_of(untrained_role(), other.key, Vocabulary(), today)
    return Pair(one, other, past, np.ones(BUCKETS, np.float32))


def towards(signal: str, points: float = 0.1) -> Pointing:
    """The signal points for the pair, or against it; the first of its columns leads."""
    return Pointing(signal, points, next(name for name in COLUMNS if EXPERT_PRIOR[name].signal == signal))


@pytest.mark.parametrize("signal", SIGNALS)
def test_nothing_speaks_for_two_who_declare_nothing_and_have_done_nothing(signal: str):
    facts = facts_of(towards(signal), pair_of(startup("s"), investor("i"))) or {}

    named = {name: value for name, value in facts.items() if name not in ("uncertain", "within", "role")}
    assert not any(named.values())


def test_what_both_declare_is_shared_the_narrowest_first():
    facts = facts_of(towards("region"), pair_of(startup("s", region="深圳"), mentor("m", region="广东")))

    assert facts["shared"] == ("region:cn-gd",)
    assert facts["wanted"] == ("region:cn-gd-shenzhen",)


def test_the_same_country_is_no_reason_for_a_pair():
    pair = pair_of(startup("s", region="深圳"), mentor("m", region="北京"))

    assert facts_of(towards("region"), pair) is None
    assert facts_of(towards("region", -0.1), pair)["shared"] == ()


def test_two_of_whom_no_more_than_the_country_is_known_do_not_meet_in_it():
    assert (
        facts_of(towards("region"), pair_of(startup("s", region="中国"), mentor("m", region="中国"))) is None
    )


def test_what_only_one_declares_speaks_against_the_pair_and_never_for_it():
    pair = pair_of(startup("s", needs=("股权融资",)), mentor("m", offers=("法律",)))
    facts = facts_of(towards("needs", -0.1), pair)

    assert facts_of(towards("needs"), pair) is None
    assert (facts["shared"], facts["count"], facts["of"]) == ((), 0, 1)
    assert facts["wanted"]
    assert facts["given"]


def test_needs_that_are_met_in_part_are_counted():
    pair = pair_of(startup("s", needs=("股权融资", "法律", "招聘")), mentor("m", offers=("法律", "招聘")))
    facts = facts_of(towards("needs"), pair)

    assert (facts["count"], facts["of"]) == (2, 3)
    assert facts["met_needs"] == ("service:legal", "service:talent.recruiting")


def test_another_service_of_the_same_group_does_not_meet_a_need():
    pair = pair_of(startup("s", needs=("贷款",)), investor("i", offers=("股权融资",)))
    facts = facts_of(towards("needs", -0.1), pair)

    assert (facts["count"], facts["shared"]) == (0, ("service:finance",))


def test_a_bank_meets_the_need_of_a_loan_without_having_said_so():
    pair = pair_of(startup("s", needs=("贷款",)), investor("i", kind="银行"))

    assert facts_of(towards("needs"), pair)["met_needs"] == ("service:finance.loan",)


def test_a_ticket_tells_the_ask_and_the_range():
    asking = startup("s", raising_amount=5e6, raising_currency="CNY")

    assert facts_of(towards("ticket"), pair_of(asking, investor("i", ticket_min=1e6, currency="USD"))) == {
        "within": False,
        "ask": 5e6,
        "ask_currency": "CNY",
        "least": 1e6,
        "most": None,
        "currency": "USD",
    }


@pytest.mark.parametrize(("given", "within"), [({"ticket_min": 1e6}, True), ({"ticket_max": 1e6}, False)])
def test_an_ask_lies_within_a_range_also_where_an_end_is_open(given: dict[str, float], within: bool):
    asking = startup("s", raising_amount=5e6, raising_currency="CNY")

    facts = facts_of(towards("ticket"), pair_of(asking, investor("i", **given, currency="CNY")))

    assert facts["within"] is within


def test_texts_of_a_few_words_are_uncertain_and_longer_ones_are_not():
    long, short = startup("s", description=LASER), startup("s", description="激光")
    partner = mentor("m", description=LASER)

    assert not facts_of(towards("semantic"), pair_of(long, partner))["uncertain"]
    assert facts_of(towards("semantic"), pair_of(short, partner))["uncertain"]


def test_of_the_shared_words_those_that_are_rare_are_named():
    pair = pair_of(
        startup("s", description="laser optics team"), mentor("m", description="team of laser people")
    )
    pair.idf[bucket("laser")] = 5

    assert facts_of(towards("lexical"), pair)["words"] == ("laser",)


def test_texts_without_a_word_in_common_have_no_key_words_to_praise():
    pair = pair_of(startup("s", description="laser"), mentor("m", description="finance"))

    assert facts_of(towards("lexical"), pair) is None
    assert facts_of(towards("lexical", -0.1), pair)["words"] == ()
