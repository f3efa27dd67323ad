"""`bole replay`: steps of time, the folder, going on after a stop."""

import shutil
from pathlib import Path

import click
import pytest
from click.testing import Result

from api.cli.replaying import Every
from api.settings import Settings
from matcher.model.registry import Registry
from matcher.store import Store
from tests.api.cli.conftest import run_bole
from tests.matcher.worlds import ORGANISATION, event, investor, startup

FIRST, LAST = "2026-01-01", "2026-03-02"


@pytest.mark.parametrize(("step", "days"), [("1d", 1), ("10d", 10), ("1w", 7), ("2w", 14), ("1m", 30)])
def test_a_step_of_time_is_days_weeks_or_months_of_thirty_days(step: str, days: int):
    assert Every().convert(step, None, None) == days


@pytest.mark.parametrize("step", ["", "w", "0w", "1y", "-1w", "1.5w", "1000d", "1 w", "1W"])
def test_what_is_no_step_of_time_is_refused_with_what_to_write(step: str):
    with pytest.raises(click.BadParameter, match="is no step of time; write 10d, 1w or 1m"):
        Every().convert(step, None, None)


def incubator(home: Path, database: Path, name: str = "s", partner: str = "i") -> Path:
    """A home in which one startup a month found an investor."""
    home.mkdir()
    shutil.copy(database, home / "bole.db")
    store = Store(Settings(home=home).store_url)
    store.add_organisation(ORGANISATION)
    store.put_profiles([investor("i"), investor("j"), startup(f"{name}0"), startup(f"{name}1")])
    store.add_interactions([event(f"{name}{n}", partner, days_ago=55 - 30 * n) for n in range(2)])
    store.close()
    return home


@pytest.fixture(scope="module")
def home(migrated: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return incubator(tmp_path_factory.mktemp("replay") / "home", migrated)


def replayed(home: Path, out: Path, *more: str, first: str = FIRST, last: str = LAST) -> Result:
    return run_bole(home, "replay", "--from", first, "--to", last, "--every", "1m", "--out", out, *more)


def test_each_stage_is_a_line_and_the_summary_names_the_folder(home: Path, tmp_path: Path):
    done = replayed(home, tmp_path / "out")

    assert done.exit_code == 0
    stages = [line for line in done.stderr.splitlines() if "retrained" in line]
    assert [line.split()[:3] for line in stages] == [
        ["2026-01-01", "1", "queries"],
        ["2026-01-31", "1", "queries"],
    ]
    assert done.stdout.startswith("2 stages, 2 queries; nDCG@10 retrained ")
    assert done.stdout.endswith(f"table and picture: {tmp_path / 'out'}\n")
    assert {path.name for path in (tmp_path / "out").iterdir()} == {
        "replay.csv",
        "replay.svg",
        "stages.jsonl",
    }


def test_a_replay_that_was_stopped_goes_on_where_it_was(home: Path, tmp_path: Path):
    whole = replayed(home, tmp_path / "whole")
    replayed(home, tmp_path / "out")
    done_file = tmp_path / "out" / "stages.jsonl"
    done_file.write_bytes(done_file.read_bytes()[:-30])

    rest = replayed(home, tmp_path / "out")

    assert [line.split()[0] for line in rest.stderr.splitlines() if "retrained" in line] == ["2026-01-31"]
    assert rest.stdout.splitlines()[:-1] == whole.stdout.splitlines()[:-1]
    assert (tmp_path / "out" / "replay.csv").read_text() == (tmp_path / "whole" / "replay.csv").read_text()


def test_another_dataset_in_the_same_folder_is_begun_anew(home: Path, migrated: Path, tmp_path: Path):
    """It was imported in as many steps: its revision is the same."""
    replayed(home, tmp_path / "out")
    other = incubator(tmp_path / "home", migrated, name="t", partner="j")

    done = replayed(other, tmp_path / "out")

    assert len([line for line in done.stderr.splitlines() if "retrained" in line]) == 2


def test_broken_candidates_are_told_of_where_they_are_asked_for(home: Path, tmp_path: Path):
    done = replayed(home, tmp_path / "out", "--with-broken")

    assert "role missing: PASSED" in done.stderr
    assert "gate, role missing: rejected 0 of 2" in done.stdout


def test_nothing_that_serves_is_touched(home: Path, tmp_path: Path):
    replayed(home, tmp_path / "out")

    assert Registry(Settings(home=home).models_url).versions() == []


@pytest.mark.parametrize(("first", "last"), [(LAST, FIRST), (FIRST, "2026-01-30"), (FIRST, FIRST)])
def test_days_between_which_no_step_fits_are_wrong_use(first: str, last: str, home: Path, tmp_path: Path):
    done = replayed(home, tmp_path / "out", first=first, last=last)

    assert done.exit_code == 2
    assert "no step fits between --from and --to" in done.stderr
    assert not (tmp_path / "out").exists()


def test_a_day_that_is_none_is_wrong_use(home: Path, tmp_path: Path):
    assert replayed(home, tmp_path / "out", first="2026-02-30").exit_code == 2
