import numpy as np
import pytest
from scipy.stats import norm

from matcher.signals.asks import fit, nearness

EVERYONE = np.array([6.0, 1.0])


def test_the_fit_is_the_log_ratio_of_two_normal_densities():
    partners = np.array([[5.0, 0.25], [7.0, 4.0]])

    found = fit(np.array([5.5, 8.0]), partners, EVERYONE)

    for startup, asked in enumerate((5.5, 8.0)):
        for partner, (mean, variance) in enumerate(partners):
            ratio = norm.logpdf(asked, mean, variance**0.5) - norm.logpdf(asked, 6.0, 1.0)
            assert found[startup, partner] == pytest.approx(ratio, abs=1e-5)


def test_a_partner_like_everyone_tells_nothing():
    assert fit(np.array([3.0, 6.0, 9.0]), EVERYONE[None, :], EVERYONE).tolist() == [[0], [0], [0]]


def test_an_ask_at_the_partner_s_usual_amount_is_nearest_and_either_way_is_as_far():
    found = nearness(np.array([6.0, 5.0, 7.0, 8.0]), np.array([[6.0, 0.1]]))

    assert found.ravel().tolist() == [0, -1, -1, -2]


def test_without_anyone_s_amounts_no_fit_is_known():
    nothing = np.full((1, 2), np.nan)

    assert np.isnan(fit(np.array([6.0]), nothing, nothing[0])).all()
