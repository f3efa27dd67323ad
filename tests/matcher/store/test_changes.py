from matcher.store import Store, profiles
from matcher.store.engine import open_engine, reading
from tests.matcher.store.samples import mentor, met, startup


def test_the_first_revision_is_zero_and_nothing_has_changed(store: Store) -> None:
    assert store.revision() == 0
    changes = store.changes_since(0)
    assert (changes.revision, changes.profiles, changes.removed, len(changes.interactions)) == (0, [], [], 0)


def test_since_zero_means_everything_by_key(store: Store) -> None:
    people = [mentor("m1"), startup("s1"), startup("s1", organisation="south")]
    store.put_profiles(reversed(people))
    store.add_interactions([met("s1", "m1")])
    changes = store.changes_since(0)
    assert changes.profiles == people
    assert list(changes.interactions.startups) == ["north:s1"]
    assert changes.revision == store.revision()


def test_each_change_is_told_once(store: Store) -> None:
    store.put_profiles([mentor("m1"), startup("s1"), startup("s2")])
    store.add_interactions([met("s1", "m1")])
    before = store.revision()
    store.put_profiles([mentor("m1"), startup("s1", stage="A轮")])
    store.delete_profile("north", "s2")
    store.add_interactions([met("s1", "m1"), met("s1", "m1", stage="A轮")])
    changes = store.changes_since(before)
    assert changes.profiles == [startup("s1", stage="A轮")]
    assert changes.removed == ["north:s2"]
    assert list(changes.interactions.stages) == ["A轮"]
    after = store.changes_since(changes.revision)
    assert (after.revision, after.profiles, after.removed, len(after.interactions)) == (
        changes.revision,
        [],
        [],
        0,
    )


def test_a_revived_profile_is_changed_and_no_longer_removed(store: Store) -> None:
    store.put_profiles([startup("s1")])
    store.delete_profile("north", "s1")
    store.put_profiles([startup("s1")])
    changes = store.changes_since(0)
    assert (changes.profiles, changes.removed) == ([startup("s1")], [])


def test_each_change_raises_the_revision_by_one(store: Store) -> None:
    store.put_profiles([mentor("m1"), startup("s1")])
    store.add_interactions([met("s1", "m1")])
    store.delete_profile("north", "m1")
    assert store.revision() == 3


def test_what_matching_does_not_read_leaves_the_revision(store: Store) -> None:
    store.add_token(token_hash="h", organisation="north", role="staff")
    store.put_vectors("e", {})
    store.save_import("north", {})
    assert store.revision() == 0


def test_what_is_written_past_the_revision_read_waits_for_the_next_time(store: Store, url: str) -> None:
    store.put_profiles([startup("s1"), startup("s2"), startup("s3")])
    store.put_profiles([startup("s2", stage="A轮")])
    store.delete_profile("north", "s3")
    engine = open_engine(url)
    with reading(engine) as connection:
        assert [profile.id for profile in profiles.changed(connection, 0, 1)] == ["s1"]
        assert profiles.removed(connection, 0, 2) == []
        assert profiles.removed(connection, 2, 3) == ["north:s3"]
    engine.dispose()
