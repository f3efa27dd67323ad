"""`python -m tests.bench.retraining`: what a weekly run costs by step, beside a bare LightFM fit.

10,000 startups, 1,000 partners and 100,000 interactions. What is live was made by the run of a week before,
so that every comparison is made. Texts are encoded when they are imported, as staff do it.
"""

import datetime as dt
import json
import os
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import click

from api.cli.workplace import workplace
from api.settings import Settings
from matcher.interactions import day_number
from tests.bench.bare_fit import seconds_of_fits
from tests.bench.victims import bole
from training.quality.commands import Cost, Shell
from training.train import DEFAULT
from training.weekly.settings import GateSettings
from training.world import read_data

SIZES = {"startups": 10_000, "mentors": 700, "investors": 300, "interactions": 100_000}
FILES = tuple(SIZES)
WEEK = dt.timedelta(days=7)
PROMOTED_OR_TURNED_DOWN = (0, 4)
_MEBIBYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Place:
    """A kept world and its home; `until` is the day on which its history ends."""

    folder: Path
    shell: Shell

    @property
    def until(self) -> dt.date:
        """The day is noted when the world is made: a later one would be a long silence."""
        return dt.date.fromisoformat((self.folder / "until").read_text(encoding="ascii"))

    def bole(self, name: str, *words: str | Path) -> Cost:
        """One command for the home."""
        return self.shell.run(name, bole("--home", self.folder / "home", *words), PROMOTED_OR_TURNED_DOWN)


def prepare(place: Place) -> None:
    """Make, import and retrain as of the week before, unless that was done."""
    if (place.folder / "ready").exists():
        return
    until, world = dt.date.today(), place.folder / "world"
    sizes = [word for name, size in SIZES.items() for word in (f"--{name}", str(size))]
    make = [sys.executable, "-m", "fixtures", str(world), "--plain", "--until", until.isoformat(), *sizes]
    place.shell.run("make", make)
    (place.folder / "until").write_text(until.isoformat(), encoding="ascii")
    place.bole("import", "import", *(world / f"{name}.csv" for name in FILES))
    place.bole("before", "retrain", "--as-of", (until - WEEK).isoformat())
    (place.folder / "ready").touch()


def measured(place: Place) -> dict[str, Any]:
    """The figures of one run, and of the bare fits right after it."""
    busy, summary = os.getloadavg()[0], place.folder / "record.json"
    cost = place.bole("retrain", "retrain", "--as-of", place.until.isoformat(), "--summary", summary)
    record = json.loads(summary.read_text(encoding="utf-8"))
    one, every = _bare(place)
    return {
        "load_average": [round(busy, 2), round(os.getloadavg()[0], 2)],
        "outcome": record["outcome"],
        "seconds": round(cost.seconds, 1),
        "peak_bytes": cost.peak_bytes,
        "steps": record["steps"],
        "one_fit_seconds": round(one, 2),
        "every_fit_seconds": round(every, 2),
    }


def _bare(place: Place) -> tuple[float, float]:
    """Seconds of one fit of each role, and of every fit that the candidate and its rehearsal need."""
    today = day_number(place.until)
    with workplace(Settings(home=place.folder / "home")) as opened:
        store = opened.store
        data = read_data(list(store.profiles()), store.interactions(), opened.encoder, store, lambda _: None)
    return seconds_of_fits(data, [today - GateSettings().holdout_days, today], DEFAULT)


def lines(figures: dict[str, Any]) -> Iterator[str]:
    """The figures for people."""
    whole = figures["seconds"]
    yield "| step | seconds | peak memory, MiB |"
    yield "| --- | --- | --- |"
    for step in figures["steps"]:
        yield f"| {step['name']} | {step['seconds']:.1f} | {step['peak_mib']:,.0f} |"
    yield f"| whole process | {whole:.1f} | {figures['peak_bytes'] / _MEBIBYTE:,.0f} |"
    factors = asdict(DEFAULT)
    yield f"\nLightFM.fit, one thread, {factors}:"
    for name, what in (("one", "one fit of each role"), ("every", "every fit that the run needs")):
        seconds = figures[f"{name}_fit_seconds"]
        yield f"{what}: {seconds:.1f} s; retrain / bare: {whole / seconds:.2f}"
    yield f"outcome: {figures['outcome']}; load average before and after: {figures['load_average']}"


@click.command()
@click.option("--work", type=click.Path(file_okay=False, path_type=Path), default=Path("quality/retraining"))
def main(work: Path) -> None:
    """Measure one weekly run. The world and its texts' vectors are kept in the work folder."""
    work.mkdir(parents=True, exist_ok=True)
    place = Place(work.absolute(), Shell(work.absolute() / "logs", lambda line: click.echo(line, err=True)))
    prepare(place)
    figures = measured(place)
    (work / "figures.json").write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    click.echo("\n".join(lines(figures)))


if __name__ == "__main__":
    main(prog_name="python -m tests.bench.retraining")
