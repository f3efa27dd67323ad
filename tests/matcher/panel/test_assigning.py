"""Who reads what: no conflict, even loads, the most expertise."""

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.panel.assigning import Assigned, Shortfall, Wanted, assign
from tests.matcher.panel.worlds import wanted


def assigned(asked: Wanted) -> Assigned:
    found = assign(asked)
    assert isinstance(found, Assigned)
    return found


def test_everyone_reads_what_they_know_best_where_loads_allow_it():
    found = assigned(wanted(1, np.eye(3)))
    assert found.chosen.tolist() == np.eye(3, dtype=bool).tolist()
    assert (found.lowest, found.highest) == (1, 1)


def test_the_best_expert_does_not_get_everything():
    found = assigned(wanted(1, [[0.9, 0.1]] * 4))
    assert found.loads.tolist() == [2, 2]


def test_a_reviewer_never_reads_where_there_is_a_conflict():
    found = assigned(wanted(1, [[0.9, 0.1], [0.9, 0.1]], free=[[False, True], [True, True]]))
    assert found.chosen.tolist() == [[False, True], [True, False]]


def test_a_reviewer_with_many_conflicts_stays_behind_without_holding_the_others():
    free = np.ones((8, 4), dtype=bool)
    free[1:, 0] = False
    found = assigned(wanted(2, np.full((8, 4), 0.5), free=free))
    assert found.behind.tolist() == [True, False, False, False]
    assert found.loads.tolist() == [1, 5, 5, 5]


def test_own_limits_of_reviewers_hold():
    found = assigned(wanted(1, np.full((6, 3), 0.5), least=[0, 4, 0], most=[1, 9, 9]))
    assert found.loads.tolist() == [1, 4, 1]


def test_an_application_is_read_by_at_most_so_many_of_one_firm():
    found = assigned(wanted(2, [[0.9, 0.8, 0.1]] * 3, firms=[0, 0, -1], per_firm=1))
    assert (found.chosen[:, :2].sum(axis=1) == 1).all()


def test_a_new_conflict_moves_its_review_alone_although_others_would_be_better_elsewhere():
    before = np.eye(3, 4, dtype=bool)
    free = np.ones((3, 4), dtype=bool)
    free[1, 1] = False
    worth = [[0.1, 0.9, 0.1, 0.9], [0.5, 0.5, 0.5, 0.5], [0.1, 0.9, 0.1, 0.9]]
    found = assigned(wanted(1, worth, free=free, before=before))
    assert found.chosen.tolist() == np.eye(3, 4, dtype=bool)[:, [0, 3, 2, 1]].tolist()


def test_a_review_that_is_in_stays_although_fewer_are_wanted_now():
    kept = [[True, True, False]]
    assert assigned(wanted(1, [[0.1, 0.1, 0.9]], kept=kept, before=kept)).chosen.tolist() == [
        [True, True, False]
    ]


def test_reviews_that_are_in_stay_although_loads_would_be_more_even_without_them():
    kept = [[True, False], [True, False], [False, False]]
    found = assigned(wanted(1, np.full((3, 2), 0.5), kept=kept, before=kept))
    assert found.loads.tolist() == [2, 1]
    assert assigned(wanted(1, np.full((2, 2), 0.5), kept=kept[:2], before=kept[:2])).loads.tolist() == [2, 0]


def test_where_there_are_too_few_reviewers_the_shortfall_says_how_many_are_missing():
    free = [[True, False, False], [True, True, True]]
    found = assign(wanted(2, np.full((2, 3), 0.5), free=free))
    assert isinstance(found, Shortfall)
    assert (found.short.tolist(), found.free.tolist(), found.places) == ([1, 0], [1, 3], 4)


def test_where_places_run_out_the_shortfall_is_as_small_as_it_can_be():
    found = assign(wanted(2, np.full((4, 3), 0.5), most=[2, 2, 2]))
    assert isinstance(found, Shortfall)
    assert found.short.sum() == 2


def test_a_least_number_that_conflicts_make_impossible_is_told():
    free = [[False, True], [False, True]]
    found = assign(wanted(1, np.full((2, 2), 0.5), free=free, least=[1, 0]))
    assert isinstance(found, Shortfall)
    assert found.idle.tolist() == [1, 0]


@st.composite
def problems(draw: st.DrawFn) -> Wanted:
    n, m = draw(st.integers(1, 5)), draw(st.integers(1, 4))
    free = draw(
        st.lists(
            st.lists(st.sampled_from((True, True, False)), min_size=m, max_size=m), min_size=n, max_size=n
        )
    )
    worth = draw(st.lists(st.lists(st.integers(0, 10), min_size=m, max_size=m), min_size=n, max_size=n))
    most = draw(st.lists(st.integers(0, 5), min_size=m, max_size=m))
    return wanted(draw(st.integers(1, 2)), np.array(worth) / 10, free=free, most=most)


def every_assignment(asked: Wanted) -> list[np.ndarray]:
    """All that keep the limits, by trying."""
    rows = []
    for free in asked.free:
        who = np.flatnonzero(free).tolist()
        rows.append([np.isin(range(len(free)), pick) for pick in itertools.combinations(who, asked.each)])
    found = (np.array(choice) for choice in itertools.product(*rows))
    return [chosen for chosen in found if (chosen.sum(axis=0) <= asked.most).all()]


def test_who_cannot_rise_further_keeps_what_it_reached():
    free = np.ones((4, 3), dtype=bool)
    free[1:, 2] = False
    nothing, none = np.zeros_like(free), np.zeros(3, dtype=np.int64)
    found = assign(Wanted(1, np.zeros((4, 3)), free, nothing, nothing, none, none + 2, none - 1))
    assert not isinstance(found, Shortfall)
    assert sorted(found.loads.tolist()) == [1, 1, 2]


@settings(max_examples=60, deadline=None)
@given(problems())
def test_no_limit_is_broken_and_no_load_is_larger_than_it_must_be(asked: Wanted):
    every, found = every_assignment(asked), assign(asked)
    if isinstance(found, Shortfall):
        assert not every
        assert found.short.sum() > 0
        return
    assert not (found.chosen & ~asked.free).any()
    assert (found.chosen.sum(axis=1) == asked.each).all()
    assert (found.loads <= asked.most).all()
    assert found.loads.max() == min(chosen.sum(axis=0).max() for chosen in every)
    spreads = [np.ptp(chosen.sum(axis=0)) for chosen in every]
    if min(spreads) <= 1:
        assert np.ptp(found.loads) == min(spreads)


@settings(max_examples=40, deadline=None)
@given(problems())
def test_among_assignments_of_such_loads_expertise_is_highest(asked: Wanted):
    found = assign(asked)
    if isinstance(found, Shortfall):
        return
    floors = np.minimum(found.floors, np.minimum(asked.most, found.highest))
    fair = [
        (asked.expertise * chosen).sum()
        for chosen in every_assignment(asked)
        if (chosen.sum(axis=0) >= floors).all() and chosen.sum(axis=0).max() <= found.highest
    ]
    assert (asked.expertise * found.chosen).sum() == pytest.approx(max(fair))
