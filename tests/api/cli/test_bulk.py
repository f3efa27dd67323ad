"""The whole week's lists as files: the same as one by one, and stopped at any moment they lose nothing."""

import csv
import datetime as dt
import re
import shutil
import signal
import subprocess
import sys
import time
from collections import defaultdict
from pathlib import Path

import pytest
from openpyxl import load_workbook

from matcher.store import Store
from tests.api.cli.conftest import Bole, run_bole

ASKED = ("--all", "--role", "partner", "--k", "4")


def lines(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


@pytest.fixture(scope="module")
def whole(demo_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All lists of the demo in one file."""
    out = tmp_path_factory.mktemp("whole") / "lists.csv"
    assert run_bole(demo_home, "match", "--org", "demo", *ASKED, "--out", out).exit_code == 0
    return out


@pytest.mark.parametrize(
    "options", [(), ("--spread",), ("--names", "--lang", "en"), ("--offer", "客户与订单")]
)
def test_all_lists_are_those_that_each_startup_gets_alone(
    bole: Bole, tmp_path: Path, options: tuple[str, ...]
):
    out, alone = tmp_path / "all.csv", tmp_path / "one.csv"
    assert bole("match", "--org", "demo", *ASKED, *options, "--out", out).exit_code == 0
    listed = lines(out)

    for startup in ("QY-001", "QY-050", "QY-117"):
        bole("match", "--org", "demo", "--startup", startup, *ASKED[1:], *options, "--out", alone)
        assert lines(alone) == [listed[0], *(line for line in listed if line[0] == startup)]


def test_the_size_of_the_parts_makes_no_difference(bole: Bole, whole: Path, tmp_path: Path):
    bole("match", "--org", "demo", *ASKED, "--chunk", "7", "--out", tmp_path / "a.csv")

    assert (tmp_path / "a.csv").read_bytes() == whole.read_bytes()
    assert [path.name for path in tmp_path.iterdir()] == ["a.csv"]


def test_every_organisation_gets_a_file_of_its_own(demo_home: Path, whole: Path, tmp_path: Path):
    answer = run_bole(demo_home, "match", *ASKED, "--by-organisation", "--out", tmp_path / "lists")

    assert answer.exit_code == 0
    assert {path.name for path in (tmp_path / "lists").iterdir()} >= {"demo.xlsx"}
    sheet = load_workbook(tmp_path / "lists" / "demo.xlsx")["matches"]
    rows = [[str(cell) for cell in row] for row in sheet.iter_rows(values_only=True)]
    assert [row[:4] for row in rows] == [row[:4] for row in lines(whole)]
    assert [float(row[4]) for row in rows[1:]] == [float(row[4]) for row in lines(whole)[1:]]
    assert (sheet.freeze_panes, sheet.column_dimensions["H"].width) == ("A2", 90)


def test_files_of_organisations_can_be_csv(demo_home: Path, whole: Path, tmp_path: Path):
    run_bole(demo_home, "match", *ASKED, "--by-organisation", "--format", "csv", "--out", tmp_path / "lists")

    assert (tmp_path / "lists" / "demo.csv").read_bytes() == whole.read_bytes()


def test_equal_lists_are_equal_workbooks(bole: Bole, tmp_path: Path):
    for name in ("a.xlsx", "b.xlsx"):
        bole("match", "--org", "demo", *ASKED, "--out", tmp_path / name)
        time.sleep(1.1)  # what tells the time of a file in a workbook counts whole seconds

    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


@pytest.mark.parametrize("arguments", [("--out", "lists.csv"), ("--by-organisation", "--out", "lists")])
def test_a_run_that_was_killed_goes_on_where_it_stopped(
    demo_home: Path, tmp_path: Path, arguments: tuple[str, ...]
):
    asked = ("match", "--org", "demo", *ASKED, "--chunk", "1", *arguments[:-1])
    killed, straight = tmp_path / "killed", tmp_path / "straight"
    for folder in (killed, straight):
        folder.mkdir()
    out = killed / arguments[-1]
    kill_halfway(demo_home, [*asked, str(out)], out.with_name(f"{out.name}.part"))
    assert not out.exists()

    answer = run_bole(demo_home, *asked, out)
    run_bole(demo_home, *asked, straight / arguments[-1])

    done, of = map(int, re.findall(r"goes on: (\d+) of (\d+)", answer.stderr)[0])
    assert 3 <= done < of
    assert contents(killed) == contents(straight)


def kill_halfway(home: Path, arguments: list[str], parts: Path) -> None:
    """Start the real command and kill it as soon as three parts are there."""
    command = [sys.executable, "-m", "api.cli", "--home", str(home), *arguments]
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    end = time.monotonic() + 120
    while len(list(parts.glob("*.jsonl"))) < 3 and process.poll() is None and time.monotonic() < end:
        time.sleep(0.005)
    process.send_signal(signal.SIGKILL)
    assert process.wait() == -signal.SIGKILL


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


def test_after_the_data_changed_lists_begin_anew(fresh: Bole, tmp_path: Path):
    fresh("import", "fixtures/demo/startups.csv")
    out, parts = tmp_path / "lists.csv", tmp_path / "lists.csv.part"
    asked = ("match", "--all", "--role", "mentor", "--chunk", "50", "--out", out)
    leave_parts(fresh, asked, parts)
    assert "goes on: 1 of" in fresh(*asked).stderr

    leave_parts(fresh, asked, parts)
    fresh("import", "fixtures/demo/mentors.xlsx")

    assert "goes on" not in fresh(*asked).stderr
    assert len(lines(out)) > 1000


def leave_parts(bole: Bole, asked: tuple[str | Path, ...], parts: Path) -> None:
    """As a run leaves it that was stopped after its first part."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("api.cli.bulk._finish", lambda *_: None)
        bole(*asked)
    for part in sorted(parts.glob("*.jsonl"))[1:]:
        part.unlink()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--startup", "QY-001", "--role", "mentor", "--by-organisation"), "go with --all and --out"),
        (("--all", "--role", "mentor", "--scheduler", "tcp://127.0.0.1:1"), "go with --all and --out"),
        (("--all", "--role", "mentor", "--out", "lists.doc"), ".csv or .xlsx"),
        (("--all", "--role", "mentor", "--stage", "种字轮", "--out", "lists.csv"), "种子轮"),
    ],
)
def test_what_cannot_be_is_refused_before_any_work(
    bole: Bole, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], message: str
):
    answer = bole("match", "--org", "demo", *arguments)

    assert answer.exit_code in (1, 2)
    assert message in answer.output
    assert not list(Path.cwd().glob("lists.*"))


def test_more_lines_than_a_sheet_holds_are_refused_before_any_work(fresh: Bole, tmp_path: Path):
    rows = "\n".join(f"s{n},name {n}" for n in range(1100))
    (tmp_path / "startups.csv").write_text(f"id,name\n{rows}\n", encoding="utf-8")
    fresh("import", tmp_path / "startups.csv")

    answer = fresh("match", "--all", "--role", "mentor", "--k", "1000", "--out", tmp_path / "a.xlsx")

    assert answer.exit_code == 1
    assert "may get 1,100,000 lines" in answer.output


@pytest.fixture
def own_home(demo_home: Path, tmp_path: Path) -> Path:
    """A copy of the demo's home, to be written to."""
    return Path(shutil.copytree(demo_home, tmp_path / "home"))


def test_lists_on_record_are_those_in_the_file(own_home: Path, whole: Path, tmp_path: Path):
    out = tmp_path / "lists.csv"
    answer = run_bole(own_home, "match", "--org", "demo", *ASKED, "--record", "--out", out)

    written = defaultdict[str, list[str]](list)
    for startup, partner, *_ in lines(out)[1:]:
        written[f"demo:{startup}"].append(f"demo:{partner}")
    assert out.read_bytes() == whole.read_bytes()
    assert re.search(rf"^{len(written)} lists on record as bulk-[0-9a-f]{{16}}:", answer.stderr, re.MULTILINE)
    assert on_record(own_home) == written


def test_lists_go_on_record_once_however_often_the_command_is_given(own_home: Path):
    first, again = (run_bole(own_home, "match", "--org", "demo", *ASKED, "--record") for _ in range(2))

    assert (first.exit_code, again.exit_code) == (0, 0)
    assert re.search("^0 lists on record", again.stderr, re.MULTILINE)
    assert len(on_record(own_home)) > 100
    assert not list(own_home.glob("lists*"))


def on_record(home: Path) -> dict[str, list[str]]:
    """The partners of each list on record, in their order, by the startup's key."""
    store = Store(f"sqlite:///{home / 'bole.db'}")
    found = store.feedback(dt.datetime(2000, 1, 1, tzinfo=dt.UTC), dt.datetime(2100, 1, 1, tzinfo=dt.UTC))
    store.close()
    keys, shown = found.people.keys, found.shown
    lists = defaultdict[str, list[str]](list)
    for row, partner in zip(shown.lists.tolist(), shown.partners.tolist(), strict=True):
        lists[keys[shown.queries[row]]].append(keys[partner])
    return lists
