"""Cohorts: an organisation's own, startups each once and in order, nothing half done."""

import pytest

from matcher.errors import Conflict, InvalidInput, NotFound
from matcher.store import Store
from tests.matcher.store.samples import NOW, mentor, startup


@pytest.fixture
def north(store: Store) -> Store:
    """The store with three startups and a mentor of north, and one startup of south."""
    store.put_profiles([startup("s1"), startup("s2"), startup("s3"), mentor("m1")])
    store.put_profiles([startup("s9", organisation="south")])
    return store


def test_a_cohort_holds_its_startups_in_the_order_in_which_they_came(north: Store) -> None:
    made = north.cohorts.create("north", "2024 春季营", ["s2", "s1", "s2"], id="spring")
    assert (made.id, made.name, made.startups, made.created_at) == (
        "spring",
        "2024 春季营",
        ("s2", "s1"),
        NOW,
    )
    assert north.cohorts.add("north", "spring", ["s3", "s1"]).startups == ("s2", "s1", "s3")
    assert north.cohorts.remove("north", "spring", ["s2"]).startups == ("s1", "s3")
    assert north.cohorts.get("north", "spring").startups == ("s1", "s3")


def test_a_cohort_without_an_id_gets_one(north: Store) -> None:
    first, second = (north.cohorts.create("north", "batch") for _ in range(2))
    assert first.id != second.id
    assert {cohort.id for cohort in north.cohorts.all("north")} == {first.id, second.id}


def test_a_cohort_is_its_organisations_own(north: Store) -> None:
    north.cohorts.create("north", "Spring", ["s1"], id="spring")
    north.cohorts.create("south", "Frühling", ["s9"], id="spring")
    assert north.cohorts.get("south", "spring").startups == ("s9",)
    assert [cohort.name for cohort in north.cohorts.all("north")] == ["Spring"]
    with pytest.raises(NotFound, match="autumn"):
        north.cohorts.get("south", "autumn")


def test_an_id_is_given_once(north: Store) -> None:
    north.cohorts.create("north", "Spring", id="spring")
    with pytest.raises(Conflict, match="spring"):
        north.cohorts.create("north", "Spring again", id="spring")


@pytest.mark.parametrize("stranger", ["s9", "south:s9", "m1", "nobody"])
def test_who_is_no_startup_of_the_organisation_is_not_found_and_nothing_is_kept(
    north: Store, stranger: str
) -> None:
    with pytest.raises(NotFound, match=stranger):
        north.cohorts.create("north", "Spring", ["s1", stranger], id="spring")
    assert north.cohorts.all("north") == []
    north.cohorts.create("north", "Spring", ["s1"], id="spring")
    with pytest.raises(NotFound, match=stranger):
        north.cohorts.add("north", "spring", ["s2", stranger])
    assert north.cohorts.get("north", "spring").startups == ("s1",)


def test_who_is_not_in_a_cohort_cannot_leave_it(north: Store) -> None:
    north.cohorts.create("north", "Spring", ["s1", "s2"], id="spring")
    with pytest.raises(NotFound, match="s3"):
        north.cohorts.remove("north", "spring", ["s1", "s3"])
    assert north.cohorts.get("north", "spring").startups == ("s1", "s2")


def test_a_startup_that_was_deleted_is_no_longer_in_its_cohorts(north: Store) -> None:
    north.cohorts.create("north", "Spring", ["s1", "s2"], id="spring")
    north.delete_profile("north", "s1")
    assert north.cohorts.get("north", "spring").startups == ("s2",)


@pytest.mark.parametrize(
    ("name", "id_"),
    [("", "a"), ("  ", "a"), ("x" * 301, "a"), ("\0", "a"), ("A", "a:b"), ("A", "."), ("A", "..")],
)
def test_a_name_or_id_that_none_may_have_is_refused(north: Store, name: str, id_: str) -> None:
    with pytest.raises(InvalidInput):
        north.cohorts.create("north", name, id=id_)
