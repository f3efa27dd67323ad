"""The solver against every set of pairs there is."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.assignment.network import SCALE
from matcher.assignment.problem import Arcs, Importance, Limits, Objective, Problem
from matcher.assignment.solving import Assignment, solve
from matcher.errors import Infeasible
from tests.matcher.assignment.brute import Tried, random_problem, try_all

PRICED = (Objective.HIGHEST_TOTAL, Objective.NOBODY_LEFT_OUT, Objective.FEWEST_CHANGES)
SEEDS = st.integers(0, 2**32 - 1)


def anyone(values: list[list[float]], capacity: int = 1) -> Problem:
    """Everybody may meet everybody: one meeting a startup, `capacity` a partner."""
    array = np.array(values)
    startups, partners = np.nonzero(np.ones(array.shape, dtype=bool))
    n, m = array.shape
    limits = Limits(np.zeros(n, int), np.ones(n, int), np.zeros(m, int), np.full(m, capacity))
    return Problem(Arcs(startups, partners, array.ravel()), limits)


def pairs(problem: Problem, assignment: Assignment) -> list[tuple[int, int]]:
    arcs, chosen = problem.arcs, assignment.chosen
    return list(zip(arcs.startups[chosen].tolist(), arcs.partners[chosen].tolist(), strict=True))


def solved(problem: Problem, objective: Objective) -> Assignment | None:
    try:
        return solve(problem, objective)
    except Infeasible:
        return None


@pytest.mark.parametrize("objective", Objective)
def test_on_500_small_problems_the_solver_is_as_good_as_the_best_of_all_sets_of_pairs(objective: Objective):
    rng = np.random.default_rng(5)
    for _ in range(500):
        problem = random_problem(rng)
        tried, found = try_all(problem), solved(problem, objective)
        assert (None if found is None else tried.key(objective, found.chosen)) == tried.best(objective)
        assert found is None or found.gap == 0


@pytest.mark.parametrize("objective", PRICED)
def test_a_price_is_what_solving_again_with_one_more_place_brings(objective: Objective):
    rng = np.random.default_rng(7)
    for _ in range(40):
        problem = random_problem(rng)
        if (found := solved(problem, objective)) is None:
            continue
        before = gained(try_all(problem), objective)
        for side, prices in (("startup_max", found.startup_prices), ("partner_max", found.partner_prices)):
            assert prices is not None
            for row in range(len(prices.values)):
                after = gained(try_all(with_one_more(problem, side, row)), objective)
                assert (prices.first[row], prices.values[row]) == pytest.approx(after - before, abs=1e-6)


def gained(tried: Tried, objective: Objective) -> np.ndarray:
    """The best key, as the objective's first question and the total."""
    best = tried.best(objective)
    assert best is not None
    return np.array([0.0, *best][-2:])


def with_one_more(problem: Problem, side: str, row: int) -> Problem:
    places = getattr(problem.limits, side).copy()
    places[row] += 1
    return replace(problem, limits=replace(problem.limits, **{side: places}))


def test_for_the_highest_total_the_best_pair_may_have_to_part():
    problem = anyone([[0.9, 0.8], [0.8, 0.2]])
    assert pairs(problem, solve(problem, Objective.HIGHEST_TOTAL)) == [(0, 1), (1, 0)]


def test_nobody_is_left_out_though_it_costs_total():
    everybody = anyone([[0.9, 0.1], [0.8, 0.0]])
    only_first = replace(everybody, arcs=Arcs(*(part[[0, 1, 2]] for part in parts(everybody.arcs))))
    limits = replace(only_first.limits, startup_max=np.array([2, 1]))
    problem = Problem(only_first.arcs, limits)
    assert pairs(problem, solve(problem, Objective.HIGHEST_TOTAL)) == [(0, 0), (0, 1)]
    assert pairs(problem, solve(problem, Objective.NOBODY_LEFT_OUT)) == [(0, 1), (1, 0)]


def parts(arcs: Arcs) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    return arcs.startups, arcs.partners, arcs.values


def test_published_pairs_stay_though_others_are_worth_more():
    problem = anyone([[0.1, 0.9], [0.9, 0.1]])
    kept = replace(problem, published=np.array([True, False, False, False]))
    assert pairs(kept, solve(kept, Objective.FEWEST_CHANGES)) == [(0, 0), (1, 1)]


def test_a_locked_pair_meets_whatever_its_value():
    problem = replace(anyone([[0.0, 0.9], [0.9, 0.0]]), locked=np.array([True, False, False, False]))
    for objective in Objective:
        assert (0, 0) in pairs(problem, solve(problem, objective))


def test_what_cannot_be_is_refused():
    problem = anyone([[0.5], [0.5]])
    for objective in Objective:
        with pytest.raises(Infeasible, match="no assignment keeps all limits"):
            solve(replace(problem, limits=replace(problem.limits, startup_min=np.array([1, 1]))), objective)


def test_a_limit_gives_way_for_more_than_its_importance_and_says_so():
    both_to_one = replace(anyone([[0.9, 0.1], [0.0, 0.0]]).limits, partner_min=np.array([0, 1]))
    for importance, short in ((Importance.HIGH, 0), (Importance.LOW, 1)):
        limits = replace(both_to_one, partner_importance=importance)
        arcs = Arcs(np.array([0, 0]), np.array([0, 1]), np.array([0.9, 0.1]))
        assert solve(Problem(arcs, limits), Objective.HIGHEST_TOTAL).partner_short.tolist() == [0, short]


def test_no_pairs_give_an_empty_assignment():
    empty = np.zeros(0, dtype=np.intp)
    limits = Limits(*(np.array([number]) for number in (0, 1, 0, 1)))
    for objective in Objective:
        found = solve(Problem(Arcs(empty, empty, np.zeros(0)), limits), objective)
        assert (found.chosen.tolist(), found.total, found.gap) == ([], 0.0, 0.0)


@settings(max_examples=60, deadline=None)
@given(seed=SEEDS, objective=st.sampled_from(Objective))
def test_no_limit_that_must_hold_is_ever_broken_and_locks_are_kept(seed: int, objective: Objective):
    problem = larger_problem(np.random.default_rng(seed))
    found = solved(problem, objective)
    if found is None:
        return
    limits, (n, m), arcs = problem.limits, problem.shape, problem.arcs
    met = np.bincount(arcs.startups[found.chosen], minlength=n)
    taken = np.bincount(arcs.partners[found.chosen], minlength=m)
    assert (met <= limits.startup_max).all()
    assert (taken <= limits.partner_max).all()
    assert (met + found.startup_short >= limits.startup_min).all()
    assert (taken + found.partner_short >= limits.partner_min).all()
    assert found.chosen[problem.locked].all()
    for importance, short in (
        (limits.startup_importance, found.startup_short.sum()),
        (limits.partner_importance, found.partner_short.sum()),
        (limits.firm_importance, found.firm_excess),
    ):
        assert importance is not Importance.MUST or short == 0


def larger_problem(rng: np.random.Generator) -> Problem:
    """As `random_problem`, with too many pairs to try them all."""
    return random_problem(rng, most=16)


@settings(max_examples=60, deadline=None)
@given(seed=SEEDS, objective=st.sampled_from([*PRICED]), side=st.sampled_from(["startup_max", "partner_max"]))
def test_nothing_is_lost_when_a_capacity_grows(seed: int, objective: Objective, side: str):
    rng = np.random.default_rng(seed)
    problem = random_problem(rng, most=16, soft=False)
    before = solved(problem, objective)
    size = problem.shape[side == "partner_max"]
    after = solved(with_one_more(problem, side, int(rng.integers(size))), objective)
    if before is not None:
        assert after is not None
        assert first_then_total(problem, after, objective) >= first_then_total(problem, before, objective)


def first_then_total(problem: Problem, found: Assignment, objective: Objective) -> tuple[int, float]:
    first = {
        Objective.HIGHEST_TOTAL: 0,
        Objective.NOBODY_LEFT_OUT: len(np.unique(problem.arcs.startups[found.chosen])),
        Objective.FEWEST_CHANGES: int((found.chosen & problem.published).sum()),
    }[objective]
    return first, round(found.total, 6)


def test_a_decline_changes_few_other_pairs():
    """200 startups and 50 mentors with three to seven places; the declined pair may not meet again."""
    rng = np.random.default_rng(11)
    n, m, k = 200, 50, 10
    partners = np.concatenate([rng.choice(m, k, replace=False) for _ in range(n)])
    arcs = Arcs(np.repeat(np.arange(n), k), partners, rng.random(n * k))
    limits = Limits(np.zeros(n, int), np.full(n, 3), np.ones(m, int), rng.integers(3, 8, m))
    published = solve(Problem(arcs, limits), Objective.HIGHEST_TOTAL).chosen
    for declined in rng.choice(np.flatnonzero(published), 5, replace=False).tolist():
        left = np.arange(len(arcs)) != declined
        after = Problem(Arcs(*(part[left] for part in parts(arcs))), limits, published=published[left])
        chosen = solve(after, Objective.FEWEST_CHANGES).chosen
        dropped = (published[left] & ~chosen).sum()
        assert dropped <= 0.01 * published.sum()
        assert chosen.sum() >= published.sum() - 1  # and the place is given to another


def test_values_count_to_a_millionth():
    problem = anyone([[0.5, 0.5 + 2 / SCALE]])
    assert pairs(problem, solve(problem, Objective.HIGHEST_TOTAL)) == [(0, 1)]
