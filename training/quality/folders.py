"""Task folders, made once and kept: a folder is made anew only where it would come out otherwise."""

import hashlib
import json
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

from training.quality.commands import Shell
from training.quality.context import Given
from training.quality.described import add_descriptions, write_described_events
from training.quality.invented import make_invented_task
from training.quality.tasks import INVENTED, Task
from training.quality.warm import write_warm

_RECORDS = {
    "itjuzi": {"--events": "itjuzi/invest_events_before_2016.gb18030.csv"},
    "crunchbase": {
        "--investments": "crunchbase/investments_before_2013.csv",
        "--rounds": "crunchbase/rounds_before_2013.csv",
    },
}
"""Files of the task maker that can be named; it finds the others beside itself."""
_STAMP = "made_from.json"


def make_task(task: Task, given: Given, work: Path, shell: Shell) -> Path:
    """The task's folder, with the warm task in it where there is one.

    Raises:
        CommandFailed: the task maker did not end well.
    """
    folder = work / task.name / "task"
    stamp = _stamp(task, given)
    if _read(folder / _STAMP) == stamp:
        return folder
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    if task is INVENTED:
        make_invented_task(folder, shell)
    elif task.described:
        _make_described(task, given, folder, shell)
    else:
        _make(task, given, folder, shell)
    (folder / _STAMP).write_text(stamp, encoding="utf-8")
    return folder


def _make(task: Task, given: Given, folder: Path, shell: Shell) -> None:
    shell.run("make", _command(task, given, folder))
    if task.has_warm:
        shell.run("make-later", _command(_later(task), given, folder / "later"))
        write_warm(folder, folder / "later", task.train_until)


def _later(task: Task) -> Task:
    """The same records, with the answers of `task` among the interactions."""
    return Task(name="later", records=task.records, train_until=task.test_until, test_until=task.test_until)


def _make_described(task: Task, given: Given, folder: Path, shell: Shell) -> None:
    descriptions = given.data / "itjuzi/company_descriptions.csv"
    events = folder / "events.csv"
    write_described_events(given.data / _RECORDS["itjuzi"]["--events"], descriptions, events)
    shell.run("make", [*_command(task, given, folder), "--events", str(events)])
    add_descriptions(folder / "startups.csv", descriptions)


def _command(task: Task, given: Given, out: Path) -> list[str]:
    command = [sys.executable, str(given.tools / "make_tasks.py"), task.records, str(out)]
    if task.train_until:
        command += ["--train-until", task.train_until, "--test-until", task.test_until]
    for option, file in _RECORDS.get(task.records, {}).items():
        command += [option, str(given.data / file)]
    return command


def _stamp(task: Task, given: Given) -> str:
    """What the folder depends on: the cut, and the code that makes it."""
    cut = [task.records, task.train_until, task.test_until, task.described]
    return json.dumps({"cut": cut, "made_by": _digest(_makers(task, given))})


def _makers(task: Task, given: Given) -> list[Path]:
    here = Path(__file__).parent
    if task is INVENTED:
        generator = here.parents[1] / "fixtures"
        return [here / "invented.py", *sorted(generator.glob("*.py")), *sorted(generator.glob("data/*.json"))]
    return [given.tools / "make_tasks.py", here / "warm.py", here / "described.py"]


def _digest(files: Sequence[Path]) -> str:
    return hashlib.blake2b(b"".join(file.read_bytes() for file in files), digest_size=16).hexdigest()


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.exists() else ""
