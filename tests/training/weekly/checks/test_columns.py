"""Columns as they are filled now and as they were for the live model."""

import pytest

from matcher.profiles import Profile
from tests.matcher.worlds import investor
from tests.training.weekly.checks.worlds import SETTINGS, seen, startups
from training.weekly.checks import NO_PORTRAIT, Portrait, portrait_of
from training.weekly.checks.columns import columns


def found(now: list[Profile], before: list[Profile]):
    return columns(seen(now, live=portrait_of(before, 0)), SETTINGS)


def filled(number: int, of: int = 100, **given: object) -> list[Profile]:
    """`of` startups, of which so many have the given columns."""
    return [*startups(number, **given), *startups(of)[number:]]


def verdict(now: int, before: int, **given: object) -> tuple[str, str]:
    finding = found(filled(now, **given), filled(before, **given))[0]
    return finding.code, str(finding.severity)


def test_a_column_that_most_filled_and_hardly_anybody_does_was_lost():
    (finding,) = found(filled(20, region="深圳"), filled(100, region="深圳"))
    assert (finding.code, finding.severity) == ("field_emptied", "error")
    assert finding.facts == {"role": "startup", "field": "region", "before": 1.0, "share": 0.2}


def test_a_column_that_matching_does_not_need_only_warns():
    assert verdict(0, 100, team_size=5) == ("field_emptied", "warning")


def test_a_column_that_few_filled_cannot_be_lost():
    assert verdict(0, 19, region="深圳") == ("fields_ok", "ok")


@pytest.mark.parametrize(("now", "code"), [(71, "fields_ok"), (70, "field_thinner"), (19, "field_thinner")])
def test_a_column_that_fewer_fill_is_told(now: int, code: str):
    assert verdict(now, 90, region="深圳")[0] == code


def test_zero_and_no_are_answers():
    before, now = (
        [investor(f"i{n}", deploying=deploying, capacity=capacity) for n in range(30)]
        for deploying, capacity in ((True, 5), (False, 0))
    )
    assert found(now, before)[0].code == "fields_ok"


def test_other_values_are_told_with_the_one_that_changed_most():
    before = [*startups(50, industries=("人工智能",)), *startups(100, industries=("医疗健康",))[50:]]
    now = [*startups(95, industries=("人工智能",)), *startups(100, industries=("医疗健康",))[95:]]
    (finding,) = found(now, before)
    assert (finding.code, finding.severity) == ("field_shifted", "warning")
    assert finding.facts["value"] == "industry:ai"
    assert (finding.facts["before"], finding.facts["share"]) == (0.5, 0.95)


def test_a_shift_that_is_certain_but_small_is_not_told():
    before, now = (
        [*startups(some, industries=("人工智能",)), *startups(5000, industries=("医疗健康",))[some:]]
        for some in (2500, 3100)
    )
    assert found(now, before)[0].code == "fields_ok"


def test_a_large_shift_that_chance_may_bring_is_not_told():
    before, now = (
        [*startups(some, industries=("人工智能",)), *startups(20, industries=("医疗健康",))[some:]]
        for some in (10, 15)
    )
    assert found(now, before)[0].code == "fields_ok"


def test_labels_that_mean_the_same_are_the_same_value():
    before, now = startups(100, industries=("人工智能",)), startups(100, industries=("AI",))
    assert found(now, before)[0].code == "fields_ok"


def test_a_column_read_in_the_wrong_encoding_turns_unknown():
    before, now = startups(100, industries=("人工智能",)), startups(100, industries=("ÈË¹¤ÖÇÄÜ",))
    (finding,) = found(now, before)
    assert (finding.code, finding.facts["value"]) == ("field_shifted", "industry:ai")


def test_of_a_few_profiles_nothing_is_told():
    assert found(startups(19), startups(19, region="深圳"))[0].code == "fields_ok"


@pytest.mark.parametrize("live", [NO_PORTRAIT, Portrait({"startup": 100}, 5)])
def test_where_nobody_counted_columns_nothing_can_be_told(live: Portrait):
    (finding,) = columns(seen(startups(100), live=live), SETTINGS)
    assert (finding.code, finding.severity) == ("fields_unknown", "ok")
