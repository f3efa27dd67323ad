"""What a model would have answered on a slice's first day: nothing of the slice is known to it."""

import dataclasses

import numpy as np
import pytest

from matcher.interactions import InteractionType
from matcher.model.parameters import Model, untrained
from matcher.profiles import Role, Status
from tests.matcher.worlds import event, investor, startup
from tests.training.toys import DAY, SMALL
from tests.training.weekly.worlds import (
    CHOSEN,
    FIELDS,
    FIRST,
    QUARTER,
    WITHIN,
    Events,
    board,
    data_of,
    day,
    sources,
)
from training.measures.lists import NOBODY
from training.train import train
from training.weekly.answering import Answers, answers
from training.weekly.holdout import Holdout, holdout_of
from training.world import Data

PLENTY = 10**6


@pytest.fixture(scope="module")
def data() -> Data:
    return data_of(*board(older=4, newer=1))


@pytest.fixture(scope="module")
def model(data: Data) -> Model:
    """What was learned before the slice."""
    return train(data, day(FIRST), SMALL)


@pytest.fixture(scope="module")
def holdout(data: Data) -> Holdout:
    return holdout_of(data, Role.INVESTOR, FIRST, DAY, PLENTY)


def listed(found: Answers, holdout: Holdout, query: int) -> list[str]:
    """Ids of a query's list."""
    keys = holdout.partners.terms
    return [keys[at].removeprefix("north:") for at in found.lists[query].tolist() if at != NOBODY]


def test_every_pair_has_a_probability_and_the_lists_are_in_their_order(
    model: Model, holdout: Holdout, data: Data
):
    found = answers(model, holdout, data, sources())

    assert found.scores.shape == (5, 10)
    assert found.allowed.all()
    assert ((found.scores > 0) & (found.scores < 1)).all()
    assert (np.diff(np.take_along_axis(found.scores, found.lists, axis=1), axis=1) <= 0).all()


def test_who_learned_the_fields_puts_the_right_partners_first(model: Model, holdout: Holdout, data: Data):
    found = answers(model, holdout, data, sources())

    for query, asked in enumerate(holdout.queries):
        assert set(listed(found, holdout, query)[:2]) == set(CHOSEN[asked.industries[0]])
    assert {asked.industries[0] for asked in holdout.queries} == set(FIELDS)


@pytest.fixture(scope="module")
def unaware(model: Model, holdout: Holdout, data: Data) -> Answers:
    """What is answered where nobody knows the slice."""
    return answers(model, holdout, data, sources())


def planted(type_: InteractionType, days_ago: int) -> Events:
    """A leak: the query's own right partner, and another, are told of within the slice."""
    told = CHOSEN["alpha"][0], CHOSEN["beta"][0]
    return [event("alpha4", one, type_, days_ago=days_ago, value=1.0) for one in told]


@pytest.mark.parametrize("type_", InteractionType)
def test_what_happened_on_the_first_day_of_the_slice_changes_no_answer(
    type_: InteractionType, model: Model, holdout: Holdout, unaware: Answers
):
    people, events = board(older=4, newer=1)

    leaking = answers(model, holdout, data_of(people, events + planted(type_, QUARTER)), sources())

    assert np.array_equal(leaking.scores, unaware.scores, equal_nan=True)


def test_nor_does_anything_that_happened_later(model: Model, holdout: Holdout, unaware: Answers):
    people, events = board(older=4, newer=1)
    leak = [one for type_ in InteractionType for ago in (WITHIN, 1) for one in planted(type_, ago)]

    leaking = answers(model, holdout, data_of(people, events + leak), sources())

    assert np.array_equal(leaking.scores, unaware.scores, equal_nan=True)


@pytest.mark.parametrize("type_", [InteractionType.DISMISSED, InteractionType.INVESTED])
def test_whom_a_startup_waved_away_or_knew_before_the_slice_is_not_listed(
    type_: InteractionType, model: Model, holdout: Holdout
):
    people, events = board(older=4, newer=1)
    before = event("alpha4", "i9", type_, days_ago=QUARTER + 1)

    found = answers(model, holdout, data_of(people, [*events, before]), sources())

    assert np.argwhere(~found.allowed).tolist() == [[0, 9]]
    assert np.isnan(found.scores[0, 9])
    assert "i9" not in listed(found, holdout, 0)


def test_a_startup_asks_with_the_stage_that_it_had_then():
    """It is at B by now; at its deal within the slice it was an angel's."""
    funds = [investor("early", stages=("angel",)), investor("late", stages=("B",))]
    deal = event("s", "early", days_ago=WITHIN, stage="angel")
    data = data_of([startup("s", stage="B"), *funds], [deal])
    holdout = holdout_of(data, Role.INVESTOR, FIRST, DAY, PLENTY)

    found = answers(untrained(), holdout, data, sources())

    assert listed(found, holdout, 0) == ["early", "late"]
    as_now = dataclasses.replace(holdout, queries=(startup("s", stage="B"),))
    assert listed(answers(untrained(), as_now, data, sources()), holdout, 0) == ["late", "early"]


def test_who_is_not_active_is_not_listed():
    people = [startup("s"), investor("i"), investor("j", status=Status.PAUSED)]
    data = data_of(people, [event("s", "i", days_ago=WITHIN)])
    holdout = holdout_of(data, Role.INVESTOR, FIRST, DAY, PLENTY)

    assert answers(untrained(), holdout, data, sources()).allowed.tolist() == [[True, False]]
