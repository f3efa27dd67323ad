import numpy as np
import pytest
from scipy.special import expit

from matcher.matching.scoring import Halves, log_odds, sigmoid, terms_of, two_sided
from matcher.model.combination import (
    COLUMNS,
    EXPERT_PRIOR,
    PRIOR_INTERCEPT,
    SIGNAL_OF,
    SIGNALS,
    Combination,
    by_signal,
    combination_of,
)

PRIOR = combination_of(EXPERT_PRIOR)


def random_columns(pairs: int = 200) -> np.ndarray:
    """Columns of many kinds of pairs: usual ones, far-off ones, and a third unknown."""
    rng = np.random.default_rng(0)
    columns = PRIOR.centre + PRIOR.scale * rng.standard_normal((pairs, len(COLUMNS))) * rng.choice(
        [0.1, 1, 10], (pairs, 1)
    )
    return np.where(rng.random(columns.shape) < 1 / 3, np.nan, columns).astype(np.float32)


def scores(columns: np.ndarray, combination: Combination = PRIOR) -> np.ndarray:
    return two_sided(log_odds(columns, combination))


def drawn(seed: int) -> Combination:
    """A combination as learning might leave it: any centre and scale, weights of either sign."""
    rng = np.random.default_rng(seed)
    centre, scale, startup, partner = rng.standard_normal((4, len(COLUMNS)))
    return Combination(centre, 0.2 + np.abs(scale), startup / 3, partner / 3, -1.0, 0.5)


@pytest.mark.parametrize("combination", [PRIOR, drawn(0), drawn(1)], ids=["prior", "drawn", "drawn again"])
def test_the_reasons_of_any_pair_add_up_to_its_score(combination: Combination):
    columns = random_columns()

    terms = terms_of(columns, combination)

    assert terms.points.shape == (len(columns), len(SIGNALS))
    assert np.abs(terms.base + terms.points.sum(axis=1) - scores(columns, combination)).max() < 1e-12


def test_an_unknown_column_gives_no_reason_and_changes_no_score():
    columns = random_columns()
    at_centre = np.where(np.isnan(columns), PRIOR.centre, columns).astype(np.float32)

    assert scores(columns) == pytest.approx(scores(at_centre), abs=1e-6)
    assert terms_of(columns, PRIOR).points == pytest.approx(terms_of(at_centre, PRIOR).points, abs=1e-6)


def test_a_signal_of_which_no_column_is_known_gives_no_reason():
    for signal in range(len(SIGNALS)):
        columns = random_columns()
        columns[:, signal == SIGNAL_OF] = np.nan

        assert not terms_of(columns, PRIOR).points[:, signal].any()


def test_the_columns_of_one_signal_add_up_to_its_reason():
    only = np.isin(COLUMNS, ("declines", "dismissals"))
    columns = np.where(only, random_columns(), np.nan).astype(np.float32)

    points = terms_of(columns, PRIOR).points

    refusals = points[:, SIGNALS.index("refusals")]
    assert refusals == pytest.approx(scores(columns) - scores(np.full_like(columns, np.nan)), abs=1e-12)
    assert refusals.any()


def test_a_pair_of_which_nothing_is_known_scores_as_the_average_pair():
    nothing = np.full((1, len(COLUMNS)), np.nan, dtype=np.float32)

    assert scores(nothing).item() == pytest.approx(expit(PRIOR_INTERCEPT))
    assert terms_of(nothing, PRIOR).base.item() == scores(nothing).item()


def test_a_signal_above_its_centre_speaks_for_the_pair_and_one_below_against():
    above = (PRIOR.centre + PRIOR.scale).astype(np.float32)
    below = (PRIOR.centre - PRIOR.scale).astype(np.float32)
    weighed = by_signal(PRIOR.startup + PRIOR.partner) > 0

    assert ((terms_of(above[None, :], PRIOR).points > 0) == weighed).all()
    assert ((terms_of(below[None, :], PRIOR).points < 0) == weighed).all()
    assert weighed.sum() >= len(SIGNALS) - 1


def test_the_score_lies_between_its_halves():
    halves = log_odds(random_columns(), PRIOR)
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
    only_startup = Combination(*(np.array([value] * len(COLUMNS), dtype=float) for value in (0, 1, 1, 0)))

    halves = log_odds(np.ones((1, len(COLUMNS)), dtype=np.float32), only_startup)

    assert halves.startup.item() == PRIOR_INTERCEPT + len(COLUMNS)
    assert halves.partner.item() == PRIOR_INTERCEPT


@pytest.mark.parametrize("odds", [-1e4, -50.0, 0.0, 50.0, 1e4])
def test_the_sigmoid_neither_overflows_nor_errs(odds: float):
    assert sigmoid(np.array([odds])) == pytest.approx(expit(odds))


def test_log_odds_keep_leading_dimensions():
    assert log_odds(np.zeros((2, 3, len(COLUMNS)), dtype=np.float32), PRIOR).startup.shape == (2, 3)


def test_a_pair_scores_the_same_alone_and_among_many_to_the_last_bit():
    columns = random_columns()

    assert (
        np.concatenate([scores(columns[[row]]) for row in range(len(columns))]).tobytes()
        == scores(columns).tobytes()
    )


def test_no_pairs_have_no_terms():
    terms = terms_of(np.zeros((0, len(COLUMNS)), dtype=np.float32), PRIOR)

    assert terms.base.shape == (0,)
    assert terms.points.shape == (0, len(SIGNALS))
