import pytest

from matcher.intervals import wilson


def test_wilsons_interval_of_one_in_ten() -> None:
    low, high = wilson(1, 10)
    assert (round(low, 4), round(high, 4)) == (0.0179, 0.4042)  # as tables of the interval have it


def test_an_interval_of_nothing_is_everything_and_that_of_never_begins_at_zero() -> None:
    assert wilson(0, 0) == (0.0, 1.0)
    low, high = wilson(0, 20)
    assert low == pytest.approx(0.0)
    assert 0 < high < 0.2
