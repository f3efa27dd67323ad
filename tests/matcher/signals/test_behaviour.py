import numpy as np
import pytest
import scipy.sparse as sp

from matcher.signals.behaviour import (
    PRIOR_CHOICES,
    SHARE_FLOOR,
    companions,
    factors,
    habit,
    likeness,
    neighbours,
    share,
)


def rows(*given: list[float]) -> sp.csr_matrix:
    return sp.csr_matrix(np.array(given, dtype=np.float32))


def totals(chosen: sp.csr_matrix) -> np.ndarray:
    return np.asarray(chosen.sum(axis=0), dtype=np.float32).ravel()


def test_a_habit_is_the_partner_s_own_for_every_startup():
    own = np.array([0.5, -1, np.nan], dtype=np.float32)

    assert np.array_equal(habit(own, 2), [own, own], equal_nan=True)


def test_factors_are_the_product_and_both_biases():
    score = factors(
        np.array([[1, 2]], "f4"), np.array([0.5], "f4"), np.array([[3, 4]], "f4"), np.array([0.25], "f4")
    )

    assert score.item() == 1 * 3 + 2 * 4 + 0.5 + 0.25


def test_factors_that_learned_nothing_score_zero():
    nothing = factors(np.zeros((2, 3), "f4"), np.zeros(2, "f4"), np.zeros((4, 3), "f4"), np.zeros(4, "f4"))

    assert nothing.tolist() == [[0] * 4] * 2


def test_a_deal_of_the_very_same_description_has_likeness_one():
    weights = rows([2.0, 1.5, 0], [0, 0, 0])

    assert likeness(weights, rows([1, 1, 0], [1, 0, 1], [0, 0, 1]))[0] == pytest.approx(
        [1, np.exp(-1.5), np.exp(-3.5)]
    )


def test_a_startup_without_description_is_like_every_deal():
    assert likeness(rows([0, 0]), rows([1, 0], [0, 1])).tolist() == [[1, 1]]


def test_whom_similar_startups_chose_stands_above_whom_others_chose():
    chosen = rows([6, 0], [0, 6], [3, 3])
    alike_to_first = np.array([[1, 0]], dtype=np.float32)

    theirs, others, everyones = neighbours(alike_to_first, chosen, totals(chosen))[0]

    assert theirs > everyones > others
    assert everyones == pytest.approx(0, abs=1e-6)


def test_neighbours_are_the_shrunk_log_ratio_of_choices():
    chosen = rows([6, 0], [1, 9])

    score = neighbours(np.array([[1, 0.5]], dtype=np.float32), chosen, totals(chosen))[0, 0]

    share, mass, whole = 6 / 16, 6.0, 7 + 0.5 * 9
    assert score == pytest.approx(np.log((mass + PRIOR_CHOICES * share) / ((whole + PRIOR_CHOICES) * share)))


def test_a_partner_scores_the_same_whether_or_not_the_others_are_asked_about():
    chosen = rows([6, 0], [1, 9])
    likenesses = np.array([[1, 0.5]], dtype=np.float32)

    alone = neighbours(likenesses, chosen[[0]], totals(chosen))

    assert alone.item() == neighbours(likenesses, chosen, totals(chosen))[0, 0]


def test_without_any_past_deal_nothing_is_known():
    nothing = neighbours(np.zeros((2, 0), "f4"), sp.csr_matrix((3, 0), dtype=np.float32), np.zeros(0, "f4"))

    assert np.isnan(nothing).all()
    assert nothing.shape == (2, 3)


def whitened(deals: np.ndarray) -> np.ndarray:
    """The inverse of what past deals [deals, d + 1] tell of one another, without any penalty."""
    return np.linalg.inv(deals.T @ deals).astype(np.float32)


def test_the_share_is_that_of_deals_with_such_startups():
    # four deals, described by one attribute and the constant: i0 took both with it, i1 both without
    deals = np.array([[1, 1], [1, 1], [0, 1], [0, 1]], dtype=float)
    partners = 2 * rows([2, 2], [0, 2])

    with_it, without = share(np.array([[1, 1], [0, 1]], dtype=np.float32) @ whitened(deals), partners)

    assert with_it == pytest.approx(np.log([2 + SHARE_FLOOR, SHARE_FLOOR]), abs=1e-5)
    assert without == pytest.approx(np.log([SHARE_FLOOR, 2 + SHARE_FLOOR]), abs=1e-5)


def test_an_even_share_is_one_for_each():
    deals = np.ones((4, 1))
    partners = 2 * rows([2], [2])  # two deals each, times two partners

    assert share(whitened(deals), partners)[0] == pytest.approx(np.log(1 + SHARE_FLOOR))


def test_a_share_below_nothing_counts_as_nothing():
    found = share(np.array([[-5, 0]], dtype=np.float32), rows([1, 1], [0, 1]))

    assert found[0] == pytest.approx(np.log(SHARE_FLOOR))


def test_who_has_no_deals_has_no_known_share():
    assert np.isnan(share(np.ones((2, 2), dtype=np.float32), rows([0, 0]))).all()


# i0 and i1 shared three startups, i2 and i3 three others
TOGETHER = rows([0, 3, 0, 0], [3, 0, 0, 0], [0, 0, 0, 3], [0, 0, 3, 0])


def test_who_works_with_the_startup_s_own_partners_stands_above_who_works_with_others():
    found = companions(rows([1, 0, 0, 0]), TOGETHER, totals(TOGETHER))[0]

    assert found[1] > 0 > found[2]
    assert found[2] == found[3]


def test_companions_are_the_shrunk_log_ratio_of_shared_startups():
    found = companions(rows([1, 0, 0, 0]), TOGETHER, totals(TOGETHER))[0, 1]

    share, mass, whole = 3 / 12, 3.0, 3.0
    assert found == pytest.approx(np.log((mass + PRIOR_CHOICES * share) / ((whole + PRIOR_CHOICES) * share)))


def test_a_startup_of_everyone_s_tells_nobody_apart():
    assert companions(rows([1, 1, 1, 1]), TOGETHER, totals(TOGETHER))[0] == pytest.approx(0, abs=1e-6)


def test_companions_are_unknown_without_a_partner_or_without_company():
    alone = rows([0, 3, 0], [3, 0, 0], [0, 0, 0])

    found = companions(rows([1, 0, 0], [0, 0, 0]), alone, totals(alone))

    assert np.isnan(found).tolist() == [[False, False, True], [True, True, True]]
