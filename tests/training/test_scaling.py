import numpy as np
import numpy.typing as npt
import pytest

from matcher.matching.scoring import log_odds
from matcher.model.combination import COLUMNS, EXPERT_PRIOR, Combination
from tests.training.toys import PRIOR, columns, weights
from training.scaling import (
    HALF_DECLARED_DEALS,
    HALF_TRUST_DEALS,
    LEAST_KNOWN,
    LEAST_PAIRS,
    prior_on,
    rescaled,
)

NONE = columns((0, 0))


def scale(combination: Combination, name: str) -> tuple[float, float]:
    """Centre and scale of a column."""
    at = COLUMNS.index(name)
    return float(combination.centre[at]), float(combination.scale[at])


def given(name: str) -> tuple[float, float]:
    return EXPERT_PRIOR[name].startup, EXPERT_PRIOR[name].partner


# trust


def test_without_deals_the_weights_are_the_expert_prior_s_but_for_the_factors():
    found = prior_on(NONE, deals=0, partners=9)

    assert weights(found, "factors") == (0, 0)
    others = [name for name in COLUMNS if name != "factors"]
    assert [weights(found, name) for name in others] == [given(name) for name in others]


@pytest.mark.parametrize("deals", [10, 1000])
def test_factors_are_trusted_the_more_they_were_learned_from(deals: int):
    startup, partner = weights(prior_on(NONE, deals, partners=9), "factors")

    trust = deals / (deals + HALF_TRUST_DEALS)
    assert (startup, partner) == pytest.approx([trust * weight for weight in given("factors")])


@pytest.mark.parametrize("name", ["industry", "region", "stage"])
def test_what_is_declared_fades_as_what_is_done_becomes_known(name: str):
    faded = weights(prior_on(NONE, deals=100, partners=10), name)

    left = HALF_DECLARED_DEALS / (10 + HALF_DECLARED_DEALS)
    assert faded == pytest.approx([left * weight for weight in given(name)])


@pytest.mark.parametrize("name", ["needs", "ticket", "popularity", "affinity_industry"])
def test_nothing_else_fades(name: str):
    assert weights(prior_on(NONE, deals=100, partners=10), name) == given(name)


def test_a_role_without_partners_has_a_prior():
    assert np.isfinite(prior_on(NONE, deals=0, partners=0).startup).all()


# what has no natural unit


def measured(name: str, values: npt.NDArray[np.float64]) -> tuple[float, float]:
    return scale(prior_on(columns(values.shape, **{name: values}), 0, 1), name)


@pytest.mark.parametrize("name", LEAST_KNOWN)
def test_with_enough_known_pairs_centre_and_scale_are_measured(name: str):
    values = np.tile([0.25, 0.75], LEAST_KNOWN[name] // 2)

    assert measured(name, values) == pytest.approx((0.5, 0.25))


@pytest.mark.parametrize("name", LEAST_KNOWN)
def test_with_fewer_the_prior_s_stay(name: str):
    values = np.tile([0.25, 0.75, np.nan], LEAST_KNOWN[name] // 2)[:-3]

    assert measured(name, values) == scale(PRIOR, name)


@pytest.mark.parametrize("name", LEAST_KNOWN)
def test_what_never_varies_has_no_scale_of_its_own(name: str):
    assert measured(name, np.full(LEAST_KNOWN[name], 0.7)) == scale(PRIOR, name)


def test_what_has_a_natural_unit_keeps_it():
    assert measured("industry", np.tile([0.25, 0.75], 5000)) == scale(PRIOR, "industry")


# rescaled


def pairs(seed: int = 0, size: int = LEAST_PAIRS) -> npt.NDArray[np.float32]:
    """Pairs whose every column lies well within the clip."""
    steps = np.random.default_rng(seed).uniform(-2, 2, (size, len(COLUMNS)))
    return (PRIOR.centre + steps * PRIOR.scale + 0.5 * PRIOR.scale).astype(np.float32)


def test_rescaled_columns_are_centred_with_steps_of_one_deviation():
    steps = rescaled(PRIOR, pairs()).standardise(pairs())

    assert steps.mean(axis=0) == pytest.approx(np.zeros(len(COLUMNS)), abs=1e-4)
    assert steps.std(axis=0) == pytest.approx(np.ones(len(COLUMNS)), abs=1e-4)


def test_rescaled_log_odds_are_the_same_but_for_a_constant():
    before, after = (log_odds(pairs(seed=1, size=50), found) for found in (PRIOR, rescaled(PRIOR, pairs())))

    for old, new in ((before.startup, after.startup), (before.partner, after.partner)):
        assert new - new[0] == pytest.approx(old - old[0], abs=1e-4)


@pytest.mark.parametrize("values", [pairs(size=LEAST_PAIRS - 1), np.ones((LEAST_PAIRS, len(COLUMNS)))])
def test_columns_of_too_few_or_equal_values_keep_their_scale(values: npt.NDArray[np.float32]):
    found = rescaled(PRIOR, values.astype(np.float32))

    assert found.centre.tolist() == PRIOR.centre.tolist()
    assert found.scale.tolist() == PRIOR.scale.tolist()
    assert found.startup.tolist() == PRIOR.startup.tolist()


def test_unknown_values_are_left_out():
    known = pairs()
    blanks = columns((1000,))

    found, expected = rescaled(PRIOR, np.vstack([known, blanks])), rescaled(PRIOR, known)

    assert found.centre == pytest.approx(expected.centre)
    assert found.scale == pytest.approx(expected.scale)
