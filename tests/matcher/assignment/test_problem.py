"""Bad input is refused with the rule and the remedy."""

from dataclasses import replace

import numpy as np
import pytest

from matcher.assignment.problem import Arcs, Limits, Problem
from matcher.errors import InvalidInput
from tests.matcher.assignment.test_solving import anyone


def limits(startup_min: int = 0, partner_min: int = 0) -> Limits:
    return Limits(np.array([startup_min]), np.array([1]), np.array([partner_min]), np.array([2]))


def test_a_least_number_above_the_most_is_refused():
    with pytest.raises(InvalidInput, match="startup_min: '2' is more than the 1 that the same startup"):
        limits(startup_min=2)
    with pytest.raises(InvalidInput, match="partner_min: '3' is more than the 2 that the same partner"):
        limits(partner_min=3)


def test_a_negative_least_number_and_one_for_others_are_refused():
    with pytest.raises(InvalidInput, match="startup_min"):
        limits(startup_min=-1)
    with pytest.raises(InvalidInput, match="partner_min"):
        replace(limits(), partner_min=np.zeros(2, int))


@pytest.mark.parametrize("value", [-0.1, 1.1, np.nan])
def test_values_are_from_0_to_1(value: float):
    with pytest.raises(InvalidInput, match="values"):
        Problem(Arcs(np.array([0]), np.array([0]), np.array([value])), limits())


def test_a_pair_is_named_once():
    twice = np.array([0, 0])
    with pytest.raises(InvalidInput, match="name a pair twice"):
        Problem(Arcs(twice, twice, np.array([0.1, 0.2])), limits())


def test_nothing_is_locked_or_published_unless_it_is_said():
    problem = anyone([[0.1, 0.2]])
    assert problem.shape == (1, 2)
    assert problem.locked.tolist() == problem.published.tolist() == [False, False]
