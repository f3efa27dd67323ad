"""What every part of the scoreboard measures with: the tasks, and Bole's answers to them."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from training.measures.lists import Lists
from training.quality.bole import Home
from training.quality.commands import Cost, Say
from training.quality.records import Records
from training.quality.tasks import Task


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
class Trial:
    """One task as Bole answered it through the command line.

    `folder` holds the task's files. In `home` everything is imported and a model, trained on what happened
    before the cut, is live. `answers` and `truth` are the files of its lists and of the right partners;
    `lists` are its answers, `alone` those from profiles alone, `costs` what the steps cost by name.
    """

    task: Task
    folder: Path
    home: Home
    records: Records
    answers: Path
    truth: Path
    lists: Lists
    alone: Lists
    costs: Mapping[str, Cost]

    @property
    def reported(self) -> bool:
        """Whether a threshold hangs on it; nothing may be chosen here."""
        return self.task.threshold is not None


@dataclass(frozen=True, slots=True)
class PairTrial:
    """The task of ordered pairs as Bole answered it; `scores` and `alone` are files that score each pair."""

    task: Task
    folder: Path
    home: Home
    scores: Path
    alone: Path
    costs: Mapping[str, Cost]


@dataclass(frozen=True, slots=True)
class Context:
    """One run of the scoreboard: `trials` are the list tasks by name, warm ones among them.

    `folders` hold the files of these and of the earlier tasks on which settings are chosen, `pairs` is the
    task of ordered pairs where it is asked for. `work` is the folder for whatever a part writes (let it make
    one of its own there); `say` hears progress.
    """

    given: Given
    work: Path
    trials: Mapping[str, Trial]
    folders: Mapping[str, Path]
    pairs: PairTrial | None
    today: dt.date
    say: Say
