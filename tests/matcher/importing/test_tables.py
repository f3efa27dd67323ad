import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.errors import UnknownTable, UnreadableFile
from matcher.importing.kinds import Kind
from matcher.importing.report import Severity
from matcher.importing.rows import ReadRow, read_row
from matcher.importing.rules import Rule
from matcher.importing.sources import Source
from matcher.importing.tables import Table, read_tables
from tests.matcher.importing.given import csv_file, workbook, xlsx_file


def read_whole(table: Table) -> bool:
    """Whether every row below the header row can be read, to fields or to problems."""
    return all(
        number > 1 and isinstance(read_row(table, (number, cells)), ReadRow | None)
        for number, cells in table.rows
    )


def table(source: Source, wanted: Kind | None = None) -> Table:
    (only,), refusals = read_tables(source, wanted)
    assert refusals == []
    return only


@pytest.mark.parametrize(
    ("header", "kind"),
    [
        ("企业名称,行业,拟融资额", Kind.STARTUPS),
        ("企业名称,行业", Kind.STARTUPS),
        ("导师姓名,擅长领域,可辅导企业数", Kind.MENTORS),
        ("机构名称,关注领域,单笔投资额", Kind.INVESTORS),
        ("企业,导师,类型,时间", Kind.INTERACTIONS),
        ("企业名称,月份,在岗人数,营业收入", Kind.LEDGER),
    ],
)
def test_the_kind_is_told_by_the_columns_where_the_name_says_nothing(header: str, kind: Kind) -> None:
    assert table(csv_file(f"{header}\n", "a.csv")).heading.kind is kind


def test_a_name_decides_between_kinds_with_the_same_columns() -> None:
    assert table(csv_file("id,name,region\n", "mentors.csv")).heading.kind is Kind.MENTORS
    assert table(csv_file("id,name,region\n", "投资机构.csv")).heading.kind is Kind.INVESTORS


def test_the_role_given_decides_over_the_name() -> None:
    assert table(csv_file("id,name,region\n", "mentors.csv"), Kind.STARTUPS).heading.kind is Kind.STARTUPS


def test_columns_that_fit_several_kinds_are_refused_with_the_way_out() -> None:
    with pytest.raises(UnreadableFile, match=r"startups or mentors or investors.*startups\.csv.*role"):
        read_tables(csv_file("id,name,region\n", "a.csv"))


def test_title_rows_above_the_header_row_are_skipped() -> None:
    titled = xlsx_file([["2024年企业名单"], [], ["企业名称", "行业"], ["甲", "制造"]], merged=["A1:B1"])
    found = table(titled)
    assert [column.header for column in found.heading.columns] == ["企业名称", "行业"]
    assert [(number, list(cells)) for number, cells in found.rows] == [(4, ["甲", "制造"])]


def test_a_title_that_is_itself_a_header_word_does_not_win_over_the_header_row() -> None:
    found = table(csv_file("企业\n企业名称,行业\n甲,制造\n"))
    assert [column.field for column in found.heading.columns] == ["name", "industries"]


def test_one_known_column_is_enough() -> None:
    assert [column.field for column in table(csv_file("name\n甲\n")).heading.columns] == ["name"]


def test_unknown_columns_are_warned_of_with_the_nearest_known() -> None:
    (note,) = table(csv_file("name,regoin\n")).notes
    assert (note.rule, note.value, note.nearest, note.severity) == (
        Rule.UNKNOWN_COLUMN,
        "regoin",
        "region",
        Severity.WARNING,
    )


def test_an_empty_file_is_refused() -> None:
    for data in (b"", b" \r\n", b"\xef\xbb\xbf"):
        with pytest.raises(UnreadableFile, match="empty"):
            read_tables(Source("startups.csv", data))


def test_a_wrong_delimiter_is_refused_with_what_to_do() -> None:
    with pytest.raises(UnknownTable, match="separated by comma, semicolon, tab"):
        read_tables(csv_file("name^industries^region\n甲^制造^深圳\n"))


def test_a_table_without_known_headers_is_refused() -> None:
    with pytest.raises(UnknownTable, match="no header row was found"):
        read_tables(csv_file("甲,乙\n丙,丁\n"))


def test_merged_header_cells_are_refused_with_their_address() -> None:
    with pytest.raises(UnreadableFile, match="A1:B1"):
        read_tables(
            xlsx_file([["企业名称", None, "行业", "地区"], ["甲", "", "制造", "深圳"]], merged=["A1:B1"])
        )


def test_merged_cells_below_the_header_are_warned_of() -> None:
    (note,) = table(xlsx_file([["企业名称", "行业"], ["甲", "制造"], ["乙", None]], merged=["B2:B3"])).notes
    assert (note.rule, note.value, note.row) == (Rule.MERGED_CELLS, "B2:B3", 2)


def test_every_sheet_is_recognised_by_itself_and_one_that_is_no_table_warned_of() -> None:
    sheets = {
        "导师": [["姓名", "专长"], ["张三", "法律"]],
        "投资机构": [["名称", "额度"], ["远山", "500万"]],
        "说明": [["请如实填写"]],
        "空": [],
    }
    tables, (left_out,) = read_tables(Source("名单.xlsx", workbook(sheets)))
    assert [(found.name, found.heading.kind) for found in tables] == [
        ("名单.xlsx [导师]", Kind.MENTORS),
        ("名单.xlsx [投资机构]", Kind.INVESTORS),
    ]
    assert (left_out.rule, left_out.severity) == (Rule.NOT_IMPORTABLE, Severity.WARNING)


def test_a_sheet_that_breaks_a_rule_is_an_error_beside_the_good_ones() -> None:
    sheets = {
        "导师": [["姓名", "专长", "x"], ["张三", "法律"]],
        "企业": [["企业名称", "行业"], ["甲", "制造"]],
    }
    tables, (refused,) = read_tables(Source("名单.xlsx", workbook(sheets, merged=["B1:C1"])))
    assert [found.heading.kind for found in tables] == [Kind.STARTUPS]
    assert (refused.rule, refused.severity) == (Rule.REFUSED, Severity.ERROR)


def test_a_file_over_64_megabytes_is_refused() -> None:
    with pytest.raises(UnreadableFile, match="at most 67,108,864"):
        read_tables(Source("startups.csv", b"x" * (64 * 1024 * 1024 + 1)))


def test_text_named_xlsx_is_read_as_the_text_it_is() -> None:
    assert table(csv_file("name\n甲\n", "startups.xlsx")).encoding == "utf-8"


@given(st.binary(max_size=400))
def test_any_bytes_are_a_table_or_refused(data: bytes) -> None:
    with contextlib.suppress(UnreadableFile):
        tables, _ = read_tables(Source("startups.csv", data))
        assert all(read_whole(found) for found in tables)


@given(st.text(st.sampled_from('名称name行业,;|\t"\n\r= 甲1'), max_size=80))
def test_any_text_is_a_table_or_refused(text: str) -> None:
    with contextlib.suppress(UnreadableFile):
        tables, _ = read_tables(csv_file(text))
        assert all(read_whole(found) for found in tables)
