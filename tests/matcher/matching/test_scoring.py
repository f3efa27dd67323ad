import numpy as np
import pytest
from scipy.special import expit

from matcher.matching.scoring import Halves, log_odds, sigmoid, terms_of, two_sided
from matcher.model.combination import EXPERT_PRIOR, PRIOR_INTERCEPT, SIGNALS, Combination, combination_of

PRIOR = combination_of(EXPERT_PRIOR)


def random_signals(pairs: int = 200) -> np.ndarray:
    """Signals of many kinds of pairs: usual ones, far-off ones, and a third unknown."""
    rng = np.random.default_rng(0)
    signals = PRIOR.centre + PRIOR.scale * rng.standard_normal((pairs, len(SIGNALS))) * rng.choice(
        [0.1, 1, 10], (pairs, 1)
    )
    return np.where(rng.random(signals.shape) < 1 / 3, np.nan, signals).astype(np.float32)


def scores(signals: np.ndarray, combination: Combination = PRIOR) -> np.ndarray:
    return two_sided(log_odds(signals, combination))


def test_the_reasons_of_any_pair_add_up_to_its_score():
    signals = random_signals()

    terms = terms_of(signals, PRIOR)

    assert np.abs(terms.base + terms.points.sum(axis=1) - scores(signals)).max() < 1e-12


def test_an_unknown_signal_gives_no_reason_and_changes_no_score():
    signals = random_signals()
    at_centre = np.where(np.isnan(signals), PRIOR.centre, signals).astype(np.float32)

    terms = terms_of(signals, PRIOR)

    assert not terms.points[np.isnan(signals)].any()
    assert scores(signals) == pytest.approx(scores(at_centre), abs=1e-6)


def test_a_pair_of_which_nothing_is_known_scores_as_the_average_pair():
    nothing = np.full((1, len(SIGNALS)), np.nan, dtype=np.float32)

    assert scores(nothing).item() == pytest.approx(expit(PRIOR_INTERCEPT))
    assert terms_of(nothing, PRIOR).base.item() == scores(nothing).item()


def test_a_signal_above_its_centre_speaks_for_the_pair_and_one_below_against():
    above = (PRIOR.centre + PRIOR.scale).astype(np.float32)
    below = (PRIOR.centre - PRIOR.scale).astype(np.float32)

    assert (terms_of(above[None, :], PRIOR).points > 0).all()
    assert (terms_of(below[None, :], PRIOR).points < 0).all()


def test_the_score_lies_between_its_halves():
    halves = log_odds(random_signals(), PRIOR)
    startup, partner, score = sigmoid(halves.startup), sigmoid(halves.partner), two_sided(halves)

    assert (np.minimum(startup, partner) - 1e-15 <= score).all()
    assert (score <= np.maximum(startup, partner) + 1e-15).all()
    assert ((score >= 0) & (score <= 1)).all()


def test_the_score_rises_with_either_half():
    rising = np.linspace(-6, 6, 50)
    for other in (-3.0, 0.0, 3.0):
        assert (np.diff(two_sided(Halves(rising, np.full(50, other)))) > 0).all()
        assert (np.diff(two_sided(Halves(np.full(50, other), rising))) > 0).all()


def test_the_score_is_the_geometric_mean():
    halves = Halves(np.log([0.2 / 0.8]), np.log([0.8 / 0.2]))

    assert two_sided(halves) == pytest.approx(np.sqrt(0.2 * 0.8))


def test_one_sided_signals_move_one_half_alone():
    only_startup = Combination(*(np.array([value] * len(SIGNALS), dtype=float) for value in (0, 1, 1, 0)))

    halves = log_odds(np.ones((1, len(SIGNALS)), dtype=np.float32), only_startup)

    assert halves.startup.item() == PRIOR_INTERCEPT + len(SIGNALS)
    assert halves.partner.item() == PRIOR_INTERCEPT


@pytest.mark.parametrize("odds", [-1e4, -50.0, 0.0, 50.0, 1e4])
def test_the_sigmoid_neither_overflows_nor_errs(odds: float):
    assert sigmoid(np.array([odds])) == pytest.approx(expit(odds))


def test_log_odds_keep_leading_dimensions():
    assert log_odds(np.zeros((2, 3, len(SIGNALS)), dtype=np.float32), PRIOR).startup.shape == (2, 3)


def test_a_pair_scores_the_same_alone_and_among_many_to_the_last_bit():
    signals = random_signals()

    assert (
        np.concatenate([scores(signals[[row]]) for row in range(len(signals))]).tobytes()
        == scores(signals).tobytes()
    )


def test_no_pairs_have_no_terms():
    terms = terms_of(np.zeros((0, len(SIGNALS)), dtype=np.float32), PRIOR)

    assert terms.base.shape == (0,)
    assert terms.points.shape == (0, len(SIGNALS))
