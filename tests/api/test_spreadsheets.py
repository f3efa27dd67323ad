"""Tables as files that spreadsheets open as they are meant."""

import io

import pytest
from openpyxl import load_workbook

from api.spreadsheets import FileKind, harmless, table_bytes

COLUMNS, ROWS = ["企业", "rank"], [['青松, "科技"', 1], ["=HYPERLINK(1)", None]]


def test_a_csv_says_its_encoding_quotes_and_blanks():
    told = table_bytes(FileKind.CSV, "x", COLUMNS, ROWS)
    assert told.decode("utf-8-sig") == '企业,rank\r\n"青松, ""科技""",1\r\n\'=HYPERLINK(1),\r\n'
    assert told.startswith(b"\xef\xbb\xbf")


def test_a_sheet_has_a_frozen_bold_header_and_columns_wide_enough():
    sheet = load_workbook(io.BytesIO(table_bytes(FileKind.XLSX, "绩效", COLUMNS, ROWS)))["绩效"]
    assert [[cell.value for cell in row] for row in sheet] == [
        COLUMNS,
        ['青松, "科技"', 1],
        ["'=HYPERLINK(1)", None],
    ]
    assert sheet.freeze_panes == "A2"
    assert sheet["A1"].font.b
    assert not sheet["A2"].font.b
    assert sheet.column_dimensions["A"].width > sheet.column_dimensions["B"].width


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n"])
def test_what_would_be_a_formula_is_text(start: str):
    assert harmless(f"{start}1") == f"'{start}1"


def test_numbers_stay_numbers_and_control_characters_go():
    assert (harmless(-1), harmless(None), harmless("a\x07b")) == (-1, None, "ab")


def test_a_table_without_rows_is_its_header():
    assert table_bytes(FileKind.CSV, "x", ["a"], []) == b"\xef\xbb\xbfa\r\n"
    assert load_workbook(io.BytesIO(table_bytes(FileKind.XLSX, "x", ["a"], [])))["x"]["A1"].value == "a"
