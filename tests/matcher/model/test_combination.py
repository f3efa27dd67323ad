import numpy as np
import pytest

from matcher.model.combination import CLIP, EXPERT_PRIOR, SIGNALS, Term, combination_of

ONES = combination_of({name: Term(1.0, 2.0, 0.5, 0.25) for name in SIGNALS})


def steps(value: float) -> np.ndarray:
    return ONES.standardise(np.full((1, len(SIGNALS)), value, dtype=np.float32))[0]


def test_a_signal_at_its_centre_counts_nothing():
    assert steps(1.0).tolist() == [0.0] * len(SIGNALS)


def test_one_scale_above_the_centre_counts_one_step():
    assert steps(3.0).tolist() == [1.0] * len(SIGNALS)
    assert steps(-1.0).tolist() == [-1.0] * len(SIGNALS)


def test_an_unknown_signal_counts_nothing():
    assert steps(np.nan).tolist() == [0.0] * len(SIGNALS)


@pytest.mark.parametrize(("value", "step"), [(1e30, CLIP), (-1e30, -CLIP), (np.inf, CLIP), (-np.inf, -CLIP)])
def test_extremes_are_clipped(value: float, step: float):
    assert steps(value).tolist() == [step] * len(SIGNALS)


def test_any_number_of_leading_dimensions_is_kept():
    assert ONES.standardise(np.zeros((2, 3, len(SIGNALS)), dtype=np.float32)).shape == (2, 3, len(SIGNALS))


def test_the_signals_given_are_left_as_they_were():
    signals = np.full((2, len(SIGNALS)), np.nan, dtype=np.float32)

    ONES.standardise(signals)

    assert np.isnan(signals).all()


def test_the_arrays_follow_the_order_of_the_signals():
    combination = combination_of(EXPERT_PRIOR)

    assert combination.centre.tolist() == [EXPERT_PRIOR[name].centre for name in SIGNALS]
    assert combination.partner.tolist() == [EXPERT_PRIOR[name].partner for name in SIGNALS]


def test_a_table_that_leaves_a_signal_out_is_refused():
    with pytest.raises(KeyError, match="needs"):
        combination_of({name: term for name, term in EXPERT_PRIOR.items() if name != "needs"})


@pytest.mark.parametrize("name", SIGNALS)
def test_the_expert_prior_takes_every_signal_as_good_for_both_sides(name: str):
    term = EXPERT_PRIOR[name]

    assert term.scale > 0
    assert term.startup > 0
    assert term.partner > 0
