"""Match runs: each change is an event with a version, moves keep to the status, results come back whole."""

import datetime as dt
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import Any

import pytest
import sqlalchemy as sa

from matcher.cohorts.configuration import Configuration
from matcher.cohorts.publishing import Publication
from matcher.cohorts.result import Clash, Impasse, Move, WayOut
from matcher.cohorts.run import ALIVE_FOR, Change, Changed
from matcher.errors import Conflict, InvalidInput, NotFound
from matcher.profiles import Role
from matcher.store import Store
from tests.matcher.store.runs import MENTORS, WEI, edit, result, solve, solved_run, spring
from tests.matcher.store.samples import NOW

IMPASSE = Impasse(
    clashes=(
        Clash(
            limits=("startup_min", "partner_max"),
            startups=("s1",),
            partners=("m1", "m2"),
            demand=4,
            supply=3,
            services=("talent",),
            ways_out=(
                WayOut(moves=(Move(action="raise_capacity", who=("m1",), by=(1,)),), mends=1, left=0),
                WayOut(moves=(Move(action="allow", pairs=(("s1", "m3"),), what="ban"),), mends=1, left=0),
            ),
        ),
    )
)


@dataclass
class Clock:
    now: dt.datetime = NOW

    def __call__(self) -> dt.datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def north(store: Store, url: str, clock: Clock) -> Iterator[Store]:
    """The store with the cohort "spring", and a clock that tests turn."""
    spring(store)
    opened = Store(url, clock=clock)
    yield opened
    opened.close()


def kinds(store: Store, run: str) -> list[str]:
    return [event.kind.value for event in store.match_runs.events("north", run)]


def test_a_new_run_is_a_draft_with_its_first_event(north: Store) -> None:
    run = north.match_runs.create("north", "spring", MENTORS, Change(by="wei", why="the spring camp"))
    assert (run.status, run.version, run.cohort, run.configuration) == ("draft", 1, "spring", MENTORS)
    [event] = north.match_runs.events("north", run.id)
    assert (event.kind, event.version, event.by, event.why, event.at) == (
        "created",
        1,
        "wei",
        "the spring camp",
        NOW,
    )
    assert north.match_runs.get("north", run.id) == run
    assert north.match_runs.all("north", cohort="spring") == [run]


@pytest.mark.parametrize("bad", [{"must_meet": ("\ud800",)}, {"capacities": {"m\0": 1}}])
def test_a_configuration_that_no_database_keeps_is_refused(north: Store, bad: dict[str, Any]) -> None:
    asked = replace(MENTORS, **bad)
    with pytest.raises(InvalidInput, match="no database keeps"):
        north.match_runs.create("north", "spring", asked, WEI)
    run = north.match_runs.create("north", "spring", MENTORS, WEI)
    with pytest.raises(InvalidInput, match="no database keeps"):
        north.match_runs.configure("north", run.id, asked, WEI)
    assert north.match_runs.all("north") == [run]


def test_a_run_is_its_organisations_own(north: Store) -> None:
    run = solved_run(north, ("s1", "m1"))
    calls = (
        lambda: north.match_runs.get("south", run),
        lambda: north.match_runs.events("south", run),
        lambda: north.match_runs.edits("south", run),
        lambda: north.match_runs.result("south", run),
        lambda: north.match_runs.of_member("south", run, "s1"),
        lambda: north.match_runs.impasse("south", run),
        lambda: north.match_runs.configure("south", run, MENTORS, WEI),
        lambda: north.match_runs.edit("south", run, edit("lock", "s1", "m1"), WEI),
        lambda: north.match_runs.undo("south", run, 1, WEI),
        lambda: north.match_runs.queue("south", run, WEI),
        lambda: north.match_runs.cancel("south", run, WEI),
        lambda: north.match_runs.publish("south", run, WEI),
        lambda: north.match_runs.close("south", run, WEI),
        lambda: north.match_runs.copy("south", run, WEI),
        lambda: north.match_runs.create("south", "spring", MENTORS, WEI),
    )
    for call in calls:
        with pytest.raises(NotFound):
            call()
    assert north.match_runs.all("south") == []


def test_a_result_comes_back_as_it_was(north: Store) -> None:
    made = result(("s1", "m1"), ("s1", "south:m8"), alternates=(("s1", "m2"), ("s1", "m3"), ("s2", "m1")))
    run = north.match_runs.create("north", "spring", MENTORS, WEI).id
    assert north.match_runs.result("north", run) is None
    _, token = north.match_runs.queue("north", run, WEI)
    north.match_runs.begin(run, token)
    after = north.match_runs.finish(run, token, made)
    assert north.match_runs.result("north", run) == made
    assert (after.status, after.solved_version, after.queued_at) == ("solved", after.version, None)
    assert kinds(north, run) == ["created", "queued", "started", "solved"]


def test_a_new_result_takes_the_place_of_the_old_one(north: Store) -> None:
    run = solved_run(north, ("s1", "m1"), ("s2", "m2"), alternates=(("s1", "m3"),))
    solve(north, run, ("s1", "m2"))
    assert north.match_runs.result("north", run) == result(("s1", "m2"))


def test_why_there_is_no_result_comes_back_as_it_was(north: Store) -> None:
    run = solved_run(north, ("s1", "m1"))
    _, token = north.match_runs.queue("north", run, WEI)
    north.match_runs.begin(run, token)
    after = north.match_runs.finish(run, token, IMPASSE)
    assert (after.status, north.match_runs.impasse("north", run)) == ("infeasible", IMPASSE)
    assert north.match_runs.result("north", run) == result(("s1", "m1")), (
        "the earlier one stays to be looked at"
    )
    assert north.match_runs.configure("north", run, MENTORS, WEI).status == "draft"
    assert north.match_runs.impasse("north", run) is None


def test_who_saw_an_older_version_is_told_what_changed_since(north: Store) -> None:
    run = solved_run(north, ("s1", "m1"))
    seen = north.match_runs.get("north", run).version
    north.match_runs.edit("north", run, edit("lock", "s1", "m1"), Change(by="lin", version=seen))
    for change in (
        lambda by: north.match_runs.edit("north", run, edit("ban", "s1", "m1"), by),
        lambda by: north.match_runs.configure("north", run, MENTORS, by),
        lambda by: north.match_runs.queue("north", run, by),
        lambda by: north.match_runs.publish("north", run, by),
        lambda by: north.match_runs.close("north", run, by),
    ):
        with pytest.raises(Changed, match="locked by lin") as caught:
            change(Change(by="wei", version=seen))
        assert caught.value.version == seen + 1
        assert [(event.kind, event.by) for event in caught.value.since] == [("locked", "lin")]
    assert len(north.match_runs.edits("north", run)) == 1


def test_of_many_who_saw_the_same_version_one_changes_it(north: Store) -> None:
    run = solved_run(north, ("s1", "m1"))
    seen = north.match_runs.get("north", run).version

    def attempt(partner: str) -> int:
        try:
            north.match_runs.edit("north", run, edit("lock", "s1", partner), Change(by=partner, version=seen))
        except Changed:
            return 0
        return 1

    with ThreadPoolExecutor(6) as threads:
        assert sum(threads.map(attempt, ("m1", "m2", "m3") * 2)) == 1
    assert north.match_runs.get("north", run).version == seen + 1


def test_an_edit_is_kept_with_who_and_why_and_makes_the_run_a_draft(north: Store) -> None:
    run = solved_run(north, ("s1", "m1"))
    after = north.match_runs.edit("north", run, edit("swap", "s1", "south:m8", "m1", "远程也可以"), WEI)
    assert after.status == "draft"
    [kept] = north.match_runs.edits("north", run)
    assert kept == replace(
        edit("swap", "s1", "south:m8", "m1", "远程也可以"), number=kept.number, version=after.version
    )
    event = north.match_runs.events("north", run)[-1]
    assert (event.kind, event.why) == ("swapped", "远程也可以")
    assert event.details == {
        "edit": kept.number,
        "startup_id": "s1",
        "partner_id": "south:m8",
        "instead_of": "m1",
    }
    assert north.match_runs.result("north", run) is not None, "what was there is there to be compared"


def test_an_edit_can_be_undone_once_and_then_teaches_nothing(north: Store) -> None:
    run = solved_run(north, ("s1", "m1"))
    north.match_runs.edit("north", run, edit("swap", "s1", "m2", "m1"), WEI, [("m2", "m1")])
    [kept] = north.match_runs.edits("north", run)
    assert [(one.preferred, one.over) for one in north.preferences()] == [("north:m2", "north:m1")]
    north.match_runs.undo("north", run, kept.number, WEI)
    assert (north.match_runs.edits("north", run), north.preferences()) == ([], [])
    with pytest.raises(NotFound, match="could be undone"):
        north.match_runs.undo("north", run, kept.number, WEI)


def test_preferences_say_who_preferred_whom_when_and_in_which_run(north: Store, clock: Clock) -> None:
    run = solved_run(north, ("s1", "m1"))
    north.match_runs.edit("north", run, edit("swap", "s1", "m2", "m1"), WEI, [("m2", "m1")])
    clock.now += dt.timedelta(days=1)
    north.match_runs.edit("north", run, edit("ban", "s2", "m1"), WEI, [("m3", "m1")])
    first, second = north.preferences()
    assert (first.startup, first.preferred, first.over) == ("north:s1", "north:m2", "north:m1")
    assert (first.kind, first.at, first.by, first.run) == ("swap", NOW, "wei", run)
    assert north.preferences(clock.now) == [second]
    assert north.preferences(until=clock.now) == [first]
    assert north.preferences(organisation="south") == []


def test_an_edit_of_somebody_unknown_is_refused_whole(north: Store) -> None:
    run = solved_run(north, ("s1", "m1"))
    with pytest.raises(NotFound, match="nobody"):
        north.match_runs.edit("north", run, edit("lock", "s1", "nobody"), WEI)
    assert (north.match_runs.edits("north", run), north.match_runs.get("north", run).status) == ([], "solved")


def test_a_reason_that_no_database_keeps_is_refused(north: Store) -> None:
    run = solved_run(north, ("s1", "m1"))
    with pytest.raises(InvalidInput, match="reason"):
        north.match_runs.edit("north", run, edit("lock", "s1", "m1", reason="a\0b"), WEI)


def test_a_copy_is_a_draft_with_the_same_question_and_edits_that_teach_nothing_twice(north: Store) -> None:
    run = solved_run(north, ("s1", "m1"))
    north.match_runs.edit("north", run, edit("swap", "s1", "m2", "m1"), WEI, [("m2", "m1")])
    copy = north.match_runs.copy("north", run, Change(by="lin"))
    assert (copy.status, copy.version, copy.copied_from, copy.configuration) == ("draft", 1, run, MENTORS)
    assert [(e.kind, e.partner_id, e.by) for e in north.match_runs.edits("north", copy.id)] == [
        ("swap", "m2", "wei")
    ]
    assert len(north.preferences()) == 1
    other = Configuration(role=Role.MENTOR, startup_max=1)
    assert north.match_runs.copy("north", run, WEI, other).configuration == other


def test_solving_waits_begins_and_ends_and_only_its_token_may_end_it(north: Store, clock: Clock) -> None:
    run = north.match_runs.create("north", "spring", MENTORS, WEI).id
    queued, token = north.match_runs.queue("north", run, WEI)
    assert (queued.status, queued.waits, queued.queued_at) == ("solving", True, NOW)
    assert north.match_runs.queue("north", run, WEI) == (queued, token), "asking again changes nothing"
    assert not north.match_runs.beat(run, token), "it has not begun"
    with pytest.raises(Conflict):
        north.match_runs.begin(run, "another")
    clock.now += dt.timedelta(seconds=5)
    begun = north.match_runs.begin(run, token)
    assert (begun.waits, begun.started_at) == (False, clock.now)
    with pytest.raises(Conflict, match="another has begun"):
        north.match_runs.begin(run, token)
    with pytest.raises(Conflict, match="wait for it, or cancel it"):
        north.match_runs.queue("north", run, WEI)
    with pytest.raises(Conflict, match="not kept"):
        north.match_runs.finish(run, "another", result(("s1", "m1")))
    assert north.match_runs.beat(run, token)
    assert north.match_runs.finish(run, token, result(("s1", "m1"))).status == "solved"
    with pytest.raises(Conflict, match="not kept"):
        north.match_runs.finish(run, token, result(("s1", "m2")))


def test_a_cancelled_solving_is_told_so_and_leaves_a_draft(north: Store) -> None:
    run = north.match_runs.create("north", "spring", MENTORS, WEI).id
    _, token = north.match_runs.queue("north", run, WEI)
    north.match_runs.begin(run, token)
    after = north.match_runs.cancel("north", run, Change(by="lin", why="wrong cohort"))
    assert (after.status, after.started_at, after.queued_at) == ("draft", None, None)
    assert not north.match_runs.beat(run, token)
    assert north.match_runs.fail(run, token, "too late") is None
    with pytest.raises(Conflict, match="not kept"):
        north.match_runs.finish(run, token, result(("s1", "m1")))
    with pytest.raises(Conflict, match="nothing to cancel"):
        north.match_runs.cancel("north", run, WEI)
    assert kinds(north, run)[-1] == "cancelled"


def test_a_solving_that_comes_to_nothing_says_why_and_leaves_a_draft(north: Store) -> None:
    run = north.match_runs.create("north", "spring", MENTORS, WEI).id
    _, token = north.match_runs.queue("north", run, WEI)
    failed = north.match_runs.fail(run, token, "tags: 'ai' is known to nobody")
    assert failed is not None
    assert (failed.status, failed.failure) == ("draft", "tags: 'ai' is known to nobody")
    again, _ = north.match_runs.queue("north", run, WEI)
    assert again.failure == ""


def test_a_run_of_which_nothing_is_heard_is_given_up_without_being_asked(north: Store, clock: Clock) -> None:
    run, waits = (north.match_runs.create("north", "spring", MENTORS, WEI).id for _ in range(2))
    _, lost = north.match_runs.queue("north", run, WEI)
    north.match_runs.queue("north", waits, WEI)
    north.match_runs.begin(run, lost)
    assert north.match_runs.give_up_abandoned("silent") == []
    clock.now += ALIVE_FOR
    assert [each.id for each in north.match_runs.give_up_abandoned("silent")] == [run]
    after = north.match_runs.get("north", run)
    assert (after.status, after.failure, kinds(north, run)[-1]) == ("draft", "silent", "abandoned")
    assert not north.match_runs.beat(run, lost), "a solver that was only slow is told to stop"
    assert north.match_runs.get("north", waits).waits
    assert north.match_runs.give_up_abandoned("silent") == []


def test_a_solver_that_was_killed_leaves_a_run_that_another_may_solve(north: Store, clock: Clock) -> None:
    run = north.match_runs.create("north", "spring", MENTORS, WEI).id
    _, lost = north.match_runs.queue("north", run, WEI)
    north.match_runs.begin(run, lost)
    clock.now += ALIVE_FOR / 2
    north.match_runs.beat(run, lost)
    clock.now += ALIVE_FOR - dt.timedelta(microseconds=1)
    with pytest.raises(Conflict, match="wait for it"):
        north.match_runs.queue("north", run, WEI)
    clock.now += dt.timedelta(microseconds=1)
    again, token = north.match_runs.queue("north", run, WEI)
    assert (again.waits, kinds(north, run)[-2:]) == (True, ["abandoned", "queued"])
    with pytest.raises(Conflict):
        north.match_runs.finish(run, lost, result(("s1", "m1")))
    north.match_runs.begin(run, token)
    assert north.match_runs.finish(run, token, result(("s1", "m2"))).status == "solved"


def test_a_published_run_is_closed_by_the_next_one_of_its_cohort_and_role(north: Store) -> None:
    offered: list[Publication] = []

    def offer(_: sa.Connection, publication: Publication) -> None:
        offered.append(publication)

    first = solved_run(north, ("s1", "m1"), alternates=(("s1", "m2"),))
    assert north.match_runs.published("north", "spring", Role.MENTOR) is None
    published = north.match_runs.publish("north", first, WEI, offer)
    assert (published.status, published.published_at) == ("published", NOW)
    assert north.match_runs.published("north", "spring", Role.MENTOR) == published
    assert north.match_runs.published("north", "spring", Role.INVESTOR) is None
    second = solved_run(north, ("s1", "m2"))
    north.match_runs.publish("north", second, WEI, offer)
    assert north.match_runs.get("north", first).status == "closed"
    assert [(one.run.id, one.replaced) for one in offered] == [(first, ""), (second, first)]
    assert (offered[0].meetings, offered[0].alternates) == (
        result(("s1", "m1")).meetings,
        result(alternates=(("s1", "m2"),)).alternates,
    )


def test_what_is_written_when_publishing_is_written_with_it_or_not_at_all(north: Store) -> None:
    run = solved_run(north, ("s1", "m1"))

    def refuse(_: sa.Connection, __: Publication) -> None:
        raise Conflict("no")

    with pytest.raises(Conflict, match="no"):
        north.match_runs.publish("north", run, WEI, refuse)
    assert north.match_runs.get("north", run).status == "solved"


@pytest.mark.parametrize("status", ["draft", "solving", "published", "closed"])
def test_only_a_solved_run_is_published(north: Store, status: str) -> None:
    run = solved_run(north, ("s1", "m1"))
    if status == "draft":
        north.match_runs.configure("north", run, MENTORS, WEI)
    elif status == "solving":
        north.match_runs.queue("north", run, WEI)
    else:
        north.match_runs.publish("north", run, WEI)
    if status == "closed":
        north.match_runs.close("north", run, WEI)
    with pytest.raises(
        Conflict,
        match=f"a run that is {status} cannot be(come)? published[:;] (solve it first|it can become)",
    ):
        north.match_runs.publish("north", run, WEI)


def test_what_people_have_seen_is_not_edited(north: Store) -> None:
    run = solved_run(north, ("s1", "m1"))
    north.match_runs.publish("north", run, WEI)
    for change in (
        lambda: north.match_runs.edit("north", run, edit("lock", "s1", "m1"), WEI),
        lambda: north.match_runs.configure("north", run, MENTORS, WEI),
        lambda: north.match_runs.undo("north", run, 1, WEI),
    ):
        with pytest.raises(Conflict, match="copy it and edit the copy"):
            change()


def test_members_see_their_own_pairs_once_they_are_published_and_never_alternates(north: Store) -> None:
    run = solved_run(north, ("s1", "m1"), ("s2", "m1"), ("s2", "m2"), alternates=(("s1", "m3"),))
    assert north.match_runs.of_member("north", run, "s1") is None
    north.match_runs.publish("north", run, WEI)

    def seen(who: str) -> list[tuple[str, str]]:
        found = north.match_runs.of_member("north", run, who)
        assert found is not None
        assert found.alternates == ()
        return [(each.pair.startup_id, each.pair.partner_id) for each in found.meetings]

    assert seen("s1") == [("s1", "m1")]
    assert seen("m1") == [("s1", "m1"), ("s2", "m1")]
    assert north.match_runs.of_member("north", run, "m3") is None
