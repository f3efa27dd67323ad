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
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
from ortools.sat.python.cp_model import IntVar, LinearExpr

from matcher.assignment.ceiling import ceiling
from matcher.assignment.fairness import Fairness, most_alone, outcomes_of
from matcher.assignment.network import SCALE, penalty_of
from matcher.assignment.problem import Int64, Problem
from matcher.assignment.program import Found, Program, best, program_of, start_from
from matcher.assignment.trading import traded

SHARE = 0.5
"""A step may take so much of the time that is left: the places after one that is hard get theirs too."""

BOUNDING = 0.1
"""So much of the time is kept for a bound of what is not proved."""
TRADING = 0.3
"""Trades before the first step may take so much of the time."""


@dataclass(frozen=True, slots=True)
class _Standing:
    """An assignment (`values` of the program's variables) with its outcomes in whole units, ascending."""

    values: Int64
    outcomes: Int64


@dataclass(frozen=True, slots=True)
class _Step:
    """What is known after a place was looked at: the places before `next` are settled, as far as `proved`;
    the place itself reaches at most `bound`."""

    standing: _Standing
    next: int
    proved: bool
    bound: int


@dataclass(frozen=True, slots=True)
class _Search:
    """What all steps share: how the program is made, and when time is over."""

    problem: Problem
    program: Callable[[], Program]
    deadline: float


def fairest(
    problem: Problem, start: Int64, seconds: float, program: Callable[[], Program] | None = None
) -> tuple[Int64, Fairness]:
    """Values of the program's variables (0 or 1 for each arc, then what else there is) for the fairest
    assignment found within the time, and what is proved of it. The search begins with `start`, which must
    keep all limits.

    `program` makes the program of the problem anew, with limits of its own.
    """
    began = time.monotonic()
    until = began + (1 - BOUNDING) * seconds
    search = _Search(problem, program or partial(program_of, problem), until)
    highest = np.sort(most_alone(problem))
    standing, place, proved = _standing(problem, start), 0, 0
    if program is None:
        standing = _traded(search, standing)
    bounds = highest.tolist()
    while place < len(highest) and time.monotonic() < search.deadline:
        step = _settle(search, standing, place, int(highest[place]))
        if proved == place:
            bounds[place] = step.bound
            proved = step.next if step.proved else place
        standing, place = step.standing, step.next
    if proved == len(highest):
        standing = _cheapest_for_partners(search, standing)
    outcomes = standing.outcomes / SCALE
    if proved == len(highest):
        return standing.values, Fairness(outcomes, proved, float(outcomes.max(initial=0)))
    bound = ceiling(problem, proved, float(outcomes[proved]), bounds[proved] / SCALE, began + seconds)
    return standing.values, Fairness(outcomes, proved, bound)


def _traded(search: _Search, standing: _Standing) -> _Standing:
    """The fairer of the standing and what trades make of it, in their share of the time."""
    until = time.monotonic() + TRADING * (search.deadline - time.monotonic())
    better = _standing(search.problem, traded(search.problem, standing.values, until))
    return max(standing, better, key=lambda one: one.outcomes.tolist())


def _standing(problem: Problem, values: Int64) -> _Standing:
    return _Standing(values, np.sort(outcomes_of(problem, values[: len(problem.arcs)] > 0)))


def _settle(search: _Search, standing: _Standing, place: int, highest: int) -> _Step:
    """Raise the place as far as possible, then let as few as possible stay there."""
    if standing.outcomes[place] == highest:
        return _Step(standing, place + 1, True, highest)
    raised = _raised(search, standing, place, highest)
    if _tied(raised.standing, place) == 1:
        return raised
    spread = _spread(search, raised.standing, place)
    return _Step(spread.standing, spread.next, raised.proved and spread.proved, raised.bound)


def _raised(search: _Search, standing: _Standing, place: int, highest: int) -> _Step:
    program, free = _levelled(search, standing, place)
    level = program.model.new_int_var(int(standing.outcomes[place]), highest, "")
    for outcome, is_free in zip(program.outcomes, free, strict=True):
        program.model.add(outcome >= level).only_enforce_if(is_free)
    program.model.maximize(level)
    found = _searched(search, program, standing)
    better = _better(search, standing, found)
    bound = highest if found is None else min(found.bound, highest)
    return _Step(better, place + _tied(better, place), better.outcomes[place] == bound, bound)


def _spread(search: _Search, standing: _Standing, place: int) -> _Step:
    """As many as possible above the level of the place."""
    level = int(standing.outcomes[place])
    program, free = _levelled(search, standing, place)
    above = []
    for outcome, is_free in zip(program.outcomes, free, strict=True):
        program.model.add(outcome >= level).only_enforce_if(is_free)
        above.append(program.model.new_bool_var(""))
        program.model.add_implication(above[-1], is_free)
        program.model.add(outcome > level).only_enforce_if(above[-1])
    program.model.maximize(LinearExpr.sum(above))
    found = _searched(search, program, standing)
    better = _better(search, standing, found)
    return _Step(better, place + _tied(better, place), found is not None and found.best, level)


def _cheapest_for_partners(search: _Search, standing: _Standing) -> _Standing:
    """The same outcomes, and least loads that give way for as little as possible."""
    limits = search.problem.limits
    if not penalty_of(limits.partner_importance) or not limits.partner_min.any():
        return standing
    program, _ = _levelled(search, standing, len(standing.outcomes))
    program.model.minimize(program.partners_cost)
    found = _searched(search, program, standing)
    return standing if found is None else _standing(search.problem, found.values)


def _levelled(search: _Search, standing: _Standing, places: int) -> tuple[Program, Sequence[IntVar]]:
    """The program in which so many startups keep to the levels of the first places and the others, who are
    `free`, have at least what the last of these has."""
    program = search.program()
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


def _searched(search: _Search, program: Program, standing: _Standing) -> Found | None:
    start_from(program.model, program.variables, standing.values)
    return best(program.model, program.variables, SHARE * (search.deadline - time.monotonic()))


def _better(search: _Search, standing: _Standing, found: Found | None) -> _Standing:
    """The fairer of the two."""
    if found is None:
        return standing
    return max(standing, _standing(search.problem, found.values), key=lambda one: one.outcomes.tolist())


def _tied(standing: _Standing, place: int) -> int:
    """How many places from this one on are on its level."""
    return int((standing.outcomes[place:] == standing.outcomes[place]).sum())
