"""Two that become one, and two again, are so in every running process as in one that starts anew."""

from matcher.amendments import Amendment
from matcher.interactions import InteractionType
from matcher.matching.moment import Moment
from matcher.matching.snapshot import Snapshot, Sources, refreshed, take_snapshot
from matcher.model.parameters import untrained
from matcher.profiles import Role
from matcher.store import Store
from matcher.store.merges import Merge
from tests.matcher.worlds import TODAY, WordEncoder, event, mentor, startup

ACCEPTED, DISMISSED = InteractionType.ACCEPTED, InteractionType.DISMISSED


def merge(store: Store, gone: str, stays: str) -> Amendment:
    wanted = Merge(gone=gone, stays=stays, choose=lambda one, _: one)
    return store.amendments.merge("north", wanted, who="staff")


def told(snapshot: Snapshot) -> dict[str, object]:
    """What it knows of everybody who counts: how called, places left, whatever happened."""
    relations = snapshot.context.relations
    return {
        pool.keys.terms[row]: (
            pool.profiles[row].also,
            pool.room[row],
            relations.of(key),
            relations.is_active(key),
        )
        for pools in snapshot.pools.values()
        for pool in pools
        for row, key in enumerate(pool.keys.terms)
        if pool.present[row]
    }


def test_merging_and_parting_reach_a_running_process_as_they_would_a_new_one(new_store) -> None:
    store = new_store()
    store.add_organisation("north")
    store.put_profiles([startup("s1"), startup("s2"), startup("s3", exclude=("m2",))])
    store.put_profiles([mentor("m1", capacity=3), mentor("m2", capacity=3), mentor("m3")])
    store.add_interactions(
        [event("s1", "m1", ACCEPTED), event("s2", "m2", ACCEPTED), event("s1", "m2", ACCEPTED)]
    )
    store.add_interactions([event("s2", "m3", DISMISSED)])
    sources = Sources(store, WordEncoder())
    snapshot = take_snapshot(sources, untrained(), TODAY)
    changes: list[Amendment] = []
    steps = [
        lambda: changes.append(merge(store, "m2", "m1")),
        lambda: store.add_interactions([event("s3", "m2", ACCEPTED)]),
        lambda: changes.append(merge(store, "s1", "s2")),
        lambda: store.amendments.undo("north", changes[0].id, "staff"),
        lambda: changes.append(merge(store, "m1", "m2")),
        lambda: [store.amendments.undo("north", change.id, "staff") for change in changes],
    ]
    for step in steps:
        step()
        snapshot = refreshed(snapshot, sources, TODAY)
        assert told(snapshot) == told(take_snapshot(sources, untrained(), TODAY))


def test_whoever_excluded_one_of_two_is_not_matched_with_the_one_they_became(new_store) -> None:
    store = new_store()
    store.add_organisation("north")
    store.put_profiles(
        [startup("s", exclude=("m2",)), startup("t"), mentor("m1", name="One"), mentor("m2", name="Two")]
    )
    store.put_profiles([mentor("m3", conflicts=("t",)), startup("u", name="Named", exclude=("Two",))])
    sources = Sources(store, WordEncoder())
    merge(store, "m2", "m1")
    merge(store, "t", "s")
    snapshot = take_snapshot(sources, untrained(), TODAY)
    found = {
        id_: [match.pair.partner_id for match in one.matches]
        for id_ in ("s", "u", "t")
        for one in Moment(snapshot).match("north", [id_], role=Role.MENTOR)
    }
    assert found == {"s": [], "t": [], "u": ["m3"]}
