import numpy as np
import pytest
import scipy.sparse as sp

from matcher.model.parameters import Embeddings
from tests.matcher.worlds import ALPHA_INVESTORS, BETA_INVESTORS
from training.factors import Factors, FactorSettings, fit_factors, fit_pairs

SMALL = FactorSettings(dimensions=8, epochs=15, seeds=(0, 1))


INVESTORS = [*ALPHA_INVESTORS, *BETA_INVESTORS]


def pairs() -> sp.csr_matrix:
    """A startup of each field, and how often each investor chose such."""
    chosen = [[key in mine for key in INVESTORS] for mine in (ALPHA_INVESTORS, BETA_INVESTORS)]
    return sp.csr_matrix(np.array(chosen, dtype=np.float32))


def fitted(settings: FactorSettings = SMALL, weights: sp.csr_matrix | None = None) -> Factors:
    """Startups have their field as their only attribute; partners have none."""
    weights = pairs() if weights is None else weights
    startups = sp.identity(2, format="csr", dtype=np.float32)
    partners = sp.csr_matrix((weights.shape[1], 2), dtype=np.float32)
    return fit_factors(weights, startups, partners, settings)


def scores(factors: Factors) -> np.ndarray:
    """Score of a startup of each field alone with each partner, [fields, partners]."""
    one, other = factors.startups, factors.partners
    return one.attributes @ other.own.T + one.attribute_bias[:, None] + other.own_bias


def test_a_field_alone_leads_to_the_partners_that_it_chose():
    found = scores(fitted())
    alpha, beta = ([INVESTORS.index(key) for key in ids] for ids in (ALPHA_INVESTORS, BETA_INVESTORS))

    assert found[0, alpha].min() > found[0, beta].max()
    assert found[1, beta].min() > found[1, alpha].max()


def test_the_same_seed_fits_the_same_to_the_bit():
    for one, same in zip(arrays(fitted()), arrays(fitted()), strict=True):
        assert one.tobytes() == same.tobytes()


def arrays(factors: Factors) -> list[np.ndarray]:
    return [
        getattr(side, name) for side in (factors.startups, factors.partners) for name in Embeddings.__slots__
    ]


def test_several_seeds_are_averaged():
    each = [scores(fitted(FactorSettings(dimensions=8, epochs=15, seeds=(seed,)))) for seed in (0, 1)]

    assert scores(fitted()) == pytest.approx(np.mean(each, axis=0), abs=1e-4)


def test_factors_of_seeds_lie_side_by_side():
    assert fitted().partners.own.shape == (10, 16)
    assert fitted().startups.own.shape[0] == 0


def test_no_deals_give_factors_that_say_nothing():
    factors = fitted(weights=sp.csr_matrix((0, 0), dtype=np.float32))

    assert not any(array.any() for array in arrays(factors))
    assert len(factors.startups.attribute_bias) == 2


def test_an_attribute_that_nobody_had_says_nothing():
    startups = sp.csr_matrix(np.eye(2, 3, dtype=np.float32))
    partners = sp.csr_matrix((10, 3), dtype=np.float32)

    factors = fit_factors(pairs(), startups, partners, SMALL)

    assert not factors.startups.attributes[2].any()
    assert not factors.partners.attributes.any()
    assert factors.startups.attributes[:2].all()


def test_pairs_fitted_over_features_as_given_have_nobody_of_their_own():
    partners = sp.identity(10, format="csr", dtype=np.float32)

    factors = fit_pairs(pairs(), sp.identity(2, format="csr", dtype=np.float32), partners, SMALL)

    assert factors.partners.own.shape[0] == 0
    assert factors.partners.attributes.shape[0] == 10
