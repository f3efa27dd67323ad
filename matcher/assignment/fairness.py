"""What each startup has of an assignment, and what is proved of the fairest one."""

from dataclasses import dataclass

import numpy as np

from matcher.assignment.groups import groups_of
from matcher.assignment.network import SCALE, penalty_of, whole
from matcher.assignment.problem import Bool, Float64, Int64, Problem


@dataclass(frozen=True, slots=True)
class Fairness:
    """What the startups have (`outcomes` [n], ascending), of how many of these places it is `proved` that no
    assignment has more, and the most that the first place after them may reach (`bound`)."""

    outcomes: Float64
    proved: int
    bound: float

    @property
    def gap(self) -> float:
        """How far the first place that is not proved may be from the best, as a share of the bound; 0 where
        all are proved."""
        if self.proved == len(self.outcomes):
            return 0.0
        return float((self.bound - self.outcomes[self.proved]) / max(self.bound, 1 / SCALE))


def outcomes_of(problem: Problem, chosen: Bool) -> Int64:
    """What each startup has, [n] in whole units: its values less what its limits that gave way cost."""
    limits, rows, n = problem.limits, problem.arcs.startups[chosen], problem.shape[0]
    outcomes = np.zeros(n, dtype=np.int64)
    np.add.at(outcomes, rows, whole(problem.arcs.values[chosen]))
    short = np.maximum(limits.startup_min - np.bincount(rows, minlength=n), 0)
    groups = groups_of(problem)
    met = np.bincount(groups.of[chosen & (groups.of >= 0)], minlength=len(groups.startups))
    excess = np.zeros(n, dtype=np.int64)
    np.add.at(excess, groups.startups, np.maximum(met - (limits.per_firm or 0), 0))
    own, firm = penalty_of(limits.startup_importance) or 0, penalty_of(limits.firm_importance) or 0
    outcomes -= own * short + firm * excess
    return outcomes


def most_alone(problem: Problem) -> Int64:
    """What each startup would have if it were alone: the best values it has room for."""
    arcs = problem.arcs
    order = np.lexsort((-arcs.values, arcs.startups))
    startups = arcs.startups[order]
    ranks = np.arange(len(order)) - np.searchsorted(startups, startups)
    taken = order[ranks < problem.limits.startup_max[startups]]
    most = np.zeros(problem.shape[0], dtype=np.int64)
    np.add.at(most, arcs.startups[taken], whole(arcs.values[taken]))
    return most
