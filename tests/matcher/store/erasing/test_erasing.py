"""Whoever is erased is nowhere any more, and everybody else is as before."""

import json
from collections import Counter

import numpy as np
import pytest
import sqlalchemy as sa
from sqlalchemy import exc

from matcher.amendments import AmendmentKind
from matcher.cohorts.introducing.introduction import IntroductionStatus
from matcher.erasures import ErasureKind, Receipt, Waits, Whom, new_pseudonym
from matcher.errors import Conflict, NotFound
from matcher.store import Store
from matcher.store.engine import open_engine
from matcher.store.erasing.exporting import PLACES
from matcher.store.erasing.held import HELD
from matcher.store.merges import Merge
from matcher.store.schema import metadata
from tests.matcher.store.erasing.foxes import FOX, HASHES, OWL, WORDS, cells, fox, settle, traces
from tests.matcher.store.runs_at_hand import MENTORS, WEI
from tests.matcher.store.samples import investor, mentor, met, startup


def erase(store: Store, id_: str) -> Receipt:
    return store.erasures.erase(Whom("north", id_), new_pseudonym(), "staff 1")


def rows(url: str) -> Counter[str]:
    """How many values each table has."""
    return Counter(table for table, _ in cells(url))


def test_every_table_is_exported_and_erased_or_has_a_reason_why_not() -> None:
    assert set(HELD) == {table.name for table in metadata.sorted_tables}
    assert {place for held in HELD.values() for place in held.places} == set(PLACES)
    assert all(held.why or (held.places and held.gone) for held in HELD.values())


@pytest.mark.parametrize("id_", [FOX, OWL])
def test_nothing_of_whoever_is_erased_stands_in_any_table(store: Store, url: str, id_: str) -> None:
    settle(store)
    held = {table for table, _ in traces(url, id_)}
    assert held > {"profiles", "people", "remarks", "panels", "amendments", "contacts"}
    assert all(HELD[table].gone for table in held), held
    preview, before = store.erasures.preview(Whom("north", id_)), rows(url)
    receipt = erase(store, id_)
    assert traces(url, id_) == set()
    assert receipt.counts == preview
    assert receipt.counts["interactions"] == 3
    assert receipt.kind is (ErasureKind.STARTUP if id_ == FOX else ErasureKind.MENTOR)
    assert rows(url)["interactions"] == before["interactions"]  # as anonymous counts
    other = OWL if id_ == FOX else FOX
    assert store.profile("north", other).name == WORDS[other][1]
    assert store.vectors("usem3", list(HASHES.values())).keys() == {HASHES[other]}


def test_a_look_changes_nothing(store: Store, url: str) -> None:
    settle(store)
    before = sorted(map(str, cells(url)))
    assert store.erasures.preview(Whom("north", FOX))["uploads"] == 1
    assert sorted(map(str, cells(url))) == before


def test_what_was_open_is_over_and_accounts_are_shut(store: Store) -> None:
    settle(store)
    receipt = erase(store, FOX)
    assert {each.status for each in store.introductions.all("north") if each.pair.startup_id != "s2"} == {
        IntroductionStatus.WITHDRAWN
    }
    assert [store.token(f"token {FOX} {number}") for number in (0, 1)] == [None, None]
    assert [person.profile_id for person in store.people.all("north")] == [OWL]
    assert [request.person for request in store.erasures.requests("north")] == [
        person.id for person in store.people.all("north")
    ]
    assert receipt.asked_by == "staff 1"
    assert store.contacts.all("north")[0].profile_id == OWL
    assert [upload.names for upload in store.uploads.waiting("north")] == [("other.csv",)]
    assert store.profile("north", "i2").conflicts == (WORDS[OWL][1], "s2")


def test_the_old_id_makes_another_profile_and_no_undo_brings_the_old_one_back(store: Store) -> None:
    settle(store)
    [edited] = store.amendments.latest("north", AmendmentKind.EDITED)
    before = store.past("north", f"north:{FOX}").count
    erase(store, FOX)
    with pytest.raises(NotFound):
        store.profile("north", FOX)
    with pytest.raises(Conflict):
        store.amendments.undo("north", edited.id, "staff")
    with pytest.raises(NotFound):
        erase(store, FOX)
    store.put_profiles([fox()])
    assert (before, store.past("north", f"north:{FOX}").count) == (3, 0)
    assert store.add_interactions([met(FOX, "m2", source_id=f"{WORDS[FOX][4]} 2")]).added == 1


def test_only_interactions_of_the_erased_may_be_blanked_and_no_more_than_that(store: Store, url: str) -> None:
    settle(store)
    erase(store, FOX)
    engine = open_engine(url)
    erased = "startup IN (SELECT profile FROM erased_profiles)"
    blank = "source_id = '', request_id = '', stage = '', currency = '', amount = NULL"
    for change in (
        f"UPDATE interactions SET {blank}",
        f"UPDATE interactions SET {blank}, value = 5 WHERE {erased}",
        f"UPDATE interactions SET source_id = 'x' WHERE {erased}",
        "DELETE FROM interactions",
    ):
        with pytest.raises(exc.DBAPIError, match="append-only"), engine.begin() as connection:
            connection.execute(sa.text(change))
    with engine.begin() as connection:
        connection.execute(sa.text(f"UPDATE interactions SET {blank} WHERE {erased}"))
    engine.dispose()


def test_while_a_run_is_being_solved_nobody_is_erased(store: Store, url: str) -> None:
    settle(store)
    run = store.match_runs.create("north", "spring", MENTORS, WEI)
    _, token = store.match_runs.queue("north", run.id, WEI)
    store.match_runs.begin(run.id, token)
    with pytest.raises(Conflict, match=run.id):
        erase(store, FOX)
    assert {table for table, _ in traces(url, FOX)} > {"profiles", "people"}


def test_an_account_alone_goes_and_its_profile_stays(store: Store, url: str) -> None:
    settle(store)
    person = store.people.all("north")[0]
    whom = Whom("north", person_id=person.id)
    receipt = store.erasures.erase(whom, new_pseudonym(), "staff 1")
    left = {mark for _, mark in traces(url, OWL)}
    assert (receipt.kind, WORDS[OWL][3] in left) == (ErasureKind.PERSON, False)
    assert store.profile("north", OWL).name in left
    assert receipt.waits == {Waits.DATABASE: True}


def test_another_organisations_profiles_and_people_are_not_found(store: Store) -> None:
    settle(store)
    for whom in (Whom("south", FOX), Whom("south", person_id=store.people.all("north")[0].id)):
        for work in (store.erasures.preview, store.erasures.held):
            with pytest.raises(NotFound):
                work(whom)
        with pytest.raises(NotFound):
            store.erasures.erase(whom, new_pseudonym(), "staff")


def test_short_ids_and_names_are_taken_out_whole_and_not_from_within_others(store: Store, url: str) -> None:
    settle(store)
    store.put_profiles([startup("a", "AI"), startup("ab", "AI Labs")])
    store.save_import(
        "north", {"problems": [{"value": "AI"}, {"value": "AI Labs"}, {"value": "a"}]}, "report"
    )
    erase(store, "a")
    told = json.dumps(store.import_report("north", "report"))
    assert ('"AI"' in told, '"a"' in told, '"AI Labs"' in told) == (False, False, True)
    assert store.profile("north", "ab").name == "AI Labs"


def test_a_namesake_keeps_what_is_said_of_the_name(store: Store) -> None:
    settle(store)
    store.put_profiles([startup("twin", WORDS[FOX][1]), investor("i3", conflicts=(WORDS[FOX][1], FOX))])
    erase(store, FOX)
    assert store.profile("north", "i3").conflicts == (WORDS[FOX][1],)
    assert store.profile("north", "twin").name == WORDS[FOX][1]


def test_another_organisations_texts_keep_names_that_are_not_shared_with_it(store: Store) -> None:
    settle(store)
    store.put_profiles([startup("s9", organisation="south", exclude=(WORDS[OWL][1], FOX, f"north:{FOX}"))])
    erase(store, FOX)
    erase(store, OWL)
    assert store.profile("south", "s9").exclude == (WORDS[OWL][1], FOX)


def test_the_files_of_the_database_can_be_written_anew_and_no_vector_is_left_over(store: Store) -> None:
    settle(store)
    store.put_vectors("usem3", {b"0" * 16: np.ones(4, np.float16)})
    assert store.erasures.sweep_vectors() == 2  # the fox has another description by now
    assert store.vectors("usem3", list(HASHES.values())).keys() == {HASHES[OWL]}
    assert store.erasures.compact()
    assert store.profile("north", FOX).name == WORDS[FOX][1]


def test_whoever_was_merged_into_the_erased_goes_too_and_no_undo_parts_them(store: Store, url: str) -> None:
    settle(store)
    twin = WORDS[OWL]  # the owl's other profile
    store.put_profiles([mentor("owl-2", "Zweiter Kauz", description="zweitling words")])
    store.add_interactions([met("s2", "owl-2", source_id="zweitling source", stage="zweitling stage")])
    change = store.amendments.merge(
        "north", Merge(gone="owl-2", stays=OWL, choose=lambda one, _: one), who=f"staff {twin[3]}"
    )
    erase(store, OWL)
    told = json.dumps([str(value) for _, value in cells(url)], ensure_ascii=False)
    assert not [word for word in ("owl-2", "Zweiter Kauz", "zweitling", twin[1]) if word in told]
    with pytest.raises(Conflict):
        store.amendments.undo("north", change.id, "staff")


def test_one_that_was_deleted_before_can_be_erased_still(store: Store, url: str) -> None:
    settle(store)
    store.amendments.amend("north", {FOX: lambda _: None}, AmendmentKind.DELETED, who="staff")
    assert ("profiles", FOX) in traces(url, FOX)
    erase(store, FOX)
    left = {mark for _, mark in traces(url, FOX)}
    assert not {FOX, WORDS[FOX][1]} & left
