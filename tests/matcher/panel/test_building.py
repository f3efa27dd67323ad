"""From a panel and what matching knows to reviews."""

from dataclasses import replace

import pytest

from matcher.errors import InvalidInput
from matcher.matching.relations import Relation
from matcher.panel.assigning import Shortfall
from matcher.panel.building import Outcome, assigned, known_of
from matcher.panel.conflicts import Conflict, conflict_between
from matcher.panel.values import Panel
from tests.matcher.panel.worlds import NOW, Knows, application, mentor, panel, reviewer, startup

STARTUPS = {id_: startup(id_) for id_ in ("s1", "s2")}


def review(given: Panel, knows: Knows) -> Outcome:
    found = assigned(given, known_of(given, STARTUPS, knows))
    assert isinstance(found, Outcome)
    return found


def pairs(found: Outcome) -> set[tuple[str, str]]:
    return {(each.application, each.reviewer) for each in found.reviews}


def test_expertise_is_the_score_of_the_pair_and_decides_who_reads():
    given = panel(
        [application("s1"), application("s2")],
        [reviewer("m1", partner_id="m1"), reviewer("m2", partner_id="m2"), reviewer("m3", partner_id="m3")],
        each=1,
    )
    found = review(given, Knows({"m1": 0.9, "m2": 0.2, "m3": 0.6}))
    assert {each.reviewer for each in found.reviews} == {"m1", "m3"}
    assert {each.expertise for each in found.reviews} == {0.9, 0.6}


def test_an_expert_without_a_profile_is_neither_good_nor_bad():
    given = panel([application("s1")], [reviewer("x"), reviewer("m1", partner_id="m1")], each=2)
    found = {each.reviewer: each.expertise for each in review(given, Knows({"m1": 0.8})).reviews}
    assert found == {"x": 0.8, "m1": 0.8}
    alone = panel([application("s1")], [reviewer("x")], each=1)
    assert review(alone, Knows({})).reviews[0].expertise == 0.5


@pytest.mark.parametrize(
    ("given", "conflict"),
    [
        ({"reviewer": reviewer("x", name="王明", conflicts=("a1",))}, Conflict.NAMED),
        ({"reviewer": reviewer("x", name="王明", conflicts=("Name of s1",))}, Conflict.NAMED),
        ({"partner": mentor("m1", conflicts=("s1",))}, Conflict.CONFLICT),
        ({"partner": mentor("m1", conflicts=("name OF s1",))}, Conflict.CONFLICT),
        ({"partner": mentor("m1"), "startup": startup("s1", exclude=("m1",))}, Conflict.EXCLUDED),
        ({"startup": startup("s1", exclude=("王明",))}, Conflict.EXCLUDED),
        ({"partner": mentor("m1"), "relation": Relation.CONNECTED}, Conflict.CONNECTED),
        ({"partner": mentor("m1"), "relation": Relation.DECLINED | Relation.DISMISSED}, None),
        ({}, None),
    ],
)
def test_conflicts_come_from_the_list_from_both_profiles_and_from_the_past(given, conflict):
    usual = {"reviewer": reviewer("x", name="王明"), "startup": startup("s1"), "partner": None}
    one = application("a1", startup_id="s1")
    assert conflict_between(one, **usual | given) == conflict


def test_an_id_of_another_organisation_is_no_conflict_of_its_namesake():
    abroad = replace(mentor("m1", conflicts=("s1",)), organisation="south")
    assert conflict_between(application("s1"), startup("s1"), reviewer("m1"), abroad) is None


def test_whoever_worked_with_a_startup_does_not_review_it():
    given = panel(
        [application("s1"), application("s2")],
        [reviewer("m1", partner_id="m1"), reviewer("m2", partner_id="m2")],
        each=1,
    )
    found = review(given, Knows({"m1": 0.9, "m2": 0.1}, met=[("s1", "m1")]))
    assert pairs(found) == {("s1", "m2"), ("s2", "m1")}
    assert found.conflicts == {("s1", "m1"): Conflict.CONNECTED}


def test_scores_stay_where_their_reviews_stay_and_are_told_where_a_conflict_drops_them():
    given = panel([application("s1"), application("s2")], [reviewer("x"), reviewer("y")], each=1)
    first = review(given, Knows({}))
    scores = tuple(replace(each, score=80.0, scored_at=NOW) for each in first.reviews)
    reader = next(each.reviewer for each in scores if each.application == "s1")
    biased = [replace(each, conflicts=("s1",) if each.id == reader else ()) for each in given.reviewers]
    third = reviewer("z")
    after = review(replace(given, reviewers=(*biased, third), reviews=scores), Knows({}))
    assert [(each.application, each.score) for each in after.dropped] == [("s1", 80.0)]
    assert {each.application: each.score for each in after.reviews} == {"s1": None, "s2": 80.0}


def test_a_panel_that_cannot_be_read_says_so():
    given = panel([application("s1")], [reviewer("x")], each=2)
    assert isinstance(assigned(given, known_of(given, STARTUPS, Knows({}))), Shortfall)


def test_a_reviewer_whose_profile_is_gone_is_named():
    given = panel([application("s1")], [reviewer("gone", partner_id="m7")], each=1)
    with pytest.raises(InvalidInput, match="m7"):
        known_of(given, STARTUPS, Knows({"m1": 0.5}))
