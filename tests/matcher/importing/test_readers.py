import time

import pytest

from matcher.errors import InvalidInput
from matcher.importing.figures import Unit
from matcher.importing.grids import Formula
from matcher.importing.headers import Column
from matcher.importing.readers import Note, read_cell
from matcher.importing.rules import Rule

WAN_YUAN = Unit(1e4, "CNY", "万元")


def test_a_ticket_fills_both_of_its_ends() -> None:
    reading = read_cell(Column("ticket", "单笔投资额（万元）", 0, WAN_YUAN), "500-2000")
    assert reading.fields == {"ticket_min": 5e6, "ticket_max": 2e7}
    assert reading.currency == "CNY"


def test_a_name_is_one_line_and_a_description_stays_as_written() -> None:
    assert read_cell(Column("name", "名称", 0), " 甲\n 乙 ").fields == {"name": "甲 乙"}
    assert read_cell(Column("description", "简介", 0), "甲\n乙").fields == {"description": "甲\n乙"}


@pytest.mark.parametrize("field", ["name", "industries", "stage", "raising_amount", "founded", "status"])
def test_a_blank_cell_fills_nothing(field: str) -> None:
    assert read_cell(Column(field, field, 0), "无").fields == {}


@pytest.mark.parametrize("field", ["industries", "stage", "region", "capacity"])
def test_what_is_left_open_fills_nothing(field: str) -> None:
    assert read_cell(Column(field, field, 0), "不限").fields == {}


def test_a_range_of_people_is_its_middle_with_a_note() -> None:
    reading = read_cell(Column("team_size", "人数", 0), "10-20人")
    assert reading.fields == {"team_size": 15}
    assert reading.notes == (Note("10-20人", Rule.APPROXIMATE, "15"),)


def test_a_rate_kept_as_a_fraction_is_noted_as_the_percentage() -> None:
    reading = read_cell(Column("annual_rate", "年利率", 0), 0.0435)
    assert reading.fields == {"annual_rate": 4.35}
    assert reading.notes == (Note("0.0435", Rule.RATE_AS_FRACTION, "4.35%"),)


@pytest.mark.parametrize(
    ("cell", "rule"),
    [
        (Formula("=A1", "B2"), Rule.FORMULA),
        ("=A1", Rule.FORMULA),
        ("#DIV/0!", Rule.SHEET_ERROR),
        ("a\0b", Rule.UNSTORABLE),
        ("a\ud800b", Rule.UNSTORABLE),
    ],
)
def test_what_is_no_value_is_refused_in_any_column(cell: str | Formula, rule: Rule) -> None:
    for field in ("name", "description", "capacity"):
        with pytest.raises(InvalidInput) as refusal:
            read_cell(Column(field, field, 0), cell)
        assert refusal.value.rule is rule


@pytest.mark.parametrize(
    ("written", "labels"),
    [
        ("人工智能/大数据", ("人工智能", "大数据")),
        ("人工智能 + 大数据", ("人工智能", "大数据")),
        ("Artificial Intelligence", ("Artificial Intelligence",)),
        ("人工智能/量子泡沫", ("人工智能/量子泡沫",)),
    ],
)
def test_a_label_is_parted_only_where_every_part_is_known(written: str, labels: tuple[str, ...]) -> None:
    assert read_cell(Column("industries", "行业", 0), written).fields == {"industries": labels}


@pytest.mark.parametrize(
    ("field", "cell", "rule"),
    [
        ("name", "a, " * 20_000, Rule.TOO_LONG),
        ("partner_id", "a, " * 20_000, Rule.TOO_LONG),
        ("founded", ", " * 20_000 + "x", Rule.TOO_LONG),
        ("status", "(" * 20_000, Rule.TOO_LONG),
        ("tags", "甲" * 1_001, Rule.TOO_LONG),
        ("needs", ";".join(map(str, range(201))), Rule.TOO_MANY),
    ],
)
def test_a_hostile_cell_is_refused_before_anything_reads_it(field: str, cell: str, rule: Rule) -> None:
    started = time.process_time()
    with pytest.raises(InvalidInput) as refusal:
        read_cell(Column(field, field, 0), cell)
    assert refusal.value.rule is rule
    assert time.process_time() - started < 1


@pytest.mark.parametrize("field", ["cash", "revenue", "orders"])
def test_amounts_of_the_ledger_may_be_negative(field: str) -> None:
    assert read_cell(Column(field, field, 0, WAN_YUAN), "−10").fields == {field: -100_000}


@pytest.mark.parametrize("field", ["headcount", "present", "raising_amount"])
def test_people_and_asks_are_never_negative(field: str) -> None:
    with pytest.raises(InvalidInput) as refusal:
        read_cell(Column(field, field, 0), "-3")
    assert refusal.value.rule == Rule.NEGATIVE


@pytest.mark.parametrize("written", ["A轮及以后", "天使轮-A轮", "天使轮至B轮", "全部阶段"])
def test_ranges_of_stages_are_known(written: str) -> None:
    reading = read_cell(Column("stages", "投资阶段", 0), written)
    assert (reading.fields, reading.notes) == ({"stages": (written,)}, ())
