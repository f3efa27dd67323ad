import datetime as dt
import itertools

import pytest

from matcher.interactions import InteractionType
from matcher.matching.relations import CYCLE_DAYS, NO_RELATIONS, Relation, extended
from tests.matcher.worlds import TODAY, event, ordered

CONNECTING = [
    InteractionType.ACCEPTED,
    InteractionType.MET,
    InteractionType.MENTORED,
    InteractionType.INVESTED,
]
SILENT = [
    InteractionType.SHOWN,
    InteractionType.VIEWED,
    InteractionType.SHORTLISTED,
    InteractionType.REQUESTED,
]


@pytest.mark.parametrize("type_", CONNECTING)
def test_a_pair_that_worked_together_is_connected_from_either_side(type_: InteractionType):
    relations = extended(NO_RELATIONS, ordered([event("s", "p", type_)]))

    assert relations.between("north:s", "north:p") is Relation.CONNECTED
    assert relations.between("north:p", "north:s") is Relation.CONNECTED


@pytest.mark.parametrize("type_", SILENT)
def test_looking_at_each_other_relates_nobody_and_yet_is_activity(type_: InteractionType):
    relations = extended(NO_RELATIONS, ordered([event("s", "p", type_)]))

    assert relations.between("north:s", "north:p") is Relation.NONE
    assert relations.is_active("north:s")
    assert relations.is_active("north:p")
    assert not relations.is_active("north:q")


def test_what_a_pair_has_behind_it_adds_up():
    events = [event("s", "p", InteractionType.DISMISSED), event("s", "p", InteractionType.DECLINED)]

    relations = extended(NO_RELATIONS, ordered(events))

    assert relations.between("north:s", "north:p") == Relation.DISMISSED | Relation.DECLINED


def test_extending_step_by_step_gives_what_all_at_once_gives():
    types = list(InteractionType)
    events = [
        event(s, p, t, value=5)
        for (s, p), t in zip(itertools.product("ab", "xyz"), itertools.cycle(types), strict=False)
    ]

    stepwise = NO_RELATIONS
    for one in events:
        stepwise = extended(stepwise, ordered([one]))

    whole = extended(NO_RELATIONS, ordered(events))
    pairs = list(itertools.product(("north:a", "north:b"), ("north:x", "north:y", "north:z")))
    assert [stepwise.between(*pair) for pair in pairs] == [whole.between(*pair) for pair in pairs]
    assert all(stepwise.is_active(key) for pair in pairs for key in pair)


def test_the_relations_that_were_extended_stay_as_they_were():
    old = extended(NO_RELATIONS, ordered([event("s", "p", InteractionType.MET)]))

    extended(
        old, ordered([event("s", "q", InteractionType.ACCEPTED), event("s", "p", InteractionType.DECLINED)])
    )

    assert old.between("north:s", "north:q") is Relation.NONE
    assert old.between("north:s", "north:p") is Relation.CONNECTED
    assert old.places_taken("north:q", TODAY) == 0
    assert not old.is_active("north:q")


@pytest.mark.parametrize("type_", [InteractionType.ACCEPTED, InteractionType.MENTORED])
def test_a_startup_takes_one_place_however_often_it_comes(type_: InteractionType):
    events = [event("s", "p", type_, days_ago=n) for n in range(3)] + [event("t", "p", type_)]

    assert extended(NO_RELATIONS, ordered(events)).places_taken("north:p", TODAY) == 2


@pytest.mark.parametrize(
    "type_", sorted(set(InteractionType) - {InteractionType.ACCEPTED, InteractionType.MENTORED})
)
def test_nothing_else_takes_a_place(type_: InteractionType):
    relations = extended(NO_RELATIONS, ordered([event("s", "p", type_, value=5)]))

    assert relations.places_taken("north:p", TODAY) == 0


def test_a_place_is_free_again_after_a_cycle():
    relations = extended(NO_RELATIONS, ordered([event("s", "p", InteractionType.ACCEPTED, days_ago=0)]))

    last_day = TODAY + dt.timedelta(days=CYCLE_DAYS)
    assert relations.places_taken("north:p", last_day) == 1
    assert relations.places_taken("north:p", last_day + dt.timedelta(days=1)) == 0


def test_many_small_additions_are_merged_into_few_layers():
    relations = NO_RELATIONS
    for n in range(200):
        relations = extended(relations, ordered([event(f"s{n}", f"p{n}", InteractionType.ACCEPTED)]))

    assert len(relations.layers) <= 9
    assert all(relations.between(f"north:s{n}", f"north:p{n}") is Relation.CONNECTED for n in range(200))


def test_nothing_new_leaves_the_very_same_relations():
    relations = extended(NO_RELATIONS, ordered([event("s", "p")]))

    assert extended(relations, ordered([])) is relations
