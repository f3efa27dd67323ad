import pytest

from matcher.matching.facts import facts_of
from matcher.model.combination import SIGNALS
from tests.matcher.worlds import investor, mentor, startup


@pytest.mark.parametrize("signal", SIGNALS)
def test_two_who_declare_nothing_have_facts_without_names(signal: str):
    facts = facts_of(signal, startup("s"), investor("i"))

    assert not any(value for name, value in facts.items() if name != "within")


def test_what_both_declare_is_shared_the_narrowest_first():
    facts = facts_of("region", startup("s", region="深圳"), mentor("m", region="广东"))

    assert facts["shared"][0] == "region:cn-gd"
    assert facts["wanted"][0] == "region:cn-gd-shenzhen"


def test_what_only_one_declares_is_not_shared():
    facts = facts_of("needs", startup("s", needs=("股权融资",)), mentor("m", offers=("法律",)))

    assert facts["shared"] == ()
    assert facts["wanted"]
    assert facts["given"]


def test_a_ticket_tells_the_ask_and_the_range():
    asking = startup("s", raising_amount=5e6, raising_currency="CNY")

    assert facts_of("ticket", asking, investor("i", ticket_min=1e6, currency="USD")) == {
        "within": False,
        "ask": 5e6,
        "ask_currency": "CNY",
        "least": 1e6,
        "most": None,
        "currency": "USD",
    }


def test_an_ask_lies_within_a_range_also_where_an_end_is_open():
    asking = startup("s", raising_amount=5e6, raising_currency="CNY")

    assert facts_of("ticket", asking, investor("i", ticket_min=1e6, currency="CNY"))["within"]
    assert not facts_of("ticket", asking, investor("i", ticket_max=1e6, currency="CNY"))["within"]


def test_signals_of_texts_need_no_facts():
    assert facts_of("semantic", startup("s", description="a"), mentor("m", description="a")) == {}
