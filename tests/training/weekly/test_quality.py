"""Lists against what came true: the figures of the record."""

import numpy as np
import pytest

from matcher.profiles import Role
from matcher.vocabulary import Vocabulary
from tests.matcher.worlds import startup
from tests.training.weekly.worlds import answered
from training.weekly.holdout import Holdout
from training.weekly.quality import calibration_of, difference, judged, judged_scores, quality_of

NAN = np.nan


def holdout(*truth: list[int]) -> Holdout:
    """Queries whose right partners are marked by 1."""
    queries = tuple(startup(f"s{number}") for number in range(len(truth)))
    partners = Vocabulary(f"north:i{number}" for number in range(len(truth[0])))
    return Holdout(Role.INVESTOR, 0, 91, queries, partners, np.array(truth, dtype=bool))


def test_a_right_partner_in_the_first_place_is_worth_1_and_in_the_third_a_half():
    found = judged(answered([[0.9, 0.2, 0.1], [0.9, 0.2, 0.1]]), holdout([1, 0, 0], [0, 0, 1]))

    assert found.measures.ndcg.tolist() == [1.0, pytest.approx(0.5)]
    assert found.ndcg.mean == pytest.approx(0.75)
    assert 0.5 <= found.ndcg.low < 0.75 < found.ndcg.high <= 1


def test_who_could_not_be_listed_is_not_listed_and_not_counted_in_the_calibration():
    found = judged(answered([[NAN, 0.5, 0.5]]), holdout([1, 1, 0]))

    assert found.measures.recall.tolist() == [0.5]
    assert found.ece == 0.0
    assert [(one.predicted, one.observed, one.pairs) for one in found.bins] == [(0.5, 0.5, 2)]


def test_probabilities_that_come_true_less_often_are_off_by_as_much():
    found = judged(answered([[0.9, 0.9], [0.9, 0.9]]), holdout([1, 0], [0, 0]))

    assert found.ece == pytest.approx(0.9 - 0.25)


def test_scores_of_a_peer_make_lists_of_those_who_could_be_listed_and_are_no_probabilities():
    allowed = np.array([[False, True, True]])

    found = judged_scores(np.array([[300.0, -5.0, 7.0]]), allowed, holdout([0, 0, 1]))

    assert found.measures.ndcg.tolist() == [1.0]
    assert (found.ece, found.bins) == (None, ())


def test_the_difference_is_taken_query_by_query():
    truth = holdout([1, 0, 0], [0, 0, 1])
    better = judged(answered([[0.9, 0.2, 0.1], [0.1, 0.2, 0.9]]), truth)
    worse = judged(answered([[0.9, 0.2, 0.1], [0.9, 0.2, 0.1]]), truth)

    assert difference(better, worse).mean == pytest.approx(0.25)
    assert difference(worse, better).mean == pytest.approx(-0.25)
    assert difference(better, better).low == difference(better, better).high == 0


def test_the_record_has_every_model_and_the_difference_from_the_live_one():
    truth = holdout([1, 0], [1, 0])
    candidate, live = judged(answered([[0.9, 0.1]] * 2), truth), judged(answered([[0.1, 0.9]] * 2), truth)
    popular = judged_scores(np.array([[1, 0]] * 2), np.ones((2, 2), dtype=bool), truth)

    found = quality_of({"candidate": candidate, "live": live, "popularity": popular}, truth)

    second = 1 / np.log2(3)
    assert found.queries == 2
    assert list(found.models) == ["candidate", "live", "popularity"]
    assert found.difference is not None
    assert (found.difference.mean, found.difference.low) == (pytest.approx(1 - second),) * 2
    figures = found.models["candidate"]
    assert (figures.ndcg, figures.low, figures.high) == (1.0, 1.0, 1.0)
    assert (figures.recall, figures.hit, figures.mrr, figures.coverage, figures.gini) == (1, 1, 1, 1, 0)
    assert figures.ece == pytest.approx(0.1)
    assert found.models["live"].mrr == 0.5
    assert found.models["popularity"].ece is None


def test_without_a_live_model_the_difference_is_from_profiles_alone():
    truth = holdout([1, 0])
    candidate, profiles = judged(answered([[0.9, 0.1]]), truth), judged(answered([[0.1, 0.9]]), truth)

    found = quality_of({"candidate": candidate, "profiles": profiles}, truth).difference

    assert found is not None
    assert found.mean == pytest.approx(1 - 1 / np.log2(3))


def test_only_what_gives_probabilities_has_a_reliability_curve():
    truth = holdout([1, 0])
    peer = judged_scores(np.array([[1, 0]]), np.ones((1, 2), dtype=bool), truth)

    found = calibration_of({"candidate": judged(answered([[0.75, 0.25]]), truth), "popularity": peer})

    assert list(found) == ["candidate"]
    assert [(one.said, one.happened, one.pairs) for one in found["candidate"]] == [(0.25, 0, 1), (0.75, 1, 1)]
    assert all(one.low is not None and one.low <= one.happened <= one.high for one in found["candidate"])
