"""Who blocks an assignment, by the definition read out over all pairs."""

from dataclasses import replace

import numpy as np
import pytest

from matcher.assignment.problem import Bool, Float64, Importance, Limits, Problem
from matcher.assignment.stability import blocking_pairs
from matcher.errors import InvalidInput
from tests.matcher.assignment.brute import random_problem
from tests.matcher.assignment.test_solving import anyone


def by_definition(problem: Problem, chosen: Bool, p_startup: Float64, p_partner: Float64) -> list[int]:
    arcs, limits = problem.arcs, problem.limits
    blocking = []
    for arc in np.flatnonzero(~chosen).tolist():
        startup, partner = arcs.startups[arc], arcs.partners[arc]
        hers = np.flatnonzero(chosen & (arcs.startups == startup))
        his = np.flatnonzero(chosen & (arcs.partners == partner))
        free = [len(hers) < limits.startup_max[startup], len(his) < limits.partner_max[partner]]
        if limits.firms is not None and limits.firms[partner] >= 0:
            of_firm = hers[limits.firms[arcs.partners[hers]] == limits.firms[partner]]
            if limits.firm_importance is Importance.MUST and len(of_firm) >= (limits.per_firm or 0):
                hers, free[0] = of_firm, False
        wants = [
            free[0] or any(p_startup[arc] > p_startup[one] for one in hers if not problem.locked[one]),
            free[1] or any(p_partner[arc] > p_partner[one] for one in his if not problem.locked[one]),
        ]
        if all(wants):
            blocking.append(arc)
    return blocking


def test_on_random_worlds_it_is_the_definition():
    rng = np.random.default_rng(9)
    counted = 0
    for _ in range(300):
        problem = random_problem(rng, most=16)
        chosen = within_places(problem, rng)
        halves = rng.integers(0, 4, (2, len(chosen))) / 4  # with ties
        found = blocking_pairs(problem, chosen, *halves).tolist()
        assert found == by_definition(problem, chosen, *halves)
        counted += len(found)
    assert counted > 60


def within_places(problem: Problem, rng: np.random.Generator) -> Bool:
    """Some pairs that leave nobody with too many."""
    chosen = problem.locked.copy()
    arcs, limits = problem.arcs, problem.limits
    for arc in rng.permutation(len(arcs)).tolist():
        startup, partner = arcs.startups[arc], arcs.partners[arc]
        if (
            chosen[arcs.startups == startup].sum() < limits.startup_max[startup]
            and chosen[arcs.partners == partner].sum() < limits.partner_max[partner]
        ):
            chosen[arc] = True
    return chosen


CROSSED = np.array([False, True, True, False])
"""Startup 0 meets partner 1, startup 1 meets partner 0."""


def test_two_who_would_both_rather_have_each_other_block():
    problem = anyone([[0.0, 0.0], [0.0, 0.0]])
    liked = np.array([0.9, 0.2, 0.2, 0.1])
    assert blocking_pairs(problem, CROSSED, liked, liked).tolist() == [0]


def test_one_wish_is_not_enough_and_equals_do_not_block():
    problem = anyone([[0.0, 0.0], [0.0, 0.0]])
    liked, alike = np.array([0.9, 0.2, 0.2, 0.1]), np.full(4, 0.5)
    assert blocking_pairs(problem, CROSSED, liked, alike).tolist() == []
    assert blocking_pairs(problem, CROSSED, alike, alike).tolist() == []


def test_two_empty_places_block():
    problem = anyone([[0.0]])
    assert blocking_pairs(problem, np.array([False]), np.zeros(1), np.zeros(1)).tolist() == [0]


def test_whom_a_lock_holds_is_not_given_up():
    problem = replace(anyone([[0.0, 0.0], [0.0, 0.0]]), locked=CROSSED)
    liked = np.array([0.9, 0.2, 0.2, 0.1])
    assert blocking_pairs(problem, CROSSED, liked, liked).tolist() == []


def test_a_firm_that_is_full_is_changed_for_one_of_the_firm_alone():
    """The startup has partner 0 of the firm and a free place; it would rather have partner 1 of that
    firm."""
    limits = Limits(*(np.array(part) for part in ([0], [2], [0, 0], [1, 1])), np.array([3, 3]), 1)
    problem = Problem(anyone([[0.0, 0.0]]).arcs, limits)
    chosen = np.array([True, False])
    for liked, blocking in ((np.array([0.5, 0.9]), [1]), (np.array([0.5, 0.4]), [])):
        assert blocking_pairs(problem, chosen, liked, liked).tolist() == blocking


def test_halves_of_another_length_are_refused():
    with pytest.raises(InvalidInput, match="p_partner"):
        blocking_pairs(anyone([[0.0]]), np.array([False]), np.zeros(1), np.zeros(2))
