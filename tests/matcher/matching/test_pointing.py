from dataclasses import replace

import numpy as np
import pytest

from matcher.matching.pointing import SAME_FACT, Pointing, pointings_of
from matcher.matching.scoring import log_odds, two_sided
from matcher.model.combination import COLUMNS, EXPERT_PRIOR, SIGNALS, combination_of

PRIOR = combination_of(EXPERT_PRIOR)


def pointings(combination=PRIOR, **known: float) -> list[Pointing]:
    """What points the way for a pair of which only these columns are known."""
    row = np.array([[known.get(name, np.nan) for name in COLUMNS]], np.float32)
    return pointings_of(row, combination).pairs[0]


def by_name(found: list[Pointing]) -> dict[str, Pointing]:
    return {pointing.signal: pointing for pointing in found}


def test_the_strongest_stand_first_and_what_says_nothing_is_left_out():
    found = pointings(needs=1.0, industry=0.0, region=0.5)

    assert [pointing.signal for pointing in found] == ["needs", "industry"]
    assert [pointing.helps for pointing in found] == [True, False]


def test_points_and_base_make_the_score():
    row = np.linspace(-1, 1, len(COLUMNS), dtype=np.float32)[None, :]
    found = pointings_of(row, PRIOR)

    total = found.base[0] + sum(pointing.points for pointing in found.pairs[0])
    assert total == pytest.approx(float(two_sided(log_odds(row, PRIOR))[0]), abs=1e-12)


def test_the_column_that_adds_most_leads():
    assert by_name(pointings(willingness=2.0, appeal=0.5))["response"].lead == "willingness"
    assert by_name(pointings(willingness=0.5, appeal=2.0))["response"].lead == "appeal"


def test_the_leading_column_points_the_way_of_its_signal():
    assert by_name(pointings(willingness=0.5, appeal=-2.0))["response"].lead == "appeal"


def test_one_for_the_pair_is_not_sound_where_the_same_fact_weighs_more_against_it():
    assert not by_name(pointings(industry=1.0, affinity_industry=-8.0))["industry"].sound
    assert by_name(pointings(industry=1.0, affinity_industry=-8.0))["affinity_industry"].sound
    assert by_name(pointings(industry=1.0, affinity_industry=-0.5))["industry"].sound
    assert by_name(pointings(industry=1.0, affinity_region=-8.0))["industry"].sound


def test_a_signal_that_at_the_end_stands_in_the_way_is_not_sound():
    weights = {"startup": PRIOR.startup.copy(), "partner": PRIOR.partner.copy()}
    column = COLUMNS.index("needs")
    weights["startup"][column], weights["partner"][column] = 6.0, -3.0
    found = by_name(pointings(replace(PRIOR, **weights), needs=1.0))["needs"]
    row = np.full((1, len(COLUMNS)), np.nan, np.float32)
    row[0, column] = 1.0

    without = float(two_sided(log_odds(np.full_like(row, np.nan), replace(PRIOR, **weights)))[0])
    rises = float(two_sided(log_odds(row, replace(PRIOR, **weights)))[0]) > without
    assert found.sound == (rises == found.helps)


def test_every_fact_is_that_of_known_signals():
    assert {name for group in SAME_FACT for name in group} <= set(SIGNALS)
