"""A bound of what the worst-off may have: never below what is possible, and below what each has alone."""

import math
from dataclasses import replace

import numpy as np

from matcher.assignment.ceiling import PRECISION, ceiling
from matcher.assignment.fairness import most_alone
from matcher.assignment.network import SCALE
from matcher.assignment.problem import Objective
from tests.matcher.assignment.brute import random_problem, try_all
from tests.matcher.assignment.test_leximin import crowded
from tests.matcher.assignment.test_solving import anyone


def test_no_assignment_of_small_problems_is_above_the_ceiling():
    rng = np.random.default_rng(15)
    for _ in range(15):
        problem = random_problem(rng, soft=False)
        best = try_all(problem).best(Objective.FAIREST)
        if best is not None:
            for place in range(problem.shape[0]):
                assert ceiling(problem, place, 0.0, 3.0, math.inf) >= best[place]


def test_without_a_partner_who_is_enough_alone_two_are_needed():
    """Three startups and four places worth .6 each: one of them has no more than a single meeting.
    Fractions alone would give each 1.33 places, worth .8."""
    one_each = anyone(np.full((3, 4), 0.6).tolist())
    problem = replace(one_each, limits=replace(one_each.limits, startup_max=np.full(3, 2)))
    assert ceiling(problem, 0, 0.0, 3.0, math.inf) <= 0.6 + PRECISION


def test_in_a_crowd_it_is_below_what_each_could_have_alone():
    problem = crowded()
    alone = float(most_alone(problem).min()) / SCALE
    assert ceiling(problem, 0, 0.0, alone, math.inf) < 0.9 * alone


def test_without_time_it_is_what_was_known():
    assert ceiling(crowded(), 0, 0.2, 0.9, 0.0) == 0.9
