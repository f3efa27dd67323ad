"""Many addresses at once: lines and files that say who and where."""

import pytest

from matcher.cohorts.introducing.address_lines import AddressLines, LineRule, in_file, in_text, read_lines
from matcher.cohorts.introducing.contacts import Contact
from matcher.errors import UnreadableFile
from tests.matcher.importing.given import workbook

NAMES = {"m1": "张三丰", "m2": "Mary O'Neil", "s1": "同名", "s2": "同名"}


def read(text: str) -> AddressLines:
    return read_lines(in_text(text), NAMES, "zh")


def wrong(lines: AddressLines) -> list[tuple[int, str, LineRule, str]]:
    return [(problem.row, problem.value, problem.rule, problem.nearest) for problem in lines.problems]


@pytest.mark.parametrize(
    "line",
    [
        "m1,a@example.org",
        "a@example.org;m1",
        "張三豐\ta@example.org",
        "张三丰 a@example.org",
        "张三丰 <a@example.org>",
        "导师，张三丰，a@example.org",
    ],
)
def test_a_line_says_who_and_where_in_whatever_order(line: str) -> None:
    assert read(line).contacts == (Contact("m1", "a@example.org"),)


def test_a_line_may_say_the_language() -> None:
    assert read("m2,m@example.org,English").contacts == (Contact("m2", "m@example.org", "en"),)


def test_each_line_that_is_wrong_is_told_with_what_was_perhaps_meant() -> None:
    lines = read(
        "名称,邮箱\n\n张三\n张三,a@example.org\nm2,m@@example\n同名,x@example.org\nm1,a@example.org\nm1,b@e.org"
    )
    assert lines.contacts == (Contact("m1", "a@example.org"),)
    assert wrong(lines) == [
        (3, "", LineRule.NO_ADDRESS, ""),
        (4, "张三", LineRule.NOBODY, "张三丰"),
        (5, "m@@example", LineRule.BAD_ADDRESS, ""),
        (6, "同名", LineRule.SEVERAL, "s1 / s2"),
        (8, "张三丰", LineRule.TWICE, "a@example.org"),
    ]


def test_files_are_read_whatever_else_they_hold() -> None:
    csv = "姓名;电话;邮箱\n张三丰;138;a@example.org\n".encode("gb18030")
    sheet = workbook({"a": [["Email", "Name"], ["m@example.org", "Mary O'Neil"]]})
    assert read_lines(in_file("a.csv", csv), NAMES, "zh").contacts == (Contact("m1", "a@example.org"),)
    assert read_lines(in_file("a.xlsx", sheet), NAMES, "en").contacts == (
        Contact("m2", "m@example.org", "en"),
    )
    with pytest.raises(UnreadableFile, match="empty"):
        list(in_file("a.csv", b" "))
