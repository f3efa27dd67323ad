"""`python -m training.quality`: run the tasks, print a table, write scores.json."""

import json
from collections.abc import Sequence
from pathlib import Path

import click

from training.quality.commands import CommandFailed, Shell
from training.quality.run import BOLE, Given, Result, Trial, run_task
from training.quality.table import document, markdown
from training.quality.tasks import INVENTED, TASKS, Task

_FOLDER = click.Path(file_okay=False, path_type=Path)
_SHARED = Path("../shared")


@click.command()
@click.option(
    "--tools", type=_FOLDER, default=_SHARED / "tools", help="Has make_tasks.py and score_matches.py."
)
@click.option("--data", type=_FOLDER, default=_SHARED / "data", help="The real records.")
@click.option("--work", type=_FOLDER, default=Path("quality"), help="Tasks, homes and scores.json.")
@click.option("--only", multiple=True, type=click.Choice([task.name for task in TASKS]))
def main(tools: Path, data: Path, work: Path, only: Sequence[str]) -> None:
    """Measure match lists against what is known to be right, through the real command line.

    Exit code 1 where a figure is below its threshold, or a command failed.
    """
    if not BOLE.exists():
        raise click.ClickException(f"{BOLE} is not there; `make install` puts it there")
    given = Given(tools, data)
    tasks = _possible([task for task in TASKS if not only or task.name in only], given)
    results = [_run(task, given, work) for task in tasks]
    click.echo("\n" + markdown(results))
    (work / "scores.json").write_text(json.dumps(document(results), indent=1) + "\n", encoding="utf-8")
    missed = [result.task.name for result in results if result.reached is False]
    if missed:
        raise click.ClickException(f"below the threshold: {', '.join(missed)}")


def _possible(tasks: Sequence[Task], given: Given) -> list[Task]:
    missing = given.missing()
    if missing:
        click.echo(f"not there: {', '.join(map(str, missing))}; only the task {INVENTED.name!r} is run")
    return [task for task in tasks if task is INVENTED or not missing]


def _run(task: Task, given: Given, work: Path) -> Result:
    click.echo(f"\n{task.name}")
    folder = work / task.name
    try:
        return run_task(Trial(task, given, folder, Shell(folder / "logs", click.echo)))
    except CommandFailed as error:
        raise click.ClickException(str(error)) from error


if __name__ == "__main__":
    main(prog_name="python -m training.quality")
