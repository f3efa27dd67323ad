import datetime as dt
from typing import Any

import pytest

from matcher.errors import InvalidInput, NotFound
from matcher.ledger import LedgerEntry
from matcher.store import Counts, Store
from tests.matcher.store.samples import mentor, startup

JANUARY, FEBRUARY = dt.date(2024, 1, 1), dt.date(2024, 2, 1)


@pytest.fixture(autouse=True)
def _world(store: Store) -> None:
    store.put_profiles([startup("s1"), startup("s2"), mentor("m1"), startup("s1", organisation="south")])


def entry(startup_id: str, month: dt.date, **figures: Any) -> LedgerEntry:
    return LedgerEntry(**{"organisation": "north", "startup_id": startup_id, "month": month} | figures)


def test_months_come_back_oldest_first(store: Store) -> None:
    january = entry(
        "s1", JANUARY, headcount=12.0, present=7.0, revenue=1e5, orders=2.5, cash=-3.0, note="到岗减少"
    )
    february = entry("s1", FEBRUARY, headcount=0.0)
    assert store.put_ledger([february, january, entry("s2", JANUARY)]) == Counts(added=3)
    assert store.ledger("north", "s1") == [january, february]


def test_a_month_put_again_is_unchanged_or_replaced(store: Store) -> None:
    store.put_ledger([entry("s1", JANUARY, cash=1.0), entry("s1", FEBRUARY)])
    before = store.revision()
    assert store.put_ledger([entry("s1", JANUARY, cash=1.0)]) == Counts(unchanged=1)
    assert store.revision() == before
    assert store.put_ledger([entry("s1", JANUARY, revenue=2.0)]) == Counts(changed=1)
    assert store.revision() == before + 1
    assert store.ledger("north", "s1")[0] == entry("s1", JANUARY, revenue=2.0)


def test_of_two_for_one_month_the_later_stays(store: Store) -> None:
    counts = store.put_ledger([entry("s1", JANUARY, cash=1.0), entry("s1", JANUARY, cash=2.0)])
    assert counts == Counts(added=1, changed=1)
    assert [month.cash for month in store.ledger("north", "s1")] == [2.0]


def test_a_startup_without_months_and_an_unknown_one_have_none(store: Store) -> None:
    store.put_ledger([entry("s1", JANUARY)])
    assert store.ledger("north", "s2") == store.ledger("north", "s9") == store.ledger("south", "s1") == []


@pytest.mark.parametrize("startup_id", ["s9", "m1", "south:s1"])
def test_a_month_of_no_startup_of_the_organisation_is_refused(store: Store, startup_id: str) -> None:
    with pytest.raises(NotFound, match=startup_id):
        store.put_ledger([entry("s1", JANUARY), entry(startup_id, JANUARY)])
    assert store.ledger("north", "s1") == []


def test_a_note_that_no_database_keeps_is_refused(store: Store) -> None:
    with pytest.raises(InvalidInput, match="note"):
        store.put_ledger([entry("s1", JANUARY, note="\0")])
