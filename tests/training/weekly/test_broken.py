"""Candidates that were broken on purpose: what is wrong with them, and that the gate sees it."""

import numpy as np
import pytest

from matcher.model.parameters import Model
from matcher.profiles import PARTNER_ROLES, Role
from tests.training.toys import DAY, SMALL
from tests.training.weekly.worlds import FIRST, board, data_of, day, sources
from training.train import train
from training.weekly.answering import answers
from training.weekly.broken import BREAKS, FLIPPED, MISSING, SHUFFLED, broken
from training.weekly.findings import Severity
from training.weekly.gate import judge_quality, judge_roles
from training.weekly.holdout import Holdout, holdout_of
from training.weekly.quality import Judged, judged
from training.weekly.settings import GateSettings
from training.world import Data


@pytest.fixture(scope="module")
def data() -> Data:
    return data_of(*board(older=5, newer=5))


@pytest.fixture(scope="module")
def model(data: Data) -> Model:
    return train(data, day(FIRST), SMALL)


@pytest.fixture(scope="module")
def holdout(data: Data) -> Holdout:
    found = holdout_of(data, Role.INVESTOR, FIRST, DAY, 10**6)
    assert len(found) >= GateSettings().least_queries
    return found


@pytest.fixture(scope="module")
def live(model: Model, holdout: Holdout, data: Data) -> Judged:
    return judged(answers(model, holdout, data, sources()), holdout)


@pytest.mark.parametrize("way", BREAKS)
def test_the_gate_turns_every_broken_candidate_down(
    way: str, model: Model, live: Judged, holdout: Holdout, data: Data
):
    candidate = judged(answers(broken(model, way), holdout, data, sources()), holdout)
    by_name = {"candidate": candidate, "live": live}

    found = judge_quality(Role.INVESTOR, by_name, len(holdout), GateSettings())

    assert (found[0].code, found[0].severity) == ("quality_worse", Severity.ERROR)


def test_the_model_itself_makes_perfect_lists(live: Judged):
    assert (live.ndcg.low, live.ndcg.high) == (1.0, 1.0)


@pytest.mark.parametrize("seed", range(3))
def test_however_the_labels_are_shuffled_the_lists_are_half_as_good(
    seed: int, model: Model, holdout: Holdout, data: Data
):
    candidate = judged(answers(broken(model, SHUFFLED, seed), holdout, data, sources()), holdout)

    assert candidate.ndcg.mean < 0.7


def test_a_missing_role_is_named(model: Model):
    partners = {Role.INVESTOR: ["north:i0"], Role.MENTOR: []}

    (found,) = judge_roles(broken(model, MISSING), model, partners)

    assert (found.code, found.facts) == ("role_missing", {"role": "investor"})


def test_shuffled_partners_are_the_same_ones_with_anothers_past(model: Model):
    right, wrong = model.roles[Role.INVESTOR], broken(model, SHUFFLED).roles[Role.INVESTOR]

    assert set(wrong.partners.terms) == set(right.partners.terms)
    assert list(wrong.partners.terms) != list(right.partners.terms)
    assert wrong.record is right.record


def test_a_flipped_sign_turns_the_lists_around(model: Model, holdout: Holdout, data: Data):
    """Among the ten, whoever was last is first."""
    right = answers(model, holdout, data, sources()).scores
    wrong = answers(broken(model, FLIPPED), holdout, data, sources()).scores

    assert (right.argmax(axis=1) == wrong.argmin(axis=1)).all()


@pytest.mark.parametrize("way", BREAKS)
def test_what_is_broken_has_a_name_of_its_own_and_leaves_the_model_whole(way: str, model: Model):
    before = {
        role: (list(model.roles[role].partners.terms), model.roles[role].combination)
        for role in PARTNER_ROLES
    }

    assert broken(model, way).version == f"{model.version}-broken"
    for role, (partners, combination) in before.items():
        assert list(model.roles[role].partners.terms) == partners
        assert model.roles[role].combination is combination
        assert np.isfinite(combination.startup).all()
