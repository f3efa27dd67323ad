import pytest

from matcher.features.attributes import attributes_of, offered_terms
from matcher.features.kinds import implied_service
from tests.matcher.worlds import investor


@pytest.mark.parametrize(
    ("kind", "service"),
    [
        ("基金", "finance.equity"),
        ("天使投资人", "finance.equity"),
        ("VC", "finance.equity"),
        ("Angel investor", "finance.equity"),
        ("Corporate venture", "finance.equity"),
        ("银行贷款", "finance.loan"),
        ("銀行", "finance.loan"),
        ("Venture debt", "finance.loan"),
        ("政府资助", "finance.grant"),
        ("Grant scheme", "finance.grant"),
        ("融资担保公司", "finance.guarantee"),
        ("担保基金", "finance.guarantee"),
        ("融资租赁", "finance.leasing"),
        ("投资银行", "finance.advisory"),
        ("孵化器", ""),
        ("", ""),
    ],
)
def test_a_kind_tells_what_financing_is_given(kind: str, service: str):
    assert implied_service(kind) == service


def test_a_fund_that_declares_nothing_gives_equity():
    assert offered_terms(investor("i", kind="基金")) == ("service:finance", "service:finance.equity")


def test_what_is_no_financing_stands_beside_what_the_kind_implies():
    terms = attributes_of(investor("i", kind="基金", offers=("法律",)))

    assert {"service:legal", "service:finance.equity"} <= set(terms)


def test_whoever_names_its_financing_gives_that_and_nothing_else():
    assert "service:finance.equity" not in offered_terms(investor("i", kind="基金", offers=("贷款",)))


def test_a_fund_that_says_financing_and_no_more_gives_equity():
    assert "service:finance.equity" in offered_terms(investor("i", kind="基金", offers=("融资",)))


def test_what_is_implied_is_not_written_into_the_profile():
    assert investor("i", kind="基金").offers == ()
