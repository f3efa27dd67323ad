import numpy as np
import pytest

from matcher.model.combination import COLUMNS
from tests.training.toys import DAY, PRIOR, choices, columns, replies
from training.slices import (
    SAMPLED,
    SLICES,
    STEP_DAYS,
    TOP,
    WINDOW_DAYS,
    Choices,
    chosen_candidates,
    joined,
    joined_replies,
    windows,
)

MANY = 300
NAME = COLUMNS.index("since_last")
"""A column without weight in the prior: here it tells which partner a candidate is."""


def test_windows_go_back_from_the_day_and_never_reach_it():
    found = windows(DAY)

    assert [first for first, _ in found] == [DAY - STEP_DAYS * n for n in range(1, SLICES + 1)]
    assert all(first < end <= DAY for first, end in found)
    assert {end - first for first, end in found[1:]} == {WINDOW_DAYS}


def sampled(deals: np.ndarray, seed: int = 1, could: np.ndarray | None = None) -> Choices:
    """Of MANY partners, each better than the one after it."""
    pairs = columns(deals.shape, popularity=np.linspace(2, -2, MANY), since_last=np.arange(MANY))
    everyone = np.ones_like(deals) if could is None else could
    return chosen_candidates(pairs, (deals, np.zeros_like(deals)), everyone, PRIOR, seed)


def took(*partners: int) -> np.ndarray:
    """One query that took these."""
    return np.isin(np.arange(MANY), partners)[None, :]


def partners(found: Choices, query: int = 0) -> list[int]:
    return found.columns[query, :, NAME].astype(int).tolist()


def test_the_best_are_kept_for_themselves_and_some_of_the_others_for_all_the_others():
    found = sampled(took(3))

    kept = partners(found)
    assert sorted(kept[:TOP]) == list(range(TOP))
    assert len(set(kept)) == TOP + SAMPLED
    assert (found.stands_for[0, :TOP] == 1).all()
    assert found.stands_for[0, TOP:] == pytest.approx((MANY - TOP) / SAMPLED)


def test_whoever_was_chosen_is_kept_and_stands_for_itself():
    found = sampled(took(299))

    place = partners(found).index(299)
    assert found.deals[0, place]
    assert found.stands_for[0, place] == 1
    assert found.stands_for.sum() == pytest.approx(MANY)


def test_the_chosen_do_not_come_first_where_nothing_tells_them_apart():
    deals = took(7)
    same = columns(deals.shape, since_last=np.arange(MANY))

    found = chosen_candidates(same, (deals, np.zeros_like(deals)), np.ones_like(deals), PRIOR, 1)

    assert partners(found)[:TOP] == list(range(TOP))


def test_the_same_seed_draws_the_same_and_another_others():
    assert partners(sampled(took(3))) == partners(sampled(took(3)))
    assert partners(sampled(took(3))) != partners(sampled(took(3), seed=2))


def test_who_could_not_be_chosen_stands_for_nobody():
    could = np.ones((1, MANY), dtype=bool)
    could[0, 50:] = False

    found = sampled(took(3, 60), could=could)

    standing = found.stands_for[0] > 0
    assert sorted(np.array(partners(found))[standing]) == list(range(50))
    assert np.array(partners(found))[found.deals[0]].tolist() == [3]


def test_queries_whom_nobody_took_drop_out():
    deals = np.concatenate([took(), took(5)])

    found = sampled(deals)

    assert len(found) == 1
    assert np.array(partners(found))[found.deals[0]].tolist() == [5]


def test_a_wish_alone_makes_a_query():
    wished, pairs = took(5), columns((1, MANY), since_last=np.arange(MANY))

    found = chosen_candidates(pairs, (took(), wished), np.ones_like(wished), PRIOR, 1)

    assert not found.deals.any()
    assert np.array(partners(found))[found.wanted[0]].tolist() == [5]


def test_joined_slices_are_padded_with_candidates_that_stand_for_nobody():
    narrow, wide = choices([[True]], popularity=1), choices([[False, True, False]], popularity=2)

    both = joined([narrow, wide])

    assert both.stands_for.tolist() == [[1, 0, 0], [1, 1, 1]]
    assert both.deals.tolist() == [[True, False, False], [False, True, False]]
    assert both.columns[1, :, COLUMNS.index("popularity")].tolist() == [2, 2, 2]


def test_nothing_joined_is_empty_over_the_columns():
    assert joined([]).columns.shape == (0, 0, len(COLUMNS))
    assert joined_replies([]).columns.shape == (0, len(COLUMNS))


def test_joined_replies_keep_their_order():
    both = joined_replies([replies([True], appeal=1), replies([False, True], appeal=2)])

    assert both.yes.tolist() == [True, False, True]
    assert both.columns[:, COLUMNS.index("appeal")].tolist() == [1, 2, 2]
