"""Bole's answers to one task through the real command line: import → answer → train → answer again."""

import datetime as dt
import shutil
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from training.quality import warm
from training.quality.bole import PROFILES, Home
from training.quality.commands import Cost, Say, Shell
from training.quality.context import Context, Given, PairTrial, Trial
from training.quality.folders import make_task
from training.quality.lists import read_lists
from training.quality.records import read_records
from training.quality.tables import read_rows, write_rows
from training.quality.tasks import Kind, Task, named, warm_of

INTERACTIONS = "interactions.csv"
AT_ONCE = 2
"""So many tasks are answered at a time, each on one core."""


@dataclass(frozen=True, slots=True)
class _Questions:
    """Files of one kind of question in the task's folder; `suffix` tells the answers' files apart."""

    queries: str
    truth: str
    suffix: str = ""


_COLD = _Questions("queries.csv", "truth.csv")
_WARM = _Questions(warm.QUERIES, warm.TRUTH, "-warm")


def answer_all(tasks: Sequence[Task], given: Given, work: Path, today: dt.date, say: Say) -> Context:
    """Make the folders that are not there yet, then have Bole answer the tasks, a few at a time.

    Raises:
        CommandFailed: a command did not end well.
    """
    needed = [*tasks, *(named(task.earlier) for task in tasks if task.earlier)]
    shells = {task.name: Shell(work / task.name / "logs", say) for task in needed}
    folders = {task.name: make_task(task, given, work, shells[task.name]) for task in needed}
    lists = [task for task in tasks if task.kind is Kind.LISTS]
    pairs = [task for task in tasks if task.kind is Kind.PAIRS]
    with ThreadPoolExecutor(AT_ONCE) as pool:
        scored = [pool.submit(answer_pairs, task, folders[task.name], shells[task.name]) for task in pairs]
        listed = [pool.submit(answer_lists, task, folders[task.name], shells[task.name]) for task in lists]
        trials = {trial.task.name: trial for future in listed for trial in future.result()}
        pair_trial = next((future.result() for future in scored), None)
    return Context(given, work, trials, folders, pair_trial, today, say)


def answer_lists(task: Task, made: Path, shell: Shell) -> list[Trial]:
    """The trial of a list task, and of its warm task where it has one; `made` is the folder of its files.

    Raises:
        CommandFailed: a command did not end well.
    """
    home = fresh_home(made.parent / "home", shell)
    costs = {"import": home.take_in([made / name for name in (*PROFILES, INTERACTIONS)])}
    asked = [_COLD, _WARM] if read_rows(made / warm.QUERIES) else [_COLD]
    for questions in asked:
        _match(task, made, home, questions, "alone")
    costs["train"] = home.train(task.train_until)
    for questions in asked:
        costs[f"match{questions.suffix}"] = _match(task, made, home, questions, "bole")
    return [_trial(task, made, home, questions, costs) for questions in asked]


def fresh_home(path: Path, shell: Shell) -> Home:
    """An empty home, whatever was there before."""
    shutil.rmtree(path, ignore_errors=True)
    return Home(path, shell)


def answer_pairs(task: Task, made: Path, shell: Shell) -> PairTrial:
    """The trial of a task of ordered pairs: scored from profiles alone, and after training.

    Raises:
        CommandFailed: a command did not end well.
    """
    home = fresh_home(made.parent / "home", shell)
    costs = {"import": home.take_in([made / name for name in (*PROFILES, INTERACTIONS)])}
    alone, scores = made.parent / "alone.csv", made.parent / "bole.csv"
    _score(made, home, alone)
    costs["train"] = home.train()
    costs["score"] = _score(made, home, scores)
    return PairTrial(task, made, home, scores, alone, costs)


def _match(task: Task, made: Path, home: Home, questions: _Questions, name: str) -> Cost:
    return home.match(made / questions.queries, task.role, _answers(made, questions, name))


def _answers(made: Path, questions: _Questions, name: str) -> Path:
    return made.parent / f"{name}{questions.suffix}.csv"


def _trial(task: Task, made: Path, home: Home, questions: _Questions, costs: Mapping[str, Cost]) -> Trial:
    records = read_records(made, questions.queries, questions.truth)
    own = task if questions is _COLD else warm_of(task)
    steps = ("import", "train", f"match{questions.suffix}")
    return Trial(
        task=own,
        folder=made,
        home=home,
        records=records,
        answers=_answers(made, questions, "bole"),
        truth=made / questions.truth,
        lists=read_lists(_answers(made, questions, "bole"), records),
        alone=read_lists(_answers(made, questions, "alone"), records),
        costs={step.removesuffix("-warm"): costs[step] for step in steps},
    )


def _score(made: Path, home: Home, out: Path) -> Cost:
    pairs = made.parent / "pairs.csv"
    rows = read_rows(made / "pairs.csv")
    wanted = {(row["startup_id"], row[side]) for row in rows for side in ("better_id", "worse_id")}
    write_rows(pairs, ("startup_id", "partner_id"), sorted(wanted))
    return home.run(f"score-{out.stem}", "score", "--pairs", str(pairs), "--out", str(out))
