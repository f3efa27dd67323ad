"""Needs in the catalogue's words."""

import pytest

from matcher.attention.needs import has_need, need_code, needs_of, offers, with_need
from matcher.errors import InvalidInput
from tests.matcher.store.samples import investor, mentor, startup


def test_a_need_is_known_by_code_name_or_alias():
    assert need_code("finance.loan") == need_code("贷款") == need_code("working capital") == "finance.loan"


def test_an_unknown_need_is_refused_with_the_nearest_right_one():
    with pytest.raises(InvalidInput, match="did you mean"):
        need_code("小试中侍试")
    with pytest.raises(InvalidInput, match=r"finance\.loan"):
        need_code("unobtainium")


def test_a_confirmed_need_is_added_by_its_name_after_the_others():
    before = startup("s1", needs=("客户",))
    assert with_need(before, "finance.loan", "zh").needs == ("客户", "贷款")
    assert with_need(before, "finance.loan", "en").needs == ("客户", "Loan")


def test_a_need_that_is_there_under_another_name_is_not_added_again():
    before = startup("s1", needs=("流动资金",))
    assert with_need(before, "finance.loan", "zh") is before
    assert has_need(before, "finance")


def test_labels_of_no_catalogue_are_no_needs_by_code():
    assert needs_of(startup("s1", needs=("流动资金", "贷款", "量子点"))) == ("finance.loan",)


def test_a_bank_offers_loans_though_it_does_not_say_so():
    assert offers(investor("i1", kind="银行贷款"), "finance.loan")
    assert offers(mentor("m1", offers=("贷款",)), "finance")
    assert not offers(mentor("m1", offers=("融资",)), "finance.loan")
