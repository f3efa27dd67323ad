from dataclasses import replace

import numpy as np
import pytest
import scipy.sparse as sp

from matcher.matching.eligibility import Request
from matcher.matching.pool import EXHAUSTIVE, blocks_of
from matcher.matching.ranking import CANDIDATES, Question, eligible, question, rank
from matcher.matching.retrieval import SAMPLE, Blocks, projection, sampled
from matcher.matching.signal_matrix import signal_matrix
from matcher.matching.snapshot import Snapshot, Sources, refreshed, take_snapshot
from matcher.model.combination import COLUMNS, EXPERT_PRIOR, Combination, combination_of
from matcher.model.parameters import Model, untrained
from matcher.profiles import Role
from tests.matcher.matching.large import large_world
from tests.matcher.matching.test_eligibility import NO_FILTERS
from tests.matcher.matching.test_signal_matrix import mixed_events, mixed_world, sides
from tests.matcher.worlds import ORGANISATION, TODAY, WordEncoder, snapshot_of, trained_on

NEIGHBOURS = ("neighbours", "neighbours_close", "neighbours_recent", "neighbours_close_recent", "share")
LEFT_OUT = (
    "lexical",
    "ticket",
    "ask_fit",
    "ask_nearness",
    *NEIGHBOURS,
    "companions",
    "declines",
    "dismissals",
)
"""What no inner product of a few hundred columns can tell, and refusals, which few pairs have."""


def dense(blocks: Blocks) -> np.ndarray:
    return np.hstack([blocks.dense, blocks.sparse.toarray()])


def products(snapshot: Snapshot, role: Role = Role.INVESTOR) -> np.ndarray:
    startups, partners = (dense(blocks_of(side, role, snapshot.context)) for side in sides(snapshot, role))
    return startups @ partners.T


def linear_part(snapshot: Snapshot, role: Role = Role.INVESTOR) -> np.ndarray:
    """Mean weight × (column − centre), summed over the columns that are linear; 0 where unknown."""
    (one, other), context = sides(snapshot, role), snapshot.context
    combination = context.knowledge[role].model.combination
    weight = (combination.startup + combination.partner) / 2 / combination.scale
    columns = signal_matrix(one, other, context.knowledge[role], context.space)
    linear = ~np.isin(COLUMNS, LEFT_OUT)
    return np.nan_to_num(columns - combination.centre)[:, :, linear] @ weight[linear]


def drawn() -> Combination:
    """As learning might leave it: every column has a weight, a scale and a centre of its own."""
    centre, startup, partner = np.random.default_rng(0).standard_normal((3, len(COLUMNS)))
    return Combination(centre, np.linspace(2, 4, len(COLUMNS)), startup, partner)


def with_role(model: Model, *, combination: Combination, is_learned: bool) -> Model:
    """The same model with another combination, and affinity that is counted unless `is_learned`."""
    part = model.roles[Role.INVESTOR]
    tastes = part.tastes if is_learned else replace(part.tastes, weights=part.tastes.weights[:0])
    changed = replace(part, combination=combination, tastes=tastes)
    return replace(model, roles={**model.roles, Role.INVESTOR: changed})


@pytest.mark.parametrize("is_learned", [True, False], ids=["learned", "counted"])
@pytest.mark.parametrize("combination", [combination_of(EXPERT_PRIOR), drawn()], ids=["prior", "drawn"])
def test_the_inner_product_is_the_linear_part_of_the_log_odds_but_for_a_constant(
    combination: Combination, is_learned: bool
):
    world, model = mixed_world()
    people = [profile for pools in world.pools.values() for profile in pools[0].profiles]
    changed = with_role(model, combination=combination, is_learned=is_learned)
    snapshot = snapshot_of(people, mixed_events(), changed)

    differences = products(snapshot) - linear_part(snapshot)

    assert differences == pytest.approx(differences[0, 0], abs=1e-4)
    assert np.ptp(products(snapshot)) > 1


@pytest.mark.parametrize("name", sorted(set(COLUMNS) - set(LEFT_OUT)))
def test_each_linear_column_is_told_by_itself(name: str):
    world, model = mixed_world()
    people = [profile for pools in world.pools.values() for profile in pools[0].profiles]
    weight = (np.array(COLUMNS) == name).astype(float)
    only = Combination(0.3 * weight, np.ones(len(COLUMNS)), weight, weight)
    snapshot = snapshot_of(people, mixed_events(), with_role(model, combination=only, is_learned=True))

    found = products(snapshot)

    constant = (found - linear_part(snapshot))[0, 0]
    assert found - constant == pytest.approx(linear_part(snapshot), abs=1e-4)
    assert np.ptp(found) > 0.01


def test_so_it_is_before_any_training():
    snapshot, _ = mixed_world()
    untaught = snapshot_of([p for pools in snapshot.pools.values() for p in pools[0].profiles])

    assert products(untaught) == pytest.approx(linear_part(untaught), abs=1e-4)


def test_a_projection_is_orthonormal_and_keeps_what_lies_in_few_dimensions():
    rng = np.random.default_rng(0)
    low = (rng.standard_normal((500, 40)) @ rng.standard_normal((40, 400))).astype(np.float32)
    blocks = Blocks(low[:, :300], _sparse(low[:, 300:]))

    basis = projection(blocks)

    assert np.abs(basis.T @ basis - np.eye(basis.shape[1])).max() < 1e-4
    kept, whole = blocks.times(basis), low @ low.T
    assert np.abs(kept @ kept.T - whole).max() < 1e-4 * np.abs(whole).max()


def test_a_projection_of_few_columns_changes_no_inner_product():
    rng = np.random.default_rng(0)
    few = rng.standard_normal((30, 12)).astype(np.float32)
    blocks = Blocks(few[:, :5], _sparse(few[:, 5:]))

    kept = blocks.times(projection(blocks))

    assert np.abs(kept @ kept.T - few @ few.T).max() < 1e-4


def test_a_transpose_is_multiplied_as_if_it_were_written_out():
    draw = np.random.default_rng(0)
    array, right = (draw.standard_normal((6, columns)).astype(np.float32) for columns in (7, 2))
    blocks = Blocks(array[:, :3], _sparse(array[:, 3:]))

    assert blocks.transposed_times(right) == pytest.approx(array.T @ right, abs=1e-5)


def test_a_sample_is_everybody_where_they_are_few_and_has_nobody_twice():
    assert sampled(3).tolist() == [0, 1, 2]
    many = sampled(2 * SAMPLE)
    assert len(many) == SAMPLE
    assert (np.diff(many) > 0).all()
    assert many[-1] < 2 * SAMPLE


def test_the_same_seed_projects_the_same_way():
    blocks = Blocks(
        np.random.default_rng(0).standard_normal((50, 300)).astype(np.float32), _sparse(np.eye(50))
    )

    assert (projection(blocks) == projection(blocks)).all()


def _sparse(array: np.ndarray) -> sp.csr_matrix:
    return sp.csr_matrix(array.astype(np.float32))


# against scoring everybody


@pytest.fixture(scope="module", params=["untrained", "trained"])
def snapshot(request: pytest.FixtureRequest) -> Snapshot:
    people, events = large_world()
    model = trained_on(people, events) if request.param == "trained" else untrained()
    return snapshot_of(people, events, model)


def asked(snapshot: Snapshot, id_: str) -> Question:
    query = snapshot.profile(f"{ORGANISATION}:{id_}", ORGANISATION)
    return question(snapshot, Request(ORGANISATION, query, np.inf, NO_FILTERS), Role.INVESTOR)


def exhaustive(asking: Question, k: int) -> set[str]:
    [everybody] = eligible(asking)
    best = np.argsort(-everybody.scores, kind="stable")[:k]
    return {everybody.pool.profiles[row].key for row in everybody.rows[best].tolist()}


def test_the_index_finds_the_ten_best_of_thousands(snapshot: Snapshot):
    [pool] = snapshot.pools[Role.INVESTOR]
    assert len(pool) > EXHAUSTIVE > CANDIDATES
    hits = []
    for number in range(25, 35):
        asking = asked(snapshot, f"s{number}")
        listed = {found.key for found in rank(asking, 10).best}
        hits.append(len(listed & exhaustive(asking, 10)) / 10)

    assert np.mean(hits) >= 0.95


def test_the_projected_search_finds_what_the_unprojected_vectors_rank_first(snapshot: Snapshot):
    [pool] = snapshot.pools[Role.INVESTOR]
    everybody = np.ones(len(pool), dtype=bool)
    whole = dense(blocks_of(pool.sides[Role.INVESTOR], Role.INVESTOR, snapshot.context))
    shares = []
    for number in range(10):
        query = blocks_of(asked(snapshot, f"s{number}").side, Role.INVESTOR, snapshot.context)
        space = pool.search[Role.INVESTOR]
        found = set(space.index.search(space.vector(query), CANDIDATES, everybody).tolist())
        first = np.argsort(-(whole @ dense(query)[0]), kind="stable")[:50]
        shares.append(len(found & set(first.tolist())) / 50)

    assert np.mean(shares) >= 0.95


def test_a_label_newer_than_the_index_leaves_the_rest_of_the_query_in_its_place(new_store):
    people, _ = large_world()
    store = new_store()
    store.add_organisation(ORGANISATION)
    store.put_profiles(people)
    sources = Sources(store, WordEncoder())
    snapshot = take_snapshot(sources, untrained(), TODAY)
    known = next(profile for profile in people if profile.id == "s7")

    newer = replace(
        known, id="fresh", tags=("new",), industries=("brand-new", *known.industries), stage="own-x"
    )
    store.put_profiles([newer])
    snapshot = refreshed(snapshot, sources, TODAY)

    asking = asked(snapshot, "fresh")
    found = {candidate.key for candidate in rank(asking, 10).best}
    assert len(found & exhaustive(asking, 10)) >= 9
