import contextlib
import io
import struct
import time
import zipfile

import pytest

from matcher.errors import UnreadableFile
from matcher.importing.archives import column_letters, column_number, refuse_old_office, scan
from tests.matcher.importing.given import with_part, workbook

PLAIN = workbook({"Sheet1": [["name"], ["甲"]]})
SHEET = "xl/worksheets/sheet1.xml"


def sheet_xml(cells: str) -> bytes:
    return f'<?xml version="1.0"?><worksheet><sheetData>{cells}</sheetData></worksheet>'.encode()


def test_a_plain_workbook_passes() -> None:
    assert scan("a.xlsx", PLAIN)[SHEET].formulas == {}


def test_formulas_are_found_with_row_and_column() -> None:
    data = workbook({"Sheet1": [["name", "n"], ["甲", "=1+1"], ["乙", 2], ["丙", "=A1"]]})
    assert scan("a.xlsx", data)[SHEET].formulas == {2: {1: "=1+1"}, 4: {1: "=A1"}}


def test_a_zip_bomb_is_refused_before_it_is_unpacked() -> None:
    bomb = with_part(PLAIN, "xl/media/image1.bin", bytes(40 * 1024 * 1024))
    assert len(bomb) < 100_000
    with pytest.raises(UnreadableFile, match="ZIP bomb"):
        scan("a.xlsx", bomb)


def test_a_part_that_lies_about_its_size_is_refused() -> None:
    honest = with_part(PLAIN, "xl/styles.xml", b"<a>" + b" " * 100_000 + b"</a>")
    lying = honest.replace(struct.pack("<L", 100_007), struct.pack("<L", 7))
    assert lying != honest
    with pytest.raises(UnreadableFile, match="damaged"):
        scan("a.xlsx", lying)


def test_thousands_of_parts_are_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for number in range(2_001):
            archive.writestr(f"xl/{number}.xml", b"")
    with pytest.raises(UnreadableFile, match="parts in the archive"):
        scan("a.xlsx", out.getvalue())


@pytest.mark.parametrize(
    "declaration",
    [
        b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]>',
        b'<!DOCTYPE x SYSTEM "http://localhost/x.dtd">',
        '<!DOCTYPE x SYSTEM "x.dtd">'.encode("utf-16"),
    ],
)
def test_document_types_and_entities_are_refused(declaration: bytes) -> None:
    with pytest.raises(UnreadableFile, match="document type or entities"):
        scan("a.xlsx", with_part(PLAIN, "xl/sharedStrings.xml", declaration + b"<sst/>"))


def test_two_cells_that_span_the_largest_sheet_are_refused() -> None:
    far = sheet_xml(
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    )
    with pytest.raises(UnreadableFile, match="spans 1,048,576 rows"):
        scan("a.xlsx", with_part(PLAIN, SHEET, far))


def test_empty_styled_cells_far_out_do_no_harm() -> None:
    styled = sheet_xml('<row r="1"><c r="A1"><v>1</v></c><c r="XFD1048576" s="2"/></row>')
    assert SHEET in scan("a.xlsx", with_part(PLAIN, SHEET, styled))


def test_a_zip_without_a_workbook_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("startups.csv", "name\n甲")
    with pytest.raises(UnreadableFile, match="no XLSX workbook"):
        scan("a.xlsx", out.getvalue())


def test_a_torn_archive_is_refused() -> None:
    with pytest.raises(UnreadableFile, match="damaged"):
        scan("a.xlsx", PLAIN[: len(PLAIN) // 2])


def test_an_old_workbook_and_a_locked_one_are_refused_by_what_they_are() -> None:
    start = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    with pytest.raises(UnreadableFile, match="Excel 97"):
        refuse_old_office("a.xls", start)
    with pytest.raises(UnreadableFile, match="password"):
        refuse_old_office("a.xlsx", start + "EncryptedPackage".encode("utf-16-le"))


def test_columns_are_lettered_as_in_a_spreadsheet() -> None:
    letters = ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA", "XFD"]
    assert [column_letters(column_number(name.encode())) for name in letters] == letters
    assert [column_number(name.encode()) for name in ("A", "Z", "AA", "XFD")] == [0, 25, 26, 16_383]


def test_a_long_text_that_every_cell_points_to_is_refused() -> None:
    shared = b"<sst><si><t>" + b"y" * 30_000 + b"</t></si></sst>"
    cells = "".join(f'<c r="A{row}" t="s"><v>0</v></c>' for row in range(1, 40_001))
    repeated = with_part(with_part(PLAIN, "xl/sharedStrings.xml", shared), SHEET, sheet_xml(cells))
    with pytest.raises(UnreadableFile, match="long texts are repeated"):
        scan("a.xlsx", repeated)


FAR = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'


@pytest.mark.parametrize("part", ["xl/worksheets/a.bin", "xl/Worksheets/A.XML", "xl\\worksheets\\a.xml"])
def test_a_sheet_is_measured_under_every_name_that_the_reader_would_find(part: str) -> None:
    with pytest.raises(UnreadableFile, match="spans 1,048,576 rows"):
        scan("a.xlsx", with_part(PLAIN, part, sheet_xml(FAR)))


@pytest.mark.parametrize(
    "cell",
    [
        '<c r="xfd1048576"><v>1</v></c>',
        '<c r = "XFD1048576"><v>1</v></c>',
        '<c r="A1" r="XFD1048576"><v>1</v></c>',
        '<c s=">" r="XFD1048576"><v>1</v></c>',
        '<row r="1048576"><c><v>1</v></c></row>',
    ],
)
def test_a_cell_whose_place_cannot_be_told_is_refused(cell: str) -> None:
    with pytest.raises(UnreadableFile, match="no spreadsheet program writes"):
        scan("a.xlsx", with_part(PLAIN, SHEET, sheet_xml(cell)))


def test_a_cell_is_measured_where_its_tag_is_torn_between_two_pieces() -> None:
    padding = " " * (4 * 1024 * 1024 - len(sheet_xml("")) + 20)
    with pytest.raises(UnreadableFile, match="spans 1,048,576 rows"):
        scan("a.xlsx", with_part(PLAIN, SHEET, sheet_xml(padding + FAR.replace("<c ", "<c\n"))))


@pytest.mark.parametrize("other", ["mimetype", "content.xml", "xl/workbook.bin"])
def test_a_workbook_of_two_formats_at_once_is_refused(other: str) -> None:
    with pytest.raises(UnreadableFile, match="no XLSX workbook"):
        scan("a.xlsx", with_part(PLAIN, other, b""))


@pytest.mark.parametrize("torn", ["<c ", '<c r="A1"', '<c r="A1" s="', '<c r="A1">', "<c r='A1'><f "])
def test_hostile_markup_takes_no_longer_than_its_length(torn: str) -> None:
    hostile = sheet_xml('<c r="A1000000"/><f/>' + torn * 100_000)
    started = time.process_time()
    with contextlib.suppress(UnreadableFile):
        scan("a.xlsx", with_part(PLAIN, SHEET, hostile))
    assert time.process_time() - started < 5


def test_a_sheet_that_spans_more_than_it_could_hold_is_refused() -> None:
    sparse = sheet_xml('<row r="1000000"><c r="T1000000"><v>1</v></c></row>')
    with pytest.raises(UnreadableFile, match="6,000,000 cells"):
        scan("a.xlsx", with_part(PLAIN, SHEET, sparse))
