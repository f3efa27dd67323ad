"""The assignment as a circulation of least cost: each unit of flow is one meeting.

    hub → startup → (startup, firm) → partner → hub

An arc into a startup carries its meetings, one out of a partner that partner's places, one between them a
pair. Limits are bounds of arcs; one that may give way is a cheaper arc beside a free one. All costs are
whole numbers, so that an optimum of the flow is an optimum exactly (see `SCALE`).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from matcher.assignment.groups import Groups, group_nodes, groups_of
from matcher.assignment.problem import PENALTIES, Float64, Importance, Int64, Limits, Objective, Problem

SCALE = 1_000_000
"""A value of 1 in whole units of cost: values count to a millionth."""
HUB = 0


@dataclass(frozen=True, slots=True)
class Network:
    """Arcs with least and most flow and cost a unit (int64); the first `pairs` of them are the problem's.

    `first` is what a unit of the objective's first question is worth: more than all values together; 1
    where there is no such question.
    """

    nodes: int
    pairs: int
    tails: Int64
    heads: Int64
    lower: Int64
    upper: Int64
    costs: Int64
    first: int

    def __len__(self) -> int:
        return len(self.costs)


@dataclass(frozen=True, slots=True)
class _Part:
    """Some arcs of a network."""

    tails: Int64
    heads: Int64
    lower: Int64
    upper: Int64
    costs: Int64


def network_of(problem: Problem, objective: Objective) -> Network:
    """The network whose cheapest circulations are the best assignments. FAIREST has none."""
    startups, partners = problem.shape
    first = first_worth(problem)
    groups = groups_of(problem)
    parts = [
        _pair_arcs(problem, groups, first if objective is Objective.FEWEST_CHANGES else 0),
        *_firm_arcs(problem, groups),
        *_startup_arcs(problem.limits, first if objective is Objective.NOBODY_LEFT_OUT else 0),
        *_partner_arcs(problem.limits, startups),
    ]
    tails, heads, lower, upper, costs = (
        np.concatenate([getattr(part, name) for part in parts])
        for name in ("tails", "heads", "lower", "upper", "costs")
    )
    asked_first = objective in (Objective.NOBODY_LEFT_OUT, Objective.FEWEST_CHANGES)
    nodes = 1 + startups + partners + len(groups.startups)
    return Network(nodes, len(problem.arcs), tails, heads, lower, upper, costs, first if asked_first else 1)


def whole(values: Float64) -> Int64:
    """Values in whole units."""
    return np.rint(values * SCALE).astype(np.int64)


def penalty_of(importance: Importance) -> int | None:
    """What a unit short of a limit costs in whole units; None where it must hold."""
    return None if importance is Importance.MUST else round(SCALE * PENALTIES[importance])


def startup_nodes(problem: Problem) -> Int64:
    """Each startup's node."""
    return 1 + np.arange(problem.shape[0])


def partner_nodes(problem: Problem) -> Int64:
    """Each partner's node."""
    return 1 + problem.shape[0] + np.arange(problem.shape[1])


def first_worth(problem: Problem) -> int:
    """More than any assignment can be worth, and any limits that give way can cost."""
    limits = problem.limits
    meetings = min(int(limits.startup_max.sum()), int(limits.partner_max.sum()), len(problem.arcs))
    short = int(limits.startup_min.sum() + limits.partner_min.sum())
    return SCALE * (2 * (meetings + 1) + short + 1)  # one more for what a further place brings


def _pair_arcs(problem: Problem, groups: Groups, kept: int) -> _Part:
    arcs, locked = problem.arcs, problem.locked.astype(np.int64)
    tails, heads = startup_nodes(problem)[arcs.startups], partner_nodes(problem)[arcs.partners]
    if len(groups.startups):
        grouped = groups.of >= 0
        tails[grouped] = group_nodes(problem, groups)[groups.of[grouped]]
    costs = -whole(arcs.values)
    costs[problem.published] -= kept
    return _Part(tails, heads, locked, np.ones_like(locked), costs)


def _firm_arcs(problem: Problem, groups: Groups) -> Sequence[_Part]:
    startups = startup_nodes(problem)[groups.startups]
    nodes = group_nodes(problem, groups)
    allowed = np.full(len(nodes), problem.limits.per_firm or 0, dtype=np.int64)
    free = _parallel(startups, nodes, 0 * allowed, allowed, 0)
    penalty = penalty_of(problem.limits.firm_importance)
    if penalty is None:
        return [free]
    # a capacity that never binds, so that dual prices tell of further pairs too
    never_full = problem.limits.startup_max[groups.startups] + 1
    return [free, _parallel(startups, nodes, 0 * allowed, never_full, penalty)]


def _startup_arcs(limits: Limits, met: int) -> Sequence[_Part]:
    """Three arcs side by side: the first meeting, the others up to the least, and those beyond."""
    most, heads = limits.startup_max, 1 + np.arange(len(limits.startup_max))
    hub = np.full_like(heads, HUB)
    ones, least = np.minimum(most, 1), limits.startup_min
    return [
        _wanted(hub, heads, np.minimum(least, 1), ones, limits.startup_importance, met),
        _wanted(hub, heads, np.maximum(least - 1, 0), np.maximum(least - 1, 0), limits.startup_importance),
        _parallel(hub, heads, 0 * most, most - np.maximum(least, ones), 0),
    ]


def _partner_arcs(limits: Limits, startups: int) -> Sequence[_Part]:
    """Two arcs side by side: places up to the least load, and those beyond."""
    most, least = limits.partner_max, limits.partner_min
    tails = 1 + startups + np.arange(len(most))
    hub = np.full_like(tails, HUB)
    return [
        _wanted(tails, hub, least, least, limits.partner_importance),
        _parallel(tails, hub, 0 * most, most - least, 0),
    ]


def _wanted(
    tails: Int64, heads: Int64, least: Int64, upper: Int64, importance: Importance, bonus: int = 0
) -> _Part:
    """Arcs that have to carry at least so much, or cost less up to there, and a bonus each unit."""
    penalty = penalty_of(importance)
    if penalty is None:
        return _parallel(tails, heads, least, upper, -bonus)
    return _Part(tails, heads, 0 * least, upper, np.where(least > 0, -penalty, 0) - bonus)


def _parallel(tails: Int64, heads: Int64, lower: Int64, upper: Int64, cost: int) -> _Part:
    return _Part(tails, heads, lower, upper, np.full(len(tails), cost, dtype=np.int64))
