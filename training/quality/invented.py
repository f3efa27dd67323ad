"""The invented task: a generated city with known preferences, mentors and warm startups included."""

import sys
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

from training.measures.lists import DEPTH
from training.quality.commands import Shell
from training.quality.records import CONTACT
from training.quality.tables import read_rows, write_rows


def make_invented_task(folder: Path, shell: Shell) -> None:
    """A task folder like those of the given task maker; truth.csv names each startup's ten best partners.

    Pairs with a contact behind them are left out, as match lists leave them out.
    """
    truth = folder / "probabilities.csv"
    command = [sys.executable, "-m", "fixtures", str(folder), "--plain", "--truth", str(truth)]
    shell.run("make", command)
    known = {_pair(row) for row in read_rows(folder / "interactions.csv") if row["type"] in CONTACT}
    best = best_partners([row for row in read_rows(truth) if _pair(row) not in known])
    pairs = [(startup, partner) for startup, partners in best.items() for partner in partners]
    write_rows(folder / "truth.csv", ("startup_id", "partner_id"), pairs)
    write_rows(folder / "queries.csv", ("startup_id",), [(startup,) for startup in best])


def best_partners(rows: Sequence[Mapping[str, str]]) -> dict[str, list[str]]:
    """Each startup's ten partners with the largest product of the two true probabilities, best first."""
    wanted: dict[str, list[tuple[float, str]]] = defaultdict(list)
    for row in rows:
        both = float(row["p_startup"]) * float(row["p_partner"])
        wanted[row["startup_id"]].append((-both, row["partner_id"]))
    return {startup: [partner for _, partner in sorted(pairs)[:DEPTH]] for startup, pairs in wanted.items()}


def _pair(row: Mapping[str, str]) -> tuple[str, str]:
    return row["startup_id"], row["partner_id"]
