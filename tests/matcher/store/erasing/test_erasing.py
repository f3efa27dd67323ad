"""Whoever is erased is nowhere any more, and everybody else is as before."""

import pytest

from matcher.store import Store
from tests.matcher.store.erasing.foxes import FOX, OWL, settle, traces


@pytest.mark.parametrize("id_", [FOX, OWL])
def test_nothing_of_whoever_is_erased_stands_in_any_table(store: Store, url: str, id_: str) -> None:
    settle(store)
    assert {table for table, _ in traces(url, id_)} > {"profiles", "people", "remarks", "panels"}
    receipt = store.erasures.erase("north", profile_id=id_, asked_by="staff 1")
    assert traces(url, id_) == set()
    assert receipt.counts["interactions"] == 3
