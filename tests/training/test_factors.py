import numpy as np
import pytest
import scipy.sparse as sp

from matcher.model.parameters import Embeddings
from matcher.profiles import Role
from matcher.vocabulary import Vocabulary
from tests.matcher.worlds import ALPHA_INVESTORS, BETA_INVESTORS, TODAY, checkerboard, ordered
from training.deals import Deals, deals_of
from training.factors import Factors, FactorSettings, fit_factors

SMALL = FactorSettings(dimensions=8, epochs=15, seeds=(0, 1))
FIELDS = ("industry:~alpha", "industry:~beta")


@pytest.fixture(scope="module")
def deals() -> Deals:
    people, events = checkerboard()
    return deals_of(Role.INVESTOR, ordered(events), {p.key: p for p in people}, Vocabulary(FIELDS), TODAY)


def fitted(deals: Deals, settings: FactorSettings = SMALL) -> Factors:
    """Startups have their field as their only attribute; partners have none."""
    fields = [["alpha" in key, "beta" in key] for key in deals.startup_keys.terms]
    startups = sp.csr_matrix(np.array(fields, dtype=np.float32).reshape(-1, len(FIELDS)))
    partners = sp.csr_matrix((len(deals.partner_keys), len(FIELDS)), dtype=np.float32)
    return fit_factors(deals, startups, partners, settings)


def scores(factors: Factors) -> np.ndarray:
    """Score of a startup of each field alone with each partner, [fields, partners]."""
    one, other = factors.startups, factors.partners
    return one.attributes @ other.own.T + one.attribute_bias[:, None] + other.own_bias


def test_a_field_alone_leads_to_the_partners_that_it_chose(deals: Deals):
    found = scores(fitted(deals))
    alpha, beta = (
        deals.partner_keys.rows([f"north:{i}" for i in ids], unknown=-1)
        for ids in (ALPHA_INVESTORS, BETA_INVESTORS)
    )

    assert found[0, alpha].min() > found[0, beta].max()
    assert found[1, beta].min() > found[1, alpha].max()


def test_the_same_seed_fits_the_same_to_the_bit(deals: Deals):
    for one, same in zip(arrays(fitted(deals)), arrays(fitted(deals)), strict=True):
        assert one.tobytes() == same.tobytes()


def arrays(factors: Factors) -> list[np.ndarray]:
    return [
        getattr(side, name) for side in (factors.startups, factors.partners) for name in Embeddings.__slots__
    ]


def test_several_seeds_are_averaged(deals: Deals):
    each = [scores(fitted(deals, FactorSettings(dimensions=8, epochs=15, seeds=(seed,)))) for seed in (0, 1)]

    assert scores(fitted(deals)) == pytest.approx(np.mean(each, axis=0), abs=1e-4)


def test_factors_of_seeds_lie_side_by_side(deals: Deals):
    assert fitted(deals).partners.own.shape == (10, 16)
    assert fitted(deals).startups.own.shape[0] == 0


def test_no_deals_give_factors_that_say_nothing():
    empty = deals_of(Role.INVESTOR, ordered([]), {}, Vocabulary(), TODAY)

    factors = fitted(empty)

    assert not any(array.any() for array in arrays(factors))
    assert len(factors.startups.attribute_bias) == len(FIELDS)
