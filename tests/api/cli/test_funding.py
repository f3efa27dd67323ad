"""bole fund: plans for a gap on the command line."""

import csv
import datetime as dt
from pathlib import Path

import pytest

from tests.api.cli.conftest import Bole

HERE = ("--org", "north")
BY = ("--by", (dt.datetime.now(dt.UTC) + dt.timedelta(days=200)).date().isoformat())
INVESTORS = """id,name,kind,ticket_min,ticket_max,annual_rate,term_months,stages
line,循环贷,银行贷款,1万,500万,2,12,
bank,商业贷,银行贷款,100万,800万,4.5,24,
grant,补助,政府专项资金,10万,50万,,,天使轮
fund,成长基金,基金,3000万,,,,
"""


@pytest.fixture
def north(fresh: Bole, tmp_path: Path) -> Bole:
    startup = "id,name,stage,拟融资额\ns1,青松科技,天使轮,800万\n"
    for name, text in (("startups.csv", startup), ("investors.csv", INVESTORS)):
        (tmp_path / name).write_text(text, encoding="utf-8")
        assert fresh("import", tmp_path / name, *HERE).exit_code == 0
    return fresh


def test_a_gap_of_ten_million_is_half_covered_by_a_line_of_two_percent(north: Bole) -> None:
    told = north("fund", "青松科技", "--amount", "1000万", *BY, "--risk", "no", "--left-out", *HERE).output
    assert told.startswith("缺口 1000万元，")
    assert "循环贷：贷款 500万元（1万元–500万元），年利率 2%，期限 12 个月，同意概率" in told
    assert "若 循环贷 婉拒：最多覆盖 850万元" in told
    assert "成长基金：最低金额高于缺口" in told


def test_what_the_startup_raises_is_the_gap_unless_another_is_named(north: Bole) -> None:
    assert north("fund", "s1", *BY, *HERE).output.startswith("缺口 800万元")


def test_plans_go_into_a_table(north: Bole, tmp_path: Path) -> None:
    out = tmp_path / "plans.csv"
    assert north("fund", "s1", "--amount", "5000000", *BY, "--out", out, "--lang", "en", *HERE).exit_code == 0
    with out.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {row["plan"] for row in rows} == {str(n) for n in range(1, 1 + int(rows[-1]["plan"]))}
    for plan in {row["plan"] for row in rows}:
        assert sum(int(row["amount"]) for row in rows if row["plan"] == plan) == 5_000_000


def test_sources_are_left_aside_by_name_and_what_is_missing_is_told(north: Bole) -> None:
    told = north(
        "fund",
        "s1",
        *BY,
        "--cost",
        "must",
        "--without",
        "循环贷",
        "--without",
        "bank",
        "--ignore",
        "stage",
        "--lang",
        "en",
        *HERE,
    ).output
    assert "1 possible sources cover CNY 500,000 at most, CNY 7,500,000 is missing" in told
    assert "if 补助 declines: no other source is left" in told


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (("s1", "--by", "2020-01-01"), 1, "has passed"),
        (("s1", "--by", "soon"), 2, "soon"),
        (("nobody", *BY), 1, "nobody"),
        (("s1", *BY, "--amount", "1-2万"), 1, "one amount"),
        (("s1", *BY, "--currency", "XAU"), 1, "XAU"),
        (("s1", *BY, "--cost", "very"), 2, "very"),
    ],
)
def test_wrong_use_is_told(north: Bole, arguments: tuple[str, ...], code: int, message: str) -> None:
    answer = north("fund", *arguments, *HERE)
    assert (answer.exit_code, message in answer.output) == (code, True)
