"""A two-sided world of known probabilities: does ranking by both sides bring more meetings than by one?

The invented city tells every pair's true probability that the startup asks and that the partner agrees, in
which the two sides look for different things: a startup for what it needs and for fame, a partner for stage,
ticket and quality, and each has a hidden taste of its own. Histories are drawn from them through the funnel
(shown, requested or dismissed, accepted or declined); a model is trained on them through the command line;
what its lists would truly bring is counted.
"""

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from training.measures.intervals import interval
from training.measures.lists import DEPTH
from training.quality.answering import fresh_home
from training.quality.bole import PROFILES
from training.quality.commands import Shell
from training.quality.context import Context
from training.quality.sections import Cell, Requirement, Section
from training.quality.tables import read_rows
from training.quality.tasks import INVENTED

Float64 = npt.NDArray[np.float64]
Rows = Sequence[Mapping[str, str]]

SEEDS = (11, 12, 13, 14, 15, 16)
"""Three of them told too little: what both sides bring differed by .05 between threes."""
_SIZE = {"startups": 240, "mentors": 100, "investors": 60, "interactions": 12_000}
_EVERYONE = "1000"
TWO_SIDED, STARTUP, PARTNER = "score (both sides)", "p_startup alone", "p_partner alone"
RANDOM, ORACLE = "random", "the true product (oracle)"
_ORDERS = (TWO_SIDED, STARTUP, PARTNER, RANDOM, ORACLE)
_COLUMNS = ("ranked by", "mutual acceptances in ten", "share of the oracle", "both sides − this", "by world")
_NOTE = (
    "Expected mutual acceptances, p_startup × p_partner of the truth, summed over the ten first partners of "
    "each startup; 95 % intervals of the difference by a paired bootstrap over the startups of all worlds."
)


@dataclass(frozen=True, slots=True)
class Pairs:
    """Every eligible pair of one startup: what Bole says, arrays [n], and how likely both truly say yes."""

    score: Float64
    p_startup: Float64
    p_partner: Float64
    mutual: Float64


def world_sections(context: Context) -> list[Section]:
    """The section of the two-sided worlds; none where the invented task was not asked for."""
    if INVENTED.name not in context.trials:
        return []
    worlds = [_brought_in_world(context, seed) for seed in SEEDS]
    return [section(worlds)]


def brought(pairs: Sequence[Pairs], seed: int) -> dict[str, Float64]:
    """What the first ten of each startup bring, [startups], by what they are ranked by.

    Ties go to the earlier pair. Fewer than ten candidates bring what they bring.
    """
    rng = np.random.default_rng(seed)
    found: dict[str, list[float]] = {order: [] for order in _ORDERS}
    for one in pairs:
        keys = (one.score, one.p_startup, one.p_partner, rng.random(len(one.mutual)), one.mutual)
        for order, key in zip(_ORDERS, keys, strict=True):
            found[order].append(float(one.mutual[np.argsort(-key, kind="stable")[:DEPTH]].sum()))
    return {order: np.array(values) for order, values in found.items()}


def section(worlds: Sequence[Mapping[str, Float64]]) -> Section:
    """The table over several worlds, each what `brought` gives."""
    whole = {order: np.concatenate([world[order] for world in worlds]) for order in _ORDERS}
    required = [
        Requirement(
            f"two-sided world: both sides − {other}, lower end",
            interval(whole[TWO_SIDED] - whole[other]).low,
            0.0,
        )
        for other in (STARTUP, PARTNER)
    ]
    rows = tuple(_row(order, whole, worlds) for order in _ORDERS)
    return Section("A two-sided world", _COLUMNS, rows, _NOTE, required=tuple(required))


def joined(lists: Rows, truth: Rows) -> list[Pairs]:
    """The listed pairs of each startup, with the true probabilities of the same pairs."""
    mutual = {_pair(row): float(row["p_startup"]) * float(row["p_partner"]) for row in truth}
    listed: dict[str, list[tuple[float, float, float, float]]] = {}
    for row in lists:
        said = (float(row["score"]), float(row["p_startup"]), float(row["p_partner"]))
        listed.setdefault(row["startup_id"], []).append((*said, mutual[_pair(row)]))
    return [Pairs(*np.array(found).T) for found in listed.values()]


def _row(
    order: str, whole: Mapping[str, Float64], worlds: Sequence[Mapping[str, Float64]]
) -> tuple[Cell, ...]:
    mean = float(whole[order].mean())
    return (
        order,
        mean,
        mean / max(float(whole[ORACLE].mean()), 1e-12),
        None if order == TWO_SIDED else str(interval(whole[TWO_SIDED] - whole[order])),
        ", ".join(f"{world[order].mean():.3f}" for world in worlds),
    )


def _brought_in_world(context: Context, seed: int) -> dict[str, Float64]:
    """Make a world, let Bole learn it, and count what its lists bring."""
    folder = context.work / "worlds" / str(seed)
    shell = Shell(folder / "logs", context.say)
    _make(folder / "task", seed, shell)
    home = fresh_home(folder / "home", shell)
    home.take_in([folder / "task" / name for name in (*PROFILES, "interactions.csv")])
    home.train(INVENTED.train_until)
    lists = folder / "lists.csv"
    home.run("match", "match", "--all", "--role", "partner", "--k", _EVERYONE, "--out", str(lists))
    return brought(joined(read_rows(lists), read_rows(folder / "task" / "probabilities.csv")), seed)


def _make(folder: Path, seed: int, shell: Shell) -> None:
    sizes = [word for name, size in _SIZE.items() for word in (f"--{name}", str(size))]
    truth = str(folder / "probabilities.csv")
    words = (str(folder), "--plain", "--truth", truth, "--seed", str(seed), *sizes)
    shell.run("make", [sys.executable, "-m", "fixtures", *words])


def _pair(row: Mapping[str, str]) -> tuple[str, str]:
    return row["startup_id"], row["partner_id"]
