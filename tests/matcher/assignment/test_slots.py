"""Meeting days: nobody in two places, against every timetable there is."""

from functools import cache

import numpy as np
import pytest

from matcher.assignment.meeting_day import Availability, Timetable
from matcher.assignment.problem import Bool, Objective, Problem
from matcher.assignment.slots import solve_slots, timetable
from matcher.errors import Infeasible, InvalidInput
from matcher.vocabulary import Rows
from tests.matcher.assignment.brute import all_sets, random_problem, try_all
from tests.matcher.assignment.test_solving import anyone


def always(n: int, m: int, slots: int) -> Availability:
    return Availability(np.ones((n, slots), dtype=bool), np.ones((m, slots), dtype=bool))


def random_availability(rng: np.random.Generator, shape: tuple[int, int]) -> Availability:
    share, slots = rng.choice([0.5, 0.8, 1.0]), int(rng.integers(1, 4))
    return Availability(*(rng.random((size, slots)) < share for size in shape))


def fits(startups: Rows, partners: Rows, availability: Availability) -> bool:
    """Whether the pairs can be put into slots one after the other, by trying everything."""
    pairs = list(zip(startups.tolist(), partners.tolist(), strict=True))
    common = availability.common(startups, partners)

    @cache
    def rest(place: int, taken: frozenset[tuple[str, int, int]]) -> bool:
        if place == len(pairs):
            return True
        ends = [("startup", pairs[place][0]), ("partner", pairs[place][1])]
        return any(
            rest(place + 1, taken | {(*end, slot) for end in ends})
            for slot in np.flatnonzero(common[place]).tolist()
            if not taken & {(*end, slot) for end in ends}
        )

    return rest(0, frozenset())


def fitting(problem: Problem, availability: Availability) -> Bool:
    sets, arcs = all_sets(len(problem.arcs)), problem.arcs
    return sets[[fits(arcs.startups[one], arcs.partners[one], availability) for one in sets]]


def check(startups: Rows, partners: Rows, availability: Availability, slots: Rows) -> None:
    """Both are there, and nobody is in two places."""
    assert availability.startups[startups, slots].all()
    assert availability.partners[partners, slots].all()
    for rows in (startups, partners):
        assert len(set(zip(rows.tolist(), slots.tolist(), strict=True))) == len(rows)


def test_pairs_and_slots_together_are_as_good_as_the_best_of_all_timetables():
    rng = np.random.default_rng(4)
    possible = 0
    for _ in range(60):
        problem = random_problem(rng, most=7)
        availability = random_availability(rng, problem.shape)
        tried = try_all(problem, fitting(problem, availability))
        for objective in Objective:
            try:
                found = solve_slots(problem, availability, objective)
            except Infeasible:
                assert tried.best(objective) is None
                continue
            possible += 1
            chosen, arcs = found.assignment.chosen, problem.arcs
            assert tried.key(objective, chosen) == tried.best(objective)
            assert found.assignment.gap == 0
            assert ((found.slots >= 0) == chosen).all()
            check(arcs.startups[chosen], arcs.partners[chosen], availability, found.slots[chosen])
    assert possible > 80


def test_fixed_pairs_are_put_into_slots_whenever_they_fit():
    rng = np.random.default_rng(6)
    counts = {True: 0, False: 0}
    for _ in range(200):
        shape = tuple(rng.integers(1, 5, 2).tolist())
        startups, partners = np.nonzero(rng.random(shape) < 0.5)
        availability = random_availability(rng, shape)
        possible = fits(startups, partners, availability)
        counts[possible] += 1
        if possible:
            slots = timetable(startups, partners, availability)
            check(startups, partners, availability, slots)
        else:
            with pytest.raises(Infeasible):
                timetable(startups, partners, availability)
    assert min(counts.values()) > 30


def test_a_full_day_where_everybody_meets_everybody():
    startups, partners = np.nonzero(np.ones((12, 12), dtype=bool))
    slots = timetable(startups, partners, always(12, 12, 12))
    check(startups, partners, always(12, 12, 12), slots)


def test_nobody_has_more_meetings_than_slots():
    found = solve_slots(anyone([[0.9], [0.8]], capacity=2), always(2, 1, 1), Objective.HIGHEST_TOTAL)
    assert told(found) == [0, -1]


def told(found: Timetable) -> list[int]:
    return found.slots.tolist()


def test_two_who_are_never_there_together_do_not_meet():
    availability = Availability(np.array([[True, False], [True, True]]), np.array([[False, True]]))
    found = solve_slots(anyone([[0.9], [0.1]]), availability, Objective.HIGHEST_TOTAL)
    assert told(found) == [-1, 1]


def test_why_pairs_do_not_fit_is_said():
    pair, two = np.array([0]), np.array([0, 0])
    apart = Availability(np.array([[True, False]]), np.array([[False, True]]))
    with pytest.raises(Infeasible, match="startup 0 and partner 0 have no slot in common"):
        timetable(pair, pair, apart)
    with pytest.raises(Infeasible, match="startup 0 has 2 meetings and 1 slots"):
        timetable(two, np.array([0, 1]), always(1, 2, 1))


def test_a_locked_pair_without_a_slot_in_common_is_refused():
    apart = Availability(np.array([[True, False]]), np.array([[False, True]]))
    problem = Problem(anyone([[0.5]]).arcs, anyone([[0.5]]).limits, locked=np.array([True]))
    with pytest.raises(Infeasible, match="locked startup 0 and partner 0"):
        solve_slots(problem, apart, Objective.HIGHEST_TOTAL)


def test_availability_of_others_or_of_another_day_is_refused():
    with pytest.raises(InvalidInput, match="slots"):
        Availability(np.ones((1, 2), dtype=bool), np.ones((1, 3), dtype=bool))
    with pytest.raises(InvalidInput, match="availability"):
        solve_slots(anyone([[0.5]]), always(2, 1, 3), Objective.HIGHEST_TOTAL)


def test_no_pairs_need_no_slots():
    nobody = np.zeros(0, dtype=np.intp)
    assert timetable(nobody, nobody, always(2, 2, 3)).tolist() == []
    without = np.zeros((2, 0), dtype=bool)
    assert timetable(nobody, nobody, Availability(without, without)).tolist() == []
