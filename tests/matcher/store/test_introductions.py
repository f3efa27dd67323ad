"""Introductions: offered when a run is published, answered by both sides, followed by the next alternate."""

import datetime as dt
import threading
from collections.abc import Iterator

import pytest

from matcher.cohorts.commitments import Commitments
from matcher.cohorts.configuration import Configuration, Slots
from matcher.cohorts.introducing.introduction import BOTH, Introduction, IntroductionStatus, Side
from matcher.cohorts.introducing.terms import Terms
from matcher.cohorts.run import Change, Changed
from matcher.cohorts.status import RunStatus
from matcher.errors import Conflict, InvalidInput, NotFound
from matcher.interactions import TYPES
from matcher.profiles import Role, Status
from matcher.store import Store
from tests.matcher.store.runs_at_hand import MENTORS, WEI, Clock, published, result, solved
from tests.matcher.store.samples import NOW, investor, mentor, met, startup

STARTUP, PARTNER = Side.STARTUP, Side.PARTNER
NO = Change(by="mentor m1", why="在出差")


@pytest.fixture
def clock() -> Clock:
    return Clock(NOW)


@pytest.fixture
def north(url: str, clock: Clock) -> Iterator[Store]:
    """Three startups and four mentors of north, one mentor shared by south, and a cohort of the startups."""
    store = Store(url, clock=clock)
    for organisation in ("north", "south"):
        store.add_organisation(organisation)
    people = [startup(f"s{n}") for n in (1, 2, 3)] + [mentor(f"m{n}", capacity=2) for n in (1, 2, 3, 4)]
    abroad = [mentor("m8", organisation="south", shared=True), startup("s9", organisation="south")]
    store.put_profiles([*people, *abroad])
    store.cohorts.create("north", "Spring", ["s1", "s2", "s3"], id="spring")
    yield store
    store.close()


def by_pair(store: Store, organisation: str = "north") -> dict[tuple[str, str], Introduction]:
    return {
        (each.pair.startup_id, each.pair.partner_id): each for each in store.introductions.all(organisation)
    }


def status_of(store: Store) -> dict[tuple[str, str], str]:
    return {pair: each.status.value for pair, each in by_pair(store).items()}


def promised_to(store: Store, cohort: str, configuration: Configuration = MENTORS) -> Commitments:
    draft = store.match_runs.create("north", cohort, configuration, WEI)
    return store.match_runs.commitments("north", draft.id)


def types_on_record(store: Store) -> list[tuple[str, str, str]]:
    table = store.interactions()
    return [
        (startup_.partition(":")[2], partner.partition(":")[2], TYPES[code].value)
        for startup_, partner, code in zip(table.startups, table.partners, table.types, strict=True)
    ]


def test_an_answer_that_could_not_be_recorded_is_not_given(north: Store) -> None:
    published(north, result([("s1", "m1")]))
    [offered] = north.introductions.all("north")
    forged = met("s2", "m2", source_id=f"introduction {offered.id} requested")
    north.add_interactions([forged])
    with pytest.raises(Conflict, match="on record already"):
        north.introductions.accept("north", offered.id, [STARTUP], Change(by="startup s1"))
    assert north.introductions.get("north", offered.id) == offered


def test_before_a_run_is_published_nothing_of_it_is_offered_or_left_for_sending(north: Store) -> None:
    solved(north, result([("s1", "m1")]))
    assert north.introductions.all("north") == []
    assert north.outbox.entries("north") == []


def test_publishing_offers_each_pair_to_both_sides_until_its_day(north: Store) -> None:
    run = published(
        north,
        result([("s1", "m1"), ("s2", "south:m8")]),
        terms=Terms(expires_after_days=10, remind_after_days=()),
    )
    first, second = north.introductions.all("north")
    assert {first.pair.partner_id, second.pair.partner_id} == {"m1", "south:m8"}
    assert (first.run, first.cohort, first.status, first.version) == (run.id, "spring", "offered", 1)
    assert first.expires_at - first.offered_at == dt.timedelta(days=10)
    assert first.agreed == frozenset()
    [event] = north.introductions.events("north", first.id)
    assert (event.kind, event.by, event.at) == ("offered", WEI.by, NOW)
    assert [reason.signal for reason in first.pair.reasons] == ["industry", "region", "activity"]


def test_it_is_accepted_once_both_sides_have_said_yes_and_then_takes_a_place(north: Store) -> None:
    published(north, result([("s1", "m1")]))
    [offered] = north.introductions.all("north")
    half = north.introductions.accept("north", offered.id, [PARTNER], Change(by="mentor m1"))
    assert (half.status, half.agreed, types_on_record(north)) == ("offered", {PARTNER}, [])
    whole = north.introductions.accept("north", offered.id, [STARTUP], Change(by="startup s1"))
    assert (whole.status, whole.agreed, whole.ended_at) == ("accepted", BOTH, NOW)
    assert types_on_record(north) == [("s1", "m1", "requested"), ("s1", "m1", "accepted")]
    events = north.introductions.events("north", offered.id)
    assert [(event.kind, event.by) for event in events] == [
        ("offered", WEI.by),
        ("agreed", "mentor m1"),
        ("accepted", "startup s1"),
    ]


def test_a_yes_that_is_said_again_changes_nothing(north: Store) -> None:
    published(north, result([("s1", "m1")]))
    [offered] = north.introductions.all("north")
    for _ in range(2):
        north.introductions.accept("north", offered.id, [STARTUP], Change(by="startup s1"))
    assert north.introductions.get("north", offered.id).version == 2
    for _ in range(2):
        north.introductions.accept("north", offered.id, BOTH, WEI)
    assert north.introductions.get("north", offered.id).version == 3
    assert len(types_on_record(north)) == 2


def test_a_partners_no_is_on_record_with_its_reason_and_offers_the_next_alternate(north: Store) -> None:
    published(north, result([("s1", "m1")], {"s1": ["m2", "m3"]}))
    [offered] = north.introductions.all("north")
    ended, following = north.introductions.decline("north", offered.id, PARTNER, NO)
    assert (ended.status, ended.declined_by, ended.reason) == ("declined", PARTNER, "在出差")
    assert following is not None
    assert (following.pair.partner_id, following.place, following.instead_of) == ("m2", 1, offered.id)
    assert types_on_record(north) == [("s1", "m1", "declined")]
    assert north.introductions.events("north", offered.id)[-1].details == {
        "sides": ["partner"],
        "next": "m2",
        "passed_over": [],
    }


def test_a_startups_no_is_on_record_as_dismissed(north: Store) -> None:
    published(north, result([("s1", "m1")]))
    [offered] = north.introductions.all("north")
    ended, following = north.introductions.decline(
        "north", offered.id, STARTUP, Change(by="startup s1", why="no")
    )
    assert (ended.status, following) == ("declined", None)
    assert types_on_record(north) == [("s1", "m1", "dismissed")]


def test_a_side_that_said_yes_may_still_say_no_while_the_other_is_waited_for(north: Store) -> None:
    published(north, result([("s1", "m1")]))
    [offered] = north.introductions.all("north")
    north.introductions.accept("north", offered.id, [PARTNER], Change(by="mentor m1"))
    ended, _ = north.introductions.decline("north", offered.id, PARTNER, NO)
    assert (ended.status, ended.agreed) == ("declined", frozenset())


def test_nobody_is_offered_to_a_startup_twice(north: Store) -> None:
    published(north, result([("s1", "m1")], {"s1": ["m2", "m3"]}))
    asked = []
    current: Introduction | None = next(iter(north.introductions.all("north")))
    while current is not None:
        asked.append(current.pair.partner_id)
        _, current = north.introductions.decline("north", current.id, PARTNER, NO)
    assert asked == ["m1", "m2", "m3"]
    assert len(north.introductions.all("north")) == 3


def test_an_alternate_without_room_is_passed_over(north: Store) -> None:
    pairs = [("s1", "m1"), ("s2", "m2"), ("s3", "m2")]
    published(north, result(pairs, {"s1": ["m2", "m3"]}))
    offered = by_pair(north)["s1", "m1"]
    _, following = north.introductions.decline("north", offered.id, PARTNER, NO)
    assert following is not None
    assert following.pair.partner_id == "m3"
    details = north.introductions.events("north", offered.id)[-1].details
    assert details["passed_over"] == [["m2", "no_room"]]


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        (mentor("m2", capacity=2, conflicts=("s1",)), "conflict"),
        (mentor("m2", capacity=0), "no_room"),
        (mentor("m2", capacity=2, status=Status.PAUSED), "inactive"),
        (startup("s1", exclude=("m2",)), "conflict"),
    ],
)
def test_an_alternate_that_something_stands_against_by_now_is_passed_over(
    north: Store, changed: object, why: str
) -> None:
    published(north, result([("s1", "m1")], {"s1": ["m2", "m3"]}))
    north.put_profiles([changed])  # type: ignore[list-item]
    [offered] = north.introductions.all("north")
    _, following = north.introductions.decline("north", offered.id, PARTNER, NO)
    assert following is not None
    assert following.pair.partner_id == "m3"
    assert north.introductions.events("north", offered.id)[-1].details["passed_over"] == [["m2", why]]


def test_an_alternate_that_was_deleted_or_has_met_the_startup_is_passed_over(north: Store) -> None:
    published(north, result([("s1", "m1")], {"s1": ["m2", "m3", "m4"]}))
    north.delete_profile("north", "m2")
    north.add_interactions([met("s1", "m3")])
    [offered] = north.introductions.all("north")
    _, following = north.introductions.decline("north", offered.id, PARTNER, NO)
    assert following is not None
    assert following.pair.partner_id == "m4"


def test_an_alternate_of_a_firm_that_the_startup_meets_already_is_passed_over(north: Store) -> None:
    for name in ("m2", "m3"):
        north.put_profiles([mentor(name, capacity=2, tags=("firm:Harbour",))])
    one_a_firm = Configuration(role=Role.MENTOR, startup_max=2, per_firm=1)
    published(north, result([("s1", "m1"), ("s1", "m2")], {"s1": ["m3", "m4"]}), configuration=one_a_firm)
    _, following = north.introductions.decline("north", by_pair(north)["s1", "m1"].id, PARTNER, NO)
    assert following is not None
    assert following.pair.partner_id == "m4"


def test_an_alternate_takes_the_slot_that_became_free_only_if_it_is_there_then(north: Store) -> None:
    day = Slots(labels=("09:00", "09:30"), away={"m3": ("09:00",)})
    configuration = Configuration(role=Role.MENTOR, startup_max=2, slots=day)
    times = {("s1", "m1"): "09:00", ("s2", "m2"): "09:00"}
    found = result([("s1", "m1"), ("s2", "m2")], {"s1": ["m2", "m3", "m4"]}, times)
    published(north, found, configuration=configuration)
    offered = by_pair(north)["s1", "m1"]
    _, following = north.introductions.decline("north", offered.id, PARTNER, NO)
    assert following is not None
    assert (following.pair.partner_id, following.slot) == ("m4", "09:00")
    details = north.introductions.events("north", offered.id)[-1].details
    assert details["passed_over"] == [["m2", "slot"], ["m3", "slot"]]


def test_two_who_decline_at_once_do_not_both_get_the_last_place(north: Store, url: str) -> None:
    north.put_profiles([mentor("m3", capacity=1)])
    published(north, result([("s1", "m1"), ("s2", "m2")], {"s1": ["m3"], "s2": ["m3"]}))
    stores = [Store(url, clock=lambda: NOW) for _ in range(2)]
    ids = [each.id for each in north.introductions.all("north")]
    threads = [
        threading.Thread(target=store.introductions.decline, args=("north", id_, PARTNER, NO))
        for store, id_ in zip(stores, ids, strict=True)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for store in stores:
        store.close()
    assert sorted(status_of(north).values()) == ["declined", "declined", "offered"]


def test_when_its_time_is_over_it_expires_and_the_next_alternate_has_its_own_time(
    north: Store, clock: Clock
) -> None:
    published(north, result([("s1", "m1"), ("s2", "m2")], {"s1": ["m3"]}))
    north.introductions.accept("north", by_pair(north)["s2", "m2"].id, BOTH, WEI)
    clock.after(days=13, hours=23)
    assert north.introductions.expire() == []
    clock.after(hours=1)
    [(ended, following)] = north.introductions.expire()
    assert (ended.status, ended.ended_at) == ("expired", clock.now)
    assert following is not None
    assert following.expires_at == clock.now + dt.timedelta(days=14)
    assert north.introductions.expire() == []
    assert types_on_record(north) == [("s2", "m2", "requested"), ("s2", "m2", "accepted")]


def test_nobody_who_let_an_offer_expire_is_offered_to_the_startup_again(north: Store, clock: Clock) -> None:
    published(north, result([("s1", "m1")], {"s1": ["m2", "m3"]}))
    for _ in range(4):
        clock.after(days=14)
        north.introductions.expire()
    assert status_of(north) == {("s1", name): "expired" for name in ("m1", "m2", "m3")}


def test_of_a_run_that_is_closed_nobody_is_offered_any_more(north: Store) -> None:
    run = published(north, result([("s1", "m1")], {"s1": ["m2"]}))
    north.match_runs.close("north", run.id, WEI)  # without taking its offers back
    [offered] = north.introductions.all("north")
    ended, following = north.introductions.decline("north", offered.id, PARTNER, NO)
    assert (ended.status, following) == ("declined", None)


def test_what_has_ended_is_not_answered_any_more(north: Store) -> None:
    published(north, result([("s1", "m1")]))
    [offered] = north.introductions.all("north")
    north.introductions.decline("north", offered.id, PARTNER, NO)
    for again in (
        lambda: north.introductions.accept("north", offered.id, [STARTUP], WEI),
        lambda: north.introductions.decline("north", offered.id, STARTUP, NO),
        lambda: north.introductions.withdraw("north", offered.id, NO),
    ):
        with pytest.raises(Conflict, match="has been declined since"):
            again()


def test_whoever_saw_an_earlier_version_is_told_what_changed(north: Store) -> None:
    published(north, result([("s1", "m1")]))
    [offered] = north.introductions.all("north")
    north.introductions.accept("north", offered.id, [STARTUP], Change(by="startup s1", version=1))
    with pytest.raises(Changed, match="agreed by startup s1") as caught:
        north.introductions.withdraw("north", offered.id, Change(by="Li", why="mistake", version=1))
    assert (caught.value.version, [event.kind for event in caught.value.since]) == (2, ["agreed"])
    north.introductions.withdraw("north", offered.id, Change(by="Li", why="mistake", version=2))


def test_what_is_withdrawn_is_offered_to_nobody_else(north: Store) -> None:
    published(north, result([("s1", "m1")], {"s1": ["m2"]}))
    [offered] = north.introductions.all("north")
    ended = north.introductions.withdraw("north", offered.id, Change(by="Wei", why="duplicate"))
    assert (ended.status, ended.reason) == ("withdrawn", "duplicate")
    assert len(north.introductions.all("north")) == 1


@pytest.mark.parametrize("reason", ["", "  ", "x" * 1001])
def test_a_no_needs_a_reason(north: Store, reason: str) -> None:
    published(north, result([("s1", "m1")]))
    [offered] = north.introductions.all("north")
    with pytest.raises(InvalidInput, match="reason"):
        north.introductions.decline("north", offered.id, PARTNER, Change(by="m1", why=reason))


def test_both_organisations_of_a_pair_find_it_and_no_third(north: Store) -> None:
    north.add_organisation("west")
    published(north, result([("s1", "south:m8"), ("s2", "m1")]))
    [abroad] = north.introductions.all("south")
    assert (abroad.pair.startup_id, abroad.pair.partner_id) == ("north:s1", "m8")
    assert north.introductions.all("south", member="m8") == [abroad]
    home = by_pair(north)["s2", "m1"]
    for organisation, id_ in (("south", home.id), ("west", abroad.id), ("west", home.id)):
        with pytest.raises(NotFound):
            north.introductions.get(organisation, id_)
    with pytest.raises(NotFound, match="no introduction"):
        north.introductions.withdraw("south", abroad.id, Change(by="south", why="ours"))


def test_a_later_run_takes_over_what_it_has_too_and_withdraws_what_nobody_answered(north: Store) -> None:
    first = published(north, result([("s1", "m1"), ("s2", "m2"), ("s3", "m3"), ("s3", "m4")]))
    before = by_pair(north)
    north.introductions.accept("north", before["s1", "m1"].id, BOTH, WEI)
    north.introductions.accept("north", before["s2", "m2"].id, [STARTUP], WEI)
    second = published(north, result([("s1", "m1"), ("s2", "m2"), ("s3", "m1")]))
    after = by_pair(north)
    assert north.match_runs.get("north", first.id).status is RunStatus.CLOSED
    assert {pair: (each.run == second.id, each.status.value) for pair, each in after.items()} == {
        ("s1", "m1"): (True, "accepted"),
        ("s2", "m2"): (True, "offered"),
        ("s3", "m1"): (True, "offered"),
        ("s3", "m3"): (False, "withdrawn"),
        ("s3", "m4"): (False, "withdrawn"),
    }
    assert after["s2", "m2"].id == before["s2", "m2"].id
    assert after["s2", "m2"].agreed == {STARTUP}


def test_a_run_is_not_published_over_places_that_others_have_taken_since(north: Store) -> None:
    north.cohorts.create("north", "Autumn", ["s3"], id="autumn")
    late = solved(north, result([("s3", "m1")]), cohort="autumn")
    published(north, result([("s1", "m1"), ("s2", "m1")]))
    with pytest.raises(Conflict, match="'m1' has 0 places left and 1 pairs"):
        north.match_runs.publish("north", late.id, WEI, north.introductions.offering(WEI))
    assert north.match_runs.get("north", late.id).status is RunStatus.SOLVED
    assert ("s3", "m1") not in by_pair(north)


def test_a_run_that_is_closed_withdraws_what_nobody_answered_and_promotes_nobody(north: Store) -> None:
    run = published(north, result([("s1", "m1"), ("s2", "m2")], {"s1": ["m3"]}))
    north.introductions.accept("north", by_pair(north)["s2", "m2"].id, BOTH, WEI)
    end = Change(by="Wei", why="the camp is over")
    north.match_runs.close("north", run.id, end, north.introductions.withdrawing(end))
    assert status_of(north) == {("s1", "m1"): "withdrawn", ("s2", "m2"): "accepted"}


def test_what_introductions_promise_is_told_to_the_next_solving(north: Store) -> None:
    north.cohorts.create("north", "Autumn", ["s3"], id="autumn")
    published(north, result([("s3", "m4")]), cohort="autumn")
    run = published(
        north, result([("s1", "m1"), ("s1", "m2"), ("s2", "m3"), ("s2", "south:m8")], {"s2": ["m4"]})
    )
    pairs = by_pair(north)
    north.introductions.accept("north", pairs["s1", "m1"].id, BOTH, WEI)
    north.introductions.decline("north", pairs["s2", "m3"].id, PARTNER, NO)
    told = promised_to(north, "spring")
    assert (told.base, told.promised) == (run.id, {"north:m4": 1})
    assert told.kept == {("s1", "m1")}
    assert told.offered == {("s1", "m2"), ("s2", "m4"), ("s2", "south:m8")}
    assert told.refused == {("s2", "m3")}
    other = promised_to(north, "autumn")
    assert other.promised == {"north:m2": 1, "north:m4": 1, "south:m8": 1}
    assert promised_to(north, "spring", Configuration(role=Role.INVESTOR)).base == ""


def test_an_introduction_of_investors_is_of_another_run_and_holds_up_no_mentor(north: Store) -> None:
    north.put_profiles([investor("i1", capacity=1)])
    funds = Configuration(role=Role.INVESTOR, startup_max=1)
    published(north, result([("s1", "m1")], {"s1": ["m2"]}), configuration=MENTORS)
    published(north, result([("s1", "i1")]), configuration=funds)
    _, following = north.introductions.decline("north", by_pair(north)["s1", "m1"].id, PARTNER, NO)
    assert following is not None
    assert status_of(north)["s1", "i1"] == "offered"


def test_who_has_not_answered_is_reminded_and_one_that_was_missed_comes_once(
    north: Store, clock: Clock
) -> None:
    published(north, result([("s1", "m1")]), terms=Terms(expires_after_days=9, remind_after_days=(3, 5)))
    [offered] = north.introductions.all("north")
    north.introductions.accept("north", offered.id, [STARTUP], WEI)
    assert north.introductions.remind() == 0
    clock.after(days=6)
    assert (north.introductions.remind(), north.introductions.remind()) == (1, 0)
    reminders = [each for each in north.outbox.entries("north") if each.kind == "reminder"]
    assert [each.profile_id for each in reminders] == ["m1"]
    clock.after(days=4)
    assert north.introductions.remind() == 0


def test_listing_by_member_run_and_status(north: Store) -> None:
    run = published(north, result([("s1", "m1"), ("s2", "m1"), ("s2", "m2")]))
    assert {each.pair.startup_id for each in north.introductions.all("north", member="m1")} == {"s1", "s2"}
    assert len(north.introductions.all("north", member="s2", run=run.id)) == 2
    assert north.introductions.all("north", status=IntroductionStatus.ACCEPTED) == []
    assert north.introductions.all("north", run="none") == []


@pytest.mark.parametrize("who", ["s1", "m1"])
def test_whoever_has_left_automated_matching_since_is_offered_to_nobody(north: Store, who: str) -> None:
    run = solved(north, result([("s1", "m1"), ("s2", "m2")]))
    north.opt_out("north", who, out=True)
    with pytest.raises(Conflict, match=f"'{who}' has left automated matching"):
        north.match_runs.publish("north", run.id, WEI, north.introductions.offering(WEI, Terms()))
    assert north.introductions.all("north") == []
    north.opt_out("north", who, out=False)
    north.match_runs.publish("north", run.id, WEI, north.introductions.offering(WEI, Terms()))
    assert len(north.introductions.all("north")) == 2
