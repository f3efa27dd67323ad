"""`python -m tests.bench`: measure worlds of two sizes, print a table, write bench.json."""

import json
import os
import subprocess
import sys
from pathlib import Path

import click

from api.serve import ONE_THREAD
from tests.bench.table import Figures, markdown

SIZES = (10_000, 100_000)


@click.command()
@click.option("--work", type=click.Path(file_okay=False, path_type=Path), default=Path("quality/bench"))
@click.option("--quick", is_flag=True, help="Only the smaller world.")
def main(work: Path, quick: bool) -> None:
    """Measure a request through HTTP beside bare FAISS and LightFM, and what surrounds it.

    Worlds and their text vectors are kept in the work folder: the first run encodes 100,000 texts.
    """
    sizes = [_measured(work, mentors) for mentors in (SIZES[:1] if quick else SIZES)]
    (work / "bench.json").write_text(json.dumps({"sizes": sizes}, indent=1) + "\n", encoding="utf-8")
    click.echo(markdown(sizes))


def _measured(work: Path, mentors: int) -> Figures:
    folder = work / str(mentors)
    folder.mkdir(parents=True, exist_ok=True)
    out = folder / "figures.json"
    command = [sys.executable, "-m", "tests.bench.measure", str(folder), str(mentors), str(out)]
    subprocess.run(command, check=True, env={**os.environ, **dict.fromkeys(ONE_THREAD, "1")})
    figures: Figures = json.loads(out.read_text(encoding="utf-8"))
    return figures


if __name__ == "__main__":
    main(prog_name="python -m tests.bench")
