import numpy as np
import pytest
import scipy.sparse as sp

from matcher.signals.declared import coverage, nearest, ticket

UNKNOWN = np.nan


def rows(*given: list[int]) -> sp.csr_matrix:
    return sp.csr_matrix(np.array(given, dtype=np.float32))


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
    assert np.isnan(nearest(rows([1, 1]), masked, np.eye(2, dtype=np.float32)).item())
    assert np.isnan(nearest(masked, rows([1, 1]), np.eye(2, dtype=np.float32)).item())


def test_the_nearest_of_several_stages_counts():
    closeness = np.array([[1, 0.4, 0.1], [0.4, 1, 0.4], [0.1, 0.4, 1]], dtype=np.float32)

    assert nearest(rows([1, 0, 0]), rows([0, 1, 1], [0, 0, 1], [1, 0, 1]), closeness)[0] == pytest.approx(
        [0.4, 0.1, 1]
    )


@pytest.mark.parametrize(
    ("ask", "score"), [(5.0, 1), (5.5, 1), (6.0, 1), (6.3, 0.5), (6.6, 0.25), (4.7, 0.5), (4.1, 0.125)]
)
def test_an_ask_outside_the_range_halves_with_each_factor_of_two(ask: float, score: float):
    assert ticket(np.array([[ask, ask]]), np.array([[5.0, 6.0]])).item() == pytest.approx(score)


def test_an_open_end_is_no_limit():
    ask = np.array([[9.0, 9.0], [2.0, 2.0]])

    assert ticket(ask, np.array([[5.0, UNKNOWN]]))[:, 0] == pytest.approx([1, 0.5**10])
    assert ticket(ask, np.array([[UNKNOWN, 5.0]]))[:, 0] == pytest.approx([0.5 ** (4 / 0.3), 1])
