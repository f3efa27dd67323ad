"""`python -m tests.bench.killing`: retrain and promote are killed in every way while the API serves.

After each kill the live model must load, the pointer be whole, and the next run succeed; no request may fail.
"""

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import count, takewhile
from pathlib import Path

import click

from matcher.model.registry import Registry
from tests.bench.incubators import Incubator, incubator
from tests.bench.victims import Ended, killed_after, killed_when, run

MOMENTS = 50
WAYS = (
    "retrain, at every step",
    "retrain, before every change",
    "promote, before every change",
    "retrain, at any moment",
    "promote, at any moment",
)

Command = Callable[[], Sequence[str]]


@dataclass(slots=True)
class Tally:
    """One way of killing: how many kills, how many came too late, and what was wrong afterwards."""

    way: str
    kills: int = 0
    late: int = 0
    wounds: list[str] = field(default_factory=list)


def tried(here: Incubator, way: str, killed: Iterator[Ended]) -> Tally:
    """Look after each kill whether anything is wrong."""
    tally = Tally(way)
    for ended in killed:
        tally.kills += ended.was_killed
        tally.late += not ended.was_killed
        tally.wounds += [*here.wounds(), *here.recover()]
        click.echo(f"{way}: {tally.kills} kills, {len(tally.wounds)} wounds, {here.asked.answers} answers")
    return tally


def at_every_step(here: Incubator, command: Command) -> Iterator[Ended]:
    """A command is killed at each of the steps that it tells of."""
    attempts = (killed_when(command(), here.log, _has(number)) for number in count(1))
    return takewhile(lambda ended: ended.was_killed, attempts)


def _has(number: int) -> Callable[[Sequence[str]], bool]:
    return lambda steps: len(steps) == number


def at_every_change(here: Incubator, command: Callable[[int], Sequence[str]]) -> Iterator[Ended]:
    """A command is killed before each of its changes in the registry."""
    attempts = (run(command(number), here.log) for number in count(1))
    return takewhile(lambda ended: ended.was_killed, attempts)


def at_moments(here: Incubator, command: Command, moments: int, rng: random.Random) -> Iterator[Ended]:
    """A command is killed at moments drawn from as long as it takes, undisturbed."""
    whole = run(command(), here.log).seconds
    for _ in range(moments):
        yield killed_after(command(), here.log, rng.uniform(0, whole))


def learning(here: Incubator) -> list[str]:
    """The words of a run that has something new to learn."""
    here.happen()
    return ["retrain"]


def promoting(here: Incubator) -> list[str]:
    """The words of a promotion of a version that is not live."""
    registry = Registry(str(here.models))
    if len(registry.versions()) == 1:
        run(run_anew(here), here.log)
    version = next(each.version for each in registry.versions() if each.version != registry.live())
    return ["models", "promote", version, "--force", "--reason", "the kill test"]


def run_anew(here: Incubator, change: int | None = None) -> list[str]:
    """A run that has something new to learn, which may kill itself before a change."""
    words = learning(here)
    return here.command(*words) if change is None else here.killed_at(change, *words)


def promotion(here: Incubator, change: int = 0) -> list[str]:
    """A promotion, which may kill itself before a change."""
    return here.killed_at(change, *promoting(here))


def kills(here: Incubator, way: str, moments: int, rng: random.Random) -> Iterator[Ended]:
    """One after the other; `way` is one of WAYS."""
    command = partial(promotion if way.startswith("promote") else run_anew, here)
    if way.endswith("step"):
        return at_every_step(here, command)
    if way.endswith("change"):
        return at_every_change(here, command)
    return at_moments(here, command, moments, rng)


def left_behind(models: Path) -> list[str]:
    """Files half written that are still in the registry."""
    return sorted(str(path.relative_to(models)) for path in models.rglob("*.part"))


@click.command()
@click.option("--work", type=click.Path(file_okay=False, path_type=Path), default=Path("quality/killing"))
@click.option("--moments", type=click.IntRange(1), default=MOMENTS, show_default=True)
@click.option("--seed", type=int, default=0, show_default=True)
@click.option("--way", "ways", type=click.Choice(WAYS), multiple=True, default=WAYS)
def main(work: Path, moments: int, seed: int, ways: Sequence[str]) -> None:
    """Kill retrain and promote at every step, before every change of a file, and at random moments."""
    rng = random.Random(seed)
    with incubator(work.absolute()) as here:
        tallies = [tried(here, way, kills(here, way, moments, rng)) for way in ways]
        left = left_behind(here.models)
    asked = here.asked
    click.echo("\n| way | kills | came too late | wounds |\n| --- | --- | --- | --- |")
    for tally in tallies:
        click.echo(f"| {tally.way} | {tally.kills} | {tally.late} | {len(tally.wounds)} |")
    click.echo(f"\n{asked.answers} lists by {len(asked.versions)} versions, {len(asked.failures)} failed")
    click.echo(f"unheard-of versions: {here.unheard_of() or 'none'}; left behind: {left or 'nothing'}")
    for trouble in (*(wound for tally in tallies for wound in tally.wounds), *asked.failures):
        click.echo(trouble)


if __name__ == "__main__":
    main(prog_name="python -m tests.bench.killing")
