"""Trades: never a limit broken, never less fair, and far enough where everybody has one meeting."""

import math

import numpy as np
import pytest

from matcher.assignment.problem import Float64, Int64, Objective, Problem
from matcher.assignment.solving import solve
from matcher.assignment.trading import traded
from matcher.errors import Infeasible
from tests.matcher.assignment.brute import random_problem, try_all
from tests.matcher.assignment.test_solving import anyone


def outcomes(problem: Problem, chosen: Int64) -> list[float]:
    arcs = problem.arcs
    sums = np.bincount(arcs.startups, arcs.values * chosen, problem.shape[0])
    return np.round(np.sort(sums), 6).tolist()


def test_no_limit_is_broken_and_what_is_traded_is_never_less_fair():
    rng = np.random.default_rng(12)
    fairer = 0
    for _ in range(400):
        problem = random_problem(rng, soft=False)
        try:
            start = solve(problem, Objective.HIGHEST_TOTAL).chosen.astype(np.int64)
        except Infeasible:
            continue
        found = traded(problem, start, math.inf)
        assert (try_all(problem).sets == (found > 0)).all(axis=1).any()  # it is one that keeps all limits
        assert outcomes(problem, found) >= outcomes(problem, start)
        fairer += outcomes(problem, found) > outcomes(problem, start)
    assert fairer > 5


def random_values(seed: int) -> Float64:
    return np.random.default_rng(seed).random((12, 8))


@pytest.mark.parametrize("seed", range(10))
def test_with_one_meeting_each_nobody_could_be_worse_off_least(seed: int):
    """Chains are then augmenting paths, which find whatever there is for the worst-off."""
    problem = anyone(random_values(seed).tolist(), capacity=2)
    start = solve(problem, Objective.NOBODY_LEFT_OUT).chosen.astype(np.int64)
    fairest = solve(problem, Objective.FAIREST).chosen
    assert outcomes(problem, traded(problem, start, math.inf))[0] == outcomes(problem, fairest)[0]


def test_a_chain_of_three_helps_the_worst_off():
    """Startup 0 can only have partner 0, who has startup 1, who can have partner 1, who has startup 2, who
    can have partner 2, who has room."""
    problem = anyone([[0.5, 0.0, 0.0], [0.9, 0.6, 0.0], [0.0, 0.9, 0.7]])
    start = np.array([0, 0, 0, 1, 0, 0, 0, 1, 0])
    assert traded(problem, start, math.inf).tolist() == [1, 0, 0, 0, 1, 0, 0, 0, 1]


def test_nobody_gives_up_so_much_as_to_be_where_the_asker_was():
    """Startup 1 would have nothing but .2 left, less than the .3 that startup 0 has."""
    problem = anyone([[0.9, 0.3], [0.8, 0.2]])
    start = np.array([0, 1, 1, 0])
    assert traded(problem, start, math.inf).tolist() == start.tolist()


def test_without_time_nothing_is_traded():
    problem = anyone([[0.5]])
    assert traded(problem, np.array([0]), 0.0).tolist() == [0]
