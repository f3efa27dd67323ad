"""Prices in a small world where everyone wants the same few."""

import numpy as np
import numpy.typing as npt

from matcher.matching.exposure import spread
from training.exposure import LENGTH, Sample, exposure_prices

PARTNERS, STARTUPS = 40, 120
UNKNOWN = np.full(PARTNERS, np.nan)


def _stars() -> Sample:
    """Two in ten partners are a little better for every startup; each startup has one partner of its own."""
    rng = np.random.default_rng(3)
    scores = 0.10 + 0.02 * (np.arange(PARTNERS) < 8) + 0.005 * rng.random((STARTUPS, PARTNERS))
    scores[np.arange(STARTUPS), np.arange(STARTUPS) % PARTNERS] = 0.6
    order = np.argsort(-scores, axis=1)
    return Sample(order, np.take_along_axis(scores, order, axis=1))


def _shown(sample: Sample, prices: npt.NDArray[np.float64]) -> npt.NDArray[np.intp]:
    lists = [
        rows[spread(scores, prices[rows], LENGTH)]
        for rows, scores in zip(sample.rows, sample.scores, strict=True)
    ]
    return np.bincount(np.concatenate(lists), minlength=PARTNERS)


def test_each_star_is_dearer_than_all_who_are_seen_less() -> None:
    prices = exposure_prices(_stars(), UNKNOWN)
    assert prices[:8].min() > prices[8:].max()


def test_nobody_is_dearer_than_the_end_of_prices_and_who_is_never_listed_is_cheap() -> None:
    scores = np.where(np.arange(PARTNERS) < LENGTH, 0.9, 0.001)
    sample = Sample(np.tile(np.arange(PARTNERS), (STARTUPS, 1)), np.tile(scores, (STARTUPS, 1)))
    prices = exposure_prices(sample, UNKNOWN)
    assert len(set(prices[:LENGTH].round(12))) == 1
    assert prices[:LENGTH].max() > 0 > prices[LENGTH:].max()


def test_prices_take_places_from_the_stars_and_leave_each_startup_its_own_partner() -> None:
    sample = _stars()
    before, after = (
        _shown(sample, prices) for prices in (np.zeros(PARTNERS), exposure_prices(sample, UNKNOWN))
    )
    assert after[:8].max() < before[:8].min()
    own = np.bincount(np.arange(STARTUPS) % PARTNERS, minlength=PARTNERS)
    assert (after >= own).all()


def test_who_has_more_capacity_is_cheaper_than_its_equal() -> None:
    capacities = np.ones(PARTNERS)
    capacities[0] = 5
    prices = exposure_prices(_stars(), capacities)
    assert prices[0] < prices[1:8].min()


def test_a_partner_whose_capacity_is_unknown_counts_as_the_average_one() -> None:
    capacities = np.full(PARTNERS, 3.0)
    known = exposure_prices(_stars(), capacities)
    capacities[5] = np.nan
    assert (exposure_prices(_stars(), capacities) == known).all()


def test_without_a_sample_or_a_choice_every_price_is_zero() -> None:
    nobody = Sample(np.zeros((0, 0), dtype=np.intp), np.zeros((0, 0)))
    assert not exposure_prices(nobody, UNKNOWN).any()
    few = np.tile(np.arange(LENGTH), (3, 1))
    assert not exposure_prices(Sample(few, np.full(few.shape, 0.5)), np.full(LENGTH, np.nan)).any()


def test_where_nobody_has_capacity_left_all_count_alike() -> None:
    assert np.isfinite(exposure_prices(_stars(), np.zeros(PARTNERS))).all()


def test_the_same_sample_gives_the_same_prices() -> None:
    assert (exposure_prices(_stars(), UNKNOWN) == exposure_prices(_stars(), UNKNOWN)).all()
