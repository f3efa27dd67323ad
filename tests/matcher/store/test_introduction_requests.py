"""Introductions that a startup asks for itself."""

import dataclasses
import datetime as dt
import threading
from collections.abc import Iterator

import pytest

from matcher.cohorts.introducing.introduction import Introduction, IntroductionStatus, Side
from matcher.cohorts.introducing.messages import MessageKind
from matcher.cohorts.introducing.requests import MOST_WAITING, Asking, Refusal, RequestRefused
from matcher.cohorts.run import Change
from matcher.errors import Conflict, InvalidInput, NotFound
from matcher.interactions import TYPES, InteractionType
from matcher.profiles import Status
from matcher.store import Store
from tests.matcher.store.runs import pair
from tests.matcher.store.runs_at_hand import MENTORS, Clock, published, result
from tests.matcher.store.samples import NOW, mentor, startup

S1 = Change(by="startup s1")
M1 = Change(by="mentor m1")


@pytest.fixture
def clock() -> Clock:
    return Clock(NOW)


@pytest.fixture
def north(url: str, clock: Clock) -> Iterator[Store]:
    """Two startups of north and three mentors with one place each; south shares one mentor and keeps one."""
    store = Store(url, clock=clock)
    for organisation in ("north", "south"):
        store.add_organisation(organisation)
    people = [startup(f"s{n}") for n in (1, 2)] + [mentor(f"m{n}", capacity=1) for n in (1, 2, 3)]
    abroad = [mentor("m8", organisation="south", shared=True), mentor("m9", organisation="south")]
    store.put_profiles([*people, *abroad])
    store.cohorts.create("north", "Spring", ["s1", "s2"], id="spring")
    yield store
    store.close()


def ask(store: Store, startup_id: str = "s1", partner_id: str = "m1", **given: str) -> Introduction:
    asking = Asking(pair=pair(startup_id, partner_id), **given)
    return store.introductions.request("north", asking, Change(by=f"startup {startup_id}"))


def types_on_record(store: Store) -> list[str]:
    return [TYPES[code].value for code in store.interactions().types]


def left(store: Store) -> list[tuple[str, str]]:
    return [(each.kind.value, each.profile_id) for each in store.outbox.entries("north")]


def test_a_request_is_an_introduction_with_the_startups_yes(north: Store) -> None:
    asked = ask(north, note="We weld.", request_id="list-1")
    assert (asked.run, asked.cohort, asked.note) == ("", "", "We weld.")
    assert (asked.status, asked.agreed) == (IntroductionStatus.OFFERED, {Side.STARTUP})
    assert types_on_record(north) == ["requested"]
    assert list(north.feedback(NOW, NOW).responses.requests) == ["list-1"]
    assert left(north) == [("offered", "m1")]  # the startup is not offered what it asked for


def test_asking_again_is_the_same_request(north: Store) -> None:
    first = ask(north)
    assert ask(north, note="Once more") == first
    assert types_on_record(north) == ["requested"]
    assert len(left(north)) == 1


def test_of_two_who_ask_at_once_one_makes_the_request(north: Store) -> None:
    found: list[Introduction] = []
    threads = [threading.Thread(target=lambda: found.append(ask(north))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({each.id for each in found}) == 1
    assert len(north.introductions.all("north")) == 1


def test_to_ask_for_what_a_run_offers_is_to_say_yes_to_it(north: Store) -> None:
    published(north, result([("s1", "m1")]))
    [offered] = north.introductions.all("north")
    asked = ask(north)
    assert (asked.id, asked.agreed) == (offered.id, {Side.STARTUP})


def test_the_partner_answers_and_both_are_told(north: Store) -> None:
    asked = ask(north)
    done = north.introductions.accept("north", asked.id, [Side.PARTNER], M1)
    assert done.status is IntroductionStatus.ACCEPTED
    assert types_on_record(north) == ["requested", "accepted"]
    assert sorted(left(north)[:2]) == [("accepted", "m1"), ("accepted", "s1")]


def test_nobody_follows_a_no(north: Store) -> None:
    asked = ask(north)
    done, following = north.introductions.decline("north", asked.id, Side.PARTNER, Change(by="m", why="no"))
    assert (done.status, following) == (IntroductionStatus.DECLINED, None)
    with pytest.raises(RequestRefused) as refused:
        ask(north)
    assert refused.value.why is Refusal.UNAVAILABLE


def test_a_request_expires_and_is_reminded_of(north: Store, clock: Clock) -> None:
    ask(north)
    clock.now = NOW + dt.timedelta(days=8)
    assert north.introductions.remind() == 1
    clock.now = NOW + dt.timedelta(days=15)
    [(ended, following)] = north.introductions.expire()
    assert (ended.status, following) == (IntroductionStatus.EXPIRED, None)


def test_a_place_that_is_promised_or_taken_is_nobody_elses(north: Store) -> None:
    ask(north, "s1", "m1")
    assert north.introductions.places_used(["north:m1", "north:m2"]) == {"north:m1": 1, "north:m2": 0}
    with pytest.raises(RequestRefused, match="not available"):
        ask(north, "s2", "m1")
    ask(north, "s2", "m2")


@pytest.mark.parametrize(
    "changed",
    [
        {"status": Status.PAUSED},
        {"conflicts": ("s1",)},
        {"exclude": ("s1",)},
        {"capacity": 0},
    ],
)
def test_what_the_lists_would_refuse_is_refused(north: Store, changed: dict[str, object]) -> None:
    partner = dataclasses.replace(north.profile("north", "m1"), **changed)  # type: ignore[arg-type]
    north.put_profiles([partner])
    with pytest.raises(RequestRefused) as refused:
        ask(north)
    assert refused.value.why is Refusal.UNAVAILABLE
    assert north.introductions.all("north") == []
    assert types_on_record(north) == []


def test_who_opted_out_is_not_asked_and_does_not_ask(north: Store) -> None:
    north.opt_out("north", "m1", out=True)
    with pytest.raises(RequestRefused, match="not available"):
        ask(north)
    north.opt_out("north", "s1", out=True)
    with pytest.raises(RequestRefused, match="takes no part"):
        ask(north, "s1", "m2")


def test_a_partner_of_another_organisation_is_asked_where_it_is_shared(north: Store) -> None:
    asked = ask(north, "s1", "south:m8")
    assert north.introductions.get("south", asked.id).partner_key == "south:m8"
    with pytest.raises(RequestRefused):
        ask(north, "s1", "south:m9")
    with pytest.raises(NotFound):
        ask(north, "s1", "nobody")


def test_only_so_many_requests_wait(north: Store) -> None:
    north.put_profiles([mentor(f"x{n}") for n in range(MOST_WAITING + 1)])
    for n in range(MOST_WAITING):
        ask(north, "s1", f"x{n}")
    with pytest.raises(RequestRefused) as refused:
        ask(north, "s1", f"x{MOST_WAITING}")
    assert refused.value.why is Refusal.TOO_MANY


def test_a_startup_takes_its_request_back_and_may_ask_again(north: Store) -> None:
    asked = ask(north)
    gone = north.introductions.take_back("north", asked.id, S1)
    assert (gone.status, gone.declined_by) == (IntroductionStatus.WITHDRAWN, Side.STARTUP)
    assert left(north)[0] == (MessageKind.WITHDRAWN.value, "m1")
    with pytest.raises(Conflict, match="withdrawn"):
        north.introductions.take_back("north", asked.id, S1)
    assert ask(north).id != asked.id


def test_what_a_run_offers_is_not_the_startups_to_take_back(north: Store) -> None:
    published(north, result([("s1", "m1")]))
    [offered] = north.introductions.all("north")
    with pytest.raises(NotFound):
        north.introductions.take_back("north", offered.id, S1)


def test_what_was_asked_for_goes_on_under_a_run_that_has_the_pair(north: Store) -> None:
    asked, other = ask(north, "s1", "m1"), ask(north, "s1", "m2")
    run = published(north, result([("s1", "m1"), ("s2", "m3")]))
    carried = north.introductions.get("north", asked.id)
    assert (carried.run, carried.cohort, carried.is_open) == (run.id, "spring", True)
    assert north.introductions.get("north", other.id) == other
    assert len(north.introductions.all("north")) == 3


def test_a_promise_to_a_startup_that_asked_counts_when_a_run_is_solved(north: Store) -> None:
    ask(north, "s1", "south:m8")
    draft = north.match_runs.create("north", "spring", MENTORS, S1)
    assert north.match_runs.commitments("north", draft.id).promised["south:m8"] == 1


def test_a_note_that_is_too_long_or_cannot_be_kept_is_refused(north: Store) -> None:
    for note in ("x" * 1001, "half \ud800"):
        with pytest.raises(InvalidInput):
            ask(north, note=note)
    assert types_on_record(north) == []


def test_of_a_deleted_startup_no_note_is_left(north: Store) -> None:
    asked = ask(north, note="private")
    north.delete_profile("north", "s1")
    assert north.introductions.get("north", asked.id).note == ""


def test_the_newest_come_first_where_that_is_asked(north: Store, clock: Clock) -> None:
    first = ask(north, "s1", "m1")
    clock.now = NOW + dt.timedelta(hours=1)
    second = ask(north, "s1", "m2")
    found = north.introductions.all("north", member="s1", newest_first=True)
    assert [each.id for each in found] == [second.id, first.id]
    assert InteractionType.REQUESTED.value in types_on_record(north)
