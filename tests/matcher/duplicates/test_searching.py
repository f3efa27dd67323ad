"""Searching what is stored, and remembering what people said."""

import pytest

from matcher.duplicates.searching import search
from matcher.errors import NotFound
from matcher.profiles import Role
from matcher.store import Store
from matcher.store.merges import Merge
from tests.matcher.store.samples import mentor, startup


@pytest.fixture
def north(new_store) -> Store:
    store = new_store()
    for organisation in ("north", "south"):
        store.add_organisation(organisation)
    store.put_profiles([startup("s1", "星河科技有限公司"), startup("s2", "星河科技"), startup("s3", "青松")])
    store.put_profiles(
        [mentor("m1", "林木"), mentor("m2", "林木"), mentor("m9", "林木", organisation="south")]
    )
    return store


def pairs(store: Store, *, apart: bool = False) -> list[tuple[str, str]]:
    return [(each.id, each.other_id) for each in store.duplicates.all("north", apart=apart)]


def test_what_is_found_is_kept_until_somebody_looked_at_it(north: Store) -> None:
    assert north.duplicates.searched("north") is None
    assert search(north, "north") == 2
    assert pairs(north) == [("m1", "m2"), ("s1", "s2")]
    assert north.duplicates.count("north") == {Role.MENTOR: 1, Role.STARTUP: 1}
    assert north.duplicates.searched("north").revision == north.revision()
    assert north.duplicates.all("south") == []


def test_two_that_are_not_the_same_are_not_told_again_until_that_is_taken_back(north: Store) -> None:
    search(north, "north")
    north.duplicates.set_apart("north", "m2", "m1", "staff")
    search(north, "north")
    assert (pairs(north), pairs(north, apart=True)) == ([("s1", "s2")], [("m1", "m2")])
    north.duplicates.set_apart("north", "m1", "m2", "staff", apart=False)
    assert pairs(north) == [("m1", "m2"), ("s1", "s2")]
    for one, other in (("m1", "m9"), ("m1", "nobody"), ("m1", "m1")):
        with pytest.raises(NotFound):
            north.duplicates.set_apart("north", one, other, "staff")


def test_a_merged_pair_is_told_no_more_and_again_when_parted(north: Store) -> None:
    search(north, "north")
    change = north.amendments.merge("north", Merge(gone="m2", stays="m1", choose=lambda one, _: one), who="x")
    assert pairs(north) == [("s1", "s2")]
    assert search(north, "north") == 1
    north.amendments.undo("north", change.id, "x")
    search(north, "north")
    assert pairs(north) == [("m1", "m2"), ("s1", "s2")]
