"""The latest slice of time: who is a query, as they were then, and who is right."""

from typing import Any

import pytest

from matcher.interactions import Interaction, InteractionType
from matcher.profiles import Role
from tests.matcher.worlds import event, investor, mentor, startup
from tests.training.toys import DAY
from tests.training.weekly.worlds import FIRST, data_of
from training.weekly.holdout import Holdout, holdout_of

PEOPLE = [startup("s"), startup("t"), startup("u"), investor("i"), investor("j"), investor("k"), mentor("m")]
PLENTY = 1000
FOUND, ASKED, LISTED = InteractionType.INVESTED, InteractionType.REQUESTED, InteractionType.SHORTLISTED


def on(day: int, startup_id: str, partner: str, type_: InteractionType = FOUND, **given: Any) -> Interaction:
    """What happened on a day number."""
    return event(startup_id, partner, type_, days_ago=DAY - day, **given)


def held_out(*events: Interaction, most_pairs: int = PLENTY, role: Role = Role.INVESTOR) -> Holdout:
    """The slice of the last quarter, up to today."""
    return holdout_of(data_of(PEOPLE, events), role, FIRST, DAY, most_pairs)


def right(holdout: Holdout) -> dict[str, list[str]]:
    """The right partners of each query, by id."""
    keys = [key.removeprefix("north:") for key in holdout.partners.terms]
    return {
        query.id: [key for key, true in zip(keys, row, strict=True) if true]
        for query, row in zip(holdout.queries, holdout.truth.tolist(), strict=True)
    }


def test_who_found_partners_in_the_slice_is_asked_about_and_they_are_right():
    events = [on(FIRST + 5, "t", "j"), on(FIRST + 9, "t", "i"), on(FIRST + 7, "s", "k")]

    assert right(held_out(*events)) == {"s": ["k"], "t": ["i", "j"]}


def test_queries_and_partners_stand_in_the_order_of_their_keys():
    found = held_out(on(DAY - 9, "u", "i"), on(DAY - 8, "s", "i"))

    assert [query.key for query in found.queries] == ["north:s", "north:u"]
    assert list(found.partners.terms) == ["north:i", "north:j", "north:k"]
    assert (found.first, found.end, len(found)) == (FIRST, DAY, 2)


def test_the_slice_begins_with_its_first_day_and_ends_before_its_end():
    assert right(held_out(on(FIRST, "s", "i"), on(DAY - 1, "t", "i"))) == {"s": ["i"], "t": ["i"]}
    assert right(held_out(on(FIRST - 1, "s", "i"), on(DAY, "t", "i"))) == {}


@pytest.mark.parametrize("before", [FOUND, ASKED, LISTED])
def test_a_partner_whom_a_startup_knew_before_is_not_new(before: InteractionType):
    events = [on(FIRST - 1, "s", "i", before), on(FIRST + 1, "s", "i"), on(FIRST + 2, "s", "j")]

    assert right(held_out(*events)) == {"s": ["j"]}


def test_whom_another_startup_knew_is_new_all_the_same():
    assert right(held_out(on(FIRST - 1, "t", "i"), on(FIRST + 1, "s", "i"))) == {"s": ["i"]}


def test_who_came_to_no_deal_is_judged_by_whom_it_asked_for():
    events = [on(FIRST + 1, "s", "i", ASKED), on(FIRST + 2, "s", "j", LISTED)]

    assert right(held_out(*events)) == {"s": ["i", "j"]}


def test_beside_a_deal_wishes_are_not_right():
    events = [on(FIRST + 1, "s", "i", ASKED), on(FIRST + 2, "s", "j"), on(FIRST + 3, "t", "k", ASKED)]

    assert right(held_out(*events)) == {"s": ["j"], "t": ["k"]}


@pytest.mark.parametrize(
    "type_",
    [InteractionType.SHOWN, InteractionType.VIEWED, InteractionType.DISMISSED, InteractionType.DECLINED],
)
def test_what_is_no_sign_of_a_fit_makes_nobody_right(type_: InteractionType):
    assert right(held_out(on(FIRST + 1, "s", "i", type_))) == {}


def test_a_good_rating_tells_of_a_fit_and_a_bad_one_does_not():
    rated = InteractionType.RATED
    events = [on(FIRST + 1, "s", "i", rated, value=4.0), on(FIRST + 1, "s", "j", rated, value=3.9)]

    assert right(held_out(*events)) == {"s": ["i"]}


def test_who_is_unknown_or_of_the_other_role_is_left_out():
    events = [on(DAY - 1, "gone", "i"), on(DAY - 1, "s", "gone"), on(DAY - 1, "t", "m")]

    assert right(held_out(*events)) == {}
    assert right(held_out(*events, role=Role.MENTOR)) == {"t": ["m"]}


def test_a_query_is_as_it_was_at_its_first_deal_of_the_slice():
    people = [
        startup("s", stage="B", raising_amount=9e7, raising_currency="CNY"),
        investor("i"),
        investor("j"),
    ]
    events = [
        on(FIRST + 1, "s", "i", stage="angel", amount=5e5, currency="USD"),
        on(FIRST + 2, "s", "j", stage="A", amount=2e6, currency="USD"),
    ]
    (query,) = holdout_of(data_of(people, events), Role.INVESTOR, FIRST, DAY, PLENTY).queries

    assert (query.stage, query.raising_amount, query.raising_currency) == ("angel", 5e5, "USD")


def test_what_a_deal_does_not_tell_of_its_round_the_startup_tells_itself():
    people = [startup("s", stage="B", raising_amount=9e7, raising_currency="CNY"), investor("i")]
    events = [on(FIRST - 9, "s", "i", ASKED, stage="seed"), on(FIRST + 1, "s", "i")]
    assert holdout_of(data_of(people, events), Role.INVESTOR, FIRST, DAY, PLENTY).queries == ()

    (query,) = holdout_of(data_of(people, events[1:]), Role.INVESTOR, FIRST, DAY, PLENTY).queries
    assert query == people[0]


def test_of_too_many_pairs_the_startups_that_came_last_are_kept():
    """Three partners: of eight pairs, two startups."""
    events = [on(FIRST + 3, "s", "i"), on(FIRST + 1, "t", "i"), on(FIRST + 2, "u", "i")]

    assert right(held_out(*events, most_pairs=9)) == {"s": ["i"], "t": ["i"], "u": ["i"]}
    assert right(held_out(*events, most_pairs=8)) == {"s": ["i"], "u": ["i"]}
    assert right(held_out(*events, most_pairs=2)) == {}


def test_without_partners_nobody_asks():
    found = holdout_of(data_of([startup("s")], [on(DAY - 1, "s", "i")]), Role.INVESTOR, FIRST, DAY, PLENTY)

    assert (len(found), len(found.partners), found.truth.shape) == (0, 0, (0, 0))
