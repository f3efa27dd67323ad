"""Ledgers by organisation, and decisions that change a profile in the same breath."""

import dataclasses
import datetime as dt
from multiprocessing.pool import Pool

import pytest

from matcher.attention.decisions import Decision, Verdict
from matcher.attention.months import Figure
from matcher.attention.signals import Rule, Severity, Signal
from matcher.errors import Conflict, InvalidInput, NotFound
from matcher.interactions import Interaction, InteractionType
from matcher.ledger import LedgerEntry
from matcher.profiles import Profile
from matcher.store import Store
from tests.matcher.store.samples import NOW, mentor, met, startup

JANUARY, FEBRUARY, MARCH = (dt.date(2024, month, 1) for month in (1, 2, 3))
SIGNAL = Signal(
    startup_id="s1",
    rule=Rule.RUNWAY_SHORT,
    month=MARCH,
    severity=Severity.WARNING,
    gravity=1.2,
    facts={"cash": 50.0, "burn": 10.0, "runway": 5.0},
    evidence=(Figure(FEBRUARY, "cash", 60.0), Figure(MARCH, "cash", 50.0)),
    needs=("finance.equity", "finance.loan"),
)


@pytest.fixture(autouse=True)
def _world(store: Store) -> None:
    store.put_profiles(
        [
            startup("s1", needs=("市场",)),
            startup("s2"),
            mentor("m1"),
            startup("s1", organisation="south"),
            mentor("m8", organisation="south", shared=True),
        ]
    )


def entry(startup_id: str, month: dt.date, organisation: str = "north", cash: float = 1.0) -> LedgerEntry:
    return LedgerEntry(organisation=organisation, startup_id=startup_id, month=month, cash=cash)


def decision(verdict: Verdict = Verdict.CONFIRMED, signal: Signal = SIGNAL, **fields: str) -> Decision:
    need = "finance.loan" if verdict is Verdict.CONFIRMED else ""
    known = {"organisation": "north", "need": need, "who": "staff", "reason": "订单在手，缺周转资金"}
    return Decision(signal=signal, verdict=verdict, at=NOW, **(known | fields))


def with_loan(profile: Profile) -> Profile:
    return dataclasses.replace(profile, needs=(*profile.needs, "贷款"))


def unchanged(profile: Profile) -> Profile:
    return profile


def test_ledgers_come_by_startup_and_oldest_first(store: Store) -> None:
    months = [entry("s2", JANUARY), entry("s1", FEBRUARY), entry("s1", JANUARY)]
    store.put_ledger([*months, entry("s1", MARCH, "south")])
    found = store.attention.ledgers("north")
    assert list(found.items()) == [
        ("s1", [entry("s1", JANUARY), entry("s1", FEBRUARY)]),
        ("s2", [entry("s2", JANUARY)]),
    ]
    assert store.attention.ledgers("north", startup_id="s2") == {"s2": [entry("s2", JANUARY)]}
    assert store.attention.ledgers("north", startup_id="s9") == {}


def test_the_latest_month_is_the_organisations_own_and_not_after_today(store: Store) -> None:
    assert store.attention.latest_month("north", MARCH) is None
    store.put_ledger([entry("s1", JANUARY), entry("s2", FEBRUARY), entry("s1", MARCH, "south")])
    assert store.attention.latest_month("north", MARCH) == FEBRUARY
    assert store.attention.latest_month("north", JANUARY) == JANUARY


def test_a_decision_comes_back_as_it_was_made(store: Store) -> None:
    store.attention.decide(decision(), with_loan)
    assert store.attention.decisions("north") == {"s1": [decision()]}
    assert store.attention.decisions("north", startup_id="s2") == store.attention.decisions("south") == {}


def test_a_confirmed_need_is_in_the_profile_at_once_and_under_a_new_revision(store: Store) -> None:
    before = store.revision()
    after = store.attention.decide(decision(), with_loan)
    assert after.needs == store.profile("north", "s1").needs == ("市场", "贷款")
    changes = store.changes_since(before)
    assert [profile.key for profile in changes.profiles] == ["north:s1"]
    assert store.profile("south", "s1").needs == ()


def test_a_dismissal_changes_no_profile_and_no_revision(store: Store) -> None:
    before = store.revision()
    store.attention.decide(decision(Verdict.DISMISSED), unchanged)
    assert store.revision() == before
    assert store.attention.decisions("north")["s1"][0].verdict is Verdict.DISMISSED


def test_the_same_signal_is_decided_on_once(store: Store) -> None:
    store.attention.decide(decision(Verdict.DISMISSED), unchanged)
    with pytest.raises(Conflict, match="already"):
        store.attention.decide(decision(who="somebody else"), with_loan)
    assert store.profile("north", "s1").needs == ("市场",)
    worse = dataclasses.replace(SIGNAL, evidence=(Figure(MARCH, "cash", 10.0),))
    store.attention.decide(decision(signal=worse), with_loan)
    assert [each.verdict.value for each in store.attention.decisions("north")["s1"]] == [
        "dismissed",
        "confirmed",
    ]


def confirm(url: str) -> int:
    store = Store(url)
    try:
        store.attention.decide(decision(), with_loan)
    except Conflict:
        return 0
    finally:
        store.close()
    return 1


def test_of_several_who_decide_at_once_one_does(store: Store, url: str, processes: Pool) -> None:
    assert sum(processes.map(confirm, [url] * 4, chunksize=1)) == 1
    assert store.profile("north", "s1").needs == ("市场", "贷款")
    assert len(store.attention.decisions("north")["s1"]) == 1


@pytest.mark.parametrize("startup_id", ["s9", "m1", "south:s1"])
def test_only_a_startup_of_the_organisation_is_decided_about(store: Store, startup_id: str) -> None:
    other = dataclasses.replace(SIGNAL, startup_id=startup_id)
    with pytest.raises(NotFound, match=startup_id):
        store.attention.decide(decision(signal=other), with_loan)


def test_a_reason_that_no_database_keeps_is_refused_and_nothing_is_kept(store: Store) -> None:
    with pytest.raises(InvalidInput, match="reason"):
        store.attention.decide(decision(reason="so\0so"), with_loan)
    assert store.attention.decisions("north") == {}
    assert store.profile("north", "s1").needs == ("市场",)


def test_what_was_known_of_a_deleted_startup_is_left_out(store: Store) -> None:
    store.put_ledger([entry("s1", JANUARY)])
    store.attention.decide(decision(), with_loan)
    store.delete_profile("north", "s1")
    assert store.attention.ledgers("north") == store.attention.decisions("north") == {}
    assert store.attention.latest_month("north", MARCH) is None


def test_events_are_those_of_the_organisations_startups_within_the_span(store: Store) -> None:
    day = dt.timedelta(days=1)
    events = [met("s1", "m1"), met("s2", "m1", at=NOW - 2 * day), met("s1", "south:m8", at=NOW + day)]
    abroad = Interaction(
        organisation="south", startup_id="s1", partner_id="m8", type=InteractionType.MET, at=NOW
    )
    store.add_interactions([*events, abroad])
    found = store.attention.events("north", NOW - day, NOW + 2 * day)
    assert list(found.partners) == ["north:m1", "south:m8"]
    assert len(store.attention.events("north", NOW - day, NOW)) == 0


def test_profiles_come_by_key_and_deleted_ones_do_not(store: Store) -> None:
    store.delete_profile("north", "m1")
    found = store.attention.profiles(["north:m1", "south:m8", "north:s1", "north:xx"])
    assert sorted(found) == ["north:s1", "south:m8"]
    assert found["south:m8"].shared
