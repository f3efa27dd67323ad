"""The warm task beside a cold one: startups that have partners already, and get new ones after the cut.

The given task maker asks about cold startups only. Run once more with the end of the answers as its cut, it
tells every deal until then; ids differ between the two runs, names do not. The startups' profiles stay those
of the cold task: what was known at the cut.
"""

from collections.abc import Sequence
from pathlib import Path

from training.quality.records import Profile
from training.quality.tables import read_rows, write_rows

QUERIES, TRUTH = "warm-queries.csv", "warm-truth.csv"
_PARTNERS = ("investors.csv", "mentors.csv")


def write_warm(folder: Path, later: Path, cut: str) -> None:
    """Write the warm queries and their right partners into a task's folder; `later` is the second run's."""
    startups, partners = _renamed(folder, later, ["startups.csv"]), _renamed(folder, later, _PARTNERS)
    deals = [
        (startups[row["startup_id"]], partners[row["partner_id"]])
        for row in read_rows(later / "interactions.csv")
        if row["at"] >= cut and row["startup_id"] in startups and row["partner_id"] in partners
    ]
    pairs = warm_pairs(_pairs(read_rows(folder / "interactions.csv")), deals)
    write_rows(folder / TRUTH, ("startup_id", "partner_id"), pairs)
    asked = dict.fromkeys(startup for startup, _ in pairs)
    write_rows(folder / QUERIES, ("startup_id",), [(startup,) for startup in asked])


def warm_pairs(before: Sequence[tuple[str, str]], after: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """The pairs of `after`, each once, in order, whose startup has partners in `before` but not this one."""
    dealt, known = set(before), {startup for startup, _ in before}
    return [pair for pair in dict.fromkeys(after) if pair[0] in known and pair not in dealt]


def _renamed(folder: Path, later: Path, names: Sequence[str]) -> dict[str, str]:
    """Ids of the later run → ids of the task, by name; who is not in the task is left out."""
    ids = {row["name"]: row["id"] for name in names for row in read_rows(folder / name)}
    return {
        row["id"]: ids[row["name"]] for name in names for row in read_rows(later / name) if row["name"] in ids
    }


def _pairs(rows: Sequence[Profile]) -> list[tuple[str, str]]:
    return [(row["startup_id"], row["partner_id"]) for row in rows]
