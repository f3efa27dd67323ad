"""Which answer belongs to which line."""

from itertools import pairwise

import pytest

from matcher.reports.attribution import NEVER, Answers, answers_to
from tests.matcher.reports.tale import Tale, moment


@pytest.fixture
def tale() -> Tale:
    return Tale()


def flagged(tale: Tale, name: str) -> list[int]:
    """The lines of which that was said."""
    return getattr(answers_to(tale.feedback()), name).nonzero()[0].tolist()


def counts(answers: Answers) -> tuple[int, int, int]:
    """How many responses name their list, are taken to answer one, answer none."""
    named, assumed = answers.named >= 0, answers.assumed >= 0
    return int(named.sum()), int(assumed.sum()), int((~named & ~assumed).sum())


def test_an_answer_that_names_its_list_belongs_there_though_a_later_one_showed_the_pair(tale: Tale) -> None:
    tale.list("s1", "m1 m2", request="first")
    tale.list("s1", "m2 m1", request="second", day=1)
    tale.say("requested", "s1", "m2", day=2, request="first")
    assert flagged(tale, "yes") == [1]
    assert counts(answers_to(tale.feedback())) == (1, 0, 0)


def test_an_answer_that_names_none_belongs_to_the_latest_list_that_showed_the_pair(tale: Tale) -> None:
    tale.list("s1", "m1 m2")
    tale.list("s1", "m3 m1", day=1)
    tale.list("s1", "m1", day=3)
    tale.list("s2", "m1", day=1.5)
    tale.say("requested", "s1", "m1", day=2)
    assert flagged(tale, "yes") == [3]
    assert counts(answers_to(tale.feedback())) == (0, 1, 0)


@pytest.mark.parametrize(("day", "belongs"), [(30.0, [0]), (30.001, [])])
def test_a_list_takes_answers_that_name_none_for_thirty_days(
    tale: Tale, day: float, belongs: list[int]
) -> None:
    tale.list("s1", "m1")
    tale.say("requested", "s1", "m1", day=day)
    assert flagged(tale, "yes") == belongs


def test_a_named_list_takes_its_answers_for_ever(tale: Tale) -> None:
    tale.list("s1", "m1", request="a")
    tale.say("requested", "s1", "m1", day=300, request="a")
    assert flagged(tale, "yes") == [0]


def test_an_answer_that_names_a_list_which_did_not_show_the_pair_or_was_not_recorded_belongs_nowhere(
    tale: Tale,
) -> None:
    tale.list("s1", "m1", request="a")
    tale.list("s1", "m2", request="b")
    tale.say("requested", "s1", "m1", request="b")
    tale.say("requested", "s1", "m2", request="unrecorded")
    tale.say("requested", "s1", "m3")
    assert flagged(tale, "yes") == []
    assert counts(answers_to(tale.feedback())) == (0, 0, 3)


def test_an_answer_before_anything_was_shown_belongs_nowhere(tale: Tale) -> None:
    tale.list("s1", "m1", day=1)
    tale.say("requested", "s1", "m1", day=0.5)
    assert flagged(tale, "yes") == []


def test_an_answer_of_a_day_without_a_time_may_have_come_after_the_list_of_that_day(tale: Tale) -> None:
    tale.list("s1", "m1")  # at half past eight
    midnight = -8.5 / 24
    tale.say("requested", "s1", "m1", day=midnight)
    tale.say("dismissed", "s1", "m1", day=midnight + 1e-6)  # a moment with a time
    assert (flagged(tale, "yes"), flagged(tale, "no")) == ([0], [])


def test_of_several_lists_of_one_request_the_latest_takes_the_answer(tale: Tale) -> None:
    for day in (0, 1):
        tale.list("s1", "m1", request="again", day=day)
    tale.say("requested", "s1", "m1", request="again")
    assert flagged(tale, "yes") == [1]


def test_what_a_startup_reads_it_answers_by_requesting_and_dismissing_and_the_partner_replies(
    tale: Tale,
) -> None:
    tale.list("s1", "m1 m2 m3 m4 m5")
    for kind, partner in (("requested", "m1"), ("dismissed", "m2"), ("accepted", "m3"), ("declined", "m4")):
        tale.say(kind, "s1", partner)
    said = [flagged(tale, name) for name in ("yes", "no", "other_yes", "other_no", "met")]
    assert said == [[0], [1], [2], [3], []]


def test_what_a_partner_reads_it_answers_by_accepting_and_declining_and_the_startup_replies(
    tale: Tale,
) -> None:
    tale.list("m1", "s1 s2 s3 s4 s5")
    for kind, startup in (("requested", "s1"), ("dismissed", "s2"), ("accepted", "s3"), ("declined", "s4")):
        tale.say(kind, startup, "m1")
    said = [flagged(tale, name) for name in ("yes", "no", "other_yes", "other_no", "met")]
    assert said == [[2], [3], [0], [1], []]


@pytest.mark.parametrize("kind", ["met", "mentored", "invested"])
def test_who_met_said_yes_on_both_sides(tale: Tale, kind: str) -> None:
    tale.list("s1", "m1")
    tale.list("m1", "s1")
    tale.say(kind, "s1", "m1")
    for name in ("yes", "other_yes", "met"):
        assert flagged(tale, name) == [0, 1]
    assert (flagged(tale, "no"), flagged(tale, "other_no")) == ([], [])


def test_a_partners_yes_replies_to_the_startups_list_and_answers_its_own(tale: Tale) -> None:
    tale.list("s1", "m1", request="of startup")
    tale.list("m1", "s1", request="of partner", day=1)
    tale.say("accepted", "s1", "m1", day=2, request="of partner")
    assert (flagged(tale, "other_yes"), flagged(tale, "yes")) == ([0], [1])
    assert counts(answers_to(tale.feedback())) == (1, 0, 0)


def test_a_reply_belongs_to_the_list_that_was_said_yes_to_not_to_a_later_one(tale: Tale) -> None:
    tale.list("s1", "m1")
    tale.say("requested", "s1", "m1", day=1)
    tale.list("s1", "m1", day=2)
    tale.say("accepted", "s1", "m1", day=3)
    assert (flagged(tale, "yes"), flagged(tale, "other_yes")) == ([0], [0])


def test_a_reply_to_a_list_that_nobody_said_yes_to_belongs_to_the_latest(tale: Tale) -> None:
    tale.list("s1", "m1 m2")
    tale.say("dismissed", "s1", "m1", day=1)
    tale.list("s1", "m1", day=2)
    tale.say("declined", "s1", "m1", day=3)
    assert (flagged(tale, "no"), flagged(tale, "other_no")) == ([0], [2])


def test_the_first_yes_is_known_by_its_moment(tale: Tale) -> None:
    tale.list("s1", "m1 m2")
    for day in (3, 2):
        tale.say("requested", "s1", "m1", day=day)
    tale.say("accepted", "s1", "m2", day=1)
    assert answers_to(tale.feedback()).yes_at.tolist() == [moment(2), NEVER]


def test_nothing_shown_and_nothing_said(tale: Tale) -> None:
    assert counts(answers_to(tale.feedback())) == (0, 0, 0)
    tale.say("met", "s1", "m1")
    assert counts(answers_to(tale.feedback())) == (0, 0, 1)
    nothing_said = Tale()
    nothing_said.list("s1", "m1")
    nothing_said.list("s2", "")
    assert answers_to(nothing_said.feedback()).yes.tolist() == [False]


def test_each_answer_of_a_long_tale_belongs_to_one_line_of_a_side(tale: Tale) -> None:
    for day in range(20):
        tale.list("s1", "m1 m2 m3", day=day)
        tale.say("requested", "s1", f"m{1 + day % 3}", day=day + 0.5)
    found = flagged(tale, "yes")
    assert [line % 3 for line in found] == [day % 3 for day in range(20)]
    assert all(later - earlier in (1, 4) for earlier, later in pairwise(found))
