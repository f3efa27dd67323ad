"""What reports of outcomes and exposure read of a published run: its offers, and what both sides said."""

import datetime as dt
from collections.abc import Iterator

import pytest

from matcher.cohorts.introducing.introduction import Side
from matcher.cohorts.run import Change
from matcher.reports.outcomes import Funnel, outcomes_of
from matcher.store import Store
from tests.matcher.store.runs_at_hand import published, result
from tests.matcher.store.samples import NOW, mentor, met, startup

DAY = dt.timedelta(days=1)
SPAN = (NOW - DAY, NOW + DAY)


@pytest.fixture
def north(url: str) -> Iterator[Store]:
    """A run of four pairs was published: one was accepted, one declined by each side, one waits."""
    store = Store(url, clock=lambda: NOW)
    store.add_organisation("north")
    store.put_profiles([startup(f"s{n}") for n in (1, 2)] + [mentor(f"m{n}", capacity=3) for n in (1, 2, 3)])
    store.cohorts.create("north", "Spring", ["s1", "s2"], id="spring")
    published(store, result([("s1", "m1"), ("s1", "m2"), ("s2", "m1"), ("s2", "m2")]))
    ids = {(each.pair.startup_id, each.pair.partner_id): each.id for each in store.introductions.all("north")}
    no = Change(by="somebody", why="no time")
    store.introductions.accept("north", ids["s1", "m1"], list(Side), Change(by="both"))
    store.introductions.decline("north", ids["s1", "m2"], Side.STARTUP, no)
    store.introductions.decline("north", ids["s2", "m1"], Side.PARTNER, no)
    yield store
    store.close()


def total(store: Store) -> Funnel:
    return outcomes_of(store.outcomes.events("north"), *SPAN, {}).total


def test_an_offer_enters_and_either_sides_no_is_a_no(north: Store) -> None:
    found = total(north)
    assert (found.offered, found.requested, found.accepted, found.declined) == (4, 1, 1, 2)


def test_an_offer_shows_the_partner_once(north: Store) -> None:
    assert north.outcomes.shown("north", SPAN, (NOW + DAY, NOW + 2 * DAY)) == [
        {"north:m1": 2, "north:m2": 2},
        {},
    ]


def test_the_mark_changes_with_whatever_the_events_are_made_of(north: Store) -> None:
    marks = [north.outcomes.mark("north")]
    waits = next(
        each
        for each in north.introductions.all("north")
        if each.pair.startup_id == "s2" and each.pair.partner_id == "m2"
    )
    north.introductions.accept("north", waits.id, [Side.STARTUP], Change(by="somebody"))
    marks.append(north.outcomes.mark("north"))
    north.add_interactions([met("s1", "m1")])
    marks.append(north.outcomes.mark("north"))
    assert marks == sorted(set(marks))
