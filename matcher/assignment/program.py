"""The assignment as a program in whole numbers: for what no flow can say (the worst-off first, meetings in
slots). Solved by CP-SAT, which reckons with whole numbers alone and so is exact.

Costs are in the whole units of `network.SCALE`, limits are those of the network. CP-SAT takes long to
load: modules that import this one are themselves imported only where they are needed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from ortools.sat.python.cp_model import FEASIBLE, INFEASIBLE, OPTIMAL, CpModel, CpSolver, IntVar, LinearExpr

from matcher.assignment.groups import groups_of
from matcher.assignment.network import penalty_of, whole
from matcher.assignment.problem import Importance, Int64, Problem
from matcher.errors import Infeasible
from matcher.vocabulary import Rows

WORKERS = 4
"""Searches that take turns: where each stands does not depend on how many processors there are."""


@dataclass(frozen=True, slots=True)
class Program:
    """A model in which `chosen` [arcs] are 0 or 1 and keep all limits.

    `outcomes` [n] are what each startup has: the values of its meetings less what its own limits that give
    way cost (whole units). `partners_cost` is what the partners' least loads that give way cost. `variables`
    are those that a solution is told by: the chosen first, then any that were added.
    """

    model: CpModel
    chosen: Sequence[IntVar]
    outcomes: Sequence[LinearExpr]
    partners_cost: LinearExpr
    variables: Sequence[IntVar]


@dataclass(frozen=True, slots=True)
class Found:
    """A solution: `values` of the variables asked for, its `objective`, the `bound` of any solution, and
    whether it is proved the `best`."""

    values: Int64
    objective: int
    bound: int
    best: bool


def program_of(problem: Problem) -> Program:
    """All limits and locks, and no objective yet."""
    model, arcs, limits = CpModel(), problem.arcs, problem.limits
    chosen = [model.new_bool_var("") for _ in range(len(arcs))]
    for arc in np.flatnonzero(problem.locked).tolist():
        model.add(chosen[arc] == 1)
    startups = _sums(chosen, arcs.startups, problem.shape[0])
    partners = _sums(chosen, arcs.partners, problem.shape[1])
    _at_most(model, startups, limits.startup_max)
    _at_most(model, partners, limits.partner_max)
    own = _short(model, startups, limits.startup_min, limits.startup_importance)
    lost = _short(model, partners, limits.partner_min, limits.partner_importance)
    beyond = _beyond_firms(model, problem, chosen)
    worth = _sums(chosen, arcs.startups, problem.shape[0], whole(arcs.values))
    outcomes = [a - b - c for a, b, c in zip(worth, own, beyond, strict=True)]
    return Program(model, chosen, outcomes, LinearExpr.sum(lost), chosen)


def best(model: CpModel, wanted: Sequence[IntVar], seconds: float) -> Found | None:
    """The best solution that was found within the time, told by the `wanted` variables; None where none was
    found in time.

    Raises:
        Infeasible: there is none.
    """
    solver = CpSolver()
    solver.parameters.max_time_in_seconds = max(seconds, 0.01)
    solver.parameters.num_workers = WORKERS
    solver.parameters.interleave_search = True
    solver.parameters.random_seed = 0
    status = solver.solve(model)
    if status == INFEASIBLE:
        raise Infeasible("no assignment keeps all limits")
    if status not in (OPTIMAL, FEASIBLE):
        return None
    values = np.array([solver.value(variable) for variable in wanted], dtype=np.int64)
    if not model.has_objective():
        return Found(values, 0, 0, True)
    objective, bound = round(solver.objective_value), round(solver.best_objective_bound)
    return Found(values, objective, bound, status == OPTIMAL)


def start_from(model: CpModel, wanted: Sequence[IntVar], values: Int64) -> None:
    """Let the search begin with these values."""
    for variable, value in zip(wanted, values.tolist(), strict=True):
        model.add_hint(variable, value)


def _sums(chosen: Sequence[IntVar], rows: Rows, n: int, weights: Int64 | None = None) -> list[LinearExpr]:
    """The weighted sum of the chosen arcs of each row."""
    order = np.argsort(rows, kind="stable")
    ends = np.searchsorted(rows[order], np.arange(n + 1))
    weight = np.ones(len(rows), dtype=np.int64) if weights is None else weights
    parts = [order[first:end] for first, end in pairwise(ends.tolist())]
    return [
        LinearExpr.weighted_sum([chosen[arc] for arc in part.tolist()], weight[part].tolist())
        for part in parts
    ]


def _at_most(model: CpModel, sums: Sequence[LinearExpr], most: Int64) -> None:
    for one, limit in zip(sums, most.tolist(), strict=True):
        model.add(one <= limit)


def _short(
    model: CpModel, sums: Sequence[LinearExpr], least: Int64, importance: Importance
) -> list[LinearExpr | int]:
    """What each row costs for what it has less than its least; 0 where the least must be kept."""
    penalty = penalty_of(importance)
    costs: list[LinearExpr | int] = [0] * len(sums)
    for row in np.flatnonzero(least).tolist():
        if penalty is None:
            model.add(sums[row] >= int(least[row]))
        else:
            short = model.new_int_var(0, int(least[row]), "")
            model.add(sums[row] + short >= int(least[row]))
            costs[row] = penalty * short
    return costs


def _beyond_firms(model: CpModel, problem: Problem, chosen: Sequence[IntVar]) -> list[LinearExpr | int]:
    """What each startup's meetings beyond the firms' limit cost it."""
    groups, penalty = groups_of(problem), penalty_of(problem.limits.firm_importance)
    costs: list[LinearExpr | int] = [0] * problem.shape[0]
    grouped = np.flatnonzero(groups.of >= 0)
    sums = _sums([chosen[arc] for arc in grouped.tolist()], groups.of[grouped], len(groups.startups))
    for startup, size, one in zip(groups.startups.tolist(), groups.sizes.tolist(), sums, strict=True):
        if penalty is None:
            model.add(one <= (problem.limits.per_firm or 0))
        else:
            excess = model.new_int_var(0, size, "")
            model.add(one - excess <= (problem.limits.per_firm or 0))
            costs[startup] += penalty * excess
    return costs
