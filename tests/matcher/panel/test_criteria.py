"""Marks by criteria make one score, exactly."""

from dataclasses import replace

import pytest

from matcher.errors import Conflict, InvalidInput, NotFound
from matcher.panel.changes import Score
from matcher.panel.criteria import Criterion, weighted
from matcher.panel.documents import document_of, settings_of
from matcher.panel.editing import changed, checked, recused
from matcher.panel.values import PanelSettings, PanelStatus
from tests.matcher.panel.worlds import application, panel, reviewer, scored

TEAM, MARKET = Criterion(name="团队", weight=2), Criterion(name="市场", weight=1)


def test_a_score_is_the_weighted_mean_of_its_marks():
    assert weighted((90, 60), (TEAM, MARKET)) == 80


def test_equal_marks_make_equal_scores_in_whatever_order_they_stand():
    tenth = [Criterion(name=str(place)) for place in range(3)]
    assert weighted((0.1, 0.2, 0.3), tenth) == weighted((0.3, 0.2, 0.1), tenth) == 0.2


def test_settings_with_criteria_and_a_last_day_are_kept_as_they_are():
    settings = settings_of(
        {"criteria": [{"name": "团队", "weight": 2}], "due": "2026-04-01", "call": "种子资金"}
    )
    assert settings_of(document_of(settings)) == settings
    assert settings.criteria == (TEAM,)


def test_two_criteria_of_one_name_are_refused():
    with pytest.raises(InvalidInput, match="twice"):
        PanelSettings(criteria=(TEAM, TEAM))


def test_marks_make_the_score_and_must_be_one_for_each_criterion():
    one = panel([application("a")], reviews=scored({"a": {"r1": 50}}), criteria=(TEAM, MARKET))
    given = Score(application="a", reviewer="r1", score=None, marks=(90, 60))
    assert checked(given, one).score == 80
    for wrong in ((90,), (90, 101), (90, float("nan"))):
        with pytest.raises(InvalidInput):
            checked(Score(application="a", reviewer="r1", score=None, marks=wrong), one)


def test_criteria_stay_once_marks_by_them_are_in():
    reviews = [replace(each, marks=(90.0, 60.0)) for each in scored({"a": {"r1": 80}})]
    before = panel([application("a")], reviews=reviews, criteria=(TEAM, MARKET))
    with pytest.raises(Conflict, match="criteria"):
        changed(before, panel([application("a")], reviews=reviews, criteria=(TEAM,)))


def test_a_reviewer_who_declares_a_conflict_reads_that_application_no_more():
    people = [reviewer("r1"), reviewer("r2")]
    before = panel([application("a"), application("b")], people, reviews=scored({"a": {"r1": 80, "r2": 70}}))
    after, gone = recused(replace(before, status=PanelStatus.ASSIGNED), "a", "r1")
    assert after.status is PanelStatus.DRAFT
    assert [(each.application, each.reviewer) for each in after.reviews] == [("a", "r2")]
    assert after.reviewers[0].conflicts == ("a",)
    assert gone.score == 80


def test_nobody_declares_a_conflict_with_what_it_does_not_read():
    with pytest.raises(NotFound):
        recused(panel([application("a")]), "a", "r1")
