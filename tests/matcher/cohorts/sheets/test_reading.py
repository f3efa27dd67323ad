"""An edited table of pairs, read back: what it asks for, and every cell that is unclear."""

import io
from typing import Any

import pytest
from openpyxl import Workbook

from matcher.cohorts.sheets import reading
from matcher.cohorts.sheets.reading import MOST_PROBLEMS, People, Read, read
from matcher.cohorts.sheets.rules import SheetRule, rule_words
from matcher.errors import UnreadableFile

PEOPLE = People(
    startups={"s1": "青松科技", "s2": "Blue Kiln"},
    partners={"m1": "Lin Mu", "m2": "Wei Lan", "m3": "Wei Lan", "south:m8": "Shared", "=m9": "Equal"},
    others=frozenset({"i1", "s9"}),
)
HEADER = "startup_id,startup_name,partner_id,partner_name,locked,reason for change,run and version\n"


def of_csv(text: str, header: str = HEADER) -> Read:
    return read("pairs.csv", (header + text).encode("utf-8-sig"), "r1", PEOPLE)


def pairs(found: Read) -> list[tuple[str, str]]:
    return [line.pair for line in found.lines]


def unclear(found: Read) -> list[tuple[int, str, str, str]]:
    return [(each.row, each.column, each.value, each.rule.value) for each in found.problems]


def test_each_line_is_a_pair_with_its_lock_and_reason() -> None:
    found = of_csv("s1,青松科技,m1,Lin Mu,yes,they know each other,r1@4\ns2,,south:m8,,,,\n")
    assert pairs(found) == [("s1", "m1"), ("s2", "south:m8")]
    assert [(line.row, line.locked, line.why) for line in found.lines] == [
        (2, True, "they know each other"),
        (3, False, ""),
    ]
    assert (found.version, found.problems) == (4, ())


def test_a_line_may_name_people_instead_of_giving_ids() -> None:
    assert pairs(of_csv(",青松科技,,lin mu,,,\n")) == [("s1", "m1")]


def test_chinese_headers_and_answers_are_read_too() -> None:
    found = of_csv("s1,m1,是\n", "企业编号,伙伴编号,锁定\n")
    assert (pairs(found), found.lines[0].locked) == ([("s1", "m1")], True)


def test_columns_may_be_moved_left_out_or_added_and_blank_lines_stand_between() -> None:
    found = of_csv("m1,hello,s1\n,,\nm2,x,s2\n", "partner_id,my notes,startup_id\n")
    assert pairs(found) == [("s1", "m1"), ("s2", "m2")]


def test_a_neutralised_id_is_the_id() -> None:
    assert pairs(of_csv("s1,,'=m9,,,,\n")) == [("s1", "=m9")]
    wide = People(startups={"s1": "Pine"}, partners={"＝m9": "Equal"})
    assert pairs(read("pairs.csv", f"{HEADER}s1,,'＝m9,,,,\n".encode("utf-8-sig"), "r1", wide)) == [
        ("s1", "＝m9")
    ]


def test_what_was_meant_is_not_searched_for_once_enough_is_noted(monkeypatch: pytest.MonkeyPatch) -> None:
    searched: list[str] = []
    monkeypatch.setattr(reading, "nearest", lambda word, _: searched.append(word) or "")
    found = of_csv("x,,y,,,,\n" * MOST_PROBLEMS)
    assert (len(found.problems), len(searched)) == (MOST_PROBLEMS, MOST_PROBLEMS)


@pytest.mark.parametrize(
    ("line", "column", "value", "rule"),
    [
        ("s3,,m1,,,,", "startup_id", "s3", "unknown"),
        ("s9,,m1,,,,", "startup_id", "s9", "not_eligible"),
        ("s1,,i1,,,,", "partner_id", "i1", "not_eligible"),
        ("s1,,,,,,", "partner_id", "", "needed"),
        ("s1,,,Wei Lan,,,", "partner_name", "Wei Lan", "several"),
        ("s1,,,Nobody,,,", "partner_name", "Nobody", "unknown"),
        ("s1,,m1,Wei Lan,,,", "partner_name", "Wei Lan", "other_name"),
        ("s1,,m1,,perhaps,,", "locked", "perhaps", "yes_or_no"),
        ("s1,,m1,,,,r2@4", "run and version", "r2@4", "other_run"),
        ("s1,,m1,,,,r1", "run and version", "r1", "other_run"),
    ],
)
def test_a_cell_that_is_unclear_is_named_by_row_column_value_and_rule(
    line: str, column: str, value: str, rule: str
) -> None:
    found = of_csv(f"s2,,m1,,,,r1@4\n{line}\n")
    assert unclear(found) == [(3, column, value, rule)]


def test_what_was_perhaps_meant_is_told() -> None:
    [problem] = of_csv("s1,,,Lin Mo,,,\n").problems
    assert problem.nearest == "m1"


def test_a_renamed_profile_is_known_by_its_id() -> None:
    assert pairs(of_csv("s1,Old Name,m1,Old Name Too,,,\n")) == [("s1", "m1")]


def test_a_pair_that_stands_twice_and_lines_of_two_versions_are_unclear() -> None:
    assert unclear(of_csv("s1,,m1,,,,\ns1,,m1,,,,\n")) == [(3, "partner_id", "s1 × m1", "twice")]
    assert unclear(of_csv("s1,,m1,,,,r1@4\ns2,,m1,,,,r1@5\n")) == [
        (3, "run and version", "r1@5", "other_version")
    ]


def test_a_table_without_pairs_would_remove_all_and_is_refused() -> None:
    assert unclear(of_csv("")) == [(0, "", "", "empty")]


def workbook(**sheets: list[list[Any]]) -> bytes:
    book, file = Workbook(), io.BytesIO()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    book.save(file)
    return file.getvalue()


def test_of_a_workbook_the_sheet_by_startup_is_read() -> None:
    other = [["startup_id", "partner_id"], ["s2", "m2"]]
    wanted = [["startup_id", "partner_id"], ["s1", "m1"]]
    found = read("run.xlsx", workbook(Reasons=other, **{"By startup": wanted}), "r1", PEOPLE)
    assert pairs(found) == [("s1", "m1")]


def test_a_formula_is_unclear_where_it_counts_and_passed_over_elsewhere() -> None:
    rows = [["startup_id", "partner_id", "score"], ["s1", "=A1", "=1+1"]]
    found = read("run.xlsx", workbook(**{"By startup": rows}), "r1", PEOPLE)
    assert unclear(found)[0][:2] == (2, "partner_id")
    assert SheetRule.FORMULA in {problem.rule for problem in found.problems}
    whole = [["startup_id", "partner_id", "score"], ["s1", "m1", "=1+1"]]
    assert pairs(read("run.xlsx", workbook(**{"By startup": whole}), "r1", PEOPLE)) == [("s1", "m1")]


def test_a_file_without_the_columns_is_refused() -> None:
    with pytest.raises(UnreadableFile, match="startup_id, partner_id"):
        of_csv("a,b\n", "name,city\n")


@pytest.mark.parametrize("rule", SheetRule)
def test_every_rule_has_words_in_both_languages(rule: SheetRule) -> None:
    assert rule_words(rule, "zh") != rule_words(rule, "en")
