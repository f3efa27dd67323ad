"""The gate's comparison of quality: better, as good, worse, or too little to tell."""

from collections.abc import Sequence

import numpy as np
import pytest

from matcher.profiles import Role
from training.measures.metrics import Measures
from training.weekly.findings import Finding, Severity
from training.weekly.gate import judge_quality, passes
from training.weekly.quality import Judged
from training.weekly.settings import GateSettings, WhenUnsure

SETTINGS = GateSettings()
KEEP = GateSettings(when_unsure=WhenUnsure.KEEP)


def judged(ndcg: Sequence[float]) -> Judged:
    """A model of which only its nDCG@10 of each query tells anything."""
    values, nothing = np.array(ndcg, dtype=np.float64), np.zeros(len(ndcg))
    return Judged(Measures(values, nothing, nothing, nothing, coverage=1.0, gini=0.0), ece=None, bins=())


def compared(gains: Sequence[float], settings: GateSettings = SETTINGS, against: str = "live") -> Finding:
    """What the gate says of a candidate that gains so much on each query."""
    live = judged([0.5] * len(gains))
    by_name = {"candidate": judged([0.5 + gain for gain in gains]), against: live}
    (found,) = judge_quality(Role.MENTOR, by_name, len(gains), settings)
    return found


def said(finding: Finding) -> tuple[str, Severity]:
    return finding.code, finding.severity


def test_what_gains_on_every_query_is_better():
    found = compared([0.25] * 20)

    assert said(found) == ("quality_better", Severity.OK)
    assert found.facts == {
        "role": "mentor",
        "queries": 20,
        "against": "live",
        "mean": pytest.approx(0.25),
        "low": pytest.approx(0.25),
        "high": pytest.approx(0.25),
        "margin": 0.01,
    }


def test_what_gives_the_same_lists_is_as_good():
    assert said(compared([0.0] * 20)) == ("quality_same", Severity.OK)


def test_what_loses_on_every_query_is_worse_beyond_the_margin():
    assert said(compared([-0.02] * 20)) == ("quality_worse", Severity.ERROR)


def test_a_certain_loss_that_is_smaller_than_the_margin_is_as_good():
    assert said(compared([-0.005] * 20)) == ("quality_same", Severity.OK)


def test_a_certain_loss_whose_size_is_uncertain_is_worse():
    """Between 0 and .02 on every query: nobody can say that it is within the margin."""
    found = compared([-0.02, 0.0] * 10)

    assert -0.02 < found.facts["low"] < -0.01 < found.facts["high"] < 0
    assert said(found) == ("quality_worse", Severity.ERROR)


def test_a_loss_within_the_margin_is_as_good_to_the_last_digit():
    """One query of twenty loses everything: resampled, at most three in 97.5 % of the draws, −3/20."""
    gains = [0.0] * 19 + [-1.0]

    found = compared(gains, GateSettings(margin=0.15))
    assert (found.facts["low"], found.facts["high"]) == (-0.15, 0.0)
    assert said(found) == ("quality_same", Severity.OK)
    assert said(compared(gains, GateSettings(margin=0.149)))[0] == "quality_unclear"


def test_a_mean_below_the_margin_by_more_than_its_error_is_worse_though_the_interval_holds_0():
    """Ten queries lose .4, ten gain .2: −.1 on average with a standard error of .067."""
    gains = [-0.4, 0.2] * 10

    found = compared(gains)
    assert found.facts["high"] > 0
    assert said(found) == ("quality_worse", Severity.ERROR)
    assert said(compared(gains, GateSettings(margin=0.02))) == ("quality_worse", Severity.ERROR)
    assert said(compared(gains, GateSettings(margin=0.05))) == ("quality_unclear", Severity.NOTE)


def test_as_many_losses_as_gains_are_unclear_and_the_rule_decides():
    found = compared([0.5, -0.5] * 10)

    assert said(found) == ("quality_unclear", Severity.NOTE)
    assert (found.facts["rule"], found.facts["mean"]) == ("promote", 0.0)
    assert said(compared([0.5, -0.5] * 10, KEEP)) == ("quality_unclear", Severity.ERROR)


def test_with_too_few_queries_nobody_can_tell_and_the_rule_decides():
    found = compared([-1.0] * 19)

    assert said(found) == ("quality_unknown", Severity.NOTE)
    assert found.facts == {"role": "mentor", "queries": 19, "least": 20, "rule": "promote"}
    assert said(compared([-1.0] * 19, KEEP)) == ("quality_unknown", Severity.ERROR)
    assert said(compared([-1.0] * 20, KEEP)) == ("quality_worse", Severity.ERROR)


def test_with_nobody_who_asked_there_is_nothing_to_compare():
    (found,) = judge_quality(Role.INVESTOR, {}, 0, SETTINGS)

    assert found.code == "quality_unknown"
    assert found.facts["queries"] == 0


def test_where_none_is_live_profiles_alone_are_the_measure():
    found = compared([0.25] * 20, against="profiles")

    assert said(found) == ("quality_better", Severity.OK)
    assert found.facts["against"] == "profiles"
    assert said(compared([-0.25] * 20, against="profiles")) == ("quality_worse", Severity.ERROR)


@pytest.mark.parametrize("severity", Severity)
def test_only_an_error_turns_a_candidate_down(severity: Severity):
    well = Finding("bounds_ok", Severity.OK, {})

    assert passes([well, Finding("quality_unclear", severity, {})]) is (severity is not Severity.ERROR)
    assert passes([])
