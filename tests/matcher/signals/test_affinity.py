import numpy as np
import pytest
import scipy.sparse as sp

from matcher.signals.affinity import PRIOR_DEALS, Affinity, affinity_of, lift


def rows(*given: list[float]) -> sp.csr_matrix:
    return sp.csr_matrix(np.array(given, dtype=np.float32))


def dense_lift(counts: np.ndarray, partner: int, attribute: int) -> float:
    """The formula of the module's docstring, word by word; each deal here has exactly one attribute."""
    share = counts[:, attribute].sum() / counts.sum()
    total = counts[partner].sum()
    return np.log((counts[partner, attribute] + PRIOR_DEALS * share) / ((total + PRIOR_DEALS) * share))


COUNTS = np.array([[8, 0, 0], [0, 8, 0], [3, 3, 0]], dtype=float)


@pytest.fixture
def affinity() -> Affinity:
    return affinity_of(rows(*COUNTS), COUNTS.sum(axis=1))


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
    affinity = affinity_of(rows([1, 0], [20, 0], [0, 21]), np.array([1.0, 20.0, 21.0]))

    few, many, _ = lift(rows([1, 0]), affinity)[0]

    assert many > few > 0


def test_nobody_s_history_gives_no_affinity():
    nothing = affinity_of(rows([0, 0]), np.zeros(1))

    assert np.isnan(lift(rows([1, 1]), nothing)).all()


def test_counting_leaves_the_counts_as_they_were():
    counts = rows([2, 3])

    affinity_of(counts, np.array([5.0]))

    assert counts.toarray().tolist() == [[2, 3]]
