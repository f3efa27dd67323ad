"""One task through the real command line: make → import → train → match or score → compare."""

import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from training.quality.commands import Cost, Shell
from training.quality.invented import make_invented_task
from training.quality.popularity import write_popular_lists
from training.quality.scores import Score, ndcg, read_lists, read_rows, read_truth, score_in, write_rows
from training.quality.tasks import INVENTED, Kind, Task

BOLE = Path(sys.executable).with_name("bole")
SOME_ROWS_REJECTED = frozenset({0, 1})

_PROFILES = ("startups.csv", "mentors.csv", "investors.csv")
_RECORDS = {
    "itjuzi": {"--events": "itjuzi/invest_events_before_2016.gb18030.csv"},
    "crunchbase": {
        "--investments": "crunchbase/investments_before_2013.csv",
        "--rounds": "crunchbase/rounds_before_2013.csv",
    },
}
"""Files of the task maker that can be named; it finds the others beside itself."""


@dataclass(frozen=True, slots=True)
class Given:
    """What the machine has: the folder with make_tasks.py and score_matches.py, and the real records."""

    tools: Path
    data: Path

    def missing(self) -> list[Path]:
        """Which of them are absent."""
        needed = (self.tools / "make_tasks.py", self.tools / "score_matches.py", self.data)
        return [path for path in needed if not path.exists()]


@dataclass(frozen=True, slots=True)
class Result:
    """A task's figures, all of one run: `alone` from profiles alone, `popularity` None for pairs."""

    task: Task
    score: Score
    alone: Score
    popularity: Score | None
    costs: Mapping[str, Cost]

    @property
    def reached(self) -> bool | None:
        """Whether the threshold was reached; None where there is none."""
        return None if self.task.threshold is None else self.score.value >= self.task.threshold


@dataclass(frozen=True, slots=True)
class Trial:
    """One task's place of work: `folder` is emptied first."""

    task: Task
    given: Given
    folder: Path
    shell: Shell

    @property
    def made(self) -> Path:
        """Where the task's files are."""
        return self.folder / "task"


def run_task(trial: Trial) -> Result:
    """Make the task anew and answer it twice: trained, and from profiles alone.

    Raises:
        CommandFailed: a command did not end well.
    """
    shutil.rmtree(trial.folder, ignore_errors=True)
    trial.folder.mkdir(parents=True)
    _make(trial)
    costs = _learn(trial, "trained")
    costs["match"] = _answer(trial, "trained")
    _import(trial, "alone", _PROFILES)
    _answer(trial, "alone")
    return Result(trial.task, _score(trial, "trained"), _score(trial, "alone"), _popularity(trial), costs)


def _make(trial: Trial) -> None:
    task = trial.task
    if task is INVENTED:
        make_invented_task(trial.made, trial.shell)
        return
    command = [sys.executable, str(trial.given.tools / "make_tasks.py"), task.records, str(trial.made)]
    if task.train_until:
        command += ["--train-until", task.train_until, "--test-until", task.test_until]
    for option, file in _RECORDS.get(task.records, {}).items():
        command += [option, str(trial.given.data / file)]
    trial.shell.run("make", command)


def _learn(trial: Trial, home: str) -> dict[str, Cost]:
    """Import everything and train in a fresh home."""
    imported = _import(trial, home, (*_PROFILES, "interactions.csv"))
    date = ["--as-of", trial.task.train_until] if trial.task.train_until else []
    return {"import": imported, "train": trial.shell.run(f"{home}-train", _bole(trial, home, "train", *date))}


def _import(trial: Trial, home: str, names: Sequence[str]) -> Cost:
    files = [str(trial.made / name) for name in names if (trial.made / name).exists()]
    return trial.shell.run(f"{home}-import", _bole(trial, home, "import", *files), SOME_ROWS_REJECTED)


def _answer(trial: Trial, home: str) -> Cost:
    """Match lists, or pair scores, in HOME.csv."""
    out = str(trial.folder / f"{home}.csv")
    if trial.task.kind is Kind.LISTS:
        queries = str(trial.made / "queries.csv")
        wanted = ("match", "--startups", queries, "--role", trial.task.role, "--k", "10", "--out", out)
        return trial.shell.run(f"{home}-match", _bole(trial, home, *wanted))
    pairs = trial.folder / "pairs.csv"
    _write_pairs(trial.made / "pairs.csv", pairs)
    return trial.shell.run(f"{home}-score", _bole(trial, home, "score", "--pairs", str(pairs), "--out", out))


def _write_pairs(ordered: Path, out: Path) -> None:
    """Each pair that an ordered pair names, once."""
    rows = read_rows(ordered)
    pairs = {(row["startup_id"], row[side]) for row in rows for side in ("better_id", "worse_id")}
    write_rows(out, ("startup_id", "partner_id"), sorted(pairs))


def _popularity(trial: Trial) -> Score | None:
    if trial.task.kind is Kind.PAIRS:
        return None
    lists = trial.folder / "popularity.csv"
    write_popular_lists(trial.made / "interactions.csv", trial.made / "queries.csv", lists)
    return _score(trial, "popularity")


def _score(trial: Trial, answers: str) -> Score:
    lists = trial.folder / f"{answers}.csv"
    if trial.task is INVENTED:
        return ndcg(read_lists(lists), read_truth(trial.made / "truth.csv"))
    kind = trial.task.kind
    truth = trial.made / ("truth.csv" if kind is Kind.LISTS else "pairs.csv")
    command = [
        sys.executable,
        str(trial.given.tools / "score_matches.py"),
        kind.value,
        str(lists),
        str(truth),
    ]
    scored = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603
    return score_in(scored.stdout)


def _bole(trial: Trial, home: str, *words: str) -> list[str]:
    return [str(BOLE), "--home", str(trial.folder / f"home-{home}"), *words]
