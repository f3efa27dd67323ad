"""What a snapshot holds after changes is what a new one would hold."""

import dataclasses
import datetime as dt

import pytest

from matcher.errors import NotFound, UnusableModel
from matcher.interactions import InteractionType
from matcher.matching import snapshot as module
from matcher.matching.snapshot import Snapshot, Sources, refreshed, take_snapshot
from matcher.model.parameters import Model, untrained
from matcher.profiles import Profile, Role
from matcher.store import Store
from tests.matcher.worlds import (
    TODAY,
    WordEncoder,
    checkerboard,
    event,
    investor,
    mentor,
    snapshot_of,
    startup,
)


@pytest.fixture
def sources(new_store) -> Sources:
    store = new_store()
    store.add_organisation("north")
    store.put_profiles([startup("s", industries=("alpha",)), mentor("m"), mentor("n")])
    return Sources(store, WordEncoder())


def store_of(sources: Sources) -> Store:
    assert isinstance(sources.store, Store)
    return sources.store


def present(snapshot: Snapshot) -> dict[str, Profile]:
    """Everybody who counts, by key; nobody may count twice."""
    found = [
        profile
        for pools in snapshot.pools.values()
        for pool in pools
        for profile, here in zip(pool.profiles, pool.present, strict=True)
        if here
    ]
    assert len({profile.key for profile in found}) == len(found)
    return {profile.key: profile for profile in found}


def room(snapshot: Snapshot, key: str) -> float:
    pool, row = snapshot.find(key, key)
    return float(pool.room[row])


def test_nothing_changed_gives_the_very_same_snapshot(sources: Sources):
    snapshot = take_snapshot(sources, untrained(), TODAY)

    assert refreshed(snapshot, sources, TODAY) is snapshot


def test_after_changes_it_holds_what_a_new_one_holds(sources: Sources):
    snapshot, store = take_snapshot(sources, untrained(), TODAY), store_of(sources)
    steps = [
        lambda: store.put_profiles([mentor("o", tags=("new",)), mentor("m", name="Changed", capacity=2)]),
        lambda: store.delete_profile("north", "n"),
        lambda: store.put_profiles([mentor("o", tags=("newer",)), investor("i")]),
        lambda: store.add_interactions([event("s", "m", InteractionType.ACCEPTED)]),
        lambda: store.delete_profile("north", "o"),
        lambda: store.put_profiles([mentor("n")]),
    ]

    for step in steps:
        step()
        snapshot = refreshed(snapshot, sources, TODAY)
        new = take_snapshot(sources, untrained(), TODAY)
        assert present(snapshot) == present(new)
        assert snapshot.revision == new.revision
        for key in present(new):
            assert snapshot.context.relations.of(key) == new.context.relations.of(key)
            assert room(snapshot, key) == room(new, key)


def test_a_snapshot_that_is_being_answered_from_does_not_change(sources: Sources):
    old = take_snapshot(sources, untrained(), TODAY)
    before, terms = present(old), list(old.attributes.terms)

    store_of(sources).put_profiles([mentor("o", tags=("new",)), mentor("m", name="Changed")])
    store_of(sources).delete_profile("north", "n")
    store_of(sources).add_interactions([event("s", "m", InteractionType.DECLINED)])
    refreshed(old, sources, TODAY)

    assert present(old) == before
    assert list(old.attributes.terms) == terms
    assert not old.context.relations.is_active("north:s")


def test_changes_go_into_a_fresh_pool_until_there_are_many(sources: Sources, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(module, "FRESH", 3)
    snapshot = take_snapshot(sources, untrained(), TODAY)

    sizes = []
    for n in range(5):
        store_of(sources).put_profiles([mentor(f"x{n}")])
        snapshot = refreshed(snapshot, sources, TODAY)
        sizes.append([len(pool) for pool in snapshot.pools[Role.MENTOR]])

    assert sizes == [[2, 1], [2, 2], [2, 3], [6], [6, 1]]


def test_only_new_texts_are_encoded_again(sources: Sources):
    store_of(sources).put_profiles([mentor("t", description="laser")])
    counted: list[int] = []

    take_snapshot(sources, untrained(), TODAY, counted.append)
    take_snapshot(sources, untrained(), TODAY, counted.append)

    assert sum(counted) == 1


def test_room_follows_the_calendar(sources: Sources):
    store_of(sources).put_profiles([mentor("m", capacity=1)])
    store_of(sources).add_interactions([event("s", "m", InteractionType.ACCEPTED, days_ago=0)])
    snapshot = take_snapshot(sources, untrained(), TODAY)

    later = refreshed(snapshot, sources, TODAY + dt.timedelta(days=400))

    pools = (snapshot.pools[Role.MENTOR][0], later.pools[Role.MENTOR][0])
    assert [pool.room[pool.keys.row("north:m")] for pool in pools] == [0, 1]


def test_a_profile_is_found_for_its_own_organisation_and_where_it_is_shared():
    people = [mentor("kept"), mentor("lent", shared=True), startup("s", shared=True)]
    snapshot = snapshot_of(people)

    assert snapshot.profile("north:kept", "north").id == "kept"
    assert snapshot.profile("north:lent", "south").id == "lent"
    for key in ("north:kept", "north:s", "north:none"):
        with pytest.raises(NotFound, match=key):
            snapshot.profile(key, "south")


def test_an_empty_store_gives_an_empty_snapshot():
    snapshot = snapshot_of([])

    assert present(snapshot) == {}
    with pytest.raises(NotFound):
        snapshot.find("north:s", "s")


def test_the_model_s_attributes_keep_their_columns(taught: Model):
    snapshot = snapshot_of([mentor("m", tags=("zeta",)), *checkerboard()[0]], model=taught)

    assert tuple(snapshot.attributes.terms[: len(taught.attributes)]) == taught.attributes
    assert "tag:zeta" in snapshot.attributes


def test_a_snapshot_is_frozen():
    with pytest.raises(dataclasses.FrozenInstanceError):
        snapshot_of([]).revision = 7


def test_a_model_of_another_encoder_is_refused_by_name(sources: Sources):
    model = dataclasses.replace(untrained(), encoder="elsewhere-1")

    with pytest.raises(UnusableModel, match="elsewhere-1"):
        take_snapshot(sources, model, TODAY)
