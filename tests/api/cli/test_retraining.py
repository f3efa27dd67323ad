"""`bole retrain`: exit codes, what it says, what it leaves for machines."""

import datetime as dt
import json
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import Result

from api.cli.retraining import HELD, REJECTED
from api.settings import Settings
from matcher.audit import COMMAND, WORKER, acts
from matcher.errors import Conflict
from matcher.model.registry import Registry
from matcher.runs import RunStatus
from matcher.store import Store
from tests.api.cli.conftest import run_bole

STARTUPS = "id,name,description,industries\n" + "".join(
    f"s{n},企业{n},{'智能传感器' if n % 2 else '医疗影像'},{'人工智能' if n % 2 else '医疗健康'}\n"
    for n in range(4)
)
INVESTORS = "id,name,industries\n" + "".join(f"i{n},基金{n},\n" for n in range(4))
TODAY = dt.datetime.now(dt.UTC).date()
DAYS = [(TODAY - dt.timedelta(days=200 - n)).isoformat() for n in range(4)]
DEALS = "startup_id,partner_id,type,at\n" + "".join(f"s{n},i{n % 2},invested,{DAYS[n]}\n" for n in range(4))
PATIENT = "[gate]\nslow_milliseconds = 60_000\n"
"""How busy the machine is must not matter."""
KEEP = PATIENT + 'when_unsure = "keep"\n'
"""A handful of startups is too few to compare: with this rule the candidate is turned down."""


@pytest.fixture(autouse=True)
def polite() -> Iterator[None]:
    """The command listens to SIGTERM in its own way; the tests go on in theirs."""
    before = signal.getsignal(signal.SIGTERM)
    yield
    signal.signal(signal.SIGTERM, before)


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Result]:
    """A home after its first run, with a summary beside, and what the command said."""
    folder = tmp_path_factory.mktemp("first")
    for name, text in (("startups", STARTUPS), ("investors", INVESTORS), ("interactions", DEALS)):
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
        assert run_bole(folder / "home", "import", folder / f"{name}.csv").exit_code == 0
    (folder / "home" / "retrain.toml").write_text(PATIENT, encoding="utf-8")
    before = signal.getsignal(signal.SIGTERM)
    done = run_bole(folder / "home", "retrain", "--summary", folder / "out" / "summary.json")
    signal.signal(signal.SIGTERM, before)
    return folder / "home", done


@pytest.fixture
def home(first: tuple[Path, Result], tmp_path: Path) -> Path:
    """A copy to go on from."""
    return shutil.copytree(first[0], tmp_path / "home")


def live(home: Path) -> str | None:
    return Registry(Settings(home=home).models_url).live()


def test_a_first_run_goes_live_and_says_so_in_its_first_line(first: tuple[Path, Result]):
    home, done = first

    assert done.exit_code == 0
    told = done.stdout.splitlines()
    assert told[0] == "A new model is live: it is the first one."
    assert any(line.startswith("  note: There is no live model to compare with") for line in told)
    assert not any(line.startswith("  ok:") for line in told)
    assert live(home) is not None


def test_the_last_line_says_where_the_report_is(first: tuple[Path, Result]):
    told = first[1].stdout.splitlines()[-1]

    assert told.startswith("report: ")
    assert Path(told.removeprefix("report: ")).read_bytes().startswith(b"<!doctype html>")


def test_where_nobody_watches_each_step_is_a_json_line_on_stderr(first: tuple[Path, Result]):
    lines = [json.loads(line) for line in first[1].stderr.splitlines() if line.startswith("{")]

    steps = [line["step"] for line in lines]
    assert [step for step in steps if ":" not in step] == [
        "check",
        "encode",
        "rehearse and fit",
        "evaluate",
        "compare",
        "promote",
    ]
    assert {(line["event"], line["level"]) for line in lines} == {("retrain", "info")}


def test_the_summary_is_the_record_of_the_run(first: tuple[Path, Result]):
    home, done = first
    record = json.loads((home.parent / "out" / "summary.json").read_text(encoding="utf-8"))

    assert (record["outcome"], record["live_after"]) == ("promoted", live(home))
    assert record["run"] in done.stdout
    assert "@" in record["settings"]["by"]


def test_the_settings_in_the_home_decide_and_a_candidate_that_is_turned_down_is_exit_code_4(home: Path):
    before = live(home)
    (home / "retrain.toml").write_text(KEEP, encoding="utf-8")

    done = run_bole(home, "retrain")

    assert done.exit_code == REJECTED == 4
    assert done.stdout.startswith("The new model did not pass; the live one stays: ")
    assert "  error: " in done.stdout
    assert live(home) == before


def test_settings_that_are_named_take_the_place_of_those_in_the_home(home: Path, tmp_path: Path):
    (home / "retrain.toml").write_text(KEEP, encoding="utf-8")
    named = tmp_path / "other.toml"
    named.write_text(PATIENT, encoding="utf-8")

    done = run_bole(home, "retrain", "--settings", named)

    assert done.exit_code == 0
    assert done.stdout.startswith("The live model stays: "), "there was nothing new"


def test_a_mistake_in_the_settings_is_one_line_before_anything_is_done(home: Path):
    (home / "retrain.toml").write_text("[gate]\nmargin = -1\n", encoding="utf-8")

    done = run_bole(home, "retrain")

    assert done.exit_code == 1
    assert done.stderr == "Error: gate.margin: '-1' must be a number from 0 to 1,000,000,000,000\n"
    assert done.stdout == ""


@pytest.mark.parametrize("option", ["--settings", "--probes"])
def test_a_file_that_is_not_there_is_wrong_use(option: str, home: Path):
    assert run_bole(home, "retrain", option, home / "none").exit_code == 2


def test_while_another_run_is_on_its_way_the_exit_code_is_3_and_the_holder_is_named(home: Path):
    store = Store(Settings(home=home).store_url)
    store.acquire("retrain", "night@tower (process 7)", stale_after_seconds=600)
    store.close()

    done = run_bole(home, "retrain")

    assert done.exit_code == HELD == 3
    assert "retrain is held by night@tower (process 7) since" in done.stderr
    assert done.stdout == ""


def test_the_day_and_the_pairs_that_people_know_to_be_good_are_those_that_were_asked_for(
    home: Path, tmp_path: Path
):
    probes, summary = tmp_path / "probes.csv", tmp_path / "summary.json"
    probes.write_text("partner_id,startup_id\ni3,s0\ni2,default:s1\n", encoding="gb18030")

    run_bole(home, "retrain", "--as-of", DAYS[2], "--probes", probes, "--summary", summary)

    record = json.loads(summary.read_text(encoding="utf-8"))
    assert record["data"]["days"] == DAYS[:2]
    assert record["settings"]["as_of"] == DAYS[2]
    (probed,) = [finding for finding in record["gate"] if finding["code"].startswith("probes")]
    assert probed["facts"]["of"] == 4 + 2, "with the four deals"


def test_a_file_of_probes_without_the_columns_is_refused_in_one_line(home: Path, tmp_path: Path):
    probes = tmp_path / "probes.csv"
    probes.write_text("startup,partner\ns0,i0\n", encoding="utf-8")

    done = run_bole(home, "retrain", "--probes", probes)

    assert done.exit_code == 1
    assert done.stderr.count("\n") == 1
    assert "has no column startup_id" in done.stderr


def test_a_probe_that_names_nobody_is_refused_before_the_run(home: Path, tmp_path: Path):
    probes = tmp_path / "probes.csv"
    probes.write_text("startup_id,partner_id\ns0,i33\n", encoding="utf-8")

    done = run_bole(home, "retrain", "--probes", probes)

    assert done.exit_code == 1
    assert "i33" in done.stderr
    assert "check" not in done.stderr


def test_with_nothing_to_match_the_run_stops_and_could_not(tmp_path: Path):
    done = run_bole(tmp_path / "home", "retrain")

    assert done.exit_code == 1
    assert done.stdout.startswith("The run stopped; what serves is untouched: ")


def test_a_polite_kill_releases_the_lease_and_the_book_says_so(home: Path):
    """The signal of systemd and of `kill`."""
    code = "from api.cli import main; main()"
    command = [sys.executable, "-c", code, "--home", str(home), "retrain"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        next(line for line in process.stderr if '"rehearse and fit"' in line)
        process.terminate()
        process.stderr.read()

    assert process.returncode == 128 + signal.SIGTERM
    store = Store(Settings(home=home).store_url)
    assert store.lease("retrain") is None
    assert (store.runs()[0].status, store.runs()[0].summary["error"]) == (RunStatus.FAILED, "interrupted")
    store.close()


@pytest.mark.parametrize(("words", "caller"), [((), COMMAND), (("--by-worker",), WORKER)])
def test_who_started_it_is_who_acts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], caller: str
):
    acted: list[str] = []

    def watched(*_given: object) -> None:
        acted.append(acts().caller)
        raise Conflict("that is all that is asked")

    monkeypatch.setattr("training.weekly.run.weekly_run", watched)
    assert run_bole(tmp_path / "home", "retrain", *words).exit_code == HELD
    assert acted == [caller]
