"""`bole ledger`, as an office uses it in a month."""

import csv
import datetime as dt
from pathlib import Path

import pytest
from python_calamine import load_workbook

from matcher.attention.months import month_number, month_of
from tests.api.cli.conftest import Bole

THIS_MONTH = month_number(dt.datetime.now(dt.UTC).date())
MONTHS = [f"{month_of(THIS_MONTH - back):%Y-%m}" for back in (5, 4, 3, 2, 1)]
LEDGER = f"""startup_id,month,headcount,present,revenue,orders,cash
s1,{MONTHS[0]},10,9,50,50,500
s1,{MONTHS[1]},10,9,50,50,490
s1,{MONTHS[2]},10,9,50,50,480
s1,{MONTHS[3]},10,9,50,50,470
s1,{MONTHS[4]},10,5,50,85,460
s2,{MONTHS[3]},3,3,20,20,100
s2,{MONTHS[4]},3,3,24,20,100
"""


@pytest.fixture
def office(fresh: Bole, tmp_path: Path) -> Bole:
    """A home with two startups, and the first one's people out while its orders rise."""
    (tmp_path / "startups.csv").write_text("id,name\ns1,青松科技\ns2,Blue Kiln\n", encoding="utf-8")
    (tmp_path / "ledger.csv").write_text(LEDGER, encoding="utf-8")
    assert fresh("import", tmp_path / "startups.csv").exit_code == 0
    done = fresh("ledger", "import", tmp_path / "ledger.csv")
    assert done.exit_code == 0, done.output
    return fresh


def test_what_was_imported_is_shown(office: Bole):
    lines = office("ledger", "show", "青松科技", "--lang", "en").stdout.splitlines()
    assert lines[0].split() == ["month", "headcount", "present", "revenue", "orders", "cash", "note"]
    assert lines[-1].split() == [MONTHS[-1], "10", "5", "50", "85", "460"]


def test_signals_are_told_with_what_they_suggest(office: Bole):
    told = office("ledger", "signals", "--lang", "en").stdout
    assert told.startswith(f"s1  staff_out_orders_up  warning  Staff out while orders rise ({MONTHS[-1]})\n")
    assert "44% fewer people present than usual, orders 70% up" in told
    assert "may need: Loan" in told
    assert office("ledger", "signals", "--startup", "s2").stdout == ""
    assert office("ledger", "signals", "--rule", "runway_short").stdout == ""


def test_a_confirmed_need_settles_the_signal_and_stays_on_the_attention_list(office: Bole):
    done = office("ledger", "confirm", "s1", "staff_out_orders_up", "--reason", "在跑银行", "--need", "担保")
    assert done.exit_code == 0
    assert done.stdout.splitlines()[1] == "    现有需求：担保"
    assert office("ledger", "signals").stdout == ""
    assert "确认：在跑银行" in office("ledger", "signals", "--state", "settled").stdout
    assert "已确认的需求尚未落实：担保" in office("ledger", "attention").stdout


def test_a_dismissed_signal_is_gone_and_cannot_be_dismissed_again(office: Bole):
    dismiss = ("ledger", "dismiss", "Blue Kiln", "staff_out_orders_up", "--reason", "holiday")
    assert "nothing signals staff_out_orders_up of 's2'" in office(*dismiss).stderr
    right = (*dismiss[:2], "s1", *dismiss[3:])
    assert office(*right).exit_code == 0
    assert office("ledger", "attention").stdout == ""
    again = office(*right)
    assert again.exit_code == 1
    assert "was dismissed by" in again.stderr


def test_a_decision_without_a_reason_is_wrong_use(office: Bole):
    assert office("ledger", "dismiss", "s1", "staff_out_orders_up").exit_code == 2
    assert office("ledger", "dismiss", "s1", "bad_luck", "--reason", "x").exit_code == 2


def test_thresholds_are_those_of_the_home(office: Bole, tmp_path: Path):
    settings = tmp_path / "home" / "attention.toml"
    settings.write_text("orders_rise_share = 0.9\n", encoding="utf-8")
    assert office("ledger", "signals").stdout == ""
    settings.write_text("orders_rise = 0.9\n", encoding="utf-8")
    assert "orders_rise" in office("ledger", "signals").stderr


def test_the_board_and_the_assessment_are_read_at_the_terminal(office: Bole):
    board = office("ledger", "board", "--from", MONTHS[3], "--lang", "en").stdout.splitlines()
    assert board[0].split()[:3] == ["startup_id", "name", "period"]
    assert [line.split()[-1] for line in board[1:]] == ["even", "up", "even", "even", "unknown", "up"]
    table = office("ledger", "assessment", "--from", MONTHS[3], "--lang", "en").stdout.splitlines()
    assert [line.split()[0] for line in table] == ["startup_id", "s1", "s2"]


def test_all_of_it_can_be_written_down(office: Bole, tmp_path: Path):
    for name in ("signals", "attention", "board", "assessment"):
        assert office("ledger", name, "--out", tmp_path / f"{name}.csv").exit_code == 0
        assert office("ledger", name, "--out", tmp_path / f"{name}.xlsx").exit_code == 0
        with (tmp_path / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
            assert any(line["startup_id"] == "s1" for line in csv.DictReader(file))
        sheet = load_workbook(str(tmp_path / f"{name}.xlsx")).get_sheet_by_index(0).to_python()
        assert "企业编号" in sheet[0]
    assert office("ledger", "board", "--out", tmp_path / "board.pdf").exit_code == 1


@pytest.mark.parametrize("command", ["signals", "attention", "board", "assessment"])
def test_an_organisation_that_does_not_exist_is_refused(office: Bole, command: str):
    assert "no organisation 'nowhere'" in office("ledger", command, "--org", "nowhere").stderr


def test_a_slip_in_the_thresholds_is_told_before_anything_is_served(fresh: Bole, tmp_path: Path):
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "attention.toml").write_text("runway_month = 3\n", encoding="utf-8")
    refused = fresh("serve")
    assert refused.exit_code == 1
    assert "runway_month" in refused.stderr
