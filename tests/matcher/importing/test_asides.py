import pytest

from matcher.importing.asides import aside
from matcher.importing.report import Severity
from matcher.importing.rules import Rule


@pytest.mark.parametrize("first", ["合计", "合 计", "小計", "总计：", "Total", "subtotal"])
def test_a_row_that_begins_with_a_total_is_left_out_with_a_warning(first: str) -> None:
    left_out = aside("企业.xlsx", (26, ["", first, "20家", 18600]))
    assert left_out is not None
    assert (left_out.row, left_out.rule, left_out.severity) == (26, Rule.TOTALS, Severity.WARNING)


@pytest.mark.parametrize(
    "text", ["注：空白为未提供。", "备注: 见附件", "填表人：小王", "填表日期：2024年11月", "Note: draft"]
)
def test_a_remark_alone_in_its_row_is_left_out_with_a_warning(text: str) -> None:
    left_out = aside("企业.xlsx", (28, [text, "", ""]))
    assert left_out is not None
    assert left_out.rule is Rule.REMARK


@pytest.mark.parametrize(
    "cells",
    [
        [],
        ["", ""],
        ["合计科技有限公司", "教育"],
        ["注册通", "教育"],
        ["说明书网络科技"],
        ["备注：", "教育"],
    ],
)
def test_a_row_of_the_table_is_none_of_these(cells: list[str]) -> None:
    assert aside("企业.xlsx", (4, cells)) is None
