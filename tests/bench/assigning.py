"""`python -m tests.bench.assigning`: whole cohorts, beside plain OR-tools min-cost flow on the same arcs.

Everything from the arrays of pairs on counts, the building of arcs too. What Bole does beside the flow is
also in its time: checks of the input and the exact price of one more place with everybody.
"""

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click
import numpy as np
from ortools.graph.python.min_cost_flow import SimpleMinCostFlow

from api.serve import ONE_THREAD
from matcher.assignment.network import whole
from matcher.assignment.problem import Arcs, Float64, Limits, Objective, Problem
from matcher.assignment.solving import solve
from matcher.assignment.widening import solve_wide
from matcher.vocabulary import Rows
from tests.bench.timing import in_turns

SEED = 17
MEETINGS = 3
DECLINES = 20
_KIBIBYTE, _MEBIBYTE = 1024, 1024 * 1024


@dataclass(frozen=True, slots=True)
class World:
    """So many startups and partners, with `k` pairs for each startup (all, where there are as many
    partners), and how often each way is timed. `wide` worlds are also solved from all pairs."""

    startups: int
    partners: int
    k: int
    rounds: int
    wide: bool

    def limits(self) -> Limits:
        """Up to three meetings for each startup, three to seven places with each partner."""
        n, m = self.startups, self.partners
        places = np.random.default_rng(SEED).integers(3, 8, m)
        return Limits(np.zeros(n, int), np.full(n, MEETINGS), np.zeros(m, int), places)

    def arcs(self) -> Arcs:
        """Pairs of startups with partners drawn at random."""
        rng, n = np.random.default_rng(SEED + 1), self.startups
        some = [np.sort(rng.permutation(self.partners)[: self.k]) for _ in range(n)]
        return Arcs(np.repeat(np.arange(n), self.k), np.concatenate(some), rng.random(n * self.k))


WORLDS = {
    "500 × 500, all pairs": World(500, 500, 500, 5, False),
    "2,000 × 500, 50 pairs each": World(2000, 500, 50, 5, True),
    "20,000 × 8,000, 50 pairs each": World(20_000, 8000, 50, 3, False),
}


@click.command()
@click.option("--world", "name", type=click.Choice(list(WORLDS)), help="Measure this one, here.")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Where its figures go, as JSON.")
def main(name: str | None, out: Path | None) -> None:
    """Print the table of all worlds, each measured in a process of its own."""
    if name is None:
        click.echo(markdown(measured()))
    else:
        (out or Path(os.devnull)).write_text(json.dumps(figures(WORLDS[name])), encoding="utf-8")


def measured() -> dict[str, dict[str, Any]]:
    """The figures of each world."""
    found: dict[str, dict[str, Any]] = {}
    environment = {**os.environ, **dict.fromkeys(ONE_THREAD, "1")}
    with tempfile.TemporaryDirectory() as folder:
        for name in WORLDS:
            out = Path(folder) / "figures.json"
            command = [sys.executable, "-m", "tests.bench.assigning", "--world", name, "--out", str(out)]
            subprocess.run(command, check=True, env=environment)
            found[name] = json.loads(out.read_text(encoding="utf-8"))
    return found


def figures(world: World) -> dict[str, Any]:
    """Seconds (medians), totals, the process's peak memory, and re-solving after declines."""
    arcs, limits = world.arcs(), world.limits()
    ways: Mapping[str, Callable[[int], object]] = {
        "bole": lambda _: solve(Problem(arcs, limits), Objective.HIGHEST_TOTAL),
        "plain": lambda _: plain(arcs, limits),
    }
    taken = in_turns(ways, np.arange(world.rounds + 1), 1)
    found: dict[str, Any] = {
        "pairs": len(arcs),
        "seconds": {name: timing.p50 / 1000 for name, timing in taken.items()},
        "totals": [solve(Problem(arcs, limits), Objective.HIGHEST_TOTAL).total, plain(arcs, limits)],
        "peak_bytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * _KIBIBYTE,
    }
    if world.wide:
        found |= {"declines": declines(arcs, limits), "wide": wide(world, limits)}
    return found


def plain(arcs: Arcs, limits: Limits) -> float:
    """The highest total by nothing but OR-tools: source → startup → partner → sink."""
    n, m = len(limits.startup_max), len(limits.partner_max)
    source, sink = n + m, n + m + 1
    solver = SimpleMinCostFlow()
    everybody = int(limits.startup_max.sum())
    pairs = solver.add_arcs_with_capacity_and_unit_cost(
        arcs.startups, n + arcs.partners, np.ones(len(arcs), dtype=np.int64), -whole(arcs.values)
    )
    for tails, heads, places in (
        (np.full(n, source), np.arange(n), limits.startup_max),
        (n + np.arange(m), np.full(m, sink), limits.partner_max),
        (np.array([source]), np.array([sink]), np.array([everybody])),
    ):
        nothing = np.zeros(len(tails), dtype=np.int64)
        solver.add_arcs_with_capacity_and_unit_cost(tails, heads, places, nothing)
    solver.set_nodes_supplies(np.array([source, sink]), np.array([everybody, -everybody]))
    if solver.solve() != solver.OPTIMAL:
        raise RuntimeError("plain OR-tools found no optimum")
    return float(arcs.values[solver.flows(pairs) > 0].sum())


def declines(arcs: Arcs, limits: Limits) -> dict[str, float]:
    """One pair of the published assignment is declined and may not meet again: seconds of solving the rest
    with the fewest changes, and the share of the other pairs that change, at most."""
    published = solve(Problem(arcs, limits), Objective.HIGHEST_TOTAL).chosen
    some = np.random.default_rng(SEED + 2).choice(np.flatnonzero(published), DECLINES, replace=False)
    seconds, changed = zip(*(_declined(arcs, limits, published, arc) for arc in some.tolist()), strict=True)
    return {"seconds": float(np.median(seconds)), "most_seconds": max(seconds), "changed": max(changed)}


def _declined(arcs: Arcs, limits: Limits, published: Rows, arc: int) -> tuple[float, float]:
    left = np.arange(len(arcs)) != arc
    began = time.perf_counter()
    fewer = Arcs(arcs.startups[left], arcs.partners[left], arcs.values[left])
    problem = Problem(fewer, limits, published=published[left])
    chosen = solve(problem, Objective.FEWEST_CHANGES).chosen
    seconds = time.perf_counter() - began
    return seconds, float((published[left] & ~chosen).sum() / published[left].sum())


def wide(world: World, limits: Limits) -> dict[str, float]:
    """All pairs: widened from the 20 best of each, and as arcs at once."""
    values = np.random.default_rng(SEED + 3).random((world.startups, world.partners))
    began = time.perf_counter()
    found = solve_wide(lambda rows: values[rows], limits, Objective.HIGHEST_TOTAL, k=20)
    seconds = time.perf_counter() - began
    startups, partners = np.nonzero(np.ones(values.shape, dtype=bool))
    everything = Arcs(startups, partners, _flat(values))
    began = time.perf_counter()
    full = solve(Problem(everything, limits), Objective.HIGHEST_TOTAL)
    return {
        "seconds": seconds,
        "full_seconds": time.perf_counter() - began,
        "arcs": len(found.problem.arcs),
        "difference": full.total - found.assignment.total,
    }


def _flat(values: Float64) -> Float64:
    return values.ravel()


def markdown(found: Mapping[str, Mapping[str, Any]]) -> str:
    """The table, and a line each on declines and on widening."""
    header = [
        "world",
        "pairs",
        "Bole, s",
        "plain OR-tools, s",
        "ratio (at most 1.5)",
        "peak, MiB",
        "totals differ by",
    ]
    rows = [header, ["---"] * len(header), *(_row(name, one) for name, one in found.items())]
    lines = [f"| {' | '.join(row)} |" for row in rows]
    for name, one in found.items():
        lines += _further(name, one) if "declines" in one else []
    return "\n".join(lines)


def _row(name: str, one: Mapping[str, Any]) -> list[str]:
    bole, plainly = one["seconds"]["bole"], one["seconds"]["plain"]
    difference = abs(one["totals"][0] - one["totals"][1])
    peak = f"{one['peak_bytes'] / _MEBIBYTE:,.0f}"
    return [
        name,
        f"{one['pairs']:,}",
        f"{bole:.2f}",
        f"{plainly:.2f}",
        f"{bole / plainly:.2f}",
        peak,
        f"{difference:.6f}",
    ]


def _further(name: str, one: Mapping[str, Any]) -> list[str]:
    after, every = one["declines"], one["wide"]
    return [
        "",
        f"{name}, after one decline ({DECLINES} tried): {after['seconds']:.2f} s (at most "
        f"{after['most_seconds']:.2f}), {100 * after['changed']:.2f} % of the other pairs change at most.",
        f"Widened from 20 pairs each to all: {every['seconds']:.2f} s with {every['arcs']:,} arcs, "
        f"{every['full_seconds']:.2f} s with all arcs at once; totals differ by {every['difference']:.6f}.",
    ]


if __name__ == "__main__":
    main(prog_name="python -m tests.bench.assigning")
