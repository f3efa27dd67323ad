"""`python -m tests.bench`: measure worlds of two sizes, print a table, write bench.json."""

import json
import os
import subprocess
import sys
from pathlib import Path

import click

from api.serve import ONE_THREAD
from tests.bench import assigning
from tests.bench.table import Figures, markdown

SIZES = {10_000: 200, 100_000: 20}
"""Partners of each world, and how often versions are swapped in it under load."""


@click.command()
@click.option("--work", type=click.Path(file_okay=False, path_type=Path), default=Path("quality/bench"))
@click.option("--quick", is_flag=True, help="Only the smaller world.")
def main(work: Path, quick: bool) -> None:
    """Measure a request through HTTP beside bare FAISS and LightFM, what surrounds it, swaps under load, and
    whole cohorts beside plain OR-tools.

    Worlds and their text vectors are kept in the work folder: the first run encodes 100,000 texts.
    """
    sizes = [_measured(work, mentors) for mentors in (sorted(SIZES)[:1] if quick else sorted(SIZES))]
    cohorts = assigning.measured()
    figures = json.dumps({"sizes": sizes, "cohorts": cohorts}, indent=1)
    (work / "bench.json").write_text(figures + "\n", encoding="utf-8")
    click.echo(f"{markdown(sizes)}\n\n{assigning.markdown(cohorts)}")


def _measured(work: Path, mentors: int) -> Figures:
    folder = work / str(mentors)
    folder.mkdir(parents=True, exist_ok=True)
    figures = _figures("measure", folder, mentors, folder / "figures.json")
    swaps = ["--swaps", str(SIZES[mentors])]
    return {**figures, "swapping": _figures("measure_swaps", folder, mentors, folder / "swaps.json", *swaps)}


def _figures(module: str, folder: Path, mentors: int, out: Path, *options: str) -> Figures:
    """What the module measures of a world."""
    command = [sys.executable, "-m", f"tests.bench.{module}", str(folder), str(mentors), str(out), *options]
    subprocess.run(command, check=True, env={**os.environ, **dict.fromkeys(ONE_THREAD, "1")})
    figures: Figures = json.loads(out.read_text(encoding="utf-8"))
    return figures


if __name__ == "__main__":
    main(prog_name="python -m tests.bench")
