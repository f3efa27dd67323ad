"""`python -m tests.bench.pages`: every page of the demo city ×10 from the real server, beside a bare page."""

import json
import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import click
from playwright.sync_api import sync_playwright

from tests.bench.pages.measure import REQUESTS, costs, figures, seen, times
from tests.bench.pages.world import city
from tests.bench.serving import server

LIMITS: Mapping[str, float] = {"p95": 150.0, "paint_ms": 1000.0, "compressed": 400 * 1024, "queries": 12}
BOLE = (sys.executable, "-m", "api.cli")
Row = Mapping[str, Any]


@click.command()
@click.option("--work", type=click.Path(file_okay=False, path_type=Path), default=Path("quality/bench"))
def main(work: Path) -> None:
    """Print the table and write pages.json; the exit code is 1 where a page misses a limit."""
    folder = work / "pages"
    with city(folder) as found, sync_playwright() as playwright:
        costly = costs(found)
        with server(found.home, workers=2, bole=BOLE) as running:
            load = os.getloadavg()[0]
            rows = figures(times(running.port, found), costly, seen(playwright, running.port, found))
    (folder / "pages.json").write_text(json.dumps({"load_average": load, "pages": rows}, indent=1) + "\n")
    click.echo(f"{REQUESTS} requests a page; load average before them {load:.1f}\n\n{table(rows)}")
    if any(missed(row) for row in rows):
        sys.exit(1)


def missed(row: Row) -> list[str]:
    """The limits that a page is beyond."""
    return [name for name, most in LIMITS.items() if row[name] > most]


def table(rows: Sequence[Row]) -> str:
    """The figures for people, what is beyond its limit in bold."""
    header = ("page", "p50 ms", "p95 ms", "× bare", "CPU ms", "queries", "KiB (gzip)", "first paint ms")
    lines = [header, ("---", *["---:"] * (len(header) - 1)), *map(_line, rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _line(row: Row) -> tuple[str, ...]:
    beyond = missed(row)
    mark = lambda name, text: f"**{text}**" if name in beyond else text  # noqa: E731
    return (
        f"{row['who']} {row['path']}",
        f"{row['p50']:.0f}",
        mark("p95", f"{row['p95']:.0f}"),
        f"{row['ratio']:.1f}",
        f"{row['cpu_ms']:.0f}",
        mark("queries", str(row["queries"])),
        mark("compressed", f"{row['sent'] / 1024:.0f} ({row['compressed'] / 1024:.0f})"),
        mark("paint_ms", f"{row['paint_ms']:.0f}"),
    )


if __name__ == "__main__":
    main(prog_name="python -m tests.bench.pages")
