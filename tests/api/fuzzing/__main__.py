"""`python -m tests.api.fuzzing [EACH] [NUMBER]`: the long run. Says how many requests got which answer."""

import sys
import tempfile
import time
from pathlib import Path

import click

from api.principals import Caller
from tests.api.fuzzing.cases import World, fuzz


@click.command()
@click.argument("each", type=int, default=60)
@click.argument("number", type=int, default=1)
def main(each: int, number: int) -> None:
    """Make EACH requests to every route by every role; NUMBER chooses which."""
    started, cases, broken = time.monotonic(), 0, set[str]()
    with tempfile.TemporaryDirectory() as folder:
        world = World.in_folder(Path(folder))
        for role in Caller:
            tally = fuzz(world, [role], each, number)
            told = "  ".join(f"{status}: {n}" for status, n in sorted(tally.statuses[role.value].items()))
            click.echo(f"{role:9} {tally.cases:6}   {told}")
            cases, broken = cases + tally.cases, broken | set(tally.broken)
    click.echo(f"{cases} requests in {time.monotonic() - started:.0f} s; {len(broken)} broke something")
    for told in sorted(broken)[:20]:
        click.echo(told)
    sys.exit(1 if broken else 0)


if __name__ == "__main__":
    main()
