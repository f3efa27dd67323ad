"""Prices of partners in a small world: who is in everyone's list is dear."""

import datetime as dt

from matcher.interactions import day_number
from matcher.profiles import Role
from tests.matcher.worlds import (
    TODAY,
    VectorMemory,
    WordEncoder,
    event,
    investor,
    mentor,
    ordered,
    startup,
    trained_on,
)
from training.pricing import latest_startups
from training.world import World, read_data, world_of


def test_every_partner_of_a_role_has_a_price_and_whom_all_chose_is_dearer_than_the_others() -> None:
    people = [startup(f"s{n}") for n in range(20)] + [investor(f"i{n:02}") for n in range(20)]
    model = trained_on(people, [event(f"s{n}", "i00") for n in range(20)]).roles[Role.INVESTOR]

    prices = dict(zip(model.partners.terms, model.prices.tolist(), strict=True))

    assert len(prices) == 20
    assert prices.pop("north:i00") > 0 > max(prices.values())


def test_capacity_makes_cheap() -> None:
    people = [startup("s")] + [mentor(f"m{n}", capacity=9 if n == 3 else 1) for n in range(12)]
    model = trained_on(people, []).roles[Role.MENTOR]
    assert model.prices.argmin() == model.partners.row("north:m3")


def test_without_startups_or_with_too_few_partners_nobody_has_a_price() -> None:
    assert not trained_on([investor("i")], []).roles[Role.INVESTOR].prices.any()
    assert not trained_on([startup("s"), investor("i")], []).roles[Role.INVESTOR].prices.any()


def test_the_startups_of_the_latest_events_are_asked_first_and_all_where_nothing_happened() -> None:
    people = [startup("a"), startup("b"), startup("c"), investor("i")]
    events = [event("a", "i", days_ago=9), event("b", "i", days_ago=3), event("a", "i", days_ago=5)]
    assert latest_startups(_world(people, events), 9) == ["north:b", "north:a"]
    assert latest_startups(_world(people, events), 1) == ["north:b"]
    assert latest_startups(_world(people, []), 2) == ["north:a", "north:b"]


def _world(people: list, events: list) -> World:
    data = read_data(people, ordered(events), WordEncoder(), VectorMemory(), lambda _: None)
    return world_of(data, day_number(TODAY + dt.timedelta(days=1)))
