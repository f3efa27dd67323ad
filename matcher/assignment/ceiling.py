"""How much the worst-off places could have at the most: by linear programmes, where the search proves
little.

That n − p startups have at least t is asked of fractions of pairs. At a given t no pair counts for more
than t, and a startup without a pair that is worth t needs two; both hold of every assignment and of few
fractions. The largest t that fractions reach bounds what any assignment gives the p-th place from the
bottom. (Knapsack cover inequalities: Carr, Fleischer, Leung and Phillips 2000.)
"""

import time

import numpy as np
import scipy.sparse as sp
from scipy.optimize import linprog

from matcher.assignment.problem import Problem

PRECISION = 1e-3
_INFEASIBLE = 2


def ceiling(problem: Problem, place: int, least: float, most: float, deadline: float) -> float:
    """No assignment gives the place (from 0, the worst-off) more than this, between `least`, which is known
    to be reached, and `most`, known not to be passed. Found to a thousandth, as far as time allows."""
    low, high = least, most
    while high - low > PRECISION and time.monotonic() < deadline:
        middle = (low + high) / 2
        if _out_of_reach(problem, place, middle, deadline - time.monotonic()):
            high = middle
        else:
            low = middle
    return high


def _out_of_reach(problem: Problem, place: int, level: float, seconds: float) -> bool:
    """Whether even fractions of pairs leave more than `place` startups below the level."""
    arcs, limits, (n, m) = problem.arcs, problem.limits, problem.shape
    pairs = np.arange(len(arcs))

    def sums(weights: np.ndarray, rows: np.ndarray, size: int) -> sp.csr_matrix:
        return sp.csr_matrix((weights, (rows, pairs)), shape=(size, len(pairs)))

    ones, none, reaching = np.ones(len(pairs)), sp.csr_matrix((m, n)), sp.identity(n)
    matrix = sp.vstack(
        [
            sp.hstack([sums(ones, arcs.startups, n), sp.csr_matrix((n, n))]),
            sp.hstack([sums(ones, arcs.partners, m), none]),
            sp.hstack([-sums(np.minimum(arcs.values, level), arcs.startups, n), level * reaching]),
            sp.hstack([-sums(1.0 + (arcs.values >= level), arcs.startups, n), 2 * reaching]),
            sp.csr_matrix(np.concatenate((0 * ones, -np.ones(n)))),
        ]
    )
    most = np.concatenate((limits.startup_max, limits.partner_max, np.zeros(2 * n), [place - n]))
    options = {"time_limit": max(seconds, 0.01)}
    found = linprog(np.zeros(matrix.shape[1]), matrix.tocsr(), most, bounds=(0, 1), options=options)
    return bool(found.status == _INFEASIBLE)
