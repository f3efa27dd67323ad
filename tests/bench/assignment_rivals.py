"""`python -m tests.bench.assignment_rivals`: ways to assign a cohort side by side, on the same scores and
limits.

Needs the extra `quality` (for `matching`). Both halves of a score come from tastes in a few dimensions,
with some startups and partners liked by many; the score is their geometric mean. Every way gets the same
arrays and is judged by the same measures; its seconds hold everything that it does with them.
"""

import sys
import threading
import time
import warnings
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import click
import numpy as np
import scipy.sparse as sp
from matching.games import HospitalResident
from scipy.optimize import linear_sum_assignment, linprog

from matcher.assignment.problem import Arcs, Bool, Float64, Limits, Objective, Problem
from matcher.assignment.solving import solve
from matcher.assignment.stability import blocking_pairs

SEED = 23
DIMENSIONS = 4
SECONDS = 30.0
"""How long the fairest may be searched for."""
STACK = 512 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Cohort:
    """A problem with both halves of each pair's score, [arcs]."""

    problem: Problem
    p_startup: Float64
    p_partner: Float64


def cohort(n: int, m: int, k: int, meetings: int, most: int) -> Cohort:
    """n startups with up to so many meetings, m partners with 1 to `most` places, the k best pairs of each
    startup."""
    rng = np.random.default_rng(SEED)
    p_startup, p_partner = _half(rng, n, m), _half(rng, n, m)
    scores = np.sqrt(p_startup * p_partner)
    startups = np.repeat(np.arange(n), k)
    partners = np.sort(np.argsort(-scores, axis=1)[:, :k], axis=1).ravel()
    nobody = [np.zeros(size, dtype=np.int64) for size in (n, m)]
    limits = Limits(nobody[0], np.full(n, meetings), nobody[1], rng.integers(1, most + 1, m))
    problem = Problem(Arcs(startups, partners, scores[startups, partners]), limits)
    return Cohort(problem, p_startup[startups, partners], p_partner[startups, partners])


def _half(rng: np.random.Generator, n: int, m: int) -> Float64:
    tastes = rng.normal(size=(n, DIMENSIONS)) @ rng.normal(size=(m, DIMENSIONS)).T
    liked = rng.normal(size=(n, 1)) + rng.normal(size=m)
    return np.asarray(1 / (1 + np.exp(1.0 - 0.6 * tastes - 0.7 * liked)))


COHORTS: Mapping[str, tuple[int, int, int, int, int]] = {
    "60 startups, 40 mentors with 1–5 places, up to 3 meetings each": (60, 40, 40, 3, 5),
    "200 startups, 80 mentors with 1–4 places, one meeting each": (200, 80, 80, 1, 4),
    "2,000 startups, 500 mentors with 1–13 places, up to 3 meetings each": (2000, 500, 50, 3, 13),
}


def greedy(given: Cohort) -> Bool:
    """The best pair that is left, while both have room."""
    return _in_turn(given.problem, np.argsort(-given.problem.arcs.values, kind="stable").tolist())


def first_come(given: Cohort) -> Bool:
    """Startups come in the order of their rows, and each takes the best there is."""
    arcs = given.problem.arcs
    return _in_turn(given.problem, np.lexsort((-arcs.values, arcs.startups)).tolist())


def _in_turn(problem: Problem, order: list[int]) -> Bool:
    arcs = problem.arcs
    rooms = [limit.tolist() for limit in (problem.limits.startup_max, problem.limits.partner_max)]
    ends = [arcs.startups.tolist(), arcs.partners.tolist()]
    chosen = np.zeros(len(arcs), dtype=bool)
    for arc in order:
        if all(room[end[arc]] for room, end in zip(rooms, ends, strict=True)):
            chosen[arc] = True
            for room, end in zip(rooms, ends, strict=True):
                room[end[arc]] -= 1
    return chosen


def replicated(given: Cohort) -> Bool:
    """`linear_sum_assignment` with a row for each meeting and a column for each place. It may give a pair
    twice, of which one is kept: nobody stops a startup from taking two places of one partner."""
    arcs, limits, shape = given.problem.arcs, given.problem.limits, given.problem.shape
    dense = np.zeros(shape)
    dense[arcs.startups, arcs.partners] = arcs.values
    rows, columns = (np.repeat(np.arange(len(one)), one) for one in (limits.startup_max, limits.partner_max))
    taken = linear_sum_assignment(dense[np.ix_(rows, columns)], maximize=True)
    met = np.zeros(shape, dtype=bool)
    met[rows[taken[0]], columns[taken[1]]] = True
    return np.asarray(met[arcs.startups, arcs.partners])


def relaxed(given: Cohort) -> Bool:
    """The linear programme (HiGHS), whose corners are whole numbers here."""
    arcs, limits, (n, m) = given.problem.arcs, given.problem.limits, given.problem.shape
    every, ones = np.arange(len(arcs)), np.ones(len(arcs))
    sides = ((arcs.startups, n), (arcs.partners, m))
    matrix = sp.vstack([sp.csr_matrix((ones, (rows, every)), (size, len(arcs))) for rows, size in sides])
    most = np.concatenate((limits.startup_max, limits.partner_max))
    solved = linprog(-arcs.values, A_ub=matrix, b_ub=most, bounds=(0, 1), method="highs")
    return np.asarray(solved.x > 0.5)


def deferred(given: Cohort) -> Bool:
    """Gale–Shapley with capacities, startups asking (`matching`), in rounds: in each, every startup may get
    one more meeting in the places that are left. One round is the game itself."""
    problem, chosen = given.problem, np.zeros(len(given.problem.arcs), dtype=bool)
    left = problem.limits.partner_max.copy()
    for _ in range(int(problem.limits.startup_max.max())):
        open_ = np.flatnonzero(~chosen & (left[problem.arcs.partners] > 0))
        met = _one_round(given, open_, left)
        chosen[met] = True
        left -= np.bincount(problem.arcs.partners[met], minlength=len(left))
    return chosen


def _one_round(given: Cohort, arcs: np.ndarray, left: np.ndarray) -> list[int]:
    startups, partners = given.problem.arcs.startups[arcs], given.problem.arcs.partners[arcs]
    wishes = _ranked(startups, partners, given.p_startup[arcs])
    ranks = _ranked(partners, startups, given.p_partner[arcs])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        places = {one: int(left[one]) for one in ranks}
        game = HospitalResident.create_from_dictionaries(wishes, ranks, places)
        solved = game.solve(optimal="resident")
    of = dict(zip(zip(startups.tolist(), partners.tolist(), strict=True), arcs.tolist(), strict=True))
    return [of[guest.name, host.name] for host, guests in solved.items() for guest in guests]


def _ranked(rows: np.ndarray, others: np.ndarray, liked: Float64) -> dict[int, list[int]]:
    """Each row's others, best first."""
    lists: dict[int, list[int]] = {}
    for place in np.lexsort((others, -liked)).tolist():
        lists.setdefault(int(rows[place]), []).append(int(others[place]))
    return lists


WAYS: Mapping[str, Callable[[Cohort], Bool]] = {
    "greedy by score": greedy,
    "first come, first served": first_come,
    "`linear_sum_assignment`, replicated": replicated,
    "LP relaxation (HiGHS)": relaxed,
    "Gale–Shapley (`matching`)": deferred,
    "Bole, highest total": lambda given: solve(given.problem, Objective.HIGHEST_TOTAL).chosen,
    "Bole, nobody left out": lambda given: solve(given.problem, Objective.NOBODY_LEFT_OUT).chosen,
}


@click.command()
def main() -> None:
    """Print a table for each cohort, in a thread with a deep stack: `matching` copies its players one
    inside the other."""
    sys.setrecursionlimit(1_000_000)
    threading.stack_size(STACK)
    worker = threading.Thread(target=_tables)
    worker.start()
    worker.join()


def _tables() -> None:
    for name, sizes in COHORTS.items():
        given = cohort(*sizes)
        header = ["way", "total", "worst-off", "left out", "blocking pairs", "seconds"]
        rows = [header, ["---"] * len(header), *(_row(way, given) for way in WAYS), _fairest(given)]
        click.echo(f"{name}:\n\n" + "\n".join(f"| {' | '.join(row)} |" for row in rows) + "\n")


def _row(way: str, given: Cohort) -> list[str]:
    began = time.perf_counter()
    chosen = WAYS[way](given)
    taken = time.perf_counter() - began
    return [way, *_measures(given, chosen), f"{taken:.3f}"]


def _fairest(given: Cohort) -> list[str]:
    began = time.perf_counter()
    found = solve(given.problem, Objective.FAIREST, seconds=SECONDS)
    taken = time.perf_counter() - began
    assert found.fairness is not None
    proved, n = found.fairness.proved, len(found.fairness.outcomes)
    known = f"{proved} of {n} places proved"
    if proved < n:
        known += f", the next has at most {found.fairness.bound:.3f}"
    return [f"Bole, fairest ({known})", *_measures(given, found.chosen), f"{taken:.3f}"]


def _measures(given: Cohort, chosen: Bool) -> list[str]:
    """Total, what the worst-off startup has, startups without a meeting, blocking pairs."""
    arcs, n = given.problem.arcs, given.problem.shape[0]
    has = np.bincount(arcs.startups[chosen], arcs.values[chosen], n)
    alone = n - len(np.unique(arcs.startups[chosen]))
    blocking = len(blocking_pairs(given.problem, chosen, given.p_startup, given.p_partner))
    return [f"{has.sum():.2f}", f"{has.min():.3f}", str(alone), f"{blocking:,}"]


if __name__ == "__main__":
    main(prog_name="python -m tests.bench.assignment_rivals")
