"""Two profiles become one, and two again."""

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
import sqlalchemy as sa

from matcher.amendments import Amendment
from matcher.cohorts.introducing.contacts import Contact
from matcher.cohorts.introducing.introduction import IntroductionStatus, Side
from matcher.errors import Conflict, NotFound
from matcher.ledger import LedgerEntry
from matcher.merging import Take, chosen
from matcher.panel.values import Application, Panel, PanelSettings, PanelStatus, Reviewer
from matcher.people import TokenKind
from matcher.profiles import Role
from matcher.remarks import Remark, RemarkKind
from matcher.shown import ShownList
from matcher.store import Store
from matcher.store.engine import open_engine
from matcher.store.merges import Merge
from matcher.store.moving import PLACES
from matcher.store.schema import metadata
from tests.matcher.store.runs_at_hand import WEI, published, result, solved
from tests.matcher.store.samples import NOW, mentor, met, startup

JANUARY, FEBRUARY, MARCH = (dt.date(2024, month, 1) for month in (1, 2, 3))
KEPT_AS_THEY_ARE = {
    "interactions.startup",
    "interactions.partner",
    "shown_lists.query",
    "amended_profiles.profile",
    "amended_months.startup",
    "ledger.startup",
    "duplicates.one",
    "duplicates.other",
    "erasures.profile",
    "erased_profiles.profile",
}
"""Mapped where they are read, about each profile by itself, or joined month by month."""


def merge(store: Store, gone: str, stays: str, **how: Any) -> Amendment:
    wanted = Merge(gone=gone, stays=stays, choose=how.pop("choose", lambda stays, _: stays), **how)
    return store.amendments.merge("north", wanted, who="staff")


def undo(store: Store, change: Amendment) -> Amendment:
    return store.amendments.undo("north", change.id, "staff")


def month(id_: str, at: dt.date, **figures: Any) -> LedgerEntry:
    return LedgerEntry(organisation="north", startup_id=id_, month=at, **figures)


def pairs(store: Store) -> list[tuple[str, str]]:
    table = store.interactions()
    return list(zip(table.startups, table.partners, strict=True))


def everything(url: str) -> dict[str, list[tuple[Any, ...]]]:
    """All that the database holds of profiles and what names them, but for when it was written and which
    number it has."""
    aside = {"revisions", "amendments", "amended_profiles", "amended_months", "merged_rows"}
    unsaid = {"revision", "merge_revision", "updated_at", "number"}
    engine = open_engine(url)
    with engine.connect() as connection:
        found = {}
        for table in metadata.sorted_tables:
            if table.name not in aside and not table.name.startswith("audit"):
                columns = [column for column in table.c if column.name not in unsaid]
                rows = connection.execute(sa.select(*columns)).all()
                found[table.name] = sorted(tuple(map(str, row)) for row in rows)
    engine.dispose()
    return found


def meet(store: Store) -> None:
    """Two mentors that are one, whom startups have met."""
    store.put_profiles([startup(f"s{n}", exclude=("m9",)) for n in (1, 2, 3)])
    store.put_profiles([mentor("m1", "林木", capacity=3), mentor("m2", "林 木", tags=("老",)), mentor("m3")])
    store.add_interactions([met("s1", "m1"), met("s1", "m2"), met("s2", "m2")])


def fill(store: Store) -> None:
    """These, and two startups that are one too: each in whatever names profiles."""
    meet(store)
    store.cohorts.create("north", "Spring", ["s1", "s2", "s3"], id="spring")
    solved(store, result([("s1", "m1"), ("s1", "m2"), ("s2", "m2")], {"s3": ["m1", "m2", "m3"]}))
    published(store, result([("s1", "m1"), ("s1", "m2"), ("s2", "m2")], {"s3": ["m2"]}))
    for id_ in ("m1", "m2", "s1", "s2"):
        store.contacts.put("north", Contact(id_, f"{id_}@example.org", "zh"), "staff")
        role = "mentor" if id_[0] == "m" else "startup"
        store.add_token(
            token_hash=id_ * 8, organisation="north", role=role, profile_id=id_, kind=TokenKind.API
        )
    said = {"organisation": "north", "side": Side.STARTUP, "kind": RemarkKind.DISMISSED, "at": NOW}
    for partner in ("m1", "m2"):
        store.remarks.put(
            Remark(startup_key="north:s3", partner_key=f"north:{partner}", text=partner, **said)
        )
    store.put_ledger(
        [
            month("s1", JANUARY, headcount=5, revenue=100),
            month("s1", FEBRUARY, headcount=6),
            month("s2", FEBRUARY, headcount=7, cash=9, note="also"),
            month("s2", MARCH, headcount=8),
        ]
    )


def test_every_column_that_names_a_profile_is_thought_of() -> None:
    named = {f"{place.table.name}.{place.column}" for place in PLACES} | KEPT_AS_THEY_ARE
    found = {
        f"{table.name}.{key.parent.name}"
        for table in metadata.sorted_tables
        for key in table.foreign_keys
        if key.target_fullname == "profiles.number"
    }
    assert found - named == set()


@pytest.mark.parametrize(("gone", "stays"), [("m2", "m1"), ("s1", "s2")])
def test_taken_back_a_merge_leaves_everything_as_it_was(
    store: Store, url: str, gone: str, stays: str
) -> None:
    fill(store)
    before, told = everything(url), pairs(store)
    change = merge(store, gone, stays, contact=Take.GONE, months=[FEBRUARY])
    assert everything(url) != before
    done = undo(store, change)
    assert (done.undone.left, done.undone.moved_left, done.undone.months_left) == ((), 0, 0)
    assert everything(url) == before
    assert pairs(store) == told


def test_what_names_the_merged_profile_is_the_ones_that_stays(store: Store) -> None:
    fill(store)
    merge(store, "m2", "m1", choose=lambda one, other: chosen(one, other, {}))
    assert store.profile("north", "m2") == store.profile("north", "m1")
    assert store.profile("north", "m1").tags == ("老",)
    assert store.profile("north", "m1").also == ("north:m2", "林 木")
    assert sorted(pairs(store)) == [("north:s1", "north:m1")] * 2 + [("north:s2", "north:m1")]
    assert store.past("north", "north:m1").count == 3
    assert {event.other_key for event in store.past("north", "north:s2").events} == {"north:m1"}
    assert store.token("m2" * 8).profile_id == "m1"
    assert store.contacts.get("north", "m2") == Contact("m1", "m1@example.org", "zh")
    assert [each.profile_id for each in store.contacts.all("north")] == ["m1", "s1", "s2"]
    assert {each.pair.partner_id for each in store.introductions.all("north")} == {"m1"}


def test_a_pair_that_was_offered_twice_waits_for_one_answer(store: Store) -> None:
    fill(store)
    merge(store, "m2", "m1")
    mine = [each for each in store.introductions.all("north") if each.pair.startup_id == "s1"]
    assert sorted((each.status, bool(each.run)) for each in mine) == [
        (IntroductionStatus.OFFERED, True),
        (IntroductionStatus.WITHDRAWN, False),
    ]


def test_months_of_both_are_joined_gaps_filled_and_contradictions_chosen(store: Store) -> None:
    fill(store)
    change = merge(store, "s2", "s1")
    joined = store.ledger("north", "s2")
    assert [(each.month, each.headcount, each.cash, each.note) for each in joined] == [
        (JANUARY, 5, None, ""),
        (FEBRUARY, 6, 9, "also"),
        (MARCH, 8, None, ""),
    ]
    undo(store, change)
    merge(store, "s2", "s1", months=[FEBRUARY])
    assert [each.headcount for each in store.ledger("north", "s1")] == [5, 7, 8]


def test_what_is_written_under_the_old_id_is_the_ones_that_stays_and_comes_once(store: Store) -> None:
    meet(store)
    merge(store, "m2", "m1")
    assert store.add_interactions([met("s2", "m2")]).added == 0  # on record since before the merge
    assert store.add_interactions([met("s3", "m2")]).added == 1
    assert ("north:s3", "north:m1") in pairs(store)
    store.put_profiles([mentor("m2", "改名")])
    assert store.profile("north", "m1").name == "改名"
    assert store.cohorts.create("north", "Later", ["s1"]).startups == ("s1",)


def test_an_undo_leaves_what_somebody_has_changed_since(store: Store) -> None:
    fill(store)
    change = merge(store, "s2", "s1", choose=lambda stays, _: replace(stays, tags=("both",)))
    store.put_profiles([startup("s1", "Renamed")])
    store.put_ledger([month("s1", MARCH, headcount=99)])
    store.cohorts.remove("north", "spring", ["s1"])
    store.add_interactions([met("s2", "m3")])
    done = undo(store, change).undone
    assert (done.left, done.months_left, store.profile("north", "s2").name) == (("Renamed",), 1, "s2")
    assert store.profile("north", "s1").name == "Renamed"
    assert store.ledger("north", "s1")[-1].headcount == 99
    assert ("north:s2", "north:m3") in pairs(store)


def test_merges_of_merges_are_taken_back_in_turn(store: Store) -> None:
    meet(store)
    first, second = merge(store, "m3", "m2"), merge(store, "m2", "m1")
    assert store.profile("north", "m3").id == "m1"
    assert store.profile("north", "m1").keys == ("north:m1", "north:m2", "north:m3", "north:m3")
    with pytest.raises(Conflict, match="take that back first"):
        undo(store, first)
    undo(store, second)
    assert (store.profile("north", "m3").id, store.profile("north", "m1").also) == ("m2", ())
    undo(store, first)
    assert [store.profile("north", id_).id for id_ in ("m1", "m2", "m3")] == ["m1", "m2", "m3"]


def test_whoever_asked_not_to_be_matched_is_not_matched_under_either_name(store: Store) -> None:
    meet(store)
    store.opt_out("north", "m2", out=True)
    change = merge(store, "m2", "m1")
    assert store.profile("north", "m1").opted_out_at == NOW
    store.opt_out("north", "m2", out=False)
    assert store.profile("north", "m1").opted_out_at is None
    store.opt_out("north", "m2", out=True)
    undo(store, change)
    assert store.profile("north", "m1").opted_out_at is None
    assert store.profile("north", "m2").opted_out_at == NOW


def test_only_two_of_one_role_and_organisation_are_merged(store: Store) -> None:
    meet(store)
    store.put_profiles([replace(mentor("x1"), organisation="south", shared=True)])
    for gone, stays in (("m1", "s1"), ("m1", "m1")):
        with pytest.raises(Conflict):
            merge(store, gone, stays)
    for gone, stays in (("x1", "m1"), ("m1", "x1"), ("nobody", "m1")):
        with pytest.raises(NotFound):
            merge(store, gone, stays)
    merge(store, "m2", "m1")
    with pytest.raises(Conflict):
        merge(store, "m2", "m1")


def test_a_deleted_profile_leaves_nothing_of_those_merged_into_it(store: Store, url: str) -> None:
    meet(store)
    change = merge(store, "m2", "m1")
    store.delete_profile("north", "m1")
    assert "林 木" not in str(everything(url)["profiles"])
    with pytest.raises(Conflict, match="forgotten"):
        undo(store, change)
    with pytest.raises(NotFound):
        store.profile("north", "m2")


def test_changes_tell_a_merge_and_its_undo_with_all_that_happened_to_both(store: Store) -> None:
    meet(store)
    before = store.revision()
    change = merge(store, "m2", "m1")
    told = store.changes_since(before)
    assert (told.retold, told.removed) == (("north:m1", "north:m2"), ["north:m2"])
    assert [each.key for each in told.profiles] == ["north:m1"]
    assert len(told.interactions) == 3
    undo(store, change)
    again = store.changes_since(told.revision)
    assert again.retold == ("north:m1", "north:m2")
    assert [each.key for each in again.profiles] == ["north:m1", "north:m2"]
    assert list(again.interactions.partners) == ["north:m1", "north:m2", "north:m2"]
    assert store.changes_since(again.revision).retold == ()


def test_lists_that_were_shown_count_for_the_one_that_stays(store: Store) -> None:
    meet(store)
    listed = ShownList(
        request_id="r",
        organisation="north",
        query_key="north:s3",
        role=Role.MENTOR,
        model_version="v",
        at=NOW,
        partners=("north:m3", "north:m2"),
        scores=(0.5, 0.4),
    )
    store.add_shown([listed])
    merge(store, "m2", "m1")
    told = store.feedback(NOW, NOW + dt.timedelta(days=1))
    assert list(told.people.keys[told.shown.partners]) == ["north:m3", "north:m1"]


def test_what_came_of_an_introduction_is_known_under_the_old_number_too(store: Store) -> None:
    meet(store)
    store.cohorts.create("north", "Spring", ["s3"], id="spring")
    published(store, result([("s3", "m2")]))
    [offered] = store.introductions.all("north")
    store.introductions.accept("north", offered.id, list(Side), WEI)
    [agreed] = store.introductions.all("north")
    assert agreed.ended_at is not None
    later = agreed.ended_at + dt.timedelta(days=1)
    store.add_interactions([met("s3", "m2", at=later)])
    change = merge(store, "m2", "m1")
    week = later + dt.timedelta(days=7)
    assert [each.kind for each in store.introductions.outcomes([offered.id])[offered.id]] == ["met"]
    assert store.introductions.unknown_outcomes("north", week).total() == 0
    undo(store, change)
    assert [each.kind for each in store.introductions.outcomes([offered.id])[offered.id]] == ["met"]


def test_panels_name_the_one_that_stays(store: Store) -> None:
    meet(store)
    application = Application(id="a1", startup_id="s2")
    reviewer = Reviewer(id="r1", name="林木", partner_id="m2")
    drafted = Panel(
        organisation="north",
        id="p1",
        name="Fund",
        settings=PanelSettings(),
        applications=(application,),
        reviewers=(reviewer,),
        status=PanelStatus.DRAFT,
        version=1,
        reviews=(),
    )
    store.panels.create(drafted, WEI)
    changes = merge(store, "m2", "m1"), merge(store, "s2", "s1")
    found = store.panels.get("north", "p1")
    assert (found.applications[0].startup_id, found.reviewers[0].partner_id) == ("s1", "m1")
    for change in changes:
        undo(store, change)
    found = store.panels.get("north", "p1")
    assert (found.applications[0].startup_id, found.reviewers[0].partner_id) == ("s2", "m2")


def test_a_run_that_was_solved_while_two_became_one_is_kept_with_the_one(store: Store) -> None:
    fill(store)
    merge(store, "m2", "m1")
    run = solved(store, result([("s1", "m1"), ("s1", "m2")]))
    assert [each.pair.partner_id for each in store.match_runs.meetings("north", run.id)] == ["m1"]
