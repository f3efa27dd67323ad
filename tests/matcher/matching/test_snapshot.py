"""What a snapshot holds after changes is what a new one would hold."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import FrozenInstanceError, dataclass, field, replace

import numpy as np
import numpy.typing as npt
import pytest

from matcher.errors import NotFound, NotReady, UnusableModel
from matcher.interactions import InteractionType
from matcher.matching.snapshot import Snapshot, Sources, absorbed, refreshed, take_snapshot
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

FIRST_REVISION = 1


@dataclass
class NotingEncoder(WordEncoder):
    """Keeps a list of what it encodes."""

    seen: list[str] = field(default_factory=list)

    def encode(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        self.seen += texts
        return super().encode(texts)


@pytest.fixture
def sources(new_store) -> Sources:
    store = new_store()
    store.add_organisation("north")
    store.put_profiles([startup("s", industries=("alpha",)), mentor("m"), mentor("n")])
    assert store.revision() == FIRST_REVISION
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


def snapshot_before(sources: Sources) -> Snapshot:
    """The store as it is before a test changes it: a startup s, and the mentors m and n."""
    people = [startup("s", industries=("alpha",)), mentor("m"), mentor("n")]
    return replace(snapshot_of(people), revision=FIRST_REVISION)


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


def test_changes_go_into_one_fresh_pool(sources: Sources):
    snapshot = take_snapshot(sources, untrained(), TODAY)

    sizes = []
    for id_ in ("x0", "x1", "x0"):
        store_of(sources).put_profiles([mentor(id_, tags=(f"tag {len(sizes)}",))])
        snapshot = refreshed(snapshot, sources, TODAY)
        sizes.append([len(pool) for pool in snapshot.pools[Role.MENTOR]])

    assert sizes == [[2, 1], [2, 2], [2, 2]]
    assert snapshot.fresh == 2


def test_only_what_changed_is_encoded(sources: Sources):
    encoder = NotingEncoder()
    sources = replace(sources, encoder=encoder)
    snapshot = take_snapshot(sources, untrained(), TODAY)

    for text in ("laser", "optics"):
        store_of(sources).put_profiles([mentor(text, description=text)])
        snapshot = refreshed(snapshot, sources, TODAY)

    assert encoder.seen == ["laser", "optics"]


# many at once


def test_of_very_many_changes_all_but_the_profiles_count_at_once(sources: Sources):
    snapshot, store = take_snapshot(sources, untrained(), TODAY), store_of(sources)

    store.put_profiles([mentor("m", name="Changed"), *(mentor(f"x{n}") for n in range(3))])
    store.delete_profile("north", "n")
    store.add_interactions([event("s", "m", InteractionType.DECLINED)])
    snapshot = refreshed(snapshot, sources, TODAY, at_once=3)

    assert set(snapshot.waiting) == {"north:m", "north:x0", "north:x1", "north:x2"}
    assert present(snapshot).keys() == {"north:s", "north:m"}
    assert present(snapshot)["north:m"].name == "Name of m"
    assert snapshot.context.relations.is_active("north:m")
    assert refreshed(snapshot, sources, TODAY, at_once=3) is snapshot
    with pytest.raises(NotReady, match="x0"):
        snapshot.find("north:x0", "x0")


def test_those_who_wait_are_built_in_bit_by_bit(sources: Sources):
    store_of(sources).put_profiles([mentor("m", name="Changed"), *(mentor(f"x{n}") for n in range(4))])
    snapshot = refreshed(snapshot_before(sources), sources, TODAY, at_once=0)

    numbers = []
    while snapshot.waiting:
        snapshot = absorbed(snapshot, sources, 2)
        numbers.append(len(snapshot.waiting))

    assert numbers == [3, 1, 0]
    assert present(snapshot) == present(take_snapshot(sources, untrained(), TODAY))


def test_one_that_is_asked_for_need_not_wait(sources: Sources):
    snapshot = snapshot_before(sources)
    store_of(sources).put_profiles([mentor(f"x{n}") for n in range(4)])

    snapshot = refreshed(snapshot, sources, TODAY, at_once=3, wanted=["north:x2", "north:nobody"])
    assert present(snapshot).keys() - {"north:s", "north:m", "north:n"} == {"north:x2"}
    snapshot = refreshed(snapshot, sources, TODAY, at_once=3, wanted=["north:x3"])

    assert set(snapshot.waiting) == {"north:x0", "north:x1"}


def test_what_happens_to_one_who_waits_counts_at_once(sources: Sources):
    snapshot, store = snapshot_before(sources), store_of(sources)
    store.put_profiles([mentor(f"x{n}") for n in range(4)])
    snapshot = refreshed(snapshot, sources, TODAY, at_once=3)

    store.delete_profile("north", "x0")
    store.put_profiles([mentor("x1", name="Changed again")])
    snapshot = refreshed(snapshot, sources, TODAY, at_once=3)

    assert set(snapshot.waiting) == {"north:x2", "north:x3"}
    assert present(snapshot)["north:x1"].name == "Changed again"
    assert "north:x0" not in present(snapshot)


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
    with pytest.raises(FrozenInstanceError):
        snapshot_of([]).revision = 7


def test_a_model_of_another_encoder_is_refused_by_name(sources: Sources):
    model = replace(untrained(), encoder="elsewhere-1")

    with pytest.raises(UnusableModel, match="elsewhere-1"):
        take_snapshot(sources, model, TODAY)
