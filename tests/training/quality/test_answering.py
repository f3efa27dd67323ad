"""Bole's answers through the command line, with a command in its place that keeps a diary."""

import sys
from pathlib import Path

import pytest

from tests.training.quality.toys import write_task
from training.measures.lists import NOBODY
from training.quality import bole, warm
from training.quality.answering import answer_lists, answer_pairs
from training.quality.commands import Shell
from training.quality.tables import write_rows
from training.quality.tasks import Kind, Task

DIARIST = """#!{python}
import csv, pathlib, sys
_, _, home, verb, *words = sys.argv
pathlib.Path(home).mkdir(exist_ok=True)
names = [pathlib.Path(word).name for word in words]
with open({diary!r}, "a") as diary:
    diary.write(" ".join([verb, *names]) + "\\n")
if "--out" in words:
    pathlib.Path(words[words.index("--out") + 1]).write_text({answer!r})
"""
TASK = Task(name="toy", train_until="2020-07-01")


@pytest.fixture
def diary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    diary, command = tmp_path / "diary", tmp_path / "bole"
    answer = "startup_id,partner_id,rank,score\ns,b,1,0.5\n"
    command.write_text(DIARIST.format(python=sys.executable, diary=str(diary), answer=answer))
    command.chmod(0o755)
    monkeypatch.setattr(bole, "BOLE", command)
    return diary


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    return Shell(tmp_path / "logs", lambda _: None)


def verbs(diary: Path) -> list[str]:
    return [line.split()[0] for line in diary.read_text().splitlines()]


def test_profiles_alone_answer_before_anything_is_trained(tmp_path: Path, diary: Path, shell: Shell):
    made = write_task(tmp_path / "toy/task", {"s": "x"}, ["a", "b"], [("s", "a")], [("s", "b")])

    (trial,) = answer_lists(TASK, made, shell)

    assert diary.read_text().splitlines() == [
        "import startups.csv investors.csv interactions.csv",
        "match --startups queries.csv --role investor --k 10 --out alone.csv",
        "train --promote --as-of 2020-07-01",
        "match --startups queries.csv --role investor --k 10 --out bole.csv",
    ]
    assert trial.lists[0, :2].tolist() == trial.alone[0, :2].tolist() == [1, NOBODY]
    assert list(trial.costs) == ["import", "train", "match"]


def test_the_warm_task_is_answered_by_the_same_model(tmp_path: Path, diary: Path, shell: Shell):
    made = write_task(tmp_path / "toy/task", {"s": "x"}, ["a", "b"], [("s", "a")], [("s", "b")])
    write_rows(made / warm.QUERIES, ("startup_id",), [("s",)])
    write_rows(made / warm.TRUTH, ("startup_id", "partner_id"), [("s", "b")])

    cold, hot = answer_lists(TASK, made, shell)

    assert (cold.task.name, hot.task.name, hot.task.warm) == ("toy", "toy-warm", True)
    assert cold.home == hot.home
    assert verbs(diary).count("train") == 1


def test_each_pair_is_scored_once_however_often_it_is_compared(tmp_path: Path, diary: Path, shell: Shell):
    made = write_task(tmp_path / "toy/task", {"s": "x"}, ["a", "b"], [])
    pairs = [("s", "a", "b"), ("s", "b", "a")]
    write_rows(made / "pairs.csv", ("startup_id", "better_id", "worse_id"), pairs)

    answer_pairs(Task(name="toy", kind=Kind.PAIRS), made, shell)

    assert (made.parent / "pairs.csv").read_text().splitlines() == ["startup_id,partner_id", "s,a", "s,b"]
    assert verbs(diary) == ["import", "score", "train", "score"]
