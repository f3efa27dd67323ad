"""The fairest: against a slow oracle in test_solving; here what it means, and what is said when time is
short."""

from dataclasses import replace

import numpy as np
import pytest

from matcher.assignment.problem import Arcs, Importance, Limits, Objective, Problem
from matcher.assignment.solving import Assignment, solve
from tests.matcher.assignment.brute import random_problem, try_all
from tests.matcher.assignment.test_solving import anyone


def fairest(problem: Problem, seconds: float = 60.0) -> Assignment:
    return solve(problem, Objective.FAIREST, seconds=seconds)


def outcomes(problem: Problem, found: Assignment) -> list[float]:
    chosen, arcs = found.chosen, problem.arcs
    sums = np.bincount(arcs.startups[chosen], arcs.values[chosen], problem.shape[0])
    return np.round(np.sort(sums), 6).tolist()


def test_the_worst_off_comes_first_though_the_total_falls():
    problem = anyone([[0.9, 0.3], [0.4, 0.0]])
    assert outcomes(problem, solve(problem, Objective.HIGHEST_TOTAL)) == [0.0, 0.9]
    assert outcomes(problem, fairest(problem)) == [0.3, 0.4]


def test_then_the_next_one():
    problem = anyone([[0.2, 0.2, 0.2], [0.9, 0.5, 0.0], [0.8, 0.7, 0.0]])
    found = fairest(problem)
    assert outcomes(problem, found) == [0.2, 0.7, 0.9]


def test_one_whom_nobody_can_help_does_not_hold_back_the_others():
    problem = anyone([[0.0, 0.0], [0.9, 0.1], [0.8, 0.6]])
    assert outcomes(problem, fairest(problem)) == [0.0, 0.6, 0.9]


def test_everything_is_proved_when_there_is_time():
    found = fairest(anyone([[0.9, 0.3], [0.4, 0.0]]))
    assert found.fairness is not None
    assert (found.fairness.proved, found.fairness.gap, found.gap) == (2, 0.0, 0.0)
    assert found.fairness.outcomes.tolist() == [0.3, 0.4]
    assert found.startup_prices is None


def crowded() -> Problem:
    """30 startups for 40 places of 20 mentors: hard to prove fair."""
    rng = np.random.default_rng(0)
    n, m = 30, 20
    startups, partners = np.nonzero(rng.random((n, m)) < 0.7)
    limits = Limits(np.zeros(n, int), np.full(n, 2), np.zeros(m, int), np.full(m, 2))
    return Problem(Arcs(startups, partners, rng.random(len(startups))), limits)


def test_with_no_time_it_says_that_nothing_is_proved_and_how_far_it_may_be():
    found = fairest(crowded(), seconds=0.0)
    assert found.fairness is not None
    assert found.fairness.proved == 0
    assert found.fairness.bound >= found.fairness.outcomes[0]
    assert 0 < found.gap <= 1
    assert len(np.unique(crowded().arcs.startups[found.chosen])) == 30  # it began where nobody is left out


def test_with_time_it_is_fairer_than_where_it_began():
    problem = anyone([[0.9, 0.3], [0.4, 0.0]])
    begun, found = fairest(problem, seconds=0.0), fairest(problem)
    assert found.fairness is not None
    assert begun.fairness is not None
    assert found.fairness.outcomes.tolist() > begun.fairness.outcomes.tolist()
    assert found.fairness.outcomes[0] <= begun.fairness.bound


def test_a_startups_own_limit_that_gives_way_counts_against_it():
    """Two meetings with the firm are worth 1.2, and 0.2 when the second costs 1."""
    arcs = Arcs(np.array([0, 0]), np.array([0, 1]), np.array([0.6, 0.6]))
    limits = Limits(*(np.array(part) for part in ([0], [2], [0, 0], [1, 1])), np.array([7, 7]), 1)
    for importance, total in ((Importance.HIGH, 0.6), (Importance.MEDIUM, 1.2)):
        problem = Problem(arcs, replace(limits, firm_importance=importance))
        assert fairest(problem).total == pytest.approx(total)


def test_among_the_fairest_the_partners_loads_give_way_least():
    """The first startup makes room for the second, and goes to the partner who needs one, not his equal."""
    problem = anyone([[0.9, 0.3, 0.3, 0.0], [0.4, 0.0, 0.0, 0.05]])
    limits = replace(problem.limits, partner_min=np.array([0, 0, 1, 0]), partner_importance=Importance.LOW)
    found = fairest(replace(problem, limits=limits))
    assert np.flatnonzero(found.chosen).tolist() == [2, 4]


def test_where_many_are_on_a_level_as_few_as_possible_stay_there():
    """Values of 0, a half and 1 only, against all sets of pairs."""
    rng = np.random.default_rng(14)
    solved = 0
    for _ in range(150):
        problem = random_problem(rng)
        arcs = problem.arcs
        coarse = Arcs(arcs.startups, arcs.partners, np.round(arcs.values * 2) / 2)
        most = np.full(problem.shape[0], 2)
        limits = replace(
            problem.limits, startup_max=most, startup_min=np.minimum(problem.limits.startup_min, 2)
        )
        problem = replace(problem, arcs=coarse, limits=limits)
        tried = try_all(problem)
        if tried.best(Objective.FAIREST) is not None:
            assert tried.key(Objective.FAIREST, fairest(problem).chosen) == tried.best(Objective.FAIREST)
            solved += 1
    assert solved > 75
