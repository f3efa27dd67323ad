"""A few candidates, priced until no pair left out can improve: the same as all pairs at once."""

import numpy as np
import pytest

from matcher.assignment.candidates import ValuesOf
from matcher.assignment.problem import PENALTIES, Arcs, Float64, Importance, Limits, Objective, Problem
from matcher.assignment.solving import Assignment, solve
from matcher.assignment.widening import NO_PAIRS, solve_wide
from matcher.errors import Infeasible, InvalidInput
from matcher.vocabulary import Rows
from tests.matcher.assignment.brute import random_limits

PRICED = (Objective.HIGHEST_TOTAL, Objective.NOBODY_LEFT_OUT, Objective.FEWEST_CHANGES)


def values_in(values: Float64) -> ValuesOf:
    return lambda rows: values[rows]


def full(values: Float64, limits: Limits, locked: Float64, published: Float64) -> Problem:
    startups, partners = np.nonzero(values > -np.inf)
    arcs = Arcs(startups, partners, values[startups, partners])
    return Problem(arcs, limits, locked[startups, partners] > 0, published[startups, partners] > 0)


def key(problem: Problem, found: Assignment, objective: Objective) -> tuple[float, ...]:
    limits = problem.limits
    cost = sum(
        PENALTIES.get(importance, 0.0) * float(np.sum(short))
        for importance, short in (
            (limits.startup_importance, found.startup_short),
            (limits.partner_importance, found.partner_short),
            (limits.firm_importance, found.firm_excess),
        )
    )
    first = {
        Objective.NOBODY_LEFT_OUT: len(np.unique(problem.arcs.startups[found.chosen])),
        Objective.FEWEST_CHANGES: int((problem.published & found.chosen).sum()),
    }
    return first.get(objective, 0), round(found.total - cost, 6)


@pytest.mark.parametrize("objective", PRICED)
def test_from_one_candidate_each_it_is_as_good_as_with_all_pairs(objective: Objective):
    rng = np.random.default_rng(3)
    left_out = 0
    for _ in range(150):
        shape = tuple(rng.integers(1, 9, 2).tolist())
        values = np.where(rng.random(shape) < 0.8, rng.integers(0, 1000, shape) / 1000, -np.inf)
        locked, published = ((rng.random(shape) < share) * (values > -np.inf) for share in (0.03, 0.3))
        problem = full(values, random_limits(rng, shape, soft=True), locked, published)
        asked = {"locked": np.nonzero(locked), "published": np.nonzero(published)}
        try:
            found = solve_wide(values_in(values), problem.limits, objective, k=1, **asked)
        except Infeasible:
            with pytest.raises(Infeasible):
                solve(problem, objective)
            continue
        expected = solve(problem, objective)
        assert key(found.problem, found.assignment, objective) == key(problem, expected, objective)
        assert (found.certificate.improving, found.certificate.largest) == (0, 0.0)
        left_out += found.certificate.left_out
    assert left_out > 300


def roomy(n: int, m: int, least: int = 0, places: int = 2) -> Limits:
    return Limits(np.full(n, least), np.full(n, 1), np.zeros(m, int), np.full(m, places))


def test_a_large_world_needs_few_of_its_pairs_and_proves_that_the_others_do_not_matter():
    values = np.random.default_rng(1).random((300, 100))
    found = solve_wide(values_in(values), roomy(300, 100), Objective.HIGHEST_TOTAL, k=5)
    assert len(found.problem.arcs) < 5000
    assert found.certificate.left_out == 30_000 - len(found.problem.arcs)
    assert found.certificate.bound == pytest.approx(found.assignment.total)
    everything = full(values, roomy(300, 100), 0 * values, 0 * values)
    assert found.assignment.total == pytest.approx(solve(everything, Objective.HIGHEST_TOTAL).total)


def alike(n: int = 60) -> Float64:
    """All startups prefer the partners in the same order."""
    return np.tile(np.linspace(0.99, 0.01, n), (n, 1))


def test_candidates_that_cannot_keep_the_limits_are_widened_before_it_is_called_impossible():
    """Each needs a meeting, but the best two of all startups are the same two partners."""
    found = solve_wide(values_in(alike()), roomy(60, 60, least=1, places=1), Objective.HIGHEST_TOTAL, k=1)
    assert found.assignment.chosen.sum() == 60
    assert found.assignment.startup_short.sum() == 0


X = -np.inf


def test_how_much_is_short_is_not_weighed_against_values():
    """Mentors' loads can be kept, but every single pair that would help to costs more than one meeting
    short."""
    values = np.array(
        [
            [X, 0.993, 0.052, 0.66, X],
            [0.826, 0.29, 0.073, 0.262, X],
            [X, 0.765, 0.897, 0.472, 0.798],
            [0.495, 0.663, 0.552, 0.488, 0.516],
            [X, 0.188, X, 0.154, X],
            [0.704, 0.126, 0.981, X, 0.807],
            [0.595, 0.9, 0.166, 0.225, X],
        ]
    )
    limits = Limits(
        np.zeros(7, int),
        np.array([1, 1, 0, 0, 2, 1, 3]),
        np.array([1, 1, 2, 1, 1]),
        np.array([3, 3, 2, 1, 3]),
    )
    locked = (np.array([1]), np.array([0]))
    found = solve_wide(values_in(values), limits, Objective.HIGHEST_TOTAL, k=1, locked=locked)
    assert found.assignment.partner_short.sum() == 0


def test_a_firms_limit_that_gives_way_gives_way_for_pairs_left_out_too():
    """No partner of the firms without a price. The third startup's best pair is with one of a firm that it
    meets already; a further pair with that firm is dearer than it is worth only by the stated price."""
    values = np.array(
        [
            [X, 0.337, X, X, 0.977],
            [0.011, 0.053, 0.954, 0.944, 0.192],
            [0.556, X, 0.149, 0.272, 0.966],
            [X, 0.781, X, 0.2, 0.915],
            [X, 0.351, 0.875, 0.787, 0.394],
        ]
    )
    limits = Limits(
        *(np.array(part) for part in ([0, 0, 2, 0, 1], [3, 0, 2, 0, 2], [2, 0, 2, 2, 0], [3, 0, 2, 2, 1])),
        np.array([1, 1, 0, 1, -1]),
        0,
        Importance.HIGH,
        Importance.LOW,
        Importance.MEDIUM,
    )
    found = solve_wide(values_in(values), limits, Objective.HIGHEST_TOTAL, k=1)
    problem = full(values, limits, 0 * np.ones_like(values), 0 * np.ones_like(values))
    expected = solve(problem, Objective.HIGHEST_TOTAL)
    objective = Objective.HIGHEST_TOTAL
    assert key(found.problem, found.assignment, objective) == key(problem, expected, objective)


def test_what_all_pairs_cannot_keep_is_refused_with_how_much_is_short():
    with pytest.raises(Infeasible, match="5 meetings short"):
        solve_wide(values_in(alike()[:, :55]), roomy(60, 55, 1, 1), Objective.HIGHEST_TOTAL, k=1)


def test_without_time_the_certificate_says_what_might_still_be_gained():
    found = solve_wide(values_in(alike()), roomy(60, 60, places=1), Objective.HIGHEST_TOTAL, k=1, seconds=0.0)
    assert found.rounds == 1
    assert found.certificate.improving > 0
    best = alike()[0].sum()
    assert found.assignment.total < best <= found.certificate.bound


@pytest.mark.parametrize(("k", "proved"), [(1, 0), (8, 8)])
def test_the_fairest_is_proved_for_all_when_no_pair_is_left_out(k: int, proved: int):
    """Everybody likes the same mentors, who take two each."""
    found = solve_wide(values_in(alike(8)), roomy(8, 8), Objective.FAIREST, k=k)
    fairness = found.assignment.fairness
    assert fairness is not None
    assert (fairness.proved, found.certificate.left_out == 0) == (proved, k == 8)
    assert fairness.bound >= fairness.outcomes[0]


def test_who_has_what_they_would_have_alone_is_proved_though_pairs_were_left_out():
    found = solve_wide(values_in(alike(8)), roomy(8, 8, places=8), Objective.FAIREST, k=1)
    assert found.certificate.left_out > 0
    assert found.assignment.fairness is not None
    assert (found.assignment.fairness.proved, found.assignment.gap) == (8, 0.0)


def test_a_locked_pair_meets_though_it_is_nobodys_best_and_must_be_eligible():
    values = alike(20)
    locked = (np.array([3]), np.array([19]))
    found = solve_wide(values_in(values), roomy(20, 20), Objective.HIGHEST_TOTAL, k=1, locked=locked)
    arcs, chosen = found.problem.arcs, found.assignment.chosen
    assert (3, 19) in set(zip(arcs.startups[chosen].tolist(), arcs.partners[chosen].tolist(), strict=True))
    values[3, 19] = -np.inf
    with pytest.raises(InvalidInput, match=r"locked: '\(3, 19\)' \(startup, partner\) may not meet"):
        solve_wide(values_in(values), roomy(20, 20), Objective.HIGHEST_TOTAL, k=1, locked=locked)


def test_a_published_pair_that_may_not_meet_any_more_is_passed_over():
    values = alike(4)
    values[0, 0] = -np.inf
    published = (np.array([0, 1]), np.array([0, 3]))
    found = solve_wide(
        values_in(values), roomy(4, 4, places=1), Objective.FEWEST_CHANGES, k=1, published=published
    )
    assert (found.problem.published & found.assignment.chosen).sum() == 1


def test_values_of_another_shape_are_refused():
    def wrong(rows: Rows) -> Float64:
        return np.zeros((len(rows), 3))

    with pytest.raises(InvalidInput, match="values_of"):
        solve_wide(wrong, roomy(2, 2), Objective.HIGHEST_TOTAL)


def test_nobody_on_either_side_is_an_empty_assignment():
    empty = np.zeros(0, dtype=int)
    for limits in (
        roomy(0, 3),
        roomy(3, 0),
        Limits(empty, empty, empty, empty, startup_importance=Importance.LOW),
    ):
        values = np.zeros((len(limits.startup_max), len(limits.partner_max)))
        for objective in Objective:
            found = solve_wide(values_in(values), limits, objective, locked=NO_PAIRS)
            assert len(found.problem.arcs) == 0
