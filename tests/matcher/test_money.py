import math

import pytest

from matcher.money import CNY_PER_UNIT, log_cny


def test_ten_thousand_yuan_is_four_decades():
    assert log_cny(10_000, "CNY") == pytest.approx(4)


@pytest.mark.parametrize("currency", sorted(CNY_PER_UNIT))
def test_one_unit_of_each_currency_is_its_rate(currency: str):
    assert 10 ** log_cny(1, currency) == pytest.approx(CNY_PER_UNIT[currency])


def test_a_dollar_is_worth_more_than_a_yuan_in_either_case_of_letters():
    assert log_cny(100, "usd") == log_cny(100, "USD") > log_cny(100, "CNY")


@pytest.mark.parametrize("currency", ["", "XXX"])
def test_a_blank_or_unknown_currency_counts_as_yuan(currency: str):
    assert log_cny(100, currency) == 2


@pytest.mark.parametrize("amount", [None, 0, 0.0])
def test_no_amount_is_unknown_rather_than_minus_infinity(amount: float | None):
    assert math.isnan(log_cny(amount, "CNY"))
