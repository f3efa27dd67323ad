import pytest

from matcher.importing.header_rows import HeaderRow, Lacking, find_header_row
from matcher.importing.kinds import Kind

INVESTORS = (Kind.INVESTORS,)
BANK = ["澄湖科创贷", "银行", "不限"]


def test_a_bank_among_the_first_rows_is_not_taken_for_the_header_row() -> None:
    rows = [["资方简写", "类型", "投资阶段", "投资方向"], ["松陵资本", "VC", "天使轮"], BANK]
    found = find_header_row(rows, INVESTORS, None)
    assert isinstance(found, Lacking)
    assert found.index == 0


def test_what_a_header_row_lacks_is_named_with_the_header_that_resembles_it() -> None:
    rows = [["企业列表"], ["企业全程", "所属行业", "融资阶段", "所在地区"]]
    found = find_header_row(rows, (Kind.STARTUPS,), None)
    assert isinstance(found, Lacking)
    assert (found.index, found.heading.kind) == (1, Kind.STARTUPS)
    assert "所属行业, 融资阶段, 所在地区 are of startups, but id or name is missing" in str(found)
    assert "rename 企业全程 to 企业全称" in str(found)


@pytest.mark.parametrize("named", [(), (Kind.LEDGER,), (Kind.STARTUPS,)])
def test_who_met_whom_how_and_when_is_an_interaction_whatever_the_name_says(named: tuple[Kind, ...]) -> None:
    found = find_header_row([["日期", "企业名称", "对接对象", "对接方式"]], named, None)
    assert isinstance(found, HeaderRow)
    assert Kind.INTERACTIONS in [heading.kind for heading in found.headings]


def test_a_role_given_is_not_put_aside() -> None:
    found = find_header_row([["日期", "企业名称", "对接对象", "对接方式"]], (), Kind.LEDGER)
    assert isinstance(found, HeaderRow)
    assert [heading.kind for heading in found.headings] == [Kind.LEDGER]


def test_interactions_without_a_kind_are_not_taken_for_a_ledger() -> None:
    found = find_header_row([["日期", "企业名称", "对接对象", "如何"]], (Kind.INTERACTIONS,), None)
    assert isinstance(found, Lacking)
    assert "type is missing" in str(found)


def test_rows_of_unknown_words_hold_no_header_row() -> None:
    assert find_header_row([["甲", "乙"], ["丙", "丁"]], (), None) is None
