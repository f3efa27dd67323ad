"""Judging on the holdout: the candidate's rehearsal beside the live model's and the peers, role by role."""

import pytest

from matcher.model.parameters import Model
from matcher.profiles import Role
from tests.matcher.worlds import event, mentor
from tests.training.toys import DAY, SMALL
from tests.training.weekly.worlds import FIRST, WITHIN, board, data_of, day, sources
from training.train import train
from training.weekly.broken import FLIPPED, broken
from training.weekly.evaluating import Rivals, evaluated
from training.weekly.findings import Severity
from training.weekly.holdout import holdout_of
from training.weekly.judging import Judgement, judge
from training.weekly.settings import GateSettings
from training.world import Data

WINDOW = (FIRST, DAY)
SETTINGS = GateSettings()


@pytest.fixture(scope="module")
def data() -> Data:
    """Beside the five fields stands a mentor whom two of the newer startups met."""
    people, events = board(older=5, newer=5)
    met = [event(f"alpha{number}", "m", days_ago=WITHIN) for number in (5, 6)]
    return data_of([*people, mentor("m")], events + met)


@pytest.fixture(scope="module")
def good(data: Data) -> Model:
    return train(data, day(FIRST), SMALL)


@pytest.fixture(scope="module")
def judgement(good: Model, data: Data) -> Judgement:
    """What is said of the good model where its flipped self is live."""
    return judge(Rivals(good, broken(good, FLIPPED)), data, WINDOW, sources(), SETTINGS)


def codes(judgement: Judgement) -> list[tuple[str, object]]:
    return [(found.code, found.facts.get("role")) for found in judgement.findings]


def test_every_role_is_judged_by_those_who_asked_for_it(judgement: Judgement):
    assert codes(judgement)[:1] == [("quality_unknown", "mentor")]
    assert ("quality_better", "investor") in codes(judgement)
    assert judgement.quality["mentor"].queries == 2
    assert judgement.quality["investor"].queries == 25


def test_all_stand_side_by_side_on_the_same_holdout(judgement: Judgement):
    """The five fields are learned by whoever sees labels; popularity and profiles do not see them."""
    models = judgement.quality["investor"].models

    assert models.keys() == {"candidate", "live", "profiles", "lightfm", "popularity"}
    assert models["candidate"].ndcg == models["lightfm"].ndcg == 1.0
    assert models["live"].ndcg < models["popularity"].ndcg < 0.7
    assert models["profiles"].ndcg < 0.7


def test_only_what_gives_probabilities_has_a_reliability_curve(judgement: Judgement):
    assert judgement.calibration["investor"].keys() == {"candidate", "live", "profiles"}


def test_a_worse_candidate_is_turned_down_in_its_role(good: Model, data: Data):
    found = judge(Rivals(broken(good, FLIPPED), good), data, WINDOW, sources(), SETTINGS)

    worse = next(one for one in found.findings if one.code == "quality_worse")
    assert (worse.severity, worse.facts["role"], worse.facts["against"]) == (
        Severity.ERROR,
        "investor",
        "live",
    )


def test_where_none_is_live_it_is_said_and_profiles_alone_are_the_measure(good: Model, data: Data):
    found = judge(Rivals(good, None), data, WINDOW, sources(), SETTINGS)

    assert codes(found)[0] == ("no_rival", None)
    better = next(one for one in found.findings if one.code == "quality_better")
    assert better.facts["against"] == "profiles"
    assert "live" not in found.quality["investor"].models


def test_a_role_without_partners_is_not_judged(good: Model):
    people, events = board(older=5, newer=5)

    found = judge(Rivals(good, good), data_of(people, events), WINDOW, sources(), SETTINGS)

    assert {role for _, role in codes(found)} == {"investor"}
    assert found.quality.keys() == {"investor"}


def test_a_role_that_nobody_asked_for_has_no_figures_and_is_said_to_be_unknown(good: Model, data: Data):
    found = judge(Rivals(good, good), data, (DAY, DAY + 91), sources(), SETTINGS)

    assert codes(found) == [("quality_unknown", "mentor"), ("quality_unknown", "investor")]
    assert (found.quality, found.calibration) == ({}, {})


def test_more_pairs_than_may_be_scored_leave_the_latest_startups(good: Model, data: Data):
    few = GateSettings(most_pairs=50)

    found = judge(Rivals(good, good), data, WINDOW, sources(), few)

    assert found.quality["investor"].queries == 5


def test_nobody_who_asked_leaves_nothing_to_evaluate(good: Model, data: Data):
    nobody = holdout_of(data, Role.INVESTOR, DAY, DAY + 91, SETTINGS.most_pairs)

    assert evaluated(Rivals(good, good), nobody, data, sources()) == {}
