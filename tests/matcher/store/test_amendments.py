"""Changes that can be taken back."""

import datetime as dt
from dataclasses import replace

import pytest

from matcher.amendments import KEPT_FOR, Amendment, AmendmentKind
from matcher.errors import Conflict, InvalidInput, NotFound
from matcher.ledger import LedgerEntry
from matcher.profiles import Profile
from matcher.store import Store
from tests.matcher.store.samples import NOW, mentor, startup

EDITED = AmendmentKind.EDITED


def amend(store: Store, *after: Profile, kind: AmendmentKind = EDITED) -> Amendment:
    makes = {profile.id: (lambda _, made=profile: made) for profile in after}
    return store.amendments.amend("north", makes, kind, who="staff")


def delete(store: Store, id_: str) -> Amendment:
    return store.amendments.amend("north", {id_: lambda _: None}, AmendmentKind.DELETED, who="staff")


def undo(store: Store, change: Amendment) -> Amendment:
    return store.amendments.undo("north", change.id, "other")


def test_an_edit_is_taken_back(store: Store) -> None:
    before = startup("s1", "Before", tags=("a", "b"), raising_amount=5)
    store.put_profiles([before])
    change = amend(store, replace(before, name="After", tags=()))
    assert store.profile("north", "s1").name == "After"
    assert change.can_be_undone
    done = undo(store, change)
    assert done.undone.restored == 1
    assert store.profile("north", "s1") == replace(before, raising_amount=5.0)
    assert not done.can_be_undone


def test_what_a_change_made_new_is_removed_again(store: Store) -> None:
    change = amend(store, startup("new", "New"))
    assert undo(store, change).undone.removed == 1
    with pytest.raises(NotFound):
        store.profile("north", "new")


def test_what_was_deleted_comes_back(store: Store) -> None:
    before = mentor("m1", "Mentor", capacity=3)
    store.put_profiles([before])
    change = delete(store, "m1")
    with pytest.raises(NotFound):
        store.profile("north", "m1")
    undo(store, change)
    assert store.profile("north", "m1") == before


def test_what_somebody_has_changed_since_stays(store: Store) -> None:
    store.put_profiles([startup("s1", "One"), startup("s2", "Two")])
    change = amend(store, startup("s1", "Eins"), startup("s2", "Zwei"))
    store.put_profiles([startup("s2", "Deux")])
    done = undo(store, change).undone
    assert (done.restored, done.left) == (1, ("Deux",))
    assert store.profile("north", "s1").name == "One"
    assert store.profile("north", "s2").name == "Deux"


def test_taking_back_twice_is_taking_back_once(store: Store) -> None:
    store.put_profiles([startup("s1", "One")])
    change = amend(store, startup("s1", "Eins"))
    first = undo(store, change)
    store.put_profiles([startup("s1", "Eins")])
    assert undo(store, change) == first
    assert store.profile("north", "s1").name == "Eins"


def test_a_change_that_fails_leaves_everything_as_it_was(store: Store) -> None:
    store.put_profiles([startup("s1", "One"), startup("s2", "Two")])

    def refuse(_: Profile | None) -> Profile:
        raise InvalidInput("name", "", "must not be")

    makes = {"s1": lambda _: startup("s1", "Eins"), "s2": refuse}
    with pytest.raises(InvalidInput):
        store.amendments.amend("north", makes, EDITED, who="staff")
    assert store.profile("north", "s1").name == "One"
    assert store.amendments.latest("north") == []


def test_a_change_that_changes_nothing_cannot_be_taken_back(store: Store) -> None:
    store.put_profiles([startup("s1", "One")])
    revision = store.revision()
    change = amend(store, startup("s1", "One"))
    assert not change.can_be_undone
    assert store.revision() == revision
    with pytest.raises(Conflict):
        undo(store, change)


def test_changes_of_another_organisation_are_not_found(store: Store) -> None:
    change = amend(store, startup("s1", "One"))
    with pytest.raises(NotFound):
        store.amendments.get("south", change.id)
    with pytest.raises(NotFound):
        store.amendments.undo("south", change.id, "staff")
    assert store.amendments.latest("south") == []


def test_after_a_week_what_was_before_is_forgotten(url: str) -> None:
    now = [NOW]
    store = Store(url, clock=lambda: now[0])
    store.add_organisation("north")
    store.put_profiles([startup("s1", "One")])
    old = amend(store, startup("s1", "Eins"))
    now[0] = NOW + KEPT_FOR + dt.timedelta(seconds=1)
    amend(store, startup("s2", "Two"))
    assert not store.amendments.get("north", old.id).can_be_undone
    with pytest.raises(Conflict):
        undo(store, old)
    store.close()


def month(cash: float) -> LedgerEntry:
    return LedgerEntry(organisation="north", startup_id="s1", month=dt.date(2026, 1, 1), cash=cash)


def test_months_of_ledgers_are_taken_back_too(store: Store) -> None:
    store.put_profiles([startup("s1", "One")])
    store.put_ledger([month(1.0)])
    id_ = store.begin_import("north", "staff")
    february = replace(month(5.0), month=dt.date(2026, 2, 1))
    store.put_ledger([month(2.0), february], amendment=id_)
    store.put_ledger([month(3.0)], amendment=id_)
    done = store.amendments.undo("north", id_, "staff").undone
    assert (done.months, done.months_left) == (2, 0)
    assert [entry.cash for entry in store.ledger("north", "s1")] == [1.0]


def test_months_that_were_changed_since_stay(store: Store) -> None:
    store.put_profiles([startup("s1", "One")])
    id_ = store.begin_import("north", "staff")
    store.put_ledger([month(2.0)], amendment=id_)
    store.put_ledger([month(9.0)])
    done = store.amendments.undo("north", id_, "staff").undone
    assert (done.months, done.months_left) == (0, 1)
    assert [entry.cash for entry in store.ledger("north", "s1")] == [9.0]


def test_of_a_profile_that_an_import_changes_twice_the_first_state_comes_back(store: Store) -> None:
    store.put_profiles([startup("s1", "One")])
    id_ = store.begin_import("north", "staff")
    store.put_profiles([startup("s1", "Two")], amendment=id_)
    store.put_profiles([startup("s1", "Three")], amendment=id_)
    store.amendments.undo("north", id_, "staff")
    assert store.profile("north", "s1").name == "One"


def test_who_had_left_matching_has_left_it_still(store: Store) -> None:
    store.put_profiles([mentor("m1", "Mentor")])
    store.opt_out("north", "m1", out=True)
    undo(store, delete(store, "m1"))
    assert store.profile("north", "m1").opted_out_at == NOW


def test_nothing_that_a_deleted_profile_said_before_is_kept(store: Store) -> None:
    store.put_profiles([startup("s1", "One")])
    change = amend(store, startup("s1", "Eins"))
    store.delete_profile("north", "s1")
    assert store.amendments.get("north", change.id).profiles == 0
