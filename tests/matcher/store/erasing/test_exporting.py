"""An export has everything of whom it is about, and of others only what they may see."""

import json
from typing import Any

import pytest

from matcher.erasures import Whom
from matcher.interactions import InteractionType
from matcher.store import Store
from matcher.store.erasing.exporting import PLACES
from tests.matcher.store.erasing.foxes import FOX, OWL, WORDS, settle
from tests.matcher.store.samples import met, startup


def held(store: Store, id_: str) -> dict[str, Any]:
    settle(store)
    return dict(store.erasures.held(Whom("north", id_)).places)


def test_whoever_is_in_every_place_gets_every_place(store: Store) -> None:
    settle(store)
    both = [store.erasures.held(Whom("north", id_)).places for id_ in (FOX, OWL)]
    elsewhere = {"identities", "edits", "preferences", "duplicates", "ledger_before", "uploads", "cohorts"}
    assert {*both[0], *both[1]} >= set(PLACES) - elsewhere
    assert both[0]["ledger"][0]["note"] == WORDS[FOX][4]
    assert both[0]["contacts"][0]["email"] == WORDS[FOX][2]
    assert both[0]["cohorts"][0]["id"] == "spring"


def test_no_hash_and_no_secret_leaves(store: Store) -> None:
    told = json.dumps(held(store, FOX), ensure_ascii=False)
    for secret in (f"token {FOX}", f"hash {FOX}", f"code {FOX}"):
        assert secret not in told


def test_of_others_comes_what_the_subject_may_see(store: Store) -> None:
    told = json.dumps(held(store, FOX), ensure_ascii=False)
    owls = WORDS[OWL]
    assert owls[1] in told  # the name of a partner that it was shown
    assert not [word for word in (owls[2], owls[3]) if word in told]


@pytest.mark.parametrize(("id_", "met"), [(FOX, {OWL, "m2"}), (OWL, {FOX, "s2"})])
def test_interactions_say_with_whom_and_when(store: Store, id_: str, met: set[str]) -> None:
    found = held(store, id_)["interactions"]
    assert {row["other"] for row in found} == met
    assert all(row["at"].startswith("2024-05-01") for row in found)


def test_each_match_says_that_it_was_computed_and_why(store: Store) -> None:
    [match] = held(store, FOX)["matches"]
    assert match["computed"] is True
    assert match["reasons"][0][0] == "industry"


def test_a_partner_is_not_told_who_waved_it_away_or_saw_it(store: Store) -> None:
    settle(store)
    store.put_profiles([startup("s3", "Shy Startup")])
    for type_ in (InteractionType.DISMISSED, InteractionType.VIEWED):
        store.add_interactions([met("s3", OWL, type=type_)])
    places = store.erasures.held(Whom("north", OWL)).places
    assert [row["other"] for row in places["interactions"] if row["type"] in {"dismissed", "viewed"}] == [
        "",
        "",
    ]
    assert "Shy Startup" not in json.dumps(places, ensure_ascii=False)
    store.add_interactions([met("s3", OWL)])
    assert "Shy Startup" in json.dumps(store.erasures.held(Whom("north", OWL)).places, ensure_ascii=False)
