"""Why no assignment keeps all limits: irreducible, with numbers, and ways out that work."""

from dataclasses import replace

import numpy as np
import pytest

from matcher.assignment.bounds import Limit, LimitKind
from matcher.assignment.conflicts import Conflict, conflicts
from matcher.assignment.problem import Arcs, Importance, Limits, Objective, Problem
from matcher.assignment.solving import solve
from matcher.assignment.ways_out import Change, Move, WayOut, changed
from matcher.errors import Infeasible
from tests.matcher.assignment.brute import can_hold, random_problem
from tests.matcher.assignment.test_solving import anyone

WORLDS = 400


def clinic() -> tuple[Problem, Arcs]:
    """60 startups and 40 mentors. Twelve startups need one of the three who know clinical trials, with seven
    places; the pairs that this takes from them come apart."""
    startups, partners = np.nonzero(np.ones((60, 40), dtype=bool))
    barred = (startups < 12) & (partners >= 3)
    places = np.full(40, 3)
    places[:3] = [2, 2, 3]
    limits = Limits(np.ones(60, int), np.full(60, 2), np.zeros(40, int), places)
    values = np.zeros(len(startups))
    kept, removed = (Arcs(startups[of], partners[of], values[of]) for of in (~barred, barred))
    return Problem(kept, limits), removed


def only(found: tuple[Conflict, ...]) -> Conflict:
    [one] = found
    return one


def ways(conflict: Conflict, change: Change) -> list[Move]:
    return [way.moves[0] for way in conflict.ways_out if [move.change for move in way.moves] == [change]]


def test_twelve_need_a_clinical_trial_mentor_and_seven_places_are_left():
    problem, removed = clinic()
    found = only(conflicts(problem, {"clinical trials": removed}))
    assert (found.demand, found.supply, found.shortage) == (12, 7, 5)
    assert found.startups.tolist() == list(range(12))
    assert found.partners.tolist() == [0, 1, 2]
    raised = [(move.rows.tolist(), move.by.tolist()) for move in ways(found, Change.RAISE_CAPACITY)]
    assert sorted(one for one in raised if len(one[0]) == 1) == [([0], [5]), ([1], [5]), ([2], [5])]
    assert all(sum(by) == 5 for _, by in raised)
    [lowered] = ways(found, Change.LOWER_MINIMUM)
    assert lowered.by.tolist() == [1] * 5
    [allowed] = ways(found, Change.ALLOW)
    assert allowed.name == "clinical trials"
    assert len(allowed.rows) == 5
    assert (removed.startups[allowed.rows] < 12).all()


def test_a_way_out_asks_little_of_each():
    startups, partners = np.nonzero(np.ones((12, 6), dtype=bool))
    limits = Limits(np.full(12, 2), np.full(12, 2), np.zeros(6, int), np.full(6, 3))
    found = only(conflicts(Problem(Arcs(startups, partners, np.zeros(72)), limits)))

    together = [move.by.tolist() for move in ways(found, Change.RAISE_CAPACITY) if len(move.rows) > 1]
    [lowered] = ways(found, Change.LOWER_MINIMUM)
    assert (found.shortage, together) == (6, [[1] * 6])
    assert lowered.by.tolist() == [1] * 6


def test_eight_of_the_twelve_and_the_three_mentors_cannot_hold_together_and_no_fewer():
    problem, _ = clinic()
    limits = only(conflicts(problem)).limits
    kinds = [limit.kind for limit in limits]
    assert kinds.count(LimitKind.STARTUP_MIN) == 8
    assert [limit for limit in limits if limit.kind is LimitKind.PARTNER_MAX] == [
        Limit(LimitKind.PARTNER_MAX, row, places) for row, places in enumerate([2, 2, 3])
    ]
    assert len(limits) == 11


def test_limits_that_can_be_kept_have_no_conflict():
    assert conflicts(anyone([[0.1, 0.2], [0.3, 0.4]])) == ()


def infeasible(problem: Problem) -> bool:
    try:
        solve(problem, Objective.HIGHEST_TOTAL)
    except Infeasible:
        return True
    return False


@pytest.fixture(scope="module")
def impossible() -> list[tuple[Problem, dict[str, Arcs], tuple[Conflict, ...]]]:
    """Random small problems with what conflicts in them, and the pairs that a must-have removed."""
    rng = np.random.default_rng(2)
    worlds = []
    for number in range(WORLDS):
        problem = random_problem(rng, soft=number % 4 == 0)
        if infeasible(problem):
            there = np.zeros(problem.shape, dtype=bool)
            there[problem.arcs.startups, problem.arcs.partners] = True
            startups, partners = np.nonzero(~there)
            removed = {"must": Arcs(startups, partners, np.zeros(len(startups)))}
            worlds.append((problem, removed, conflicts(problem, removed)))
        else:
            assert conflicts(problem) == ()
    assert len(worlds) > WORLDS / 4
    return worlds


def test_a_problem_without_assignment_has_a_conflict(impossible):
    assert all(found for _, _, found in impossible)


def test_its_limits_cannot_hold_together_and_every_one_of_them_is_needed(impossible):
    for problem, _, found in impossible:
        for conflict in found:
            assert not can_hold(problem, conflict.limits)
            for left_out in range(len(conflict.limits)):
                others = conflict.limits[:left_out] + conflict.limits[left_out + 1 :]
                assert can_hold(problem, others) or not others


def test_its_bottleneck_demands_more_than_it_can_supply(impossible):
    for problem, _, found in impossible:
        for conflict in found:
            assert conflict.shortage > 0
            assert not can_hold(problem, conflict.bottleneck)


def test_every_conflict_has_a_way_out_that_leaves_nothing_missing(impossible):
    for _, _, found in impossible:
        assert all(any(not way.left for way in conflict.ways_out) for conflict in found)


def test_each_way_out_of_a_single_conflict_makes_an_assignment_possible(impossible):
    tried: set[Change] = set()
    for problem, removed, found in impossible:
        for way in found[0].ways_out if len(found) == 1 else ():
            assert infeasible(after(problem, way, removed)) == (way.left > 0)
            tried |= {move.change for move in way.moves}
    assert tried == set(Change)


def test_a_way_out_of_each_conflict_together_make_an_assignment_possible_when_they_lower_demands(impossible):
    for problem, removed, found in impossible:
        lowers = [lowering(conflict) for conflict in found]
        if all(lowers):
            for way in lowers:
                problem = after(problem, way, removed)
            assert not infeasible(problem)


def lowering(conflict: Conflict) -> WayOut | None:
    demands = {Change.LOWER_MINIMUM, Change.LOWER_LOAD, Change.UNLOCK}
    for way in conflict.ways_out:
        if not way.left and {move.change for move in way.moves} <= demands:
            return way
    return None


def after(problem: Problem, way: WayOut, removed: dict[str, Arcs]) -> Problem:
    for move in way.moves:
        problem = changed(problem, move, removed)
    return problem


def test_two_bottlenecks_apart_are_two_conflicts_the_worse_first():
    """Startups 0 and 1 share a mentor, startups 2, 3 and 4 another; each takes one."""
    arcs = Arcs(np.arange(5), np.array([0, 0, 1, 1, 1]), np.full(5, 0.5))
    problem = Problem(arcs, Limits(np.ones(5, int), np.ones(5, int), np.zeros(2, int), np.ones(2, int)))
    assert [(one.startups.tolist(), one.shortage) for one in conflicts(problem)] == [
        ([2, 3, 4], 2),
        ([0, 1], 1),
    ]
    assert [one.shortage for one in conflicts(problem, most=1)] == [2]


def test_two_locks_on_one_place_conflict_and_dropping_one_is_a_way_out():
    problem = replace(anyone([[0.1], [0.2]]), locked=np.array([True, True]))
    found = only(conflicts(problem))
    assert [limit.kind for limit in found.limits] == [LimitKind.LOCK, LimitKind.LOCK, LimitKind.PARTNER_MAX]
    [dropped] = ways(found, Change.UNLOCK)
    assert len(dropped.rows) == 1


def test_a_firms_limit_is_named_with_its_firm_and_raised_by_as_little_as_helps():
    limits = replace(
        anyone([[0.1, 0.2, 0.3]]).limits,
        startup_min=np.array([2]),
        startup_max=np.array([2]),
        firms=np.array([4, 4, 4]),
        per_firm=1,
    )
    found = only(conflicts(replace(anyone([[0.1, 0.2, 0.3]]), limits=limits)))
    assert Limit(LimitKind.PER_FIRM, 0, 1, firm=4) in found.limits
    [raised] = ways(found, Change.RAISE_PER_FIRM)
    assert (raised.rows.tolist(), raised.by.tolist()) == ([0], [1])


def test_a_startup_with_no_pair_at_all_conflicts_with_nothing_but_itself():
    empty = np.zeros(0, dtype=np.intp)
    limits = Limits(*(np.array([number]) for number in (1, 1, 0, 1)))
    found = only(conflicts(Problem(Arcs(empty, empty, np.zeros(0)), limits)))
    assert found.limits == (Limit(LimitKind.STARTUP_MIN, 0, 1),)
    assert (found.startups.tolist(), found.partners.tolist()) == ([0], [])


def test_limits_that_may_give_way_never_conflict():
    problem = anyone([[0.1], [0.2]])
    limits = replace(problem.limits, startup_min=np.array([1, 1]), startup_importance=Importance.LOW)
    assert conflicts(replace(problem, limits=limits)) == ()
