"""What the columns say that were learned, and what describes the deals they were learned from."""

from dataclasses import replace

import numpy as np
import pytest
import scipy.sparse as sp

from matcher.features.attributes import Family
from matcher.interactions import InteractionType
from matcher.matching.sides import knowledge_of
from matcher.matching.signal_matrix import described
from matcher.matching.snapshot import Snapshot
from matcher.model.combination import COLUMNS, HABITS
from matcher.model.parameters import RoleModel, Tastes, untrained_role
from matcher.profiles import Role
from matcher.signals.affinity import lift
from tests.matcher.matching.test_signal_matrix import matrix, mixed_world, sides
from tests.matcher.worlds import event, investor, snapshot_of, startup, trained_on


@pytest.fixture(scope="module")
def snapshot() -> Snapshot:
    return mixed_world()[0]


def column(snapshot: Snapshot, name: str, role: Role = Role.INVESTOR) -> np.ndarray:
    return matrix(snapshot, role)[:, :, COLUMNS.index(name)]


def rows_of(snapshot: Snapshot, role: Role, *ids: str) -> list[int]:
    return [snapshot.pools[role][0].keys.row(f"north:{id_}") for id_ in ids]


def test_a_habit_is_the_partner_s_own_whoever_asks(snapshot: Snapshot):
    for place, name in enumerate(HABITS):
        partners = sides(snapshot)[1]
        own = snapshot.context.knowledge[Role.INVESTOR].habits[partners.past, place]

        assert np.array_equal(column(snapshot, name), np.tile(own, (12, 1)), equal_nan=True)


def refusing(type_: InteractionType) -> Snapshot:
    """Four startups of either field and its investor said no; nobody did to or of the field gamma."""
    startups = [startup(f"{name}{n}", industries=(name,)) for name in ("alpha", "beta") for n in range(6)]
    people = [*startups, startup("gamma", industries=("gamma",)), investor("i-alpha"), investor("i-beta")]
    events = [event(f"{name}{n}", f"i-{name}", type_) for name in ("alpha", "beta") for n in range(4)]
    return snapshot_of(people, events, trained_on(people, events))


REFUSALS = [(InteractionType.DECLINED, "declines"), (InteractionType.DISMISSED, "dismissals")]


@pytest.mark.parametrize(("type_", "name"), REFUSALS)
def test_what_was_refused_counts_against_those_alike_and_for_the_others(type_: InteractionType, name: str):
    world = refusing(type_)
    startups, partners = (
        rows_of(world, Role.STARTUP, "alpha5", "beta5"),
        rows_of(world, Role.INVESTOR, "i-alpha"),
    )

    alike, other = column(world, name)[startups, partners]

    assert alike < 0 < other


@pytest.mark.parametrize(("type_", "name"), REFUSALS)
def test_no_refusal_says_anything_of_what_nobody_refused(type_: InteractionType, name: str):
    world = refusing(type_)

    assert np.isnan(column(world, name)[rows_of(world, Role.STARTUP, "gamma")]).all()


@pytest.mark.parametrize(("type_", "name"), REFUSALS)
def test_each_side_s_refusals_are_in_their_own_column(type_: InteractionType, name: str):
    [other] = {"declines", "dismissals"} - {name}

    assert np.isnan(column(refusing(type_), other)).all()


def test_refusals_are_lifts_turned_round(snapshot: Snapshot):
    refused = column(snapshot, "declines")[rows_of(snapshot, Role.STARTUP, "s1")][0]
    startups, partners = sides(snapshot)
    declined = snapshot.context.knowledge[Role.INVESTOR].declined
    families = (Family.INDUSTRY, Family.REGION, Family.STAGE, Family.SERVICE)
    wanted = snapshot.context.space.kinds(*families).any(axis=0)[None, : declined.gains.shape[1]]
    one = startups.attributes[rows_of(snapshot, Role.STARTUP, "s1")][:, : wanted.shape[1]]

    expected = -lift(one, declined.take(partners.past), wanted)[0, 0]

    assert np.isfinite(refused).any()
    assert refused.tobytes() == expected.tobytes()


def test_affinity_is_the_learned_weights_of_the_startup_s_attributes(snapshot: Snapshot):
    part = snapshot.context.knowledge[Role.INVESTOR].model
    terms = list(snapshot.model.attributes)
    [alpha] = [
        place for place, column in enumerate(part.tastes.described) if terms[column] == "industry:~alpha"
    ]
    partners = part.partners.rows([f"north:i{n}" for n in range(7)], unknown=-1)

    found = column(snapshot, "affinity_industry")[rows_of(snapshot, Role.STARTUP, "s0")][0]

    kept = rows_of(snapshot, Role.INVESTOR, *(f"i{n}" for n in range(7)))
    assert found[kept].tolist() == part.tastes.weights[partners, alpha].tolist()


def test_nothing_is_known_of_the_amounts_of_who_joined_no_deal_with_one(snapshot: Snapshot):
    nobody = rows_of(snapshot, Role.INVESTOR, "i7", "i8")

    for name in ("ask_fit", "ask_nearness"):
        assert np.isnan(column(snapshot, name)[:, nobody]).all()
        assert np.isfinite(column(snapshot, name)).any()


def test_who_is_met_beside_the_startup_s_own_investor_is_known_as_such():
    chosen = {"s0": ("i0", "i1"), "s1": ("i0", "i1"), "s2": ("i2", "i3"), "s3": ("i2", "i3"), "s4": ("i4",)}
    people = [*(startup(f"s{n}") for n in range(7)), *(investor(f"i{n}") for n in range(5))]
    events = [event(id_, partner) for id_, partners in chosen.items() for partner in partners]
    events.append(event("s5", "i0", InteractionType.MET, days_ago=3))
    world = snapshot_of(people, events, trained_on(people, events))

    found = column(world, "companions")[rows_of(world, Role.STARTUP, "s5", "s6")]

    mine, others, alone = (rows_of(world, Role.INVESTOR, *ids) for ids in (["i1"], ["i2", "i3"], ["i4"]))
    assert found[0, mine] > 0 > found[0, others].max()
    assert np.isnan(found[0, alone]).all()
    assert np.isnan(found[1]).all()


def test_the_share_of_deals_is_unknown_before_any_deal():
    assert np.isnan(column(snapshot_of([startup("s", industries=("alpha",)), investor("i")]), "share")).all()


def over(columns: list[int]) -> RoleModel:
    """A role whose deals are described by these of ten attributes."""
    empty = np.zeros((0, 0), np.float32)
    return replace(untrained_role(10), tastes=Tastes(np.array(columns, np.int32), empty, empty))


def test_rows_are_narrowed_to_what_describes_deals_in_its_order():
    rows = sp.csr_matrix(np.array([[0, 1, 0, 2, 0, 0, 0, 0, 0, 3], [0] * 10, [4] * 10], dtype=np.float32))

    found = described(rows, knowledge_of(over([1, 4, 9])))

    assert found.toarray().tolist() == [[1, 0, 3], [0, 0, 0], [4, 4, 4]]


def test_what_is_stored_as_zero_or_newer_than_the_model_is_left_out():
    data, columns = np.array([0, 1, 1], np.float32), [1, 4, 11]

    found = described(sp.csr_matrix((data, columns, [0, 3]), shape=(1, 12)), knowledge_of(over([1, 4])))

    assert found.toarray().tolist() == [[0, 1]]
    assert found.nnz == 1


def test_where_deals_are_described_by_nothing_no_columns_are_left():
    rows = sp.csr_matrix(np.ones((2, 10), dtype=np.float32))

    assert described(rows, knowledge_of(untrained_role(10))).shape == (2, 0)
