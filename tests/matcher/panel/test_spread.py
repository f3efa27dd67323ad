"""Where reviewers disagree, and what a little more budget would change."""

from dataclasses import replace

from matcher.panel.margins import Change, margin_of
from matcher.panel.ranking import ranking_of
from matcher.panel.spread import spreads, standings, waiting
from matcher.panel.values import Sharing
from tests.matcher.panel.worlds import application, panel, reviewer, scored

PEOPLE = [reviewer("r1"), reviewer("r2"), reviewer("r3")]


def test_scores_a_quarter_of_the_scale_apart_are_a_disagreement():
    given = scored({"a": {"r1": 50, "r2": 75}, "b": {"r1": 50, "r2": 74}})
    near, far, none = spreads(
        panel([application("b"), application("a"), application("c")], PEOPLE, reviews=given, each=2)
    )
    assert (near.disagreed, near.width) == (False, 24)
    assert (far.disagreed, far.low, far.high) == (True, 50, 75)
    assert (none.disagreed, none.width) == (False, None)


def test_a_reviewer_stands_apart_where_the_others_mean_is_far():
    given = scored({"a": {"r1": 60, "r2": 60, "r3": 90}, "b": {"r3": 10}})
    first, _, third = standings(panel([application("a"), application("b")], PEOPLE, reviews=given))
    assert third.apart == ("a",)
    assert (third.compared, third.distance) == (1, 30)
    assert (first.apart, first.distance) == ((), 15)


def test_nobody_waits_for_scores_of_what_was_withdrawn():
    given = [replace(each, score=None) for each in scored({"a": {"r1": 0}, "b": {"r1": 0}})]
    one = panel([application("a"), application("b", withdrawn=True)], PEOPLE, reviews=given)
    assert {who: [each.application for each in some] for who, some in waiting(one).items()} == {"r1": ["a"]}


def ranked(*asked: tuple[int, int | None], **settings):
    """Applications a, b, c … ranked in this order, each asking for (asked, least)."""
    listed = [application(name, most, least) for name, (most, least) in zip("abcdef", asked, strict=False)]
    given = scored({one.id: {"r1": 90 - place} for place, one in enumerate(listed)})
    one = panel(listed, reviews=given, each=1, **settings)
    return ranking_of(one).ranked, one.settings


def test_the_first_in_waiting_needs_what_those_before_it_still_take_and_its_least():
    ranking, settings = ranked((10, 4), (10, 6), budget=12)  # a has 10, b lacks 4 of its 6
    margin = margin_of(ranking, settings)
    assert (margin.more, margin.budget, margin.changes) == (4, 16, (Change("b", 0, 6),))


def test_a_part_is_filled_up_before_the_next_one_has_anything():
    ranking, settings = ranked((10, 4), (5, 5), budget=6)  # a has 6 of 10, nothing is left for b
    margin = margin_of(ranking, settings)
    assert margin.more == 9
    assert margin.changes == (Change("a", 6, 10), Change("b", 0, 5))


def test_where_everybody_gets_the_least_first_only_that_is_lacking():
    ranking, settings = ranked((10, 4), (5, 5), budget=8, sharing=Sharing.MOST_PROJECTS)
    margin = margin_of(ranking, settings)
    assert (margin.more, margin.changes) == (1, (Change("a", 8, 4), Change("b", 0, 5)))


def test_one_unit_less_would_not_do():
    for sharing in Sharing:
        for settings_of_part in ((10, 4), (8, 8)):
            ranking, settings = ranked(settings_of_part, (6, 3), (5, 5), budget=9, sharing=sharing, step=2)
            margin = margin_of(ranking, settings)
            first = margin_of(ranking, replace(settings, budget=margin.budget - 1))
            assert first is not None
            assert first.more == 1


def test_nothing_is_lacking_where_all_are_awarded_or_no_budget_is_set():
    assert margin_of(*ranked((10, None), budget=10)) is None
    assert margin_of(*ranked((10, None))) is None
