"""CSV files that commands read."""

import re
from pathlib import Path

import pytest

from api.cli.tables import rows_of
from matcher.errors import InvalidInput
from matcher.importing.delimited import MAX_CELL

PAIRS = "startup_id,partner_id,note\n甲,m1,熟\n乙,m2,\n"


def written(folder: Path, content: str | bytes, encoding: str = "utf-8") -> Path:
    path = folder / "pairs.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_rows_come_by_column_from_any_usual_encoding(encoding: str, tmp_path: Path):
    rows = rows_of(written(tmp_path, PAIRS, encoding), "startup_id", "partner_id")

    assert rows == [
        {"startup_id": "甲", "partner_id": "m1", "note": "熟"},
        {"startup_id": "乙", "partner_id": "m2", "note": ""},
    ]


def test_empty_lines_and_the_ends_of_other_systems_make_no_rows(tmp_path: Path):
    assert rows_of(written(tmp_path, "id\r\n\r\na\r\n\r\n"), "id") == [{"id": "a"}]
    assert rows_of(written(tmp_path, "id\n"), "id") == []


def test_a_column_that_is_missing_is_named_beside_those_there_are(tmp_path: Path):
    path = written(tmp_path, "startup_id,partner\na,b\n")

    with pytest.raises(InvalidInput, match="'startup_id, partner' has no column partner_id; name it"):
        rows_of(path, "startup_id", "partner_id")


@pytest.mark.parametrize("content", ["", "\n"])
def test_an_empty_file_has_no_column(content: str, tmp_path: Path):
    with pytest.raises(InvalidInput, match="has no column id"):
        rows_of(written(tmp_path, content), "id")


@pytest.mark.parametrize("row", ["b", "b,", ",m"])
def test_a_row_that_leaves_out_what_is_needed_is_refused_by_its_line(row: str, tmp_path: Path):
    path = written(tmp_path, f"startup_id,partner_id\na,m\n{row}\n")

    with pytest.raises(InvalidInput, match=re.escape(f"{path}, line 3: '' has no ")):
        rows_of(path, "startup_id", "partner_id")


def test_a_row_may_leave_out_what_is_not_needed(tmp_path: Path):
    assert rows_of(written(tmp_path, "id,note\na\n"), "id")[0]["id"] == "a"


def test_a_workbook_is_refused_with_what_to_do(tmp_path: Path):
    with pytest.raises(InvalidInput, match="is not a CSV file; save the sheet as CSV"):
        rows_of(written(tmp_path, b"PK\x03\x04" + bytes(100)), "id")


def test_a_quote_that_never_ends_is_no_csv(tmp_path: Path):
    """Python's limit of a field ends it, or the importer's, which is wider."""
    with pytest.raises(InvalidInput, match="is not a CSV file"):
        rows_of(written(tmp_path, 'id\n"' + "a\n" * MAX_CELL), "id")
