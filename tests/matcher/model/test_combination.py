import numpy as np
import pytest

from matcher.model.combination import (
    CLIP,
    COLUMNS,
    EXPERT_PRIOR,
    HABITS,
    SIGNAL_OF,
    SIGNALS,
    Term,
    by_signal,
    combination_of,
)

ONES = combination_of({name: Term("any", 1.0, 2.0, 0.5, 0.25) for name in COLUMNS})


def steps(value: float) -> np.ndarray:
    return ONES.standardise(np.full((1, len(COLUMNS)), value, dtype=np.float32))[0]


def test_a_column_at_its_centre_counts_nothing():
    assert steps(1.0).tolist() == [0.0] * len(COLUMNS)


def test_one_scale_above_the_centre_counts_one_step():
    assert steps(3.0).tolist() == [1.0] * len(COLUMNS)
    assert steps(-1.0).tolist() == [-1.0] * len(COLUMNS)


def test_an_unknown_column_counts_nothing():
    assert steps(np.nan).tolist() == [0.0] * len(COLUMNS)


@pytest.mark.parametrize(("value", "step"), [(1e30, CLIP), (-1e30, -CLIP), (np.inf, CLIP), (-np.inf, -CLIP)])
def test_extremes_are_clipped(value: float, step: float):
    assert steps(value).tolist() == [step] * len(COLUMNS)


def test_any_number_of_leading_dimensions_is_kept():
    assert ONES.standardise(np.zeros((2, 3, len(COLUMNS)), dtype=np.float32)).shape == (2, 3, len(COLUMNS))


def test_the_columns_given_are_left_as_they_were():
    columns = np.full((2, len(COLUMNS)), np.nan, dtype=np.float32)

    ONES.standardise(columns)

    assert np.isnan(columns).all()


def test_the_arrays_follow_the_order_of_the_columns():
    combination = combination_of(EXPERT_PRIOR)

    assert combination.centre.tolist() == [EXPERT_PRIOR[name].centre for name in COLUMNS]
    assert combination.scale.tolist() == [EXPERT_PRIOR[name].scale for name in COLUMNS]
    assert combination.startup.tolist() == [EXPERT_PRIOR[name].startup for name in COLUMNS]
    assert combination.partner.tolist() == [EXPERT_PRIOR[name].partner for name in COLUMNS]


def test_a_table_that_leaves_a_column_out_is_refused():
    with pytest.raises(KeyError, match="needs"):
        combination_of({name: term for name, term in EXPERT_PRIOR.items() if name != "needs"})


@pytest.mark.parametrize("name", COLUMNS)
def test_the_expert_prior_takes_no_column_as_bad_for_either_side(name: str):
    term = EXPERT_PRIOR[name]

    assert term.scale > 0
    assert term.startup >= 0
    assert term.partner >= 0


ANSWERED = {"willingness": (False, True), "appeal": (True, False)}
ANSWERED |= {"declines": ANSWERED["willingness"], "dismissals": ANSWERED["appeal"]}


@pytest.mark.parametrize("name", ANSWERED)
def test_what_one_side_answered_teaches_its_own_half_alone(name: str):
    term = EXPERT_PRIOR[name]

    assert (term.startup > 0, term.partner > 0) == ANSWERED[name]


def test_what_is_declared_counts_for_both_sides():
    for name in ("semantic", "lexical", "needs", "industry", "stage", "region", "ticket", "factors"):
        assert EXPERT_PRIOR[name].startup > 0
        assert EXPERT_PRIOR[name].partner > 0


def test_every_signal_has_columns_and_no_name_stands_twice():
    assert len(set(COLUMNS)) == len(COLUMNS) == len(SIGNAL_OF)
    assert len(set(SIGNALS)) == len(SIGNALS)
    assert set(SIGNAL_OF.tolist()) == set(range(len(SIGNALS)))


def test_each_column_speaks_for_the_signal_of_its_term():
    assert [SIGNALS[place] for place in SIGNAL_OF] == [EXPERT_PRIOR[name].signal for name in COLUMNS]


def test_habits_are_neighbouring_columns():
    first = COLUMNS.index(HABITS[0])

    assert COLUMNS[first : first + len(HABITS)] == HABITS


def test_a_signal_is_the_sum_of_its_columns():
    columns = np.zeros((2, len(COLUMNS)))
    columns[0, [COLUMNS.index("declines"), COLUMNS.index("dismissals"), COLUMNS.index("needs")]] = 1, 2, 4
    columns[1, COLUMNS.index("needs")] = 8

    signals = by_signal(columns)

    assert signals[:, SIGNALS.index("refusals")].tolist() == [3, 0]
    assert signals[:, SIGNALS.index("needs")].tolist() == [4, 8]
    assert signals.sum() == 15


def test_signals_keep_leading_dimensions_and_lose_nothing():
    columns = np.random.default_rng(0).standard_normal((3, 4, len(COLUMNS)))

    signals = by_signal(columns)

    assert signals.shape == (3, 4, len(SIGNALS))
    assert signals.sum(axis=-1) == pytest.approx(columns.sum(axis=-1))


def test_nobody_has_no_signals():
    assert by_signal(np.zeros((0, len(COLUMNS)))).shape == (0, len(SIGNALS))
