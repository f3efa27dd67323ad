import datetime as dt
from collections.abc import Sequence

import numpy as np
import pytest

from matcher.interactions import Interaction, InteractionType, day_number
from matcher.profiles import Profile, Role
from matcher.vocabulary import Vocabulary
from tests.matcher.worlds import TODAY, event, investor, mentor, ordered, startup
from training.deals import DECAY_DAYS, STRENGTH, Deals, deals_of

PEOPLE = [
    startup("s", industries=("alpha",), stage="angel"),
    startup("t"),
    investor("i"),
    investor("j"),
    mentor("m"),
]


def deals(
    *events: Interaction, role: Role = Role.INVESTOR, people: Sequence[Profile] = PEOPLE
) -> tuple[Deals, Vocabulary]:
    attributes, by_key = Vocabulary(), {profile.key: profile for profile in people}
    partners = Vocabulary(key for key, profile in by_key.items() if profile.role is role)
    return deals_of(partners, ordered(events), by_key, attributes, day_number(TODAY)), attributes


def terms_of(found: Deals, attributes: Vocabulary, row: int = 0) -> set[str]:
    return {attributes.terms[column] for column in found.described[[row]].indices.tolist()}


@pytest.mark.parametrize("type_", STRENGTH)
def test_a_deal_weighs_its_strength_today_and_less_with_age(type_: InteractionType):
    for days_ago in (1, 365, 1000):
        found, _ = deals(event("s", "i", type_, days_ago=days_ago))
        assert found.weights() == pytest.approx([STRENGTH[type_] * np.exp(-days_ago / DECAY_DAYS)])


@pytest.mark.parametrize("type_", sorted(set(InteractionType) - set(STRENGTH) - {InteractionType.RATED}))
def test_other_types_are_no_deals(type_: InteractionType):
    assert len(deals(event("s", "i", type_))[0]) == 0


def test_declined_and_dismissed_are_among_those_that_are_no_deals():
    assert not {InteractionType.DECLINED, InteractionType.DISMISSED} & set(STRENGTH)


@pytest.mark.parametrize(("rating", "count"), [(5, 1), (4, 1), (3.9, 0), (1, 0)])
def test_a_good_rating_is_a_deal_and_a_poor_one_is_none(rating: float, count: int):
    assert len(deals(event("s", "i", InteractionType.RATED, value=rating))[0]) == count


def test_of_one_pair_in_one_round_the_strongest_event_counts_once():
    found, _ = deals(
        event("s", "i", InteractionType.SHORTLISTED, days_ago=90),
        event("s", "i", InteractionType.INVESTED, days_ago=60),
        event("s", "i", InteractionType.REQUESTED, days_ago=30),
    )

    assert found.weights() == pytest.approx([np.exp(-60 / DECAY_DAYS)])


def test_of_equally_strong_events_the_latest_counts():
    found, _ = deals(*(event("s", "i", InteractionType.MET, days_ago=n) for n in (90, 30, 60)))

    assert found.weights() == pytest.approx([0.8 * np.exp(-30 / DECAY_DAYS)])


def test_another_round_is_another_deal():
    assert len(deals(event("s", "i", stage="angel"), event("s", "i", stage="a"))[0]) == 2


def test_a_deal_is_described_by_its_own_context_and_the_startup():
    found, attributes = deals(event("s", "i", stage="c", amount=5e6, currency="USD"))

    assert terms_of(found, attributes) == {
        "industry:~alpha",
        "stage:growth",
        "stage:c",
        "amount:6.5",
        "currency:usd",
    }


def test_without_a_context_the_startup_s_own_stage_describes_it():
    assert terms_of(*deals(event("s", "i"))) == {"industry:~alpha", "stage:early", "stage:angel"}


def test_deals_of_one_role_leave_the_other_s_out():
    events = [
        event("s", "i"),
        event("s", "m", InteractionType.MENTORED),
        event("t", "m", InteractionType.MET),
    ]

    assert pairs(*events) == {("north:s", "north:i")}
    assert pairs(*events, role=Role.MENTOR) == {("north:s", "north:m"), ("north:t", "north:m")}


def test_who_is_no_longer_there_is_left_out():
    people = [startup("s"), investor("i")]

    known = pairs(event("s", "i"), event("gone", "i"), event("s", "left"), people=people)

    assert known == {("north:s", "north:i")}


def pairs(*events: Interaction, **given: object) -> set[tuple[str, str]]:
    found, _ = deals(*events, **given)
    return {
        (found.startup_keys.terms[s], found.partner_keys.terms[p])
        for s, p in zip(found.startups.tolist(), found.partners.tolist(), strict=True)
    }


def test_rows_point_into_the_vocabularies():
    events = [event("t", "j", days_ago=3), event("s", "j", days_ago=2), event("t", "i", days_ago=1)]

    assert pairs(*events) == {("north:t", "north:j"), ("north:s", "north:j"), ("north:t", "north:i")}


def test_partners_without_deals_keep_their_rows():
    assert list(deals(event("s", "j"))[0].partner_keys.terms) == ["north:i", "north:j"]


def test_deals_of_one_startup_in_one_context_share_its_description():
    found, _ = deals(event("s", "i"), event("s", "j"), event("t", "i"), event("s", "i", stage="c"))

    assert found.attributes.shape[0] == 3
    assert found.described.shape[0] == len(found.contexts) == 4


def test_deals_are_in_order_of_day_and_aged_from_the_day():
    found, _ = deals(*(event("s", "i", stage=name, days_ago=n) for name, n in (("a", 5), ("b", 90))))

    assert found.ages.tolist() == [90, 5]


@pytest.mark.parametrize("days_ago", [0, -1, -400])
def test_what_happens_on_the_day_or_later_is_no_deal_yet(days_ago: int):
    assert pairs(event("s", "i"), event("s", "j", days_ago=days_ago)) == {("north:s", "north:i")}


def test_a_later_event_does_not_take_the_place_of_what_was_known():
    later = event("s", "i", InteractionType.INVESTED, days_ago=-3)

    assert deals(event("s", "i", InteractionType.MET), later)[0].strengths.tolist() == [0.8]


def test_no_events_make_no_deals():
    found, attributes = deals()

    assert len(found) == 0
    assert found.attributes.shape == (0, 0)
    assert len(attributes) == 0


def test_a_context_that_nobody_declares_gets_a_column():
    _, attributes = deals(event("s", "i", stage="some-round"))

    assert "stage:~some-round" in attributes


def test_days_are_those_of_utc():
    late = dt.datetime.combine(TODAY - dt.timedelta(days=2), dt.time(23), dt.timezone(dt.timedelta(hours=-8)))

    table = ordered([event("s", "i", at=late)])

    assert table.days.tolist() == [day_number(TODAY) - 1]
