"""The slow way to everything: try every set of pairs. Shares nothing with the engine but its words."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from matcher.assignment.bounds import Limit, LimitKind
from matcher.assignment.problem import (
    PENALTIES,
    Arcs,
    Bool,
    Float64,
    Importance,
    Int64,
    Limits,
    Objective,
    Problem,
)

NEVER = 1e9
"""What a limit that must hold costs: more than anything is worth."""


def all_sets(pairs: int) -> Bool:
    """Every set of so many pairs, [2**pairs, pairs]."""
    return ((np.arange(2**pairs)[:, None] >> np.arange(pairs)) & 1).astype(bool)


@dataclass(frozen=True, slots=True)
class Tried:
    """Every set of pairs that keeps all limits: what it is worth by each objective (`keys`, larger is
    better)."""

    sets: Bool
    keys: dict[Objective, list[tuple[float, ...]]]

    def best(self, objective: Objective) -> tuple[float, ...] | None:
        return max(self.keys[objective], default=None)

    def key(self, objective: Objective, chosen: Bool) -> tuple[float, ...]:
        """What one of them is worth; fails for a set that breaks a limit."""
        [row] = np.flatnonzero((self.sets == chosen).all(axis=1))
        return self.keys[objective][row]


def try_all(problem: Problem, allowed: Bool | None = None) -> Tried:
    """All sets of pairs, or those `allowed`."""
    sets = all_sets(len(problem.arcs)) if allowed is None else allowed
    own, firm, partners = costs(problem, sets)
    kept = (sets | ~problem.locked).all(axis=1) & (own.sum(axis=1) + firm.sum(axis=1) + partners < NEVER)
    sets, own, firm, partners = sets[kept], own[kept], firm[kept], partners[kept]
    outcomes = np.round(
        sets * problem.arcs.values @ hot(problem.arcs.startups, problem.shape[0]) - own - firm, 6
    )
    net = np.round(outcomes.sum(axis=1) - partners, 6)
    met = (meetings(problem.arcs.startups, problem.shape[0], sets) > 0).sum(axis=1)
    published = (sets & problem.published).sum(axis=1)
    return Tried(
        sets,
        {
            Objective.HIGHEST_TOTAL: [(one,) for one in net.tolist()],
            Objective.NOBODY_LEFT_OUT: list(zip(met.tolist(), net.tolist(), strict=True)),
            Objective.FEWEST_CHANGES: list(zip(published.tolist(), net.tolist(), strict=True)),
            Objective.FAIREST: [
                (*sorted(line), -cost)
                for line, cost in zip(outcomes.tolist(), partners.tolist(), strict=True)
            ],
        },
    )


def costs(problem: Problem, sets: Bool) -> tuple[Float64, Float64, Float64]:
    """What limits that give way cost each startup [sets, n] for its least, for firms, and all partners
    [sets]."""
    limits, arcs = problem.limits, problem.arcs
    met = meetings(arcs.startups, problem.shape[0], sets)
    taken = meetings(arcs.partners, problem.shape[1], sets)
    own = price(limits.startup_importance) * np.maximum(limits.startup_min - met, 0)
    own = own + NEVER * (met > limits.startup_max)
    lost = price(limits.partner_importance) * np.maximum(limits.partner_min - taken, 0)
    lost = lost + NEVER * (taken > limits.partner_max)
    return own, price(limits.firm_importance) * beyond_firms(problem, sets), lost.sum(axis=1)


def beyond_firms(problem: Problem, sets: Bool) -> Int64:
    """Meetings beyond the firms' limit, [sets, n]."""
    limits, arcs = problem.limits, problem.arcs
    beyond = np.zeros((len(sets), problem.shape[0]), dtype=np.int64)
    if limits.firms is None or limits.per_firm is None:
        return beyond
    for startup in range(problem.shape[0]):
        for firm in set(limits.firms.tolist()) - {-1}:
            of_firm = (arcs.startups == startup) & (limits.firms[arcs.partners] == firm)
            beyond[:, startup] += np.maximum(sets[:, of_firm].sum(axis=1) - limits.per_firm, 0)
    return beyond


def price(importance: Importance) -> float:
    return PENALTIES.get(importance, NEVER)


def hot(rows: npt.NDArray[np.intp], n: int) -> Int64:
    return (rows[:, None] == np.arange(n)).astype(np.int64)


def meetings(rows: npt.NDArray[np.intp], n: int, sets: Bool) -> Int64:
    return sets.astype(np.int64) @ hot(rows, n)


def can_hold(problem: Problem, limits: Sequence[Limit]) -> bool:
    """Whether some set of pairs keeps these limits, and no others."""
    sets = all_sets(len(problem.arcs))
    return bool(np.logical_and.reduce([holds(problem, sets, limit) for limit in limits]).any())


def holds(problem: Problem, sets: Bool, limit: Limit) -> Bool:
    arcs = problem.arcs
    if limit.kind is LimitKind.LOCK:
        return sets[:, limit.row]
    if limit.kind is LimitKind.PER_FIRM:
        assert problem.limits.firms is not None
        of_firm = (arcs.startups == limit.row) & (problem.limits.firms[arcs.partners] == limit.firm)
        return np.less_equal(sets[:, of_firm].sum(axis=1), limit.amount)
    rows = arcs.startups if limit.kind in (LimitKind.STARTUP_MIN, LimitKind.STARTUP_MAX) else arcs.partners
    count = sets[:, rows == limit.row].sum(axis=1)
    if limit.kind in (LimitKind.STARTUP_MIN, LimitKind.PARTNER_MIN):
        return np.greater_equal(count, limit.amount)
    return np.less_equal(count, limit.amount)


def random_problem(rng: np.random.Generator, *, most: int = 9, soft: bool = True) -> Problem:
    """A small problem with every kind of limit, at most `most` pairs; about half of them can be kept."""
    while True:
        shape = tuple(rng.integers(1, 5, 2).tolist())
        startups, partners = np.nonzero(rng.random(shape) < 0.85)
        if len(startups) <= most:
            break
    arcs = Arcs(startups, partners, rng.integers(0, 1000, len(startups)) / 1000)
    some = (rng.random(len(arcs)) < share for share in (0.06, 0.3))
    return Problem(arcs, random_limits(rng, shape, soft=soft), *some)


def random_limits(rng: np.random.Generator, shape: tuple[int, int], *, soft: bool) -> Limits:
    most = [rng.integers(0, 4, size) for size in shape]
    least = [np.minimum(rng.integers(0, 3, len(one)), one) * (rng.random() < 0.5) for one in most]
    firms = rng.integers(-1, 2, shape[1]) if rng.random() < 0.5 else None
    words = list(Importance) if soft else [Importance.MUST]
    importance = [words[place] for place in rng.integers(0, len(words), 3)]
    per_firm = int(rng.integers(0, 3)) if firms is not None else None
    return Limits(least[0], most[0], least[1], most[1], firms, per_firm, *importance)
