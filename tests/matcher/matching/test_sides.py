from collections.abc import Iterator
from dataclasses import fields, replace
from typing import Any

import numpy as np
import pytest
import scipy.sparse as sp

from matcher.matching.sides import knowledge_of
from matcher.matching.snapshot import Snapshot
from matcher.model.combination import HABITS
from matcher.model.parameters import Model, RoleModel, untrained_role
from matcher.profiles import Role
from tests.matcher.matching.test_signal_matrix import mixed_world, sides
from tests.matcher.worlds import checkerboard, event, investor, snapshot_of, startup, trained_on


def counted(part: RoleModel) -> RoleModel:
    """The same role as if it had had too many partners to fit tastes."""
    none = np.zeros((0, len(part.tastes.described)), np.float32)
    return replace(part, tastes=replace(part.tastes, weights=none))


def test_knowledge_has_one_more_row_for_whoever_has_no_history(taught: Model):
    knowledge = knowledge_of(taught.roles[Role.INVESTOR])

    assert len(taught.roles[Role.INVESTOR].partners) == 11
    rows = (knowledge.chosen.shape[0], knowledge.recent.shape[0], knowledge.shares.shape[0])
    assert {len(knowledge.affinity.base), len(knowledge.habits), len(knowledge.asks), *rows} == {12}
    assert np.isnan(knowledge.habits[-1]).all()
    assert np.isnan(knowledge.asks[-1]).all()
    assert not knowledge.affinity.gains[-1].any()
    assert not knowledge.affinity.known[-1]
    assert knowledge.chosen[[11]].nnz == knowledge.recent[[11]].nnz == knowledge.shares[[11]].nnz == 0


def test_counted_affinity_too_has_a_last_row_that_knows_nothing(taught: Model):
    knowledge = knowledge_of(counted(taught.roles[Role.INVESTOR]))

    assert len(knowledge.affinity.base) == 12
    assert knowledge.affinity.gains[[11]].nnz == 0
    assert not knowledge.affinity.known[-1]


def test_affinity_is_learned_where_tastes_were_and_counted_where_not(taught: Model):
    part = taught.roles[Role.INVESTOR]

    learned, other = knowledge_of(part).affinity, knowledge_of(counted(part)).affinity

    assert learned.gains[learned.known].tolist() == part.tastes.weights[learned.known[:-1]].tolist()
    assert sp.issparse(other.gains)
    assert learned.gains.shape == other.gains.shape
    assert learned.known.tolist() == other.known.tolist()


def test_both_affinities_lean_the_same_way_on_the_checkerboard(taught: Model):
    part = taught.roles[Role.INVESTOR]
    learned, other = knowledge_of(part).affinity, knowledge_of(counted(part)).affinity

    worth = [affinity.gains[:-1] + affinity.base[:-1, None] for affinity in (learned, other)]

    active = part.record.deals > 0
    assert (np.sign(worth[0][active]) == np.sign(worth[1][active])).all()


def test_habits_and_shares_are_the_model_s_own(taught: Model):
    part = taught.roles[Role.INVESTOR]
    knowledge = knowledge_of(part)

    assert knowledge.habits[:-1].tobytes() == part.habits.tobytes()
    assert knowledge.shares[:-1, -1].toarray().ravel() == pytest.approx(
        part.record.deals * len(part.partners)
    )


def test_a_role_without_history_is_known_to_be_unknown():
    knowledge = knowledge_of(untrained_role(3))

    assert knowledge.habits.shape == (1, len(HABITS))
    assert np.isnan(knowledge.habits).all()
    assert knowledge.segment_totals.shape == knowledge.recent_totals.shape == (0,)
    assert not knowledge.affinity.known.any()


def test_partners_find_their_own_history_whatever_the_order(taught: Model):
    people, events = checkerboard()
    shuffled = [investor("i-other"), *reversed(people)]

    usual, other = (snapshot_of(who, events, taught).pools[Role.INVESTOR][0] for who in (people, shuffled))

    known = taught.roles[Role.INVESTOR].partners
    for key in usual.keys.terms:
        one, same = (
            pool.sides[Role.INVESTOR].take(pool.keys.rows([key], unknown=-1)) for pool in (usual, other)
        )
        assert one.factors.tobytes() == same.factors.tobytes()
        assert one.past.tolist() == same.past.tolist() == known.rows([key], unknown=len(known)).tolist()


def aligned(side: Any, name: str = "") -> Iterator[tuple[str, np.ndarray]]:
    """Every array of a side that has one row a profile, dense, under the path that leads to it."""
    for field in fields(side):
        value, path = getattr(side, field.name), f"{name}.{field.name}".lstrip(".")
        if sp.issparse(value):
            yield path, value.toarray()
        elif isinstance(value, np.ndarray):
            yield path, value
        elif field.name != "parts":
            yield from aligned(value, path)


SOME = pytest.mark.parametrize("rows", [[3, 0, 8], [5], [], [2, 2]], ids=str)


@SOME
@pytest.mark.parametrize("place", [0, 1], ids=["startups", "partners"])
def test_taking_some_takes_every_array_in_the_order_given(place: int, rows: list[int]):
    side = sides(mixed_world()[0])[place]

    some = side.take(np.array(rows, dtype=np.intp))

    assert type(some) is type(side)
    taken, everything = dict(aligned(some)), dict(aligned(side))
    assert taken.keys() == everything.keys() > {"attributes", "words", "factors", "texts.whole", "past"}
    for name, array in everything.items():
        assert array.shape[0] == len(side), name
        assert np.array_equal(taken[name], array[rows], equal_nan=True), name


# startups that were here before


def grown() -> Snapshot:
    """Four startups whose angel round was followed by an A round, and the young, whose angel round is closed.

    "young" still calls itself an angel; "ahead" says that it is raising its A round; "fresh" closed nothing.
    """
    old = [startup(f"s{n}", stage="a") for n in range(4)]
    young = startup("young", stage="angel", raising_amount=1e6, raising_currency="CNY")
    people = [
        *old,
        young,
        startup("ahead", stage="a"),
        startup("fresh", stage="angel"),
        investor("i"),
        investor("j"),
    ]
    rounds = [event(f"s{n}", "i", days_ago=400 - n, stage="angel") for n in range(4)]
    rounds += [event(f"s{n}", "j", days_ago=100 - n, stage="a") for n in range(4)]
    rounds += [event(id_, "i", days_ago=50, stage="angel") for id_ in ("young", "ahead")]
    return snapshot_of(people, rounds, trained_on(people, rounds))


def stages_of(snapshot: Snapshot, id_: str) -> set[str]:
    """The stages that a startup asks for as an investor's model sees it."""
    [pool] = snapshot.pools[Role.STARTUP]
    side = pool.sides[Role.INVESTOR]
    columns = side.attributes[[pool.keys.row(f"north:{id_}")]].indices.tolist()
    return {term for term in (snapshot.attributes.terms[column] for column in columns) if "stage" in term}


def test_a_startup_whose_round_is_closed_asks_for_the_round_that_usually_follows():
    snapshot = grown()

    assert stages_of(snapshot, "young") == {"stage:a"}
    [pool] = snapshot.pools[Role.STARTUP]
    assert np.isnan(pool.sides[Role.INVESTOR].amounts[pool.keys.row("north:young")]).all()


def test_a_startup_that_asks_for_another_round_than_the_closed_one_is_taken_at_its_word():
    snapshot = grown()

    assert "stage:a" in stages_of(snapshot, "ahead")
    assert "stage:angel" in stages_of(snapshot, "fresh")


def test_a_startup_knows_the_partners_it_has_dealt_with():
    snapshot = grown()
    [pool] = snapshot.pools[Role.STARTUP]
    keys = snapshot.context.knowledge[Role.INVESTOR].model.partners.terms

    friends = snapshot.context.knowledge[Role.INVESTOR].friends[pool.sides[Role.INVESTOR].past]

    def of(id_: str) -> list[str]:
        return [keys[column] for column in friends[[pool.keys.row(f"north:{id_}")]].indices.tolist()]

    assert of("s0") == ["north:i", "north:j"]
    assert of("young") == ["north:i"]
    assert of("fresh") == []
