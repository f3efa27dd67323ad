"""What is known of a role on a day: all of what was before it, and nothing of what came after."""

import dataclasses
from types import MappingProxyType

import numpy as np
import pytest

from matcher.interactions import Interaction, InteractionType
from matcher.matching.sides import knowledge_of
from matcher.model.bundle import model_hash
from matcher.model.parameters import RoleModel, untrained
from matcher.profiles import Role
from tests.matcher.worlds import checkerboard, event, startup
from tests.training.toys import DAY, SMALL, world
from training import tastes
from training.roles import role_on

FIRST = 30
"""The checkerboard's deals were so many days ago; what is known stops before its first day."""
PEOPLE, DEALS = checkerboard()
PEOPLE = [*PEOPLE, startup("angel", stage="angel"), startup("a", stage="a")]
"""The stages are declared by someone, so that rounds to come bring no new attributes."""
PAST = [dataclasses.replace(deal, at=deal.at.replace(year=deal.at.year - 1)) for deal in DEALS]
PAST += [event(f"alpha{n}", "i0", stage="angel", days_ago=300) for n in range(4)]
PAST += [event(f"alpha{n}", "i0", stage="a", days_ago=200) for n in range(3)]
PAST += [event("alpha0", "i7", InteractionType.DECLINED, days_ago=FIRST + 1)]


def known(day: int, *events: Interaction) -> RoleModel:
    return role_on(day, Role.INVESTOR, world(PEOPLE, events), SMALL)


def fingerprint(model: RoleModel) -> str:
    """The content hash of every array."""
    return model_hash(dataclasses.replace(untrained(), roles=MappingProxyType({Role.INVESTOR: model})))


def telling(days_ago: int) -> list[Interaction]:
    """Nobody could miss it: a new startup and a new partner, every way they could come together."""
    return [event("cold-alpha", "i-new", type_, days_ago=days_ago, value=5.0) for type_ in InteractionType]


def changed(days_ago: int) -> list[Interaction]:
    """The checkerboard turned round."""
    partners = [f"i{n}" for n in range(10)]
    return [
        event(deal.startup_id, partners[9 - partners.index(deal.partner_id)], days_ago=days_ago)
        for deal in DEALS
    ]


LATER = {
    "nothing": [],
    "more of the same": DEALS,
    "told on the very day": telling(FIRST),
    "told the day after": telling(FIRST - 1),
    "told on the last day": telling(1),
    "told in the time to come": telling(-50),
    "turned round": changed(FIRST),
    "turned round later": changed(FIRST - 10),
    "another round": [event("alpha3", "i9", stage="a", days_ago=FIRST)],
    "refused": [event("alpha1", "i1", InteractionType.DISMISSED, days_ago=FIRST)],
}


def sees_what_comes(day: int) -> bool:
    """Whether what is known on `day` depends on what happened from the first day on."""
    prints = {fingerprint(known(day, *PAST, *later)) for later in LATER.values()}
    return len(prints) > 1


def test_nothing_of_what_comes_changes_a_single_bit():
    assert not sees_what_comes(DAY - FIRST)


@pytest.mark.parametrize("late", [1, FIRST])
def test_a_role_as_of_a_later_day_is_caught_by_the_same_check(late: int):
    assert sees_what_comes(DAY - FIRST + late)


@pytest.mark.parametrize("later", sorted(LATER.keys() - {"nothing", "told in the time to come"}))
def test_each_of_the_plants_would_show_if_it_were_seen(later: str):
    honest, leaky = (fingerprint(known(DAY, *PAST, *events)) for events in ([], LATER[later]))

    assert honest != leaky


def test_a_kind_of_round_that_nobody_knew_adds_columns_and_changes_nothing_known():
    """All but the factors, whose random start is as wide as the attributes of today."""
    new = event("alpha1", "i9", stage="some-round", amount=3e6, currency="EUR", days_ago=FIRST)
    one, other = known(DAY - FIRST, *PAST), known(DAY - FIRST, *PAST, new)

    assert other.record.counts.shape[1] > one.record.counts.shape[1]
    for before, after in zip(learned_arrays(one), learned_arrays(other), strict=True):
        assert before.tobytes() == after.tobytes()


def learned_arrays(model: RoleModel) -> list[np.ndarray]:
    counted = [model.record.counts, model.record.latest, model.crowd.chosen, model.refusals.declined]
    return [
        *(array for matrix in counted for array in (matrix.data, matrix.indices, matrix.indptr)),
        model.tastes.described,
        model.tastes.weights,
        model.tastes.whitening,
        model.habits,
    ]


def test_what_happened_the_day_before_is_known():
    before = known(DAY - FIRST, *PAST, *telling(FIRST + 1))

    assert fingerprint(before) != fingerprint(known(DAY - FIRST, *PAST))


# what it holds


def test_rows_are_all_partners_and_those_without_deals_say_nothing():
    model = known(DAY, *DEALS)
    row = model.partners.row("north:i-new")

    assert len(model.partners) == len(model.habits) == len(model.record.deals) == 11
    assert model.record.deals[row] == 0
    assert not model.partner_factors.own[row].any()
    assert np.isnan(model.habits[row]).any()


def test_partners_with_deals_have_factors_of_their_own():
    model = known(DAY, *DEALS)
    rows = model.partners.rows([f"north:i{n}" for n in range(10)], unknown=-1)

    assert model.partner_factors.own[rows].any(axis=1).all()


def test_a_role_without_partners_is_the_untrained_one():
    found = world(PEOPLE, DEALS)

    model = role_on(DAY, Role.MENTOR, found, SMALL)

    assert len(model.partners) == 0
    assert model.record.counts.shape == (0, len(found.attributes))


def test_a_role_without_events_has_its_partners_and_no_history():
    model = known(DAY)

    assert len(model.partners) == 11
    assert not model.record.deals.any()
    assert model.tastes.weights.size == 0


def test_too_many_partners_for_tastes_have_their_affinity_counted(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(tastes, "MOST_WEIGHTS", 1)
    model = known(DAY, *DEALS)
    alpha = model.tastes.described.tolist().index(world(PEOPLE, DEALS).attributes.row("industry:~alpha"))

    affinity = knowledge_of(model).affinity

    gains = affinity.gains.toarray()[:, alpha] + affinity.base
    row = model.partners.row
    assert gains[row("north:i0")] > 0 > gains[row("north:i9")]
    assert not affinity.known[row("north:i-new")]
