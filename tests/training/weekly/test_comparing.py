"""The candidate as it would serve today, beside what serves and what was judged."""

import dataclasses

import pytest

from matcher.matching.snapshot import Sources
from matcher.model.parameters import Model, untrained
from tests.matcher.worlds import TODAY, StillStore, WordEncoder, mentor
from tests.training.toys import SMALL
from tests.training.weekly.homes import PATIENT
from tests.training.weekly.worlds import CHOSEN, FIELDS, FIRST, board, data_of, day
from training.train import train
from training.weekly.broken import FLIPPED, MISSING, broken
from training.weekly.comparing import Compared, Versions, compared
from training.weekly.settings import GateSettings

PEOPLE, EVENTS = board(older=1, newer=0)
DEFAULT = GateSettings(slow_milliseconds=PATIENT)
GOOD_PAIRS = [(f"north:cold-{field}", f"north:{CHOSEN[field][0]}") for field in FIELDS]


@pytest.fixture(scope="module")
def sources() -> Sources:
    """A cold startup of each field has joined, which nobody has learned of."""
    cold = [
        dataclasses.replace(one, id=f"cold-{one.industries[0]}")
        for one in PEOPLE
        if one.id.endswith("0") and one.industries
    ]
    return Sources(StillStore(people=[*PEOPLE, *cold], events=EVENTS), WordEncoder())


@pytest.fixture(scope="module")
def model() -> Model:
    return train(data_of(PEOPLE, EVENTS), TODAY, SMALL)


@pytest.fixture(scope="module")
def rehearsal() -> Model:
    return train(data_of(PEOPLE, EVENTS), day(FIRST), SMALL)


def findings(sources: Sources, versions: Versions, settings: GateSettings = DEFAULT) -> list[str]:
    found = compared(versions, sources, TODAY, GOOD_PAIRS, settings)
    return [one.code for one in found.findings]


@pytest.fixture(scope="module")
def same(sources: Sources, model: Model, rehearsal: Model) -> Compared:
    """A week in which nothing happened."""
    return compared(Versions(model, model, rehearsal), sources, TODAY, GOOD_PAIRS, DEFAULT)


def test_a_candidate_like_what_serves_changes_nothing_and_passes(same: Compared):
    assert [one.code for one in same.findings] == ["bounds_ok", "probes_ok"]
    assert same.findings[1].facts["passed"] == 5
    assert same.lists["investor"].overlap == 1.0
    assert same.lists["investor"].histogram == (*[0] * 10, 10)
    assert same.lists["investor"].movers == ()
    assert same.exposure["investor"].gini_before == same.exposure["investor"].gini_after


def test_only_roles_with_partners_have_lists(same: Compared):
    assert same.lists.keys() == same.exposure.keys() == {"investor"}


def test_before_the_first_model_profiles_alone_are_what_was_shown(
    sources: Sources, model: Model, rehearsal: Model
):
    found = compared(Versions(model, None, rehearsal), sources, TODAY, GOOD_PAIRS, DEFAULT)

    movers = found.lists["investor"].movers
    assert movers
    assert all(mover.before is None or mover.before != mover.after for mover in movers)
    assert found.exposure["investor"].most_shown


def test_a_candidate_that_turns_lists_around_fails_the_probes(
    sources: Sources, model: Model, rehearsal: Model
):
    assert "probes_failed" in findings(sources, Versions(broken(model, FLIPPED), model, rehearsal))


def test_a_candidate_that_lost_a_role_is_told_beside_what_served(
    sources: Sources, model: Model, rehearsal: Model
):
    lost = broken(model, MISSING)

    assert "role_missing" in findings(sources, Versions(lost, model, rehearsal))
    assert "role_missing" not in findings(sources, Versions(lost, None, rehearsal))


def test_a_candidate_unlike_its_rehearsal_is_not_what_was_judged(sources: Sources, model: Model):
    """Ten investors, all of them listed: only where more of the lists must be the same, they differ."""
    strict = GateSettings(overlap_least=1.01, slow_milliseconds=PATIENT)

    assert "differs_from_rehearsal" in findings(sources, Versions(model, model, model), strict)
    assert "differs_from_rehearsal" not in findings(sources, Versions(model, model, untrained()))


def test_time_and_size_have_bounds(sources: Sources, model: Model, rehearsal: Model):
    mean = GateSettings(slow_milliseconds=0, slower_most=0, large_mebibytes=0, larger_most=0)

    assert {"slow", "large"} <= set(findings(sources, Versions(model, model, rehearsal), mean))
    assert {"slow", "large"} <= set(findings(sources, Versions(model, None, rehearsal), mean))


def test_probes_of_people_who_are_gone_are_left_out(sources: Sources, model: Model, rehearsal: Model):
    gone = [("north:gone", "north:i0")]

    found = compared(Versions(model, model, rehearsal), sources, TODAY, gone, DEFAULT)

    assert [one.code for one in found.findings] == ["bounds_ok"]


def test_a_role_nobody_learned_of_has_lists_by_profiles(model: Model, rehearsal: Model):
    sources = Sources(StillStore(people=[*PEOPLE, mentor("m")], events=EVENTS), WordEncoder())

    found = compared(Versions(model, model, rehearsal), sources, TODAY, [], DEFAULT)

    assert found.lists["mentor"].histogram == (*[0] * 10, 5)
    assert found.exposure["mentor"].never_shown == 0
