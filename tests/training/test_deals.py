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
    attributes = Vocabulary()
    by_key = {profile.key: profile for profile in people}
    return deals_of(role, ordered(events), by_key, attributes, TODAY), attributes


def terms_of(found: Deals, attributes: Vocabulary, row: int = 0) -> set[str]:
    return {attributes.terms[column] for column in found.attributes[[row]].indices.tolist()}


@pytest.mark.parametrize("type_", STRENGTH)
def test_a_deal_weighs_its_strength_today_and_less_with_age(type_: InteractionType):
    for days_ago in (1, 365, 1000):
        found, _ = deals(event("s", "i", type_, days_ago=days_ago))
        assert found.weights == pytest.approx([STRENGTH[type_] * np.exp(-days_ago / DECAY_DAYS)])


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

    assert found.weights == pytest.approx([np.exp(-60 / DECAY_DAYS)])


def test_of_equally_strong_events_the_latest_counts():
    found, _ = deals(*(event("s", "i", InteractionType.MET, days_ago=n) for n in (90, 30, 60)))

    assert found.weights == pytest.approx([0.8 * np.exp(-30 / DECAY_DAYS)])


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

    assert list(deals(*events)[0].partner_keys.terms) == ["north:i"]
    assert list(deals(*events, role=Role.MENTOR)[0].partner_keys.terms) == ["north:m"]


def test_who_is_no_longer_there_is_left_out():
    people = [startup("s"), investor("i")]

    found, _ = deals(event("s", "i"), event("gone", "i"), event("s", "left"), people=people)

    assert (list(found.startup_keys.terms), list(found.partner_keys.terms)) == (["north:s"], ["north:i"])


def test_rows_point_into_the_vocabularies():
    found, _ = deals(event("t", "j", days_ago=3), event("s", "j", days_ago=2), event("t", "i", days_ago=1))

    pairs = {
        (found.startup_keys.terms[s], found.partner_keys.terms[p])
        for s, p in zip(found.startups.tolist(), found.partners.tolist(), strict=True)
    }
    assert pairs == {("north:t", "north:j"), ("north:s", "north:j"), ("north:t", "north:i")}
    assert found.attributes.shape[0] == len(found) == 3


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
