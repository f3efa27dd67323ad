"""The choice of sources as a mixed-integer program (HiGHS by scipy), and amounts to the last unit.

Variables are each source's share of the gap and whether it is there at all. The program chooses who is there;
amounts are then worked out in whole units of money: for given sources the best is to give each its least and
the rest to the cheapest first (a continuous knapsack), which no rounding can spoil.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, milp

from matcher.errors import NotReady
from matcher.funding.values import Source
from matcher.funding.weighing import Float64, Weighing

Rows = npt.NDArray[np.intp]

SLACK = 1e-6
"""By how much a measure that goes first may be worse when the others are weighed: the solver's tolerance."""
_OPTIMAL, _INFEASIBLE = 0, 2
_TRIES = 50


@dataclass(frozen=True, slots=True)
class Choice:
    """Who is there (`rows`, ascending) with which `amounts`, what that weighs, and what no plan can be below
    (`bound`; of the last weighing). `proved`: the search was not cut short."""

    rows: Rows
    amounts: tuple[int, ...]
    weight: float
    bound: float
    proved: bool


@dataclass(frozen=True, slots=True)
class Program:
    """What is asked: `target` of the `whole` gap is covered exactly, with other sources than each of `seen`:
    at least one of those is left out."""

    sources: Sequence[Source]
    whole: int
    target: int
    seconds: float
    seen: tuple[Rows, ...] = ()


def best(program: Program, stages: Sequence[Weighing]) -> Choice | None:
    """The sources that weigh least by the first stage, among those by the next, and so on; None where the
    target cannot be met exactly.

    Raises:
        NotReady: no plan was found in the time given.
    """
    constraints = [_covered(program), *_within(program), *_new(program)]
    found: _Found | None = None
    for stage in stages:
        objective = np.concatenate((stage.shares, stage.each))
        better = _solve(program, objective, constraints, program.target)
        if better is None and found is None:
            return None
        found = _going_on(found, better, program.target / program.whole * float(stage.shares.min()))
        reached = stage.of(_parts(program, found.rows, _priced(program, found.rows, [stage]))) - stage.base
        constraints.append(LinearConstraint(objective[None], -np.inf, reached + SLACK))
    return None if found is None else _choice(program, found, stages)


def most_covered(program: Program) -> int:
    """The largest part of the target that the sources can cover together, in whole units."""
    objective = np.concatenate((-np.ones(len(program.sources)), np.zeros(len(program.sources))))
    upper = LinearConstraint(-objective[None], 0, program.target / program.whole)
    found = _solve(program, objective, [upper, *_within(program)])
    return 0 if found is None else min(program.target, _span(program, found.rows)[1])


@dataclass(frozen=True, slots=True)
class _Found:
    rows: Rows
    value: float
    bound: float
    proved: bool


def _solve(
    program: Program, objective: Float64, given: Sequence[LinearConstraint], target: int = 0
) -> _Found | None:
    """The solver's choice, once it holds to the last unit: the solver itself lets limits give way by a
    millionth. A choice that does not hold is forbidden, and the next one taken. `target` 0 is any amount."""
    constraints = list(given)
    for _ in range(_TRIES):
        found = _milp(program, objective, constraints)
        if found is None:
            return None
        least, most = _span(program, found.rows)
        if least <= (target or program.target) and target <= most:
            return found
        constraints.append(_not_exactly(program, found.rows))
    raise NotReady("the amounts differ by too little to be told apart: round them")


def _going_on(before: _Found | None, better: _Found | None, floor: float) -> _Found:
    """The later stage's choice, or the earlier one's where the solver, in its tolerance, finds none: that one
    is sound, but not proved to be the best (no choice can be below `floor`)."""
    if better is None:
        assert before is not None
        return replace(before, proved=False, bound=floor)
    return better if before is None else replace(better, proved=before.proved and better.proved)


def _milp(program: Program, objective: Float64, constraints: Sequence[LinearConstraint]) -> _Found | None:
    count = len(program.sources)
    if not count:
        return None
    # Without its presolve HiGHS is as quick here, and writes no remarks of its own to standard output.
    result = milp(
        objective,
        integrality=np.repeat((0, 1), count),
        bounds=Bounds(0, 1),
        constraints=constraints,
        options={"time_limit": program.seconds, "mip_rel_gap": 0.0, "presolve": False},
    )
    if result.status == _INFEASIBLE:
        return None
    if result.x is None:
        raise NotReady(f"no plan was found in {program.seconds:g} s: allow more time, or fewer sources")
    rows = np.flatnonzero(result.x[count:] > 0.5)
    bound = result.fun if result.mip_dual_bound is None else result.mip_dual_bound
    return _Found(rows, float(result.fun), float(bound), bool(result.status == _OPTIMAL))


def _span(program: Program, rows: Rows) -> tuple[int, int]:
    """What the sources give together at least and at most."""
    chosen = [program.sources[row] for row in rows.tolist()]
    return sum(source.least for source in chosen), sum(source.most for source in chosen)


def _not_exactly(program: Program, rows: Rows) -> LinearConstraint:
    """Any other set of sources than this one."""
    count = len(program.sources)
    signs = np.concatenate((np.zeros(count), np.ones(count)))
    signs[count + rows] = -1
    return LinearConstraint(signs[None], 1 - len(rows), np.inf)


def _covered(program: Program) -> LinearConstraint:
    """The shares add up to the target."""
    count, share = len(program.sources), program.target / program.whole
    return LinearConstraint(np.concatenate((np.ones(count), np.zeros(count)))[None], share, share)


def _within(program: Program) -> list[LinearConstraint]:
    """Each share is 0, or from the source's least to its most."""
    least = sparse.diags_array(
        [min(source.least, program.whole) / program.whole for source in program.sources]
    )
    most = sparse.diags_array([min(source.most, program.whole) / program.whole for source in program.sources])
    one = sparse.eye_array(len(program.sources))
    return [
        LinearConstraint(sparse.hstack((one, -least), format="csr"), 0, np.inf),
        LinearConstraint(sparse.hstack((one, -most), format="csr"), -np.inf, 0),
    ]


def _new(program: Program) -> list[LinearConstraint]:
    """At least one source of every plan before is left out (a no-good cut)."""
    cuts = []
    for rows in program.seen:
        there = np.zeros(2 * len(program.sources))
        there[len(program.sources) + rows] = 1
        cuts.append(LinearConstraint(there[None], -np.inf, len(rows) - 1))
    return cuts


def _choice(program: Program, found: _Found, stages: Sequence[Weighing]) -> Choice:
    amounts = _priced(program, found.rows, stages)
    weight = stages[-1].of(_parts(program, found.rows, amounts))
    bound = min(found.bound + stages[-1].base, weight)
    return Choice(found.rows, tuple(amounts), weight, bound, found.proved)


def _parts(program: Program, rows: Rows, amounts: Sequence[int]) -> Float64:
    """Every source's share of the gap."""
    parts = np.zeros(len(program.sources))
    parts[rows] = np.array(amounts) / program.whole
    return parts


def _priced(program: Program, rows: Rows, stages: Sequence[Weighing]) -> list[int]:
    """The chosen sources' best amounts: each its least, and the rest to the cheapest first."""
    sources = [program.sources[row] for row in rows.tolist()]
    prices = [tuple(float(stage.shares[row]) for stage in stages) for row in rows.tolist()]
    amounts = [source.least for source in sources]
    left = program.target - sum(amounts)
    for place in sorted(range(len(sources)), key=lambda place: (prices[place], sources[place].id)):
        more = min(left, sources[place].most - amounts[place])
        amounts[place] += more
        left -= more
    return amounts
