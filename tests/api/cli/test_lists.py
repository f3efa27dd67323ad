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
