"""The fairest assignment: the worst-off startup has as much as possible, then the next one, and so on.

Leximin (Sen 1970) as a sequence of programs over ordered outcomes (Ogryczak and Śliwiński 2006). Levels are
settled from the worst on. Where the levels t₁ < t₂ < … hold c₁, c₂, … startups, the next one is the largest
t such that all but c₁ + c₂ + … startups have at least t while the others keep to their levels; then as many
startups as possible go beyond t, and the rest are its number. Which startup is on a level stays open, since
another may take its place. What everybody has fixes the total, so that there is none higher among the
fairest.

An outcome is the sum of a startup's values, less what its own limits that give way cost; among the fairest
the partners' least loads give way for as little as possible.
"""

import time
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from ortools.sat.python.cp_model import IntVar, LinearExpr

from matcher.assignment.fairness import Fairness, most_alone, outcomes_of
from matcher.assignment.network import SCALE, penalty_of
from matcher.assignment.problem import Bool, Int64, Problem
from matcher.assignment.program import Found, Program, program_of, search, start_from

SHARE = 0.5
"""A step may take so much of the time that is left: the places after one that is hard get theirs too."""


@dataclass(frozen=True, slots=True)
class _Standing:
    """An assignment (0 or 1 by arc) with its outcomes in whole units, ascending."""

    chosen: Int64
    outcomes: Int64


@dataclass(frozen=True, slots=True)
class _Step:
    """What is known after a place was looked at: the places before `next` are settled, as far as `proved`;
    the place itself reaches at most `bound`."""

    standing: _Standing
    next: int
    proved: bool
    bound: int


def fairest(problem: Problem, start: Bool, seconds: float) -> tuple[Bool, Fairness]:
    """The fairest assignment found within the time, with what is proved of it. The search begins with
    `start`, which must keep all limits."""
    deadline = time.monotonic() + seconds
    highest = np.sort(most_alone(problem))
    standing, place, proved = _standing(problem, start.astype(np.int64)), 0, 0
    bounds = highest.tolist()
    while place < len(highest) and time.monotonic() < deadline:
        step = _settle(problem, standing, place, int(highest[place]), deadline)
        if proved == place:
            bounds[place] = step.bound
            proved = step.next if step.proved else place
        standing, place = step.standing, step.next
    if proved == len(highest):
        standing = _cheapest_for_partners(problem, standing, deadline)
    bound = bounds[proved] if proved < len(highest) else standing.outcomes.max(initial=0)
    return standing.chosen > 0, Fairness(standing.outcomes / SCALE, proved, bound / SCALE)


def _standing(problem: Problem, chosen: Int64) -> _Standing:
    return _Standing(chosen, np.sort(outcomes_of(problem, chosen > 0)))


def _settle(problem: Problem, standing: _Standing, place: int, highest: int, deadline: float) -> _Step:
    """Raise the place as far as possible, then let as few as possible stay there."""
    if standing.outcomes[place] == highest:
        return _Step(standing, place + 1, True, highest)
    raised = _raised(problem, standing, place, highest, deadline)
    if _tied(raised.standing, place) == 1:
        return raised
    spread = _spread(problem, raised.standing, place, deadline)
    return _Step(spread.standing, spread.next, raised.proved and spread.proved, raised.bound)


def _raised(problem: Problem, standing: _Standing, place: int, highest: int, deadline: float) -> _Step:
    program, free = _levelled(problem, standing, place)
    level = program.model.new_int_var(int(standing.outcomes[place]), highest, "")
    for outcome, is_free in zip(program.outcomes, free, strict=True):
        program.model.add(outcome >= level).only_enforce_if(is_free)
    program.model.maximize(level)
    found = _searched(program, standing, deadline)
    better = _better(problem, standing, found)
    bound = highest if found is None else min(found.bound, highest)
    return _Step(better, place + _tied(better, place), better.outcomes[place] == bound, bound)


def _spread(problem: Problem, standing: _Standing, place: int, deadline: float) -> _Step:
    """As many as possible above the level of the place."""
    level = int(standing.outcomes[place])
    program, free = _levelled(problem, standing, place)
    above = []
    for outcome, is_free in zip(program.outcomes, free, strict=True):
        program.model.add(outcome >= level).only_enforce_if(is_free)
        above.append(program.model.new_bool_var(""))
        program.model.add_implication(above[-1], is_free)
        program.model.add(outcome > level).only_enforce_if(above[-1])
    program.model.maximize(LinearExpr.sum(above))
    found = _searched(program, standing, deadline)
    better = _better(problem, standing, found)
    return _Step(better, place + _tied(better, place), found is not None and found.best, level)


def _cheapest_for_partners(problem: Problem, standing: _Standing, deadline: float) -> _Standing:
    """The same outcomes, and least loads that give way for as little as possible."""
    if not penalty_of(problem.limits.partner_importance) or not problem.limits.partner_min.any():
        return standing
    program, _ = _levelled(problem, standing, len(standing.outcomes))
    program.model.minimize(program.partners_cost)
    found = _searched(program, standing, deadline)
    return standing if found is None else _standing(problem, found.values)


def _levelled(problem: Problem, standing: _Standing, places: int) -> tuple[Program, Sequence[IntVar]]:
    """The program in which so many startups keep to the levels of the first places and the others, who are
    `free`, have at least what the last of these has."""
    program = program_of(problem)
    levels, counts = (part.tolist() for part in np.unique(standing.outcomes[:places], return_counts=True))
    free = [program.model.new_bool_var("") for _ in program.outcomes]
    at = [[program.model.new_bool_var("") for _ in levels] for _ in program.outcomes]
    for outcome, is_free, mine in zip(program.outcomes, free, at, strict=True):
        program.model.add_exactly_one([is_free, *mine])
        below = [level - levels[-1] for level in levels]
        if levels:
            program.model.add(outcome >= levels[-1] + LinearExpr.weighted_sum(mine, below))
    for level, count in enumerate(counts):
        program.model.add(LinearExpr.sum([mine[level] for mine in at]) <= count)
    return program, free


def _searched(program: Program, standing: _Standing, deadline: float) -> Found | None:
    start_from(program.model, program.chosen, standing.chosen)
    return search(program.model, program.chosen, SHARE * (deadline - time.monotonic()))


def _better(problem: Problem, standing: _Standing, found: Found | None) -> _Standing:
    """The fairer of the two."""
    if found is None:
        return standing
    return max(standing, _standing(problem, found.values), key=lambda one: one.outcomes.tolist())


def _tied(standing: _Standing, place: int) -> int:
    """How many places from this one on are on its level."""
    return int((standing.outcomes[place:] == standing.outcomes[place]).sum())
