import pytest

from matcher.importing.aliases import aliases
from matcher.importing.figures import NO_UNIT, Unit
from matcher.importing.headers import field_of, likely_header, read_heading, unit_of
from matcher.importing.kinds import Kind
from matcher.importing.readers import read_cell
from matcher.importing.words import load
from matcher.profiles import COLUMNS

PROFILE_KINDS = (Kind.STARTUPS, Kind.MENTORS, Kind.INVESTORS)


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("企业名称", "name"),
        ("公司名称", "name"),
        ("项目名称*", "name"),
        ("企業名稱", "name"),
        ("Name", "name"),
        ("编号", "id"),
        ("主营业务", "description"),
        ("项目简介", "description"),
        ("所属行业", "industries"),
        ("所在地区", "region"),
        ("城 市", "region"),
        ("融资阶段（必填）", "stage"),
        ("服务需求", "needs"),
        ("拟融资额（万元）", "raising_amount"),
        ("擬融資額(萬元)", "raising_amount"),
        ("拟融资额/万元", "raising_amount"),
        ("成立时间", "founded"),
        ("团队人数", "team_size"),
        ("Team Size", "team_size"),
        ("需求1", "needs"),
        ("状态", "status"),
        ("项目/企业名称", "name"),
        ("主营业务及产品", "description"),
        ("企业诉求", "needs"),
        ("本轮拟融资额（万元）", "raising_amount"),
        ("公司成立时间", "founded"),
    ],
)
def test_a_startup_header_is_known_however_it_is_written(header: str, field: str) -> None:
    known = field_of(header, Kind.STARTUPS)
    assert known is not None
    assert known[0] == field


def test_the_same_header_means_what_its_kind_of_file_makes_of_it() -> None:
    fields = {kind: known[0] for kind in Kind if (known := field_of("编号", kind))}
    assert fields[Kind.MENTORS] == "id"
    assert fields[Kind.INTERACTIONS] == "source_id"
    assert fields[Kind.LEDGER] == "startup_id"


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("万元", Unit(1e4, "CNY", "万元")),
        ("单位：万美元", Unit(1e4, "USD", "万美元")),
        ("萬元", Unit(1e4, "CNY", "万元")),
        ("USD", Unit(1.0, "USD", "usd")),
        ("%", Unit(word="%")),
        ("年", Unit(word="年")),
        ("必填", NO_UNIT),
        ("", NO_UNIT),
    ],
)
def test_a_bracket_in_a_header_names_a_unit_or_none(text: str, unit: Unit) -> None:
    assert unit_of(text) == unit


def test_a_header_row_tells_known_unknown_and_repeated_columns_apart() -> None:
    heading = read_heading(["序号", "企业名称", "", "行业", "口味", "公司名称"], Kind.STARTUPS)
    assert [(column.field, column.position) for column in heading.columns] == [("name", 1), ("industries", 3)]
    assert heading.unknown == ("口味",)
    assert heading.repeated == ("公司名称",)


def test_province_and_city_both_fill_the_region() -> None:
    heading = read_heading(["name", "省份", "城市"], Kind.STARTUPS)
    assert [column.field for column in heading.columns] == ["name", "region", "region"]


def test_interactions_need_all_four_of_their_columns() -> None:
    whole = ["startup_id", "partner_id", "type", "at"]
    assert read_heading(whole, Kind.INTERACTIONS).complete
    assert not read_heading(whole[:3], Kind.INTERACTIONS).complete


def test_a_misspelt_header_has_a_likely_one() -> None:
    assert likely_header("regoin", Kind.STARTUPS) == "region"


@pytest.mark.parametrize("kind", PROFILE_KINDS)
def test_every_column_of_the_exchange_format_is_a_header_of_its_role(kind: Kind) -> None:
    assert kind.role is not None
    assert {column: (field_of(column, kind) or ("",))[0] for column in COLUMNS[kind.role]} == {
        column: column for column in COLUMNS[kind.role]
    }


@pytest.mark.parametrize("kind", Kind)
def test_every_known_column_has_a_reader(kind: Kind) -> None:
    for field in set(aliases(kind).values()):
        (column,) = read_heading([field], kind).columns
        assert read_cell(column, "") is not None
        assert read_cell(column, "-").fields == {}


@pytest.mark.parametrize("kind", Kind)
def test_no_header_of_a_kind_has_two_meanings(kind: Kind) -> None:
    written = [alias for names in load("headers")[kind].values() for alias in names]
    assert sorted(set(written)) == sorted(written)


@pytest.mark.parametrize(
    ("header", "field", "kind"),
    [
        ("单笔最大", "ticket_max", Kind.INVESTORS),
        ("最大单笔（万元）", "ticket_max", Kind.INVESTORS),
        ("单笔最小", "ticket_min", Kind.INVESTORS),
        ("最小单笔", "ticket_min", Kind.INVESTORS),
        ("最少辅导数", "min_load", Kind.MENTORS),
        ("最少辅导企业数", "min_load", Kind.MENTORS),
    ],
)
def test_ends_of_ranges_are_known_by_more_words(header: str, field: str, kind: Kind) -> None:
    known = field_of(header, kind)
    assert known
    assert known[0] == field


@pytest.mark.parametrize(
    "header", ["单笔最大值", "投资额度最多", "最大投资金额数", "单笔最高额", "max tickets"]
)
def test_a_column_of_the_most_is_never_taken_for_one_of_the_least(header: str) -> None:
    likely = likely_header(header, Kind.INVESTORS)
    assert likely
    assert aliases(Kind.INVESTORS).get(likely) != "ticket_min"
