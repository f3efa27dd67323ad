"""Each rule on a ledger so small that the answer is plain."""

import pytest

from matcher.attention import rules
from matcher.attention.settings import AttentionSettings
from tests.matcher.attention.ledgers import history

SETTINGS = AttentionSettings()


def test_cash_of_50_at_10_a_month_lasts_5_months():
    found = rules.runway_short(history(cash=[80, 70, 60, 50]), SETTINGS)
    assert found is not None
    assert found.facts == {"cash": 50, "burn": 10, "runway": 5}
    assert found.gravity == 6 / 5
    assert [figure.value for figure in found.evidence] == [80, 70, 60, 50]


def test_cash_for_just_six_months_is_enough():
    assert rules.runway_short(history(cash=[90, 80, 70, 60]), SETTINGS) is None
    assert rules.runway_short(history(cash=[90, 80, 70, 59]), SETTINGS) is not None


def test_who_earns_more_than_it_spends_has_no_runway():
    assert rules.runway_short(history(cash=[10, 11, 12, 13], revenue=[5, 5, 5, 5]), SETTINGS) is None


def test_an_investment_does_not_hide_what_is_spent():
    months = history(cash=[30, 20, 50, 40], revenue=[1, 1, 1, 1])
    found = rules.runway_short(months, SETTINGS)
    assert found is not None
    assert found.facts == {"cash": 40, "burn": 10, "runway": 4}
    assert ("revenue", 1) in [(figure.name, figure.value) for figure in found.evidence]


def test_a_rise_that_was_earned_counts_against_what_was_spent():
    months = history(cash=[30, 20, 25, 15], revenue=[9, 9, 9, 9])
    assert rules.net_burn(months, SETTINGS) == (10 - 5 + 10) / 3


def test_a_rise_of_unknown_source_tells_nothing_of_the_burn():
    assert rules.net_burn(history(cash=[30, 20, 25, 15], revenue=[9, 9, None, 9]), SETTINGS) == 10
    assert rules.net_burn(history(cash=[20, 25, 15], revenue=[9, None, 9]), SETTINGS) is None


def test_of_a_month_without_cash_both_steps_are_unknown():
    assert rules.net_burn(history(cash=[40, None, 20, 10]), SETTINGS) is None
    assert rules.net_burn(history(cash=[None, 30, 20, 10]), SETTINGS) == 10


def test_no_cash_at_all_is_the_shortest_runway():
    found = rules.runway_short(history(cash=[20, 10, 0]), SETTINGS)
    assert found is not None
    assert (found.facts["runway"], found.gravity) == (0, 60)
    overdrawn = rules.runway_short(history(cash=[20, 10, -10]), SETTINGS)
    assert overdrawn is not None
    assert (overdrawn.facts["runway"], overdrawn.gravity) == (0, 60)


STEADY = {"present": [10] * 4, "orders": [100] * 4}


def test_present_staff_40_percent_down_and_orders_60_percent_up_are_told_together():
    months = history(present=[10, 10, 10, 6], orders=[100, 100, 100, 160])
    found = rules.staff_out_orders_up(months, SETTINGS)
    assert found is not None
    assert found.facts == pytest.approx({"fall": 0.4, "rise": 0.6})
    assert found.gravity == pytest.approx(1.6)


@pytest.mark.parametrize(
    "figures",
    [
        {"present": [10, 10, 10, 6]},
        {"orders": [100, 100, 100, 160]},
        {"present": [10, 10, 10, 8], "orders": [100, 100, 100, 160]},
        {"present": [10, 10, 10, 6], "orders": [100, 100, 100, 120]},
    ],
    ids=["only staff fell", "only orders rose", "staff fell little", "orders rose little"],
)
def test_one_of_the_two_alone_is_no_signal(figures):
    assert rules.staff_out_orders_up(history(**(STEADY | figures)), SETTINGS) is None


def test_two_of_three_present_is_one_who_is_ill():
    assert rules.staff_out_orders_up(history(present=[3, 3, 3, 2], orders=[1, 1, 1, 2]), SETTINGS) is None


def test_the_usual_needs_three_known_months():
    months = {"present": [10, None, 10, 6], "orders": [100, 100, 100, 160]}
    assert rules.staff_out_orders_up(history(**months), SETTINGS) is None


def test_a_surge_that_lasts_is_still_one_in_its_second_month():
    months = history(present=[10, 10, 10, 6, 6], orders=[100, 100, 100, 160, 160])
    assert rules.staff_out_orders_up(months, SETTINGS) is not None


def test_orders_beyond_the_best_month_twice_running_are_over_capacity():
    months = history(revenue=[80, 100, 90, 90], orders=[100, 100, 150, 140])
    found = rules.orders_over_capacity(months, SETTINGS)
    assert found is not None
    assert found.facts == {"orders": 140, "capacity": 100, "months": 2, "times": 1.4}


@pytest.mark.parametrize(
    ("revenue", "orders"),
    [
        ([80, 100, 90, 90], [100, 100, 100, 150]),
        ([80, 100, 90, 120], [100, 100, 140, 140]),
        ([80, 100, 90, 90], [100, 100, None, 150]),
        ([None, None, 90, 90], [100, 100, 150, 150]),
        ([0, 0, 0, 0], [100, 100, 150, 150]),
    ],
    ids=["once", "delivered as much", "a month unknown", "capacity unknown", "nothing delivered yet"],
)
def test_otherwise_orders_are_not_over_capacity(revenue, orders):
    assert rules.orders_over_capacity(history(revenue=revenue, orders=orders), SETTINGS) is None


def test_three_falls_by_a_quarter_in_all_are_told_from_the_peak():
    found = rules.revenue_falling(history(revenue=[90, 100, 90, 80, 70]), SETTINGS)
    assert found is not None
    assert found.facts == pytest.approx({"months": 3, "fall": 0.3, "first": 100, "last": 70})
    assert [figure.value for figure in found.evidence] == [100, 90, 80, 70]


@pytest.mark.parametrize(
    "revenue",
    [[100, 80, 60], [100, 95, 90, 85], [100, 80, 80, 60], [100, 80, None, 60], [100, 90, 80, 70, None]],
    ids=["two falls", "little", "a pause", "a month unknown", "the latest unknown"],
)
def test_otherwise_revenue_does_not_keep_falling(revenue):
    present = [1.0] * len(revenue)
    assert rules.revenue_falling(history(revenue=revenue, present=present), SETTINGS) is None


def test_from_ten_people_to_fifteen_in_half_a_year_is_fast():
    found = rules.headcount_surging(history(headcount=[10, 11, 12, 13, 14, 14, 15]), SETTINGS)
    assert found is not None
    assert found.facts == {"now": 15, "before": 10, "months": 6, "change": 0.5}
    assert found.gravity == 1


def test_two_people_more_are_few_and_a_fifth_more_is_little():
    assert rules.headcount_surging(history(headcount=[2, 4]), SETTINGS) is None
    assert rules.headcount_surging(history(headcount=[50, 60]), SETTINGS) is None


def test_growth_is_counted_from_the_earliest_month_known_within_half_a_year():
    found = rules.headcount_surging(history(headcount=[1, None, 20, 20, 20, 20, 20, 30]), SETTINGS)
    assert found is not None
    assert (found.facts["before"], found.facts["months"]) == (20, 5)


def test_from_ten_people_to_six_is_told_and_to_eight_is_not():
    found = rules.headcount_falling(history(headcount=[10, 6]), SETTINGS)
    assert found is not None
    assert found.facts == pytest.approx({"now": 6, "before": 10, "months": 1, "change": 0.4})
    assert rules.headcount_falling(history(headcount=[10, 8]), SETTINGS) is None


def test_half_of_the_people_present_in_two_months_is_low():
    found = rules.present_low(history(headcount=[10, 10], present=[5, 4]), SETTINGS)
    assert found is not None
    assert found.facts == {"share": 0.5, "months": 2}


def test_one_of_three_present_says_little():
    assert rules.present_low(history(headcount=[3, 3], present=[1, 1]), SETTINGS) is None


def test_once_is_not_low_and_neither_is_an_unknown_month():
    assert rules.present_low(history(headcount=[10, 10], present=[8, 4]), SETTINGS) is None
    assert rules.present_low(history(headcount=[10, None], present=[5, 4]), SETTINGS) is None
    assert rules.present_low(history(headcount=[10], present=[4]), SETTINGS) is None
