"""bole panel: from two spreadsheets to decided awards."""

import csv
import datetime as dt
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from api.settings import Settings
from matcher.panel.values import PanelSettings
from matcher.store import Store
from tests.api.cli.conftest import Bole

STARTUPS = ("散热", "菌剂", "涂料", "刺梨", "监测", "无人机")
ASKS = ("19万", "12万", "6万", "2万", "5万", "9万")
SCORES = (95, 90, 86, 80, 80, 70)
HERE = ("--org", "north")


def write(path: Path, *rows: tuple[object, ...]) -> Path:
    with path.open("w", encoding="gb18030", newline="") as file:
        csv.writer(file).writerows(rows)
    return path


@pytest.fixture
def north(fresh: Bole, tmp_path: Path) -> Bole:
    """Six startups, three mentors, and a panel of them and an expert by name: 监测 needs 2 of its 5."""
    startups = [(f"q{n}", f"{name}科技") for n, name in enumerate(STARTUPS, start=1)]
    write(tmp_path / "startups.csv", ("id", "name"), *startups)
    mentors = [("m1", "林木", "q1"), ("m2", "王明", ""), ("m3", "李静", "")]
    write(tmp_path / "mentors.csv", ("id", "name", "conflicts"), *mentors)
    for name in ("startups.csv", "mentors.csv"):
        assert fresh("import", tmp_path / name, *HERE).exit_code == 0
    asks = [
        (f"{name}科技", f"{name}项目", ask, "2万" if name == "监测" else "")
        for name, ask in zip(STARTUPS, ASKS, strict=True)
    ]
    applications = write(tmp_path / "a.csv", ("企业名称", "项目名称", "申请金额", "最低有效金额"), *asks)
    experts = [("林木", "", ""), ("m2", "", ""), ("m3", "", ""), ("", "陈工", "q2；q3")]
    reviewers = write(tmp_path / "r.csv", ("导师编号", "姓名", "回避企业"), *experts)
    files = ("--applications", applications, "--reviewers", reviewers)
    money = ("--budget", "41万", "--cap", "20万", "--each", "2")
    made = fresh("panel", "create", "种子资金", "--id", "seed", *files, *money, *HERE)
    assert made.stdout == "seed  draft  6 applications, 4 reviewers, 0 of 0 scores\n"
    return fresh


def score_sheet(bole: Bole, out: Path) -> Path:
    """The panel's sheet, filled in as SCORES says."""
    assert bole("panel", "show", "seed", "--out", out, *HERE).exit_code == 0
    book = load_workbook(out)
    sheet = book.active
    header = [cell.value for cell in sheet[1]]
    for row in sheet.iter_rows(min_row=2):
        row[header.index("score")].value = SCORES[int(row[header.index("application")].value[1:]) - 1]
    book.save(out)
    return out


def test_a_seed_fund_is_reviewed_and_its_41_ten_thousands_awarded_as_19_12_6_2_and_2(
    north: Bole, tmp_path: Path
) -> None:
    assigned = north("panel", "assign", "seed", *HERE).output
    assert assigned.startswith("每人 3–3 份；因利益冲突或自身上限较少的 0 人；回避 3 对")
    assert "散热项目 (q1) × m1: 评审人档案中列为利益冲突" in assigned
    assert "菌剂项目 (q2) × 陈工: 评审名单中写明须回避" in assigned
    taken = north("panel", "scores", "seed", score_sheet(north, tmp_path / "sheet.xlsx"), *HERE).output
    assert taken == "12 scores; assigned  6 applications, 4 reviewers, 12 of 12 scores\n"
    told = north("panel", "awards", "seed", *HERE).output
    assert "预算 41万元，已分配 41万元，余 0元" in told
    assert "轮到时预算余 2万元，在申请的 5万元 中部分资助 2万元" in told
    assert "与 刺梨项目 (q4) 同分；申请金额较少者在前（5万元 多于 2万元）" in told
    assert "候补第 1 位：轮到时预算已用完" in told
    out = tmp_path / "awards.csv"
    assert north("panel", "awards", "seed", "--decide", "--why", "评审会", "--out", out, *HERE).exit_code == 0
    with out.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["awarded"] for row in rows] == ["190000", "120000", "60000", "20000", "20000", "0"]
    late = north("panel", "change", "seed", "--budget", "50万", *HERE)
    assert (late.exit_code, "reopen it first" in late.output) == (1, True)
    again = north("panel", "awards", "seed", "--reopen", "--why", "分数有误", "--lang", "en", *HERE)
    assert "budget CNY 410,000" in again.output
    history = north("panel", "show", "seed", "--history", *HERE).output
    assert [line.split()[3] for line in history.splitlines()[2:]] == [
        "created",
        "assigned",
        "scored",
        "decided",
        "reopened",
    ]


def test_what_cannot_be_assigned_says_why(north: Bole) -> None:
    assert north("panel", "change", "seed", "--each", "4", *HERE).exit_code == 0
    answer = north("panel", "assign", "seed", *HERE)
    assert answer.exit_code == 1
    assert "无法分配：共需 24 份评审，最多能排 21 份" in answer.output


def test_settings_change_one_by_one_and_panels_are_listed(north: Bole) -> None:
    options = ("--rank-by", "centred", "--tie-break", "median_score", "--name", "二期")
    assert north("panel", "change", "seed", *options, *HERE).exit_code == 0
    shown = north("panel", "show", "seed", "--lang", "en", *HERE).output
    assert "Ranked by mean score less each reviewer's leniency; ties go to the higher median score" in shown
    assert north("panel", "list", *HERE).output.endswith("二期\n")
    assert north("panel", "show", "seed").exit_code == 1


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ((("application", "reviewer"),), "has no column score"),
        ((("application", "reviewer", "score"), ("q1", "nobody", "5")), "does not review"),
        ((("申报编号", "评审人编号", "得分"), ("q1", "", "5")), "s.csv, line 2, reviewer: '' is needed"),
        ((("application", "reviewer", "score"), ("q1", "m2", "good")), "is no number"),
    ],
)
def test_a_score_sheet_with_a_fault_is_refused_whole_and_by_place(
    north: Bole, tmp_path: Path, rows: tuple[tuple[str, ...], ...], message: str
) -> None:
    north("panel", "assign", "seed", *HERE)
    answer = north("panel", "scores", "seed", write(tmp_path / "s.csv", *rows), *HERE)
    assert answer.exit_code == 1
    assert message in answer.output


def test_lists_may_be_workbooks_and_unknown_startups_are_named(north: Bole, tmp_path: Path) -> None:
    book = Workbook()
    for row in (("startup_id", "asked"), ("q1", 190000), ("nobody", 5)):
        book.active.append(row)
    book.save(tmp_path / "a.xlsx")
    answer = north("panel", "change", "seed", "--applications", tmp_path / "a.xlsx", *HERE)
    assert answer.exit_code == 1
    assert "a.xlsx, line 3: no profile 'nobody'" in answer.output
    book.active.delete_rows(3)
    book.save(tmp_path / "a.xlsx")
    answer = north("panel", "change", "seed", "--applications", tmp_path / "a.xlsx", *HERE)
    assert answer.output.startswith("seed  draft  1 applications")


@pytest.mark.parametrize("amount", ["10-20万", "many", "1.5"])
def test_an_amount_is_one_whole_number(north: Bole, amount: str) -> None:
    answer = north("panel", "change", "seed", "--budget", amount, *HERE)
    assert answer.exit_code == 1


def test_reviewers_by_exact_name_are_their_profiles_and_strangers_are_told_of(
    north: Bole, tmp_path: Path
) -> None:
    experts = write(tmp_path / "n.csv", ("姓名",), ("林木",), ("王明",), ("赵某",))
    applications = write(tmp_path / "b.csv", ("name",), ("散热科技",), ("菌剂科技",))
    files = ("--applications", applications, "--reviewers", experts)
    made = north("panel", "create", "按名", "--id", "names", *files, "--each", "1", *HERE)
    assert made.exit_code == 0
    assert "n.csv, line 4: 赵某 is nobody's name here: conflicts of interest" in made.stderr
    assert "林木" not in made.stderr
    assigned = north("panel", "assign", "names", *HERE).output
    assert "× 林木: 评审人档案中列为利益冲突" in assigned


def kept(folder: Path) -> PanelSettings:
    store = Store(Settings(home=folder / "home").store_url)
    found = store.panels.get("north", "seed").settings
    store.close()
    return found


def test_criteria_and_the_last_day_are_set_and_taken_back(north: Bole, tmp_path: Path) -> None:
    marked = ("--criterion", "Team=2", "--criterion", "市场", "--due", "2026-03-31")
    assert north("panel", "change", "seed", *marked, *HERE).exit_code == 0
    settings = kept(tmp_path)
    assert [(each.name, each.weight) for each in settings.criteria] == [("Team", 2), ("市场", 1)]
    assert settings.due == dt.date(2026, 3, 31)
    assert north("panel", "change", "seed", "--each", "2", *HERE).exit_code == 0
    assert kept(tmp_path).criteria == settings.criteria, "what is not said stays"
    assert north("panel", "change", "seed", "--criterion", "-", "--due", "-", *HERE).exit_code == 0
    assert (kept(tmp_path).criteria, kept(tmp_path).due) == ((), None)


@pytest.mark.parametrize(
    ("option", "value", "message"),
    [
        ("--criterion", "Team=much", "has no weight"),
        ("--criterion", "Team=0", "is no weight"),
        ("--due", "31.3.2026", "is no day"),
    ],
)
def test_a_criterion_or_day_that_is_none_is_refused(north: Bole, option: str, value: str, message: str):
    answer = north("panel", "change", "seed", option, value, *HERE)
    assert answer.exit_code == 1
    assert message in answer.output
