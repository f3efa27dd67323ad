"""Workbooks: what is written can be read again, looks as it should, and holds no formula."""

import io

import pytest
from openpyxl import Workbook, load_workbook

from api.workbooks import width_of, workbook_bytes
from matcher.cohorts.sheets.tables import Table


def opened(*tables: Table) -> Workbook:
    return load_workbook(io.BytesIO(workbook_bytes(tables)))


def test_each_table_is_a_sheet_with_a_frozen_bold_header() -> None:
    book = opened(Table("按企业", ["企业编号", "分值"], [["s1", 0.5]]), Table("未安排", ["a"], []))
    assert book.sheetnames == ["按企业", "未安排"]
    sheet = book["按企业"]
    assert sheet.freeze_panes == "A2"
    assert [[cell.value for cell in row] for row in sheet.rows] == [["企业编号", "分值"], ["s1", 0.5]]
    assert sheet["A1"].font.bold
    assert not sheet["A2"].font.bold


def test_the_font_shows_chinese() -> None:
    sheet = opened(Table("t", ["名称"], [["青松科技"]]))["t"]
    assert {cell.font.name for row in sheet.rows for cell in row} == {"Microsoft YaHei"}


def test_columns_are_as_wide_as_what_they_hold_up_to_a_limit() -> None:
    rows = [["青松科技有限公司", "x" * 500, 1]]
    sheet = opened(Table("t", ["a", "b", "c"], rows))["t"]
    widths = [sheet.column_dimensions[letter].width for letter in "ABC"]
    assert widths == [width_of("青松科技有限公司") + 2, 60, 10]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_text_that_a_spreadsheet_would_take_for_a_formula_is_neutralised(text: str) -> None:
    cell = opened(Table("t", ["a"], [[text]]))["t"]["A2"]
    assert cell.data_type == "s"
    assert str(cell.value).startswith("'")


def test_control_characters_that_no_workbook_keeps_are_left_out() -> None:
    assert opened(Table("t", ["a"], [["a\x00b\x1fc"]]))["t"]["A2"].value == "abc"


def test_chinese_characters_are_two_wide() -> None:
    assert (width_of("青松"), width_of("ab"), width_of("")) == (4, 2, 0)
