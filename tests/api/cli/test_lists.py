"""Lists as files."""

import csv
from pathlib import Path

import pytest
from openpyxl import load_workbook

from api.cli.lists import write_rows


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t"])
def test_text_that_a_spreadsheet_would_run_is_neutralised(tmp_path: Path, start: str) -> None:
    row = (f"{start}cmd|' /C calc'!A0", -1.5)
    write_rows(tmp_path / "a.csv", ("text", "number"), [row])
    with (tmp_path / "a.csv").open(encoding="utf-8-sig", newline="") as file:
        cells = list(csv.reader(file))[1]
    assert cells == ["'" + row[0], "-1.5"]
    write_rows(tmp_path / "a.xlsx", ("text", "number"), [row])
    cell = load_workbook(tmp_path / "a.xlsx")["matches"]["A2"]
    assert cell.data_type == "s"


@pytest.mark.parametrize("name", ["a.csv", "a.xlsx"])
def test_control_characters_are_left_out_and_hide_no_formula(tmp_path: Path, name: str) -> None:
    write_rows(tmp_path / name, ("text",), [("a\x01b\x1b[31m\ud800",), ("\x01=1",), ("＝1",)])
    if name.endswith(".csv"):
        with (tmp_path / name).open(encoding="utf-8-sig", newline="") as file:
            cells = [cell for [cell] in csv.reader(file)][1:]
    else:
        cells = [cell.value for cell in load_workbook(tmp_path / name)["matches"]["A"]][1:]
    assert cells == ["ab[31m", "'=1", "'＝1"]
