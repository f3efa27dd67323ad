import numpy as np
import pytest
import scipy.sparse as sp

from matcher.signals import affinity as affinities
from matcher.signals.affinity import PRIOR_DEALS, Affinity, counted_affinity, learned_affinity


def rows(*given: list[float]) -> sp.csr_matrix:
    return sp.csr_matrix(np.array(given, dtype=np.float32))


def lift(startups: sp.csr_matrix, affinity: Affinity) -> np.ndarray:
    """Where all attributes are of one kind."""
    return affinities.lift(startups, affinity, np.ones((1, startups.shape[1]), dtype=bool))[0]


def dense_lift(counts: np.ndarray, partner: int, attribute: int) -> float:
    """The formula of the module's docstring, word by word; each deal here has exactly one attribute."""
    share = counts[:, attribute].sum() / counts.sum()
    total = counts[partner].sum()
    return np.log((counts[partner, attribute] + PRIOR_DEALS * share) / ((total + PRIOR_DEALS) * share))


COUNTS = np.array([[8, 0, 0], [0, 8, 0], [3, 3, 0]], dtype=float)


@pytest.fixture
def affinity() -> Affinity:
    return counted_affinity(rows(*COUNTS), COUNTS.sum(axis=1))


@pytest.mark.parametrize("partner", [0, 1, 2])
@pytest.mark.parametrize("attribute", [0, 1])
def test_the_lift_is_what_the_formula_says(affinity: Affinity, partner: int, attribute: int):
    startup = np.eye(3)[[attribute]]

    assert lift(rows(*startup), affinity)[0, partner] == pytest.approx(
        dense_lift(COUNTS, partner, attribute), abs=1e-5
    )


def test_a_partner_leans_to_what_it_took_on_and_away_from_what_it_never_did(affinity: Affinity):
    often, never, evenly = lift(rows([1, 0, 0]), affinity)[0]

    assert often > 0 > never
    assert evenly == pytest.approx(0, abs=1e-6)


def test_lifts_of_several_attributes_add_up(affinity: Affinity):
    one, other, both = lift(rows([1, 0, 0], [0, 1, 0], [1, 1, 0]), affinity)

    assert both == pytest.approx(one + other, abs=1e-6)


def test_an_attribute_that_no_deal_ever_had_says_nothing(affinity: Affinity):
    assert (lift(rows([1, 0, 1]), affinity) == lift(rows([1, 0, 0]), affinity)).all()
    assert np.isnan(lift(rows([0, 0, 1]), affinity)).all()


def test_more_deals_of_the_same_kind_convince_more():
    affinity = counted_affinity(rows([1, 0], [20, 0], [0, 21]), np.array([1.0, 20.0, 21.0]))

    few, many, _ = lift(rows([1, 0]), affinity)[0]

    assert many > few > 0


def test_nobody_s_history_gives_no_affinity():
    nothing = counted_affinity(rows([0, 0]), np.zeros(1))

    assert np.isnan(lift(rows([1, 1]), nothing)).all()


def test_counting_leaves_the_counts_as_they_were():
    counts = rows([2, 3])

    counted_affinity(counts, np.array([5.0]))

    assert counts.toarray().tolist() == [[2, 3]]


# learned


WEIGHTS = np.array([[0.5, -1, 2], [4, 8, 16]], dtype=np.float32)


def test_learned_weights_add_up_over_what_the_startup_has():
    affinity = learned_affinity(WEIGHTS, np.ones(2))

    assert lift(rows([1, 0, 1], [0, 1, 0]), affinity).tolist() == [[2.5, 20], [-1, 8]]


def test_a_learned_weight_is_unknown_where_there_was_no_deal_or_nothing_to_weigh():
    affinity = learned_affinity(WEIGHTS, np.array([0.0, 1.0]))

    found = lift(rows([1, 0, 0], [0, 0, 0]), affinity)

    assert np.isnan(found).tolist() == [[True, False], [True, True]]


def test_whoever_had_no_deal_gains_nothing_from_what_was_fitted():
    affinity = learned_affinity(WEIGHTS, np.array([0.0, 1.0]))

    assert affinity.gains.tolist() == [[0, 0, 0], [4, 8, 16]]


def test_a_learned_weight_of_nothing_is_known_to_be_nothing():
    affinity = learned_affinity(np.zeros((1, 2), np.float32), np.ones(1))

    assert lift(rows([1, 1]), affinity).tolist() == [[0]]


# both


EITHER = pytest.mark.parametrize(
    "everyone",
    [
        counted_affinity(rows(*COUNTS), COUNTS.sum(axis=1)),
        learned_affinity(np.eye(3, dtype="f4"), np.ones(3)),
    ],
    ids=["counted", "learned"],
)


@EITHER
def test_partners_are_taken_in_the_order_given(everyone: Affinity):
    startups = rows([1, 0, 0], [1, 1, 0])

    some = lift(startups, everyone.take(np.array([2, 0])))

    assert some.tobytes() == np.ascontiguousarray(lift(startups, everyone)[:, [2, 0]]).tobytes()


@EITHER
def test_explicit_zeros_are_no_attributes(everyone: Affinity):
    stored = sp.csr_matrix((np.array([1, 0], "f4"), [0, 1], [0, 2]), shape=(1, 3))

    assert (lift(stored, everyone) == lift(rows([1, 0, 0]), everyone)).all()


def test_lifts_of_many_learned_weights_are_the_same_to_the_last_bit_in_any_batch():
    rng = np.random.default_rng(0)
    affinity = learned_affinity(rng.standard_normal((30, 200)).astype(np.float32), np.ones(30))
    startups = sp.csr_matrix((rng.random((20, 200)) < 0.2).astype(np.float32))

    everybody = lift(startups, affinity)

    for startup, partner in np.ndindex(everybody.shape):
        alone = lift(startups[[startup]], affinity.take(np.array([partner])))
        assert alone.tobytes() == everybody[startup, partner].tobytes()


@EITHER
def test_attributes_of_each_kind_are_told_of_by_themselves(everyone: Affinity):
    startups, kinds = rows([1, 1, 1], [0, 1, 0]), np.array([[True, False, True], [False, True, False]])

    one, other = affinities.lift(startups, everyone, kinds)

    assert np.array_equal(one, lift(rows([1, 0, 1], [0, 0, 0]), everyone), equal_nan=True)
    assert np.array_equal(other, lift(rows([0, 1, 0], [0, 1, 0]), everyone), equal_nan=True)
