"""The gate's bounds: exposure, calibration, lost roles, time, size, resemblance to what was judged."""

import dataclasses

import numpy as np
import pytest

from matcher.model.parameters import Model, untrained
from matcher.profiles import Role
from tests.matcher.worlds import event, investor, mentor, startup, trained_on
from training.measures.metrics import Measures
from training.weekly.broken import MISSING, broken
from training.weekly.findings import Finding, Severity
from training.weekly.gate import Cost, judge_cost, judge_quality, judge_resemblance, judge_roles
from training.weekly.quality import Judged
from training.weekly.settings import GateSettings

SETTINGS = GateSettings()
EVEN = dict.fromkeys(("ndcg", "recall", "hit", "reciprocal_rank"), np.full(20, 0.5))
PARTNERS = {Role.MENTOR: {"north:m"}, Role.INVESTOR: {"north:i"}}


def judged(coverage: float = 1.0, gini: float = 0.2, ece: float | None = None) -> Judged:
    """A model whose lists are as good as any other's."""
    return Judged(Measures(**EVEN, coverage=coverage, gini=gini), ece, ())


def beyond(candidate: Judged, live: Judged, against: str = "live") -> list[Finding]:
    """What the gate holds against a candidate whose quality is the same."""
    same, *found = judge_quality(Role.INVESTOR, {"candidate": candidate, against: live}, 20, SETTINGS)
    assert same.code == "quality_same"
    assert all(finding.severity is Severity.ERROR for finding in found)
    return found


def test_a_candidate_within_all_bounds_is_told_nothing():
    assert beyond(judged(), judged()) == []


def test_seven_tenths_of_the_live_coverage_are_enough():
    assert beyond(judged(coverage=0.7), judged(coverage=1.0)) == []

    (found,) = beyond(judged(coverage=0.34), judged(coverage=0.5))
    assert found.code == "coverage_low"
    assert found.facts == {"role": "investor", "coverage": 0.34, "live": 0.5, "least": 0.35}


def test_exposure_may_be_a_tenth_more_uneven():
    assert beyond(judged(gini=0.6), judged(gini=0.5)) == []

    (found,) = beyond(judged(gini=0.61), judged(gini=0.5))
    assert found.code == "exposure_high"
    assert found.facts == {"role": "investor", "gini": 0.61, "live": 0.5, "most": 0.6}


def test_a_well_calibrated_live_model_leaves_five_hundredths_of_error():
    assert beyond(judged(ece=0.05), judged(ece=0.01)) == []

    (found,) = beyond(judged(ece=0.051), judged(ece=0.01))
    assert found.code == "calibration_off"
    assert found.facts == {"role": "investor", "ece": 0.051, "most": 0.05}


def test_beside_a_worse_calibrated_live_model_half_as_much_again_is_let_pass():
    assert beyond(judged(ece=0.3), judged(ece=0.2)) == []
    assert [one.code for one in beyond(judged(ece=0.31), judged(ece=0.2))] == ["calibration_off"]


def test_what_gives_no_probabilities_has_no_calibration():
    assert beyond(judged(ece=None), judged(ece=0.2)) == []


def test_every_bound_that_is_broken_is_told():
    found = beyond(judged(coverage=0.1, gini=0.9, ece=0.9), judged(ece=0.01))

    assert [one.code for one in found] == ["coverage_low", "exposure_high", "calibration_off"]


def test_profiles_alone_are_no_measure_of_exposure_and_calibration():
    assert beyond(judged(coverage=0.1, gini=0.9, ece=0.9), judged(), against="profiles") == []


@pytest.fixture(scope="module")
def two_roles() -> Model:
    people = [startup("s"), mentor("m"), investor("i")]
    return trained_on(people, [event("s", "m"), event("s", "i")])


def without(model: Model, role: Role) -> Model:
    """The model with one role as nobody ever learned it."""
    return dataclasses.replace(model, roles={**model.roles, role: broken(model, MISSING).roles[role]})


def test_a_role_that_the_live_model_knew_and_the_candidate_does_not_is_missing(two_roles: Model):
    (found,) = judge_roles(without(two_roles, Role.MENTOR), two_roles, PARTNERS)

    assert (found.code, found.severity, found.facts) == ("role_missing", Severity.ERROR, {"role": "mentor"})


def test_a_role_that_nobody_ever_knew_is_not_missing(two_roles: Model):
    unlearned = without(two_roles, Role.MENTOR)

    assert judge_roles(unlearned, unlearned, PARTNERS) == []
    assert judge_roles(untrained(), untrained(), PARTNERS) == []


def test_a_role_whose_partners_are_all_gone_is_not_missing(two_roles: Model):
    assert judge_roles(without(two_roles, Role.MENTOR), two_roles, {**PARTNERS, Role.MENTOR: set()}) == []


def test_a_candidate_that_learned_both_roles_misses_none(two_roles: Model):
    assert judge_roles(two_roles, two_roles, PARTNERS) == []
    assert judge_roles(two_roles, untrained(), PARTNERS) == []


def cost(candidate: Cost, live: Cost | None = None) -> list[tuple[str, object]]:
    return [(found.code, found.facts.get("most")) for found in judge_cost(candidate, live, SETTINGS)]


def test_without_a_live_model_a_list_takes_a_quarter_of_a_second_at_most():
    assert cost(Cost(250.0, 1.0)) == [("bounds_ok", None)]
    assert cost(Cost(251.0, 1.0)) == [("slow", 250.0)]


def test_beside_a_live_model_a_list_takes_twice_its_time_at_most_or_the_quarter_of_a_second():
    assert cost(Cost(400.0, 1.0), Cost(200.0, 1.0)) == [("bounds_ok", None)]
    assert cost(Cost(401.0, 1.0), Cost(200.0, 1.0)) == [("slow", 400.0)]
    assert cost(Cost(250.0, 1.0), Cost(1.0, 1.0)) == [("bounds_ok", None)]


def test_a_bundle_may_be_three_times_as_large_or_a_quarter_of_a_gibibyte():
    assert cost(Cost(1.0, 256.0)) == [("bounds_ok", None)]
    assert cost(Cost(1.0, 257.0), Cost(1.0, 1.0)) == [("large", 256.0)]
    assert cost(Cost(1.0, 300.0), Cost(1.0, 100.0)) == [("bounds_ok", None)]
    assert cost(Cost(1.0, 301.0), Cost(1.0, 100.0)) == [("large", 300.0)]


def test_slow_and_large_are_both_told_with_the_live_figures_where_there_are_any():
    slow, large = judge_cost(Cost(900.0, 900.0), Cost(10.0, 20.0), SETTINGS)

    assert slow.facts == {"milliseconds": 900.0, "most": 250.0, "live": 10.0}
    assert large.facts == {"mebibytes": 900.0, "most": 256.0, "live": 20.0}
    assert {found.severity for found in (slow, large)} == {Severity.ERROR}
    assert "live" not in judge_cost(Cost(900.0, 1.0), None, SETTINGS)[0].facts


def test_what_would_serve_shares_a_tenth_of_its_lists_with_what_was_judged():
    assert judge_resemblance(Role.MENTOR, 0.1, SETTINGS) == []

    (found,) = judge_resemblance(Role.MENTOR, 0.09, SETTINGS)
    assert (found.code, found.severity) == ("differs_from_rehearsal", Severity.ERROR)
    assert found.facts == {"role": "mentor", "overlap": 0.09, "least": 0.1}
