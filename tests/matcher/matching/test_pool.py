import datetime as dt

import numpy as np
import pytest

from matcher.interactions import InteractionType
from matcher.matching.pool import EXHAUSTIVE, Pool, room_of, rows_named
from matcher.matching.relations import NO_RELATIONS, extended
from matcher.profiles import Profile, Role, Status
from tests.matcher.worlds import TODAY, event, mentor, ordered, snapshot_of, startup


def pool_of_mentors(*people: Profile) -> Pool:
    return snapshot_of(people).pools[Role.MENTOR][0]


def test_rows_stand_for_profiles_in_their_order():
    pool = pool_of_mentors(mentor("b", status=Status.PAUSED), mentor("a", shared=True), startup("s"))

    assert [profile.id for profile in pool.profiles] == ["a", "b"]
    assert list(pool.keys.terms) == ["north:a", "north:b"]
    assert pool.active.tolist() == [True, False]
    assert pool.shared.tolist() == [True, False]
    assert pool.present.all()


def test_taking_profiles_away_leaves_the_old_pool_as_it_was():
    pool = pool_of_mentors(mentor("a"), mentor("b"))

    smaller = pool.without(["north:a", "north:unknown"])

    assert smaller.present.tolist() == [False, True]
    assert pool.present.tolist() == [True, True]


def test_room_is_the_capacity_less_the_places_taken():
    people = [mentor("none"), mentor("two", capacity=2), mentor("zero", capacity=0)]
    accepted = [event("s", id_, InteractionType.ACCEPTED) for id_ in ("none", "two", "zero")]

    assert room_of(people, NO_RELATIONS, TODAY).tolist() == [np.inf, 2, 0]
    assert room_of(people, extended(NO_RELATIONS, ordered(accepted)), TODAY).tolist() == [np.inf, 1, -1]


def test_room_is_counted_anew_on_another_day():
    people = [mentor("m", capacity=1)]
    relations = extended(NO_RELATIONS, ordered([event("s", "m", InteractionType.MENTORED, days_ago=0)]))
    pool = pool_of_mentors(*people)

    assert pool.with_room(relations, TODAY).room.tolist() == [0]
    assert pool.with_room(relations, TODAY + dt.timedelta(days=365)).room.tolist() == [1]


@pytest.mark.parametrize("reference", ["a", "north:a", "云杉", "雲杉 "])
def test_a_reference_is_an_id_a_key_or_a_name(reference: str):
    pool = pool_of_mentors(mentor("a", name="云杉"), mentor("b", name="Other"))

    assert set(rows_named(pool, "north", [reference]).tolist()) == {0}
    assert rows_named(pool, "north", ["nobody", "south:a"]).tolist() == []


def test_two_of_one_name_are_both_meant():
    pool = pool_of_mentors(mentor("a", name="Lin Mu"), mentor("b", name="LIN MU"))

    assert rows_named(pool, "north", ["lin mu"]).tolist() == [0, 1]


def test_a_small_pool_has_no_index_and_a_large_one_has():
    small, large = (pool_of_mentors(*(mentor(f"m{n}") for n in range(size))) for size in (3, EXHAUSTIVE + 1))

    assert small.search == {}
    assert len(large.search[Role.MENTOR].index) == EXHAUSTIVE + 1


def test_startups_stand_ready_for_both_partner_roles():
    snapshot = snapshot_of([startup("s"), mentor("m")])

    assert set(snapshot.pools[Role.STARTUP][0].sides) == {Role.MENTOR, Role.INVESTOR}
    assert set(snapshot.pools[Role.MENTOR][0].sides) == {Role.MENTOR}
    assert len(snapshot.pools[Role.INVESTOR][0]) == 0
