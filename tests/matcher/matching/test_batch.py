"""Many at once against each alone: the same to the last bit, in worlds small and large."""

import random
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from matcher.interactions import Interaction, InteractionType
from matcher.matching.answering import match_lists
from matcher.matching.answers import Filters
from matcher.matching.batch import rank_all
from matcher.matching.eligibility import Request
from matcher.matching.moment import Moment
from matcher.matching.pool import EXHAUSTIVE
from matcher.matching.ranking import Question, Ranking, question, rank
from matcher.matching.snapshot import Snapshot, Sources, refreshed, take_snapshot
from matcher.model.parameters import untrained
from matcher.profiles import Profile, Role, Status
from tests.matcher.matching.city import city
from tests.matcher.matching.large import large_world
from tests.matcher.matching.serving import NO_FILTERS
from tests.matcher.worlds import (
    ORGANISATION,
    TODAY,
    WordEncoder,
    checkerboard,
    event,
    snapshot_of,
    startup,
    trained_on,
)

ASKING = 40
"""So many ask: enough for the index to multiply them as matrices."""

World = tuple[list[Profile], list[Interaction]]


def mixed_up(world: World) -> World:
    """The same people, among them some who are full, absent, of another house, at odds or through already."""
    draw = random.Random(1)
    people, events = world
    startups = [person for person in people if person.role is Role.STARTUP]
    partners = [person for person in people if person.role is not Role.STARTUP]
    answers = (InteractionType.DISMISSED, InteractionType.DECLINED, InteractionType.MET)
    happened = [
        event(one.id, draw.choice(partners).id, draw.choice(answers), days_ago=9) for one in startups[::3]
    ]
    return [_changed(person, draw, partners) for person in people], [*events, *happened]


def _changed(person: Profile, draw: random.Random, partners: Sequence[Profile]) -> Profile:
    if person.role is Role.STARTUP:
        return replace(
            person,
            exclude=(draw.choice(partners).name,) if draw.random() < 0.3 else (),
            status=Status.PAUSED if draw.random() < 0.1 else Status.ACTIVE,
        )
    return replace(
        person,
        capacity=0 if draw.random() < 0.05 else None,
        organisation="south" if draw.random() < 0.05 else person.organisation,
        shared=draw.random() < 0.5,
        conflicts=(f"s{draw.randrange(40)}",) if draw.random() < 0.1 else (),
    )


def twins() -> World:
    """Everybody twice, so that ties stand at every border."""
    people, _ = large_world()
    return [*people, *(replace(person, id=f"{person.id}b") for person in people)], []


def crowd() -> World:
    """So many startups that partners who ask are answered from the index too."""
    people, events = large_world(startups=EXHAUSTIVE + 100)
    return people[: EXHAUSTIVE + 150], events[:500]


WORLDS = {
    "checkerboard": checkerboard,
    "city": lambda: mixed_up((city().people, city().events)),
    "large": lambda: mixed_up(large_world()),
    "twins": twins,
    "crowd": crowd,
}


@pytest.fixture(scope="module", params=[*((name, False) for name in WORLDS), ("city", True), ("large", True)])
def snapshot(request: pytest.FixtureRequest) -> Snapshot:
    name, taught = request.param
    people, events = WORLDS[name]()
    return snapshot_of(people, events, trained_on(people, events) if taught else untrained())


def everybody(snapshot: Snapshot, asking: Role, role: Role, filters: Filters = NO_FILTERS) -> list[Question]:
    profiles = [profile for pool in snapshot.pools[asking] for profile in pool.profiles][-ASKING:]
    return [
        question(snapshot, Request(profile.organisation, profile, 1.0 - (n % 9 == 0), filters), role)
        for n, profile in enumerate(profiles)
    ]


def plain(rankings: Sequence[Ranking]) -> list[object]:
    """Everything that a ranking says, to the last bit."""
    return [
        (
            [(one.key, one.role, one.row, one.score, one.signals.tobytes()) for one in ranking.best],
            ranking.pool,
            ranking.removed,
        )
        for ranking in rankings
    ]


def assert_same(asked: Sequence[Question], k: int = 10) -> None:
    many, alone = rank_all(asked, k), [rank(one, k) for one in asked]
    assert plain(many) == plain(alone)
    role = asked[0].role
    assert match_lists(asked, many, role) == [
        answer
        for one, found in zip(asked, alone, strict=True)
        for answer in match_lists([one], [found], role)
    ]


def test_every_startup_s_list_is_the_one_it_gets_alone(snapshot: Snapshot):
    assert_same(everybody(snapshot, Role.STARTUP, Role.INVESTOR))


def test_every_partner_s_list_is_the_one_it_gets_alone(snapshot: Snapshot):
    assert_same(everybody(snapshot, Role.INVESTOR, Role.INVESTOR))


@pytest.mark.parametrize("k", [1, 1000])
def test_so_it_is_with_short_lists_and_with_long_ones(snapshot: Snapshot, k: int):
    asked = everybody(snapshot, Role.STARTUP, Role.INVESTOR)[:25]

    assert plain(rank_all(asked, k)) == plain([rank(one, k) for one in asked])


def test_so_it_is_with_must_haves(snapshot: Snapshot):
    assert_same(everybody(snapshot, Role.STARTUP, Role.INVESTOR, Filters(offers=("法律",))))


def test_questions_of_several_kinds_come_back_in_their_order(snapshot: Snapshot):
    asked = [
        *everybody(snapshot, Role.STARTUP, Role.INVESTOR)[-5:],
        *everybody(snapshot, Role.INVESTOR, Role.INVESTOR)[-5:],
        *everybody(snapshot, Role.STARTUP, Role.MENTOR)[-5:],
        *everybody(snapshot, Role.STARTUP, Role.INVESTOR, Filters(offers=("法律",)))[-5:],
    ]
    mixed = [asked[place] for place in random.Random(0).sample(range(20), 20)]

    assert plain(rank_all(mixed, 10)) == plain([rank(one, 10) for one in mixed])


@pytest.mark.parametrize("spread", [False, True])
@pytest.mark.parametrize("role", [Role.INVESTOR, None])
def test_a_service_asked_for_many_lists_gives_each_as_if_asked_for_it_alone(
    snapshot: Snapshot, role: Role | None, spread: bool
):
    asked = everybody(snapshot, Role.STARTUP, Role.INVESTOR)[-25:]
    ids = [one.request.query.id for one in asked if one.request.organisation == ORGANISATION]
    moment = Moment(snapshot)

    many = moment.match(ORGANISATION, ids, role=role, k=7, spread=spread)

    assert many == [moment.match(ORGANISATION, [id_], role=role, k=7, spread=spread)[0] for id_ in ids]


def test_nobody_asks_and_nobody_is_answered():
    assert rank_all([], 10) == []
    assert match_lists([], [], Role.MENTOR) == []


def test_those_who_came_a_moment_ago_are_found_in_a_batch_as_alone(new_store):
    people, _ = large_world()
    store = new_store()
    for organisation in (ORGANISATION, "south"):
        store.add_organisation(organisation)
    store.put_profiles(people)
    sources = Sources(store, WordEncoder())
    before = take_snapshot(sources, untrained(), TODAY)
    store.put_profiles([replace(person, id=f"{person.id}new") for person in people[:30] + people[-30:]])
    now = refreshed(before, sources, TODAY)

    assert [len(pools) for pools in now.pools.values()].count(2) == 2
    assert_same(everybody(now, Role.STARTUP, Role.INVESTOR))


def test_a_startup_alone_in_the_world_gets_an_empty_list():
    snapshot = snapshot_of([startup("s")])
    asked = everybody(snapshot, Role.STARTUP, Role.MENTOR)

    assert [ranking.best for ranking in rank_all(asked * 30, 10)] == [[]] * 30
    assert_same(asked * 30)


def test_scores_are_python_numbers_that_json_knows(snapshot: Snapshot):
    for ranking in rank_all(everybody(snapshot, Role.STARTUP, Role.INVESTOR)[:3], 2):
        assert all(type(one.score) is float and type(one.row) is int for one in ranking.best)
        assert all(one.signals.dtype == np.float32 for one in ranking.best)
