"""What became of pairs, who is shown how often, and what is scarce: worlds whose answers are known."""

import datetime as dt
import math
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from matcher.errors import InvalidInput
from matcher.interactions import TYPES
from matcher.profiles import Profile, Role
from matcher.reports.exposure import Partner, due_of, exposure_of
from matcher.reports.outcomes import Events, outcomes_of
from matcher.reports.periods import Period, Span, around
from matcher.reports.supply import supply_report
from tests.api.conftest import NOON

MARCH, APRIL = dt.datetime(2026, 3, 1, tzinfo=dt.UTC), dt.datetime(2026, 4, 1, tzinfo=dt.UTC)
KEYS = ["o:s1", "o:s2", "o:m1", "o:i1"]
ROLES = ["startup", "startup", "mentor", "investor"]


def events(*told: tuple[str, str, str, dt.datetime, float]) -> Events:
    """Events from (startup, partner, type, moment, value)."""
    startups, partners, types, moments, values = list(zip(*told, strict=True)) or [()] * 5
    return Events(
        keys=np.array(KEYS, object),
        roles=np.array(ROLES, object),
        startups=np.array([KEYS.index(each) for each in startups], np.intp),
        partners=np.array([KEYS.index(each) for each in partners], np.intp),
        types=np.array([[str(kind) for kind in TYPES].index(each) for each in types], np.int8),
        moments=np.array([int(at.timestamp() * 1e6) for at in moments], np.int64),
        values=np.array(values, np.float64),
    )


def day(number: int, month: int = 3) -> dt.datetime:
    return dt.datetime(2026, month, number, 12, tzinfo=dt.UTC)


NO = math.nan


def test_a_pair_enters_with_its_first_step_and_brings_what_came_later():
    told = events(
        ("o:s1", "o:m1", "requested", day(2), NO),
        ("o:s1", "o:m1", "declined", day(3), NO),  # and thought better of it
        ("o:s1", "o:i1", "requested", day(1, 4), NO),  # entered later
        ("o:s1", "o:m1", "met", day(9, 5), NO),  # after the period, but of a pair that entered in it
        ("o:s1", "o:m1", "rated", day(9, 5), 4.0),
        ("o:s1", "o:m1", "rated", day(9, 6), 5.0),
        ("o:s2", "o:i1", "requested", day(3), NO),
        ("o:s2", "o:i1", "declined", day(4), NO),
        ("o:s2", "o:m1", "requested", day(28, 2), NO),  # entered before
        ("o:s2", "o:m1", "invested", day(5), NO),
    )
    found = outcomes_of(told, MARCH, APRIL, {"spring": ["o:s1"], "none": ["o:x"]})
    total = found.total
    assert (total.requested, total.accepted, total.met, total.rated, total.invested) == (2, 1, 1, 1, 0)
    assert (total.declined, total.rating) == (1, 4.5)
    assert [(each.name, each.requested) for each in found.groups["role"]] == [("mentor", 1), ("investor", 1)]
    assert [(each.name, each.met) for each in found.groups["cohort"]] == [("spring", 1)]
    assert [each.name for each in found.groups["month"]] == ["2026-03"]
    assert total.rate("met").share == 0.5


def test_what_was_offered_and_declined_counts_whoever_said_no():
    told = events(
        ("o:s1", "o:m1", "shown", day(2), NO),
        ("o:s1", "o:m1", "requested", day(3), NO),
        ("o:s1", "o:m1", "accepted", day(3), NO),
        ("o:s1", "o:i1", "shown", day(2), NO),
        ("o:s1", "o:i1", "dismissed", day(4), NO),
        ("o:s2", "o:m1", "shown", day(2), NO),
        ("o:s2", "o:m1", "declined", day(4), NO),
        ("o:s2", "o:i1", "shown", day(2), NO),  # nobody has answered yet
    )
    total = outcomes_of(told, MARCH, APRIL, {}).total
    assert (total.offered, total.requested, total.accepted, total.declined) == (4, 1, 1, 2)
    assert total.rate("accepted").share == 0.25


def test_months_are_those_of_the_office():
    late = dt.datetime(2026, 3, 31, 20, tzinfo=dt.UTC)  # 1 April in Shanghai
    told = events(("o:s1", "o:m1", "requested", late, NO))
    zone = ZoneInfo("Asia/Shanghai")
    period = Period(Span.OWN, dt.date(2026, 3, 1), dt.date(2026, 4, 30))
    found = outcomes_of(told, period.since(zone), period.until(zone), {}, zone)
    assert [each.name for each in found.groups["month"]] == ["2026-04"]


def test_nothing_happened():
    found = outcomes_of(events(), MARCH, APRIL, {"spring": []})
    assert found.total.requested == 0
    assert found.total.rate("met").share is None
    assert all(not groups for groups in found.groups.values())


def partner(key: str, capacity: int | None) -> Partner:
    return Partner(key, key, "mentor", capacity)


def test_exposure_is_even_where_it_follows_room():
    found = exposure_of([partner("a", 1), partner("b", 3)], {"a": 10, "b": 30}, MARCH, APRIL)
    assert found.gini == pytest.approx(0.25)  # by head it is not
    assert found.gini_due == pytest.approx(0)  # by room it is
    assert [line.due for line in found.lines] == [30, 10]
    assert found.least == ()


def test_who_is_never_shown_lacks_most_and_nobody_without_room_does():
    people = [partner("a", 2), partner("b", 2), partner("c", 0)]
    found = exposure_of(people, {"a": 8}, MARCH, APRIL)
    assert (found.shown, found.never) == (8, 2)
    assert [line.partner.key for line in found.least] == ["b"]
    assert found.curve[0] == 0
    assert found.curve[-1] == 1


def test_an_unknown_capacity_counts_as_the_usual_one():
    assert due_of([partner("a", 1), partner("b", 3), partner("c", None)]).tolist() == pytest.approx(
        [1 / 6, 3 / 6, 2 / 6]
    )
    assert due_of([partner("a", 0)]).tolist() == [1]


def profile(role: Role, id_: str, **given: object) -> Profile:
    return Profile(organisation="o", role=role, id=id_, name=id_, **given)  # type: ignore[arg-type]


def test_a_service_is_short_by_the_places_that_are_lacking():
    startups = [
        profile(Role.STARTUP, f"s{n}", needs=("股权融资",), industries=("人工智能",)) for n in range(3)
    ]
    away = profile(Role.STARTUP, "left", needs=("股权融资",), opted_out_at=NOON)
    fund = profile(Role.INVESTOR, "fund", offers=("股权融资",), industries=("人工智能",))
    found = supply_report([*startups, away], [(fund, 2.0)])
    [equity] = found.services
    assert (equity.code, equity.wanted, equity.partners, equity.places, equity.short) == (
        "finance.equity",
        3,
        1,
        2,
        1,
    )
    [unlimited] = supply_report(startups, [(fund, math.inf)]).services
    assert (unlimited.short, unlimited.unlimited) == (0, 1)
    [industry] = found.industries
    assert (industry.wanted, industry.partners) == (3, 1)


def test_periods_and_the_ones_before():
    march = around(Span.MONTH, dt.date(2026, 3, 15))
    assert (march.first, march.last) == (dt.date(2026, 3, 1), dt.date(2026, 3, 31))
    assert march.before == around(Span.MONTH, dt.date(2026, 2, 1))
    winter = around(Span.QUARTER, dt.date(2026, 1, 1)).before
    assert (winter.first, winter.last) == (dt.date(2025, 10, 1), dt.date(2025, 12, 31))
    assert around(Span.YEAR, dt.date(2024, 12, 31)).before.first == dt.date(2023, 1, 1)
    ten = Period(Span.OWN, dt.date(2026, 3, 11), dt.date(2026, 3, 20))
    assert (ten.before.first, ten.before.last) == (dt.date(2026, 3, 1), dt.date(2026, 3, 10))
    with pytest.raises(InvalidInput):
        Period(Span.OWN, dt.date(2026, 3, 2), dt.date(2026, 3, 1))
