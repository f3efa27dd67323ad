"""`python -m training.quality`: answer the tasks, measure every part, write the scoreboard."""

import datetime as dt
import json
import os
import time
from collections.abc import Sequence
from pathlib import Path

import click

from training.quality.answering import answer_all
from training.quality.board import sections
from training.quality.bole import BOLE
from training.quality.commands import CommandFailed, Say
from training.quality.context import Given
from training.quality.drawing import draw
from training.quality.report import PICTURES, document, markdown, missed
from training.quality.sections import Section
from training.quality.tasks import INVENTED, TASKS, Task

_FOLDER = click.Path(file_okay=False, path_type=Path)
_SHARED = Path("../shared")


@click.command()
@click.option(
    "--tools", type=_FOLDER, default=_SHARED / "tools", help="Has make_tasks.py and score_matches.py."
)
@click.option("--data", type=_FOLDER, default=_SHARED / "data", help="The real records.")
@click.option("--work", type=_FOLDER, default=Path("quality"), help="Tasks, homes and the scoreboard.")
@click.option("--only", multiple=True, type=click.Choice([task.name for task in TASKS]))
def main(tools: Path, data: Path, work: Path, only: Sequence[str]) -> None:
    """Measure Bole beside its peers on tasks with known answers, through the real command line.

    Exit code 1 where a figure is below its threshold, or a command failed.
    """
    if not BOLE.exists():
        raise click.ClickException(f"{BOLE} is not there; `make install` puts it there")
    began = time.perf_counter()
    os.environ.update(OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1")  # children: two at a time on two cores
    given = Given(tools, data)
    tasks = _possible([task for task in TASKS if not only or task.name in only], given)
    try:
        context = answer_all(tasks, given, work, dt.datetime.now(dt.UTC).date(), _say(began))
        found = list(sections(context))
    except CommandFailed as error:
        raise click.ClickException(str(error)) from error
    _write(found, work, time.perf_counter() - began)
    if failed := missed(found):
        raise click.ClickException("below the threshold: " + "; ".join(wanted.name for wanted in failed))


def _say(began: float) -> Say:
    """Says each line with the seconds since the run began."""
    return lambda line: click.echo(f"{time.perf_counter() - began:6.0f} s  {line}")


def _possible(tasks: Sequence[Task], given: Given) -> list[Task]:
    missing = given.missing()
    if missing:
        click.echo(f"not there: {', '.join(map(str, missing))}; only the task {INVENTED.name!r} is run")
    return [task for task in tasks if task is INVENTED or not missing]


def _write(found: Sequence[Section], work: Path, seconds: float) -> None:
    for section in found:
        for chart in section.charts:
            draw(chart, work / PICTURES)
    introduction = f"The whole run took {seconds / 60:.1f} minutes."
    text = markdown(found, introduction)
    (work / "scoreboard.md").write_text(text, encoding="utf-8")
    facts = {"seconds": round(seconds, 1)}
    entry = json.dumps(document(found, facts), ensure_ascii=False, indent=1)
    (work / "scoreboard.json").write_text(entry + "\n", encoding="utf-8")
    click.echo("\n" + text)


if __name__ == "__main__":
    main(prog_name="python -m training.quality")
