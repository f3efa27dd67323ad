"""Task folders, made once, with a task maker in the place of the given one that counts its calls."""

from pathlib import Path

import pytest

from training.quality.commands import Shell
from training.quality.context import Given
from training.quality.folders import make_task
from training.quality.tasks import Task

MAKER = """
import pathlib, sys
out = pathlib.Path(sys.argv[2])
out.mkdir(parents=True, exist_ok=True)
for name in ("startups", "investors", "interactions"):
    (out / f"{name}.csv").write_text("id,name,startup_id,partner_id,at\\n")
with (pathlib.Path(__file__).parent / "calls").open("a") as calls:
    calls.write(" ".join(sys.argv[3:]) + "\\n")
"""
PAIRS = Task(name="toy", records="experts")


@pytest.fixture
def given(tmp_path: Path) -> Given:
    tools = tmp_path / "tools"
    tools.mkdir()
    (tools / "make_tasks.py").write_text(MAKER)
    return Given(tools, tmp_path / "data")


def make(task: Task, given: Given) -> Path:
    work = given.tools.parent / "work"
    return make_task(task, given, work, Shell(work / "logs", lambda _: None))


def calls(given: Given) -> list[str]:
    return (given.tools / "calls").read_text().splitlines()


def test_a_folder_is_made_once(given: Given):
    assert make(PAIRS, given) == make(PAIRS, given)
    assert len(calls(given)) == 1


def test_another_task_maker_makes_it_anew(given: Given):
    make(PAIRS, given)
    (given.tools / "make_tasks.py").write_text(MAKER + "\n")
    make(PAIRS, given)

    assert len(calls(given)) == 2


def test_another_cut_makes_it_anew_and_what_was_there_is_gone(given: Given):
    folder = make(PAIRS, given)
    (folder / "old.csv").touch()
    make(Task(name="toy", records="experts", train_until="2020-01-01", test_until="2020-07-01"), given)

    assert not (folder / "old.csv").exists()


def test_a_threshold_is_no_reason_to_make_it_anew(given: Given):
    make(PAIRS, given)
    make(Task(name="toy", records="experts", threshold=0.5), given)

    assert len(calls(given)) == 1


def test_a_dated_task_is_made_a_second_time_at_the_end_of_its_answers_for_the_warm_one(given: Given):
    make(Task(name="toy", records="experts", train_until="2020-01-01", test_until="2020-07-01"), given)

    assert calls(given) == [
        "--train-until 2020-01-01 --test-until 2020-07-01",
        "--train-until 2020-07-01 --test-until 2020-07-01",
    ]
