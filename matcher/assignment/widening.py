"""The best assignment of all eligible pairs, found on a few of them.

Column generation: solve on the candidates, then price every pair left out by the dual prices of its startup
and its partner. A pair whose value exceeds their difference may improve the assignment and becomes an arc;
when none is left, the optimum on the arcs is one on all pairs (weak duality; Ahuja, Magnanti and Orlin
1993, chapter 9; Lübbecke and Desrosiers 2005). Where the candidates cannot keep all limits, the same is
done for how much is short, so that "no assignment" too is said of all pairs.

The fairest has no dual prices. It is solved on the arcs on which nobody is left out, and of it no more is
proved than what startups have who could not have more if they were alone, unless those arcs are all: every
pair left out is said to be improving.
"""

import time
from dataclasses import dataclass, replace

import numpy as np

from matcher.assignment.candidates import Candidates, ValuesOf, best_of_each, blocks, joined
from matcher.assignment.fairness import most_alone
from matcher.assignment.network import SCALE
from matcher.assignment.pricing import Priced, dual_prices, priced_block
from matcher.assignment.problem import Float64, Importance, Int64, Limits, Objective, Problem
from matcher.assignment.solving import Assignment, assignment_of, best_flow, solve
from matcher.errors import Infeasible, InvalidInput
from matcher.vocabulary import Rows

Pairs = tuple[Rows, Rows]
"""Rows of startups and of partners, as long as one another."""
NO_PAIRS: Pairs = (np.zeros(0, dtype=np.intp), np.zeros(0, dtype=np.intp))


@dataclass(frozen=True, slots=True)
class Certificate:
    """What the pairs left out could still bring.

    `left_out` eligible pairs are no arcs; `improving` of them may improve the assignment, by at most
    `largest` each (in values; 0 where there is none). No assignment of all pairs is worth more than `bound`
    (of the total, less what limits that give way cost). `improving` = 0 proves that the assignment is the
    best of all.
    """

    left_out: int
    improving: int
    largest: float
    bound: float


@dataclass(frozen=True, slots=True)
class WideAssignment:
    """The `assignment` of the `problem` whose arcs were needed, after so many `rounds` of pricing."""

    problem: Problem
    assignment: Assignment
    rounds: int
    certificate: Certificate


@dataclass(frozen=True, slots=True)
class _Question:
    """What is asked of all pairs; `locked` and `published` are keys, ascending, of pairs that are
    candidates if they may meet: a pair left out has nothing but its value."""

    values_of: ValuesOf
    limits: Limits
    objective: Objective
    locked: Int64
    published: Int64

    @property
    def shape(self) -> tuple[int, int]:
        return len(self.limits.startup_max), len(self.limits.partner_max)

    def problem(self, candidates: Candidates) -> Problem:
        arcs = candidates.arcs(self.shape[1])
        locked, published = (np.isin(candidates.keys, keys) for keys in (self.locked, self.published))
        return Problem(arcs, self.limits, locked, published)


def solve_wide(
    values_of: ValuesOf,
    limits: Limits,
    objective: Objective,
    *,
    k: int = 50,
    locked: Pairs = NO_PAIRS,
    published: Pairs = NO_PAIRS,
    seconds: float = 60.0,
) -> WideAssignment:
    """The best assignment of all eligible pairs, beginning with the k best of each startup and each partner.

    When the seconds are over it stops with what the certificate says. Published pairs that may not meet any
    more are passed over.

    Raises:
        Infeasible: no assignment of all eligible pairs keeps all limits that must hold.
        InvalidInput: a locked pair may not meet.
    """
    deadline = time.monotonic() + seconds
    width = len(limits.partner_max)
    keys = [
        np.unique(np.asarray(pairs[0] * width + pairs[1], dtype=np.int64)) for pairs in (locked, published)
    ]
    priced = objective
    if objective is Objective.FAIREST:
        priced, k = Objective.NOBODY_LEFT_OUT, max(k, int(limits.startup_max.max(initial=0)))
    asked = _Question(values_of, limits, priced, *keys)
    candidates = best_of_each(values_of, asked.shape, k, np.union1d(*keys))
    _check_locked(asked, candidates)
    found = _widened(asked, _enough(asked, candidates, k, deadline), k, deadline)
    if objective is not Objective.FAIREST:
        return found
    return _fairest(found, deadline - time.monotonic())


def _check_locked(asked: _Question, candidates: Candidates) -> None:
    for key in np.setdiff1d(asked.locked, candidates.keys)[:1].tolist():
        rule = "(startup, partner) may not meet"
        raise InvalidInput("locked", divmod(key, asked.shape[1]), rule, "unlock the pair or let it meet")


def _enough(asked: _Question, candidates: Candidates, k: int, deadline: float) -> Candidates:
    """Candidates that can keep all limits: widened, where these cannot, until the least is short."""
    try:
        best_flow(asked.problem(candidates), asked.objective)
    except Infeasible:
        worthless = Candidates(candidates.keys, np.zeros(len(candidates)))
        found = _widened(_shortage(asked), worthless, k, deadline)
        short = found.assignment.startup_short.sum() + found.assignment.partner_short.sum()
        if short and not found.certificate.improving:
            raise Infeasible(f"no assignment keeps all limits: {short} meetings short") from None
        arcs = found.problem.arcs
        keys = np.sort(arcs.startups * asked.shape[1] + arcs.partners)
        parts = blocks(asked.values_of, asked.shape)
        return joined([block.picked(block.places(keys)) for block in parts])
    return candidates


def _shortage(asked: _Question) -> _Question:
    """How little of the least numbers that must be kept can be short, whatever the values."""
    limits, soft = asked.limits, Importance.HIGH
    asks = [
        least * (importance is Importance.MUST)
        for least, importance in (
            (limits.startup_min, limits.startup_importance),
            (limits.partner_min, limits.partner_importance),
        )
    ]
    firms = limits.firms if limits.firm_importance is Importance.MUST else None
    eased = replace(
        limits,
        startup_min=asks[0],
        partner_min=asks[1],
        startup_importance=soft,
        partner_importance=soft,
        firms=firms,
    )

    def nothing(rows: Rows) -> Float64:
        return np.where(asked.values_of(rows) > -np.inf, 0.0, -np.inf)

    return _Question(nothing, eased, Objective.HIGHEST_TOTAL, asked.locked, asked.published)


def _widened(asked: _Question, candidates: Candidates, k: int, deadline: float) -> WideAssignment:
    """Solve and price in turn until no pair left out improves, or time is over."""
    rounds = 0
    while True:
        problem = asked.problem(candidates)
        network, flows = best_flow(problem, asked.objective)
        prices = dual_prices(problem, network, flows)
        parts = blocks(asked.values_of, asked.shape)
        priced = [priced_block(prices, block, candidates.keys, k) for block in parts]
        rounds += 1
        improving = sum(one.improving for one in priced)
        if not improving or time.monotonic() > deadline:
            assignment = assignment_of(problem, asked.objective, network, flows)
            return WideAssignment(problem, assignment, rounds, _certificate(assignment, priced))
        candidates = joined([candidates, *(one.best for one in priced)])


def _certificate(assignment: Assignment, priced: list[Priced]) -> Certificate:
    return Certificate(
        sum(one.left_out for one in priced),
        sum(one.improving for one in priced),
        max((one.largest for one in priced), default=0) / SCALE,
        assignment.total + sum(one.together for one in priced) / SCALE,
    )


def _fairest(found: WideAssignment, seconds: float) -> WideAssignment:
    """Each startup's best pairs are among the arcs: no assignment of all pairs gives a place more than what
    it would be if everybody had these."""
    assignment, left_out = (
        solve(found.problem, Objective.FAIREST, seconds=seconds),
        found.certificate.left_out,
    )
    if left_out and assignment.fairness is not None:
        highest = np.sort(most_alone(found.problem)) / SCALE
        below = np.flatnonzero(assignment.fairness.outcomes < highest)
        proved = int(below[0]) if len(below) else len(highest)
        bound = float(highest[min(proved, len(highest) - 1)])
        assignment = replace(assignment, fairness=replace(assignment.fairness, proved=proved, bound=bound))
    certificate = Certificate(left_out, left_out, 1.0 if left_out else 0.0, assignment.bound)
    return WideAssignment(found.problem, assignment, found.rounds, certificate)
