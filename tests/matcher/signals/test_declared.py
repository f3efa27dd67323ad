import numpy as np
import pytest
import scipy.sparse as sp

from matcher.signals import declared
from matcher.signals.declared import nearest, ticket

UNKNOWN = np.nan


def rows(*given: list[int]) -> sp.csr_matrix:
    return sp.csr_matrix(np.array(given, dtype=np.float32))


def coverage(startups: sp.csr_matrix, partners: sp.csr_matrix) -> np.ndarray:
    """Where all attributes are of one kind."""
    return declared.coverage(startups, partners, np.ones((1, startups.shape[1]), dtype=bool))[0]


@pytest.mark.parametrize(
    ("given", "share"), [([1, 1, 1, 0], 1), ([1, 1, 0, 1], 2 / 3), ([1, 0, 0, 0], 1 / 3), ([0, 0, 0, 1], 0)]
)
def test_coverage_is_the_share_of_what_is_wanted(given: list[int], share: float):
    assert coverage(rows([1, 1, 1, 0]), rows(given)).item() == pytest.approx(share)


def test_a_partner_that_offers_everything_is_not_punished_for_the_rest():
    assert coverage(rows([1, 0, 0, 0]), rows([1, 1, 1, 1])).item() == 1


def test_entries_that_are_stored_zeros_declare_nothing():
    masked = rows([1, 1])
    masked.data = masked.data * 0

    assert np.isnan(coverage(masked, rows([1, 1])).item())
    assert np.isnan(coverage(rows([1, 1]), masked).item())


def test_attributes_of_each_kind_are_compared_by_themselves():
    kinds = np.array([[True, False, True], [False, True, False]])

    shares = declared.coverage(rows([1, 1, 1], [0, 1, 0]), rows([1, 0, 0], [0, 1, 0]), kinds)

    assert np.array_equal(
        shares, [[[0.5, np.nan], [np.nan, np.nan]], [[np.nan, 1], [np.nan, 1]]], equal_nan=True
    )


def test_who_wants_or_gives_nothing_is_near_to_nobody():
    nothing, all_things = np.zeros((1, 2), dtype=bool), np.ones((1, 2), dtype=bool)

    assert np.isnan(nearest(nothing, all_things, np.eye(2, dtype=np.float32)).item())
    assert np.isnan(nearest(all_things, nothing, np.eye(2, dtype=np.float32)).item())


def test_the_nearest_of_several_stages_counts():
    closeness = np.array([[1, 0.4, 0.1], [0.4, 1, 0.4], [0.1, 0.4, 1]], dtype=np.float32)

    wanted, given = np.array([[1, 0, 0]]) > 0, np.array([[0, 1, 1], [0, 0, 1], [1, 0, 1]]) > 0

    assert nearest(wanted, given, closeness)[0] == pytest.approx([0.4, 0.1, 1])


@pytest.mark.parametrize(
    ("ask", "score"), [(5.0, 1), (5.5, 1), (6.0, 1), (6.3, 0.5), (6.6, 0.25), (4.7, 0.5), (4.1, 0.125)]
)
def test_an_ask_outside_the_range_halves_with_each_factor_of_two(ask: float, score: float):
    assert ticket(np.array([[ask, ask]]), np.array([[5.0, 6.0]])).item() == pytest.approx(score)


def test_an_open_end_is_no_limit():
    ask = np.array([[9.0, 9.0], [2.0, 2.0]])

    assert ticket(ask, np.array([[5.0, UNKNOWN]]))[:, 0] == pytest.approx([1, 0.5**10])
    assert ticket(ask, np.array([[UNKNOWN, 5.0]]))[:, 0] == pytest.approx([0.5 ** (4 / 0.3), 1])
