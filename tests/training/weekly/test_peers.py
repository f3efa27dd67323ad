"""Peers: popularity, and LightFM as its own users run it; neither has seen the slice."""

import numpy as np
import pytest

from matcher.interactions import Interaction, InteractionType
from matcher.profiles import Role
from tests.matcher.worlds import event, investor, mentor, startup
from tests.training.toys import DAY
from tests.training.weekly.worlds import BEFORE, CHOSEN, FIRST, WITHIN, board, data_of
from training.weekly.holdout import Holdout, holdout_of
from training.weekly.peers import lightfm, popularity
from training.world import World, world_of

PEOPLE = [startup("s"), startup("t"), startup("u"), *(investor(f"i{n}") for n in range(3)), mentor("m")]
ASKED = [event("s", "i0", days_ago=WITHIN), event("t", "i0", days_ago=WITHIN)]


def slice_and_world(*events: Interaction) -> tuple[Holdout, World]:
    data = data_of(PEOPLE, [*events, *ASKED])
    return holdout_of(data, Role.INVESTOR, FIRST, DAY, 1000), world_of(data, FIRST)


def test_popularity_counts_the_startups_of_each_partner_before_the_slice():
    events = [
        event("u", "i1", days_ago=BEFORE),
        event("s", "i1", days_ago=BEFORE),
        event("s", "i2", days_ago=BEFORE),
    ]

    assert popularity(*slice_and_world(*events)).tolist() == [[0, 2, 1], [0, 2, 1]]


def test_a_startup_that_came_twice_is_one():
    events = [event("u", "i1", days_ago=BEFORE + day) for day in range(3)]

    assert popularity(*slice_and_world(*events)).tolist() == [[0, 1, 0]] * 2


def test_what_is_no_deal_makes_nobody_popular():
    events = [
        event("u", "i1", InteractionType.SHOWN, days_ago=BEFORE),
        event("u", "i2", InteractionType.DECLINED, days_ago=BEFORE),
        event("u", "m", days_ago=BEFORE),
        event("gone", "i0", days_ago=BEFORE),
    ]

    assert popularity(*slice_and_world(*events)).tolist() == [[0, 0, 0]] * 2


def test_with_nothing_to_learn_from_lightfm_says_nothing():
    found = lightfm(*slice_and_world())

    assert found.shape == (2, 3)
    assert not found.any()


@pytest.fixture(scope="module")
def fields() -> tuple[Holdout, World]:
    data = data_of(*board(older=5, newer=1))
    return holdout_of(data, Role.INVESTOR, FIRST, DAY, 1000), world_of(data, FIRST)


def test_lightfm_learns_the_fields_from_the_labels(fields: tuple[Holdout, World]):
    holdout, world = fields

    scores = lightfm(holdout, world)

    partners = [key.removeprefix("north:") for key in holdout.partners.terms]
    for query, row in zip(holdout.queries, scores, strict=True):
        own = np.isin(partners, CHOSEN[query.industries[0]])
        assert row[own].min() > row[~own].max()


def test_what_happened_within_the_slice_changes_neither_peer(fields: tuple[Holdout, World]):
    holdout, world = fields
    people, events = board(older=5, newer=1)
    planted = [event("alpha0", "i9", days_ago=day) for day in (WITHIN, 1)]
    leaking = world_of(data_of(people, [*events, *planted]), DAY)

    assert np.array_equal(popularity(holdout, leaking), popularity(holdout, world))
    assert np.array_equal(lightfm(holdout, leaking), lightfm(holdout, world))
