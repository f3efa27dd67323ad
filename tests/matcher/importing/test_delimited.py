import pytest

from matcher.errors import UnreadableFile
from matcher.importing.delimited import MAX_BROKEN_LINES, MAX_LINE, read_delimited
from matcher.importing.grids import Broken, Row


def rows(text: str, encoding: str = "utf-8") -> list[Row]:
    def known(row: list[str]) -> int:
        return len({"name", "industries"} & set(row))

    return list(read_delimited("a.csv", text.encode(encoding), known).rows)


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_the_one_that_shows_known_headers(delimiter: str) -> None:
    text = (
        f"name{delimiter}industries\n甲{delimiter}a,b;c|d"
        if delimiter == "\t"
        else f"name{delimiter}industries\n甲{delimiter}x"
    )
    assert rows(text)[0] == (1, ["name", "industries"])
    assert len(rows(text)[1][1]) == 2


def test_rows_are_numbered_as_a_spreadsheet_does_with_blank_lines_and_line_breaks_in_cells() -> None:
    assert rows('name\n\n"甲\n乙"\n丙') == [(1, ["name"]), (2, []), (3, ["甲\n乙"]), (4, ["丙"])]


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_lines_end_as_on_any_system(line_end: str) -> None:
    assert rows(f"name{line_end}甲{line_end}乙") == [(1, ["name"]), (2, ["甲"]), (3, ["乙"])]


def test_a_line_with_broken_quotes_is_one_broken_row_and_nothing_else_is_lost() -> None:
    assert rows('name,industries\n"甲"乙,x\n丙,y\n') == [
        (1, ["name", "industries"]),
        (2, (Broken('"甲"乙,x'),)),
        (3, ["丙", "y"]),
    ]


def test_a_quote_that_is_never_closed_swallows_no_rows() -> None:
    assert rows('name\n"甲\n乙\n丙\n')[1:] == [(2, (Broken('"甲'),)), (3, ["乙"]), (4, ["丙"])]


def test_a_file_full_of_broken_quotes_is_refused() -> None:
    with pytest.raises(UnreadableFile, match="quotation marks"):
        rows("name\n" + '"a"b\n' * (MAX_BROKEN_LINES + 1))


def test_an_endless_line_is_refused() -> None:
    with pytest.raises(UnreadableFile, match="a line has"):
        rows("name\n" + "," * (MAX_LINE + 1))


@pytest.mark.parametrize("start", [b"%PDF-1.7", b"\x89PNG\r\n", b"SQLite format 3\x00"])
def test_other_kinds_of_file_are_refused_by_what_they_are(start: bytes) -> None:
    with pytest.raises(UnreadableFile, match=r"a\.csv: this is"):
        read_delimited("a.csv", start + b"\x00" * 100, len)


def test_binary_data_is_refused() -> None:
    with pytest.raises(UnreadableFile, match=r"a\.csv"):
        read_delimited("a.csv", bytes(range(256)) * 40, len)
