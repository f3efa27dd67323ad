"""One meeting each: the fairest by flows alone, against all sets of pairs."""

from dataclasses import replace

import numpy as np
import pytest

from matcher.assignment.bottleneck import is_single
from matcher.assignment.problem import Arcs, Importance, Objective, Problem
from matcher.assignment.solving import solve
from matcher.errors import Infeasible
from tests.matcher.assignment.brute import random_problem, try_all
from tests.matcher.assignment.test_solving import anyone


def single(problem: Problem, *, coarse: bool) -> Problem:
    """With one meeting each at most; many values alike where they are coarse."""
    most = np.minimum(problem.limits.startup_max, 1)
    least = np.minimum(problem.limits.startup_min, most)
    arcs = problem.arcs
    values = np.round(arcs.values * 3) / 3 if coarse else arcs.values
    limits = replace(problem.limits, startup_max=most, startup_min=least)
    return replace(problem, arcs=Arcs(arcs.startups, arcs.partners, values), limits=limits)


@pytest.mark.parametrize("coarse", [False, True])
def test_on_250_small_problems_it_is_as_fair_as_the_fairest_of_all_sets_and_all_is_proved(coarse: bool):
    rng = np.random.default_rng(8)
    solved = 0
    for _ in range(250):
        problem = single(random_problem(rng, soft=False), coarse=coarse)
        assert is_single(problem)
        tried = try_all(problem)
        try:
            found = solve(problem, Objective.FAIREST)
        except Infeasible:
            assert tried.best(Objective.FAIREST) is None
            continue
        assert tried.key(Objective.FAIREST, found.chosen) == tried.best(Objective.FAIREST)
        assert found.fairness is not None
        assert found.fairness.proved == problem.shape[0]
        solved += 1
    assert solved > 100


def test_forty_mentors_for_sixty_startups_are_shared_fairly_with_proof():
    values = np.random.default_rng(2).random((60, 40))
    found = solve(anyone(values.tolist(), capacity=2), Objective.FAIREST)
    assert found.fairness is not None
    assert found.fairness.proved == 60
    assert found.fairness.outcomes[0] > 0.5


def test_without_time_it_says_what_is_not_proved():
    found = solve(anyone([[0.9, 0.3], [0.4, 0.0]]), Objective.FAIREST, seconds=0.0)
    assert found.fairness is not None
    assert found.fairness.proved == 0
    assert found.fairness.bound == pytest.approx(0.4)  # what the second would have alone
    assert found.gap > 0


def test_two_meetings_or_a_limit_that_gives_way_are_for_the_other_search():
    problem = anyone([[0.5]])
    assert is_single(problem)
    assert not is_single(replace(problem, limits=replace(problem.limits, startup_max=np.array([2]))))
    assert not is_single(replace(problem, limits=replace(problem.limits, firm_importance=Importance.LOW)))


def test_a_meeting_worth_nothing_is_no_better_than_none():
    """Both could meet somebody, for nothing; or the first alone, for .5."""
    arcs = Arcs(np.array([0, 0, 1]), np.array([0, 1, 0]), np.array([0.5, 0.0, 0.0]))
    problem = Problem(arcs, anyone([[0.0, 0.0], [0.0, 0.0]]).limits)
    assert solve(problem, Objective.FAIREST).chosen[0]
