"""From scores to ranks."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.errors import InvalidInput
from matcher.panel.ranking import Ranking, checked_score, ranking_of
from matcher.panel.values import PanelSettings, RankBy, TieBreak
from tests.matcher.panel.worlds import application, panel, reviewer, scored

TWO = [reviewer("r1"), reviewer("r2")]


def order(ranking: Ranking) -> list[str]:
    return [one.application.id for one in ranking.ranked]


def test_the_higher_mean_comes_first():
    scores = scored({"a": {"r1": 70, "r2": 80}, "b": {"r1": 90, "r2": 61}})
    found = ranking_of(panel([application("a"), application("b")], TWO, each=2, reviews=scores))
    assert [(one.application.id, one.rank, one.raw) for one in found.ranked] == [
        ("b", 1, Fraction(151, 2)),
        ("a", 2, 75),
    ]


def test_a_strict_and_a_lenient_reviewer_are_set_equal_where_the_centred_mean_ranks():
    """r1 gives 20 more than r2 to equal work; a was read by r1 alone, b by r2 alone, c by both."""
    scores = scored({"a": {"r1": 90}, "b": {"r2": 72}, "c": {"r1": 80, "r2": 60}})
    reviewers, given = TWO, [application("a"), application("b"), application("c")]
    raw = ranking_of(panel(given, reviewers, each=1, reviews=scores))
    centred = ranking_of(panel(given, reviewers, each=1, rank_by=RankBy.CENTRED, reviews=scores))
    assert order(raw) == ["a", "b", "c"]
    assert order(centred) == ["b", "a", "c"]
    assert {one.reviewer: float(one.above) for one in raw.leniencies} == {"r1": 9.5, "r2": -9.5}


def test_a_reviewer_without_scores_has_no_leniency():
    found = ranking_of(panel([application("a")], TWO, each=1, reviews=scored({"a": {"r1": 90}})))
    assert [(one.count, one.above) for one in found.leniencies] == [(1, 0), (0, None)]


def test_means_of_what_was_written_are_compared_exactly():
    """0.1 + 0.2 is 0.3 here, and so a tie."""
    scores = scored({"a": {"r1": 0.1, "r2": 0.2}, "b": {"r1": 0.3, "r2": 0.0}})
    given = panel([application("a"), application("b")], TWO, each=2, reviews=scores)
    second = ranking_of(given).ranked[1]
    assert (second.application.id, second.tie and second.tie.rule) == ("b", TieBreak.LOWEST_SCORE)


TIED = {"a": {"r1": 60, "r2": 80, "r3": 100}, "b": {"r1": 65, "r2": 75, "r3": 100}}


@pytest.mark.parametrize(
    ("rules", "first", "decided"),
    [
        ((TieBreak.LOWEST_SCORE,), "b", (TieBreak.LOWEST_SCORE, 60, 65)),
        ((TieBreak.MEDIAN_SCORE,), "a", (TieBreak.MEDIAN_SCORE, 75, 80)),
        ((TieBreak.LESS_ASKED,), "b", (TieBreak.LESS_ASKED, 9, 5)),
        ((), "a", (TieBreak.EARLIER, None, None)),
    ],
)
def test_a_tie_is_broken_by_the_stated_rule_and_says_so(rules, first, decided):
    reviewers = [*TWO, reviewer("r3")]
    given = panel(
        [application("a", 9), application("b", 5)], reviewers, tie_breaks=rules, reviews=scored(TIED)
    )
    ahead, behind = ranking_of(given).ranked
    assert ahead.application.id == first
    assert (behind.tie.ahead, (behind.tie.rule, behind.tie.own, behind.tie.theirs)) == (first, decided)
    assert ahead.tie is None


def test_where_one_rule_does_not_decide_the_next_does():
    scores = scored({"a": {"r1": 60, "r2": 80}, "b": {"r1": 80, "r2": 60}})
    given = panel([application("a"), application("b", 3)], TWO, each=2, reviews=scores)
    found = ranking_of(given).ranked
    assert (found[0].application.id, found[1].tie.rule, found[1].tie.own) == ("b", TieBreak.LESS_ASKED, None)


def test_an_application_is_ranked_once_enough_scores_are_in():
    scores = scored({"a": {"r1": 60}, "b": {"r1": 80, "r2": 60}})
    given = [application("a"), application("b")]
    assert [one.rank for one in ranking_of(panel(given, TWO, each=2, reviews=scores)).ranked] == [1, None]
    assert [one.rank for one in ranking_of(panel(given, TWO, each=2, quorum=1, reviews=scores)).ranked] == [
        1,
        2,
    ]


def test_a_withdrawn_application_is_not_ranked_and_its_scores_still_tell_of_reviewers():
    scores = scored({"a": {"r1": 60}, "b": {"r1": 80}})
    given = panel([application("a", withdrawn=True), application("b")], each=1, reviews=scores)
    found = ranking_of(given)
    assert [(one.application.id, one.rank) for one in found.ranked] == [("b", 1), ("a", None)]
    assert found.leniencies[0].count == 2


@pytest.mark.parametrize("score", [-0.1, 100.5, float("nan")])
def test_a_score_outside_the_range_is_refused(score: float):
    with pytest.raises(InvalidInput, match="from 0 to 100"):
        checked_score(score, PanelSettings())


@given(
    st.dictionaries(
        st.sampled_from("abcde"),
        st.dictionaries(st.sampled_from(("r1", "r2", "r3")), st.integers(0, 5), min_size=1),
        min_size=1,
    ),
    st.sampled_from(RankBy),
)
def test_ranks_follow_the_mean_that_ranks_and_centring_keeps_the_overall_mean(scores, rank_by):
    reviewers = [reviewer(f"r{n}") for n in (1, 2, 3)]
    given = panel(
        [application(id_) for id_ in "abcde"],
        reviewers,
        quorum=1,
        rank_by=rank_by,
        score_max=5,
        reviews=scored(scores),
    )
    found = ranking_of(given)
    means = [one.mean(rank_by) for one in found.ranked if one.rank]
    assert means == sorted(means, reverse=True)
    assert [one.rank for one in found.ranked if one.rank] == list(range(1, len(scores) + 1))
    raw = sum(one.raw * len(one.scores) for one in found.ranked if one.scores)
    assert sum(one.centred * len(one.scores) for one in found.ranked if one.scores) == raw
