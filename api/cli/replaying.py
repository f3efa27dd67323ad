"""`bole replay`: history lived again, week by week, to see what retraining brings."""

import datetime as dt
import re
from pathlib import Path

import click

from api.cli.progress import progress
from api.cli.workplace import Workplace, with_workplace

_EVERY = re.compile(r"([1-9]\d{0,2})([dwm])")
_DAYS = {"d": 1, "w": 7, "m": 30}


class Every(click.ParamType[int]):
    """A step of time as days: 10d, 1w, 1m (30 days)."""

    name = "STEP"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """The number of days."""
        found = _EVERY.fullmatch(str(value))
        if not found:
            self.fail(f"{value!r} is no step of time; write 10d, 1w or 1m (30 days)", param, ctx)
        return int(found[1]) * _DAYS[found[2]]


@click.command()
@click.option("--from", "first", type=click.DateTime(["%Y-%m-%d"]), required=True, help="The first day.")
@click.option("--to", "last", type=click.DateTime(["%Y-%m-%d"]), required=True, help="Where it ends.")
@click.option("--every", type=Every(), default="1w", show_default=True, help="Retrain so often: 10d, 1w, 1m.")
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("replay"),
    show_default=True,
    help="Folder for the table (CSV), the picture (SVG) and what was done so far.",
)
@click.option("--with-broken", is_flag=True, help="Also ask the gate about candidates broken on purpose.")
@with_workplace
def replay(
    place: Workplace, first: dt.datetime, last: dt.datetime, every: int, out: Path, with_broken: bool
) -> None:
    """Compare retrained, frozen and popularity over time. Nothing that serves is touched.

    A replay that was stopped goes on where it was, as long as the data are the same.
    """
    from training.train import DEFAULT
    from training.weekly.replay import Plan, fingerprint, relived
    from training.weekly.replay_files import ReplayFolder
    from training.world import read_data

    plan = Plan(
        first=first.date(), last=last.date(), every_days=every, factors=DEFAULT, with_broken=with_broken
    )
    if not plan.days:
        raise click.UsageError("no step fits between --from and --to")
    with progress("encode", "texts") as advance:
        data = read_data(
            list(place.store.profiles()), place.store.interactions(), place.encoder, place.store, advance
        )
    folder = ReplayFolder(out, f"{fingerprint(data)} {plan.first} {every} {with_broken}")
    with progress("replay", "stages") as advance:
        for stage in relived(plan, data, (place.store, place.encoder), folder.days):
            folder.add(stage)
            advance(1)
            click.echo(folder.line(stage), err=True)
    click.echo(folder.finish())
