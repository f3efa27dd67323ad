import pytest

from matcher.text.likelihood import character_cost, cost, mean_cost


def test_no_text_costs_nothing() -> None:
    assert cost("") == 0.0
    assert mean_cost("") == 0.0


def test_a_frequent_character_is_cheaper_than_a_rare_one_and_that_cheaper_than_a_broken_one() -> None:
    assert character_cost("的") < character_cost("瓮") < character_cost("龘") < character_cost("\ufffd")


@pytest.mark.parametrize(("simplified", "traditional"), [("业", "業"), ("创", "創"), ("的", "的")])
def test_both_scripts_cost_the_same(simplified: str, traditional: str) -> None:
    assert character_cost(simplified) == character_cost(traditional)


def test_the_mean_cost_does_not_grow_with_the_length() -> None:
    assert mean_cost("创业") == pytest.approx(mean_cost("创业" * 100))
