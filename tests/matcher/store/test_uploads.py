"""Files that wait to be imported."""

import datetime as dt

import pytest

from matcher.errors import InvalidInput, NotFound
from matcher.store import Store
from matcher.uploads import KEPT_FOR, MOST_WAITING, TAKEN_FOR, Overtaken, UploadState
from tests.matcher.store.samples import NOW

FILES = [("a.csv", b"id,name\n"), ("b.xlsx", bytes(range(256)))]


def add(store: Store, organisation: str = "north") -> str:
    return store.uploads.add(organisation, FILES, who="staff", plan={}, look={"sights": []})


def test_files_come_back_as_they_were(store: Store) -> None:
    id_ = add(store)
    assert store.uploads.files("north", id_) == FILES
    found = store.uploads.get("north", id_)
    assert (found.names, found.version, found.state) == (("a.csv", "b.xlsx"), 1, UploadState.WAITING)


def test_another_organisation_finds_nothing(store: Store) -> None:
    id_ = add(store)
    for ask in (store.uploads.get, store.uploads.files, store.uploads.discard, store.uploads.finish):
        with pytest.raises(NotFound):
            ask("south", id_)
    with pytest.raises(NotFound):
        store.uploads.plan("south", id_, 1, {}, {})
    with pytest.raises(NotFound):
        store.uploads.take("south", id_, 1)


def test_who_saw_an_older_version_changes_nothing(store: Store) -> None:
    id_ = add(store)
    store.uploads.plan("north", id_, 1, {"kinds": {}}, {})
    with pytest.raises(Overtaken):
        store.uploads.plan("north", id_, 1, {"kinds": {"a": "ledger"}}, {})
    with pytest.raises(Overtaken):
        store.uploads.take("north", id_, 1)
    assert store.uploads.get("north", id_).plan == {"kinds": {}}


def test_one_imports_and_nobody_else_at_once(store: Store) -> None:
    id_ = add(store)
    assert store.uploads.take("north", id_, 1).state is UploadState.WAITING
    with pytest.raises(Overtaken):
        store.uploads.take("north", id_, 1)
    store.uploads.give_back("north", id_)
    store.uploads.take("north", id_, 1)
    store.uploads.finish("north", id_)
    assert store.uploads.take("north", id_, 1).state is UploadState.DONE
    assert store.uploads.files("north", id_) == []


def test_who_died_while_importing_is_followed_by_another(url: str) -> None:
    now = [NOW]
    store = Store(url, clock=lambda: now[0])
    store.add_organisation("north")
    id_ = add(store)
    store.uploads.take("north", id_, 1)
    now[0] += TAKEN_FOR + dt.timedelta(seconds=1)
    store.uploads.take("north", id_, 1)
    store.close()


def test_what_waits_too_long_or_is_too_much_is_deleted(url: str) -> None:
    now = [NOW]
    store = Store(url, clock=lambda: now[0])
    store.add_organisation("north")
    store.add_organisation("south")
    first = add(store, "south")
    for _ in range(MOST_WAITING + 3):
        now[0] += dt.timedelta(seconds=1)
        add(store)
    assert len(store.uploads.waiting("north")) == MOST_WAITING
    now[0] += KEPT_FOR + dt.timedelta(seconds=1)
    last = add(store)
    assert [upload.id for upload in store.uploads.waiting("north")] == [last]
    with pytest.raises(NotFound):
        store.uploads.get("south", first)
    store.close()


def test_what_headers_mean_is_remembered_for_the_organisation(store: Store) -> None:
    store.uploads.remember("north", {"startups": {"甲": "name", "乙": ""}, "ledger": {"甲": "month"}})
    store.uploads.remember("north", {"startups": {"甲": "tags"}})
    assert store.uploads.meanings("north") == {
        "startups": {"甲": "tags", "乙": ""},
        "ledger": {"甲": "month"},
    }
    assert store.uploads.meanings("south") == {}


def test_a_name_that_no_database_keeps_is_refused(store: Store) -> None:
    with pytest.raises(InvalidInput):
        store.uploads.add("north", [("a\0.csv", b"x")], who="staff", plan={}, look={})
