"""Ranked awards under a budget and a cap."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.panel.awards import AWARDED, RESERVE, Awards, Outcome, awards_of
from matcher.panel.ranking import Ranked
from matcher.panel.values import Application, PanelSettings, Sharing
from tests.matcher.panel.worlds import application

WAN = 10_000


def ranked(applications: Sequence[Application], mean: float = 80) -> list[Ranked]:
    """In the order given, all of the same mean."""
    score = Fraction(mean)
    return [
        Ranked(each, None if each.withdrawn else place, score, score, (("r1", score),))
        for place, each in enumerate(applications, start=1)
    ]


def shared(applications: Sequence[Application], **given: Any) -> Awards:
    return awards_of(ranked(applications), PanelSettings(**given))


def told(awards: Awards) -> dict[str, tuple[Outcome, int]]:
    return {award.application.id: (award.outcome, award.amount) for award in awards.awards}


def test_five_awards_of_19_12_6_2_and_2_are_made_of_41_ten_thousands():
    """As a high-tech zone's seed fund published them, at most 20 each."""
    asks = [
        ("散热", 19, None),
        ("菌剂", 12, None),
        ("涂料", 6, None),
        ("刺梨", 2, None),
        ("监测", 5, 2),
        ("六", 9, 3),
    ]
    applications = [application(id_, asked * WAN, least and least * WAN) for id_, asked, least in asks]
    awards = shared(applications, budget=41 * WAN, cap=20 * WAN)
    assert [award.amount // WAN for award in awards.awards if award.amount] == [19, 12, 6, 2, 2]
    assert (awards.spent, awards.left) == (41 * WAN, 0)
    assert told(awards)["监测"] == (Outcome.PARTIAL, 2 * WAN)
    assert told(awards)["六"] == (Outcome.BUDGET_SPENT, 0)
    assert awards.awards[-1].reserve == 1


def test_who_asks_for_more_than_the_cap_gets_the_cap():
    assert told(shared([application("a", 30)], budget=100, cap=20)) == {"a": (Outcome.CAPPED, 20)}


def test_the_cap_is_of_no_use_to_one_who_needs_more():
    assert told(shared([application("a", 30, 25)], budget=100, cap=20)) == {"a": (Outcome.CAP_BELOW_LEAST, 0)}


def test_one_for_whom_too_little_is_left_is_passed_over_and_heads_the_reserve():
    awards = shared([application("a", 8), application("b", 5, 4), application("c", 2)], budget=10)
    assert told(awards) == {
        "a": (Outcome.FULL, 8),
        "c": (Outcome.FULL, 2),
        "b": (Outcome.BELOW_LEAST, 0),
    }
    assert [(award.reserve, award.left, award.needed) for award in awards.awards if award.reserve] == [
        (1, 2, 4)
    ]


def test_in_strict_order_nobody_is_passed_over():
    given = [application("a", 8), application("b", 5, 4), application("c", 2)]
    assert told(shared(given, budget=10, sharing=Sharing.STRICT_ORDER)) == {
        "a": (Outcome.FULL, 8),
        "b": (Outcome.BELOW_LEAST, 0),
        "c": (Outcome.ORDER_CLOSED, 0),
    }


def test_most_projects_gives_everybody_the_least_first_and_then_tops_up_from_the_top():
    given = [application("a", 8, 3), application("b", 8, 3), application("c", 8, 3)]
    assert told(shared(given, budget=12, sharing=Sharing.MOST_PROJECTS)) == {
        "a": (Outcome.PARTIAL, 6),
        "b": (Outcome.PARTIAL, 3),
        "c": (Outcome.PARTIAL, 3),
    }


def test_partial_awards_are_whole_steps_or_the_least_that_is_of_use():
    assert told(shared([application("a", 50, 10)], budget=37, step=10)) == {"a": (Outcome.PARTIAL, 30)}
    assert told(shared([application("a", 50, 33)], budget=37, step=10)) == {"a": (Outcome.PARTIAL, 33)}


def test_without_a_budget_everybody_gets_what_they_may_have():
    awards = shared([application("a", 8), application("b", 50)], cap=20)
    assert told(awards) == {"a": (Outcome.FULL, 8), "b": (Outcome.CAPPED, 20)}
    assert (awards.left, awards.spent) == (None, 28)


@pytest.mark.parametrize(
    ("one", "mark", "outcome"),
    [
        (application("a", 5), 81, Outcome.BELOW_MARK),
        (application("a"), None, Outcome.NO_AMOUNT),
        (application("a", 5, withdrawn=True), None, Outcome.WITHDRAWN),
    ],
)
def test_what_is_out_of_the_question_is_on_no_reserve_list(one: Application, mark: float, outcome: Outcome):
    awards = shared([one], budget=100, pass_mark=mark)
    assert told(awards) == {"a": (outcome, 0)}
    assert awards.awards[0].reserve is None


def test_whoever_just_reaches_the_pass_mark_passes():
    assert told(shared([application("a", 5)], budget=100, pass_mark=80)) == {"a": (Outcome.FULL, 5)}


def test_an_application_without_enough_scores_waits():
    waiting = [Ranked(application("a", 5), None, None, None, ())]
    assert awards_of(waiting, PanelSettings(budget=9)).awards[0].outcome is Outcome.INCOMPLETE


CLAIMS = st.lists(
    st.tuples(st.integers(1, 6), st.one_of(st.none(), st.integers(1, 6))).map(
        lambda pair: (pair[0], pair[1] and min(pair))
    ),
    min_size=1,
    max_size=4,
)


def best_in_order(claims: Sequence[tuple[int, int]], budget: int) -> tuple[int, ...]:
    """The amounts that are largest read from the top, by trying all."""
    if not claims:
        return ()
    least, most = claims[0]
    amounts = [0, *range(least, most + 1)]
    return max(
        (amount, *best_in_order(claims[1:], budget - amount)) for amount in amounts if amount <= budget
    )


def best_for_most(claims: Sequence[tuple[int, int]], budget: int) -> tuple[int, ...]:
    """Who is awarded comes first, read from the top, then the amounts."""

    def every(rest: Sequence[tuple[int, int]], left: int) -> list[tuple[int, ...]]:
        if not rest:
            return [()]
        least, most = rest[0]
        amounts = [amount for amount in (0, *range(least, most + 1)) if amount <= left]
        return [(amount, *more) for amount in amounts for more in every(rest[1:], left - amount)]

    return max(every(claims, budget), key=lambda amounts: ([amount > 0 for amount in amounts], amounts))


@settings(max_examples=80, deadline=None)
@given(
    CLAIMS, st.integers(0, 15), st.sampled_from((Sharing.IN_ORDER, Sharing.MOST_PROJECTS)), st.integers(1, 6)
)
def test_awards_are_the_best_of_all_that_the_rule_allows(claims, budget, sharing, cap):
    applications = [application(f"a{n}", asked, least) for n, (asked, least) in enumerate(claims)]
    awards = shared(applications, budget=budget, cap=cap, sharing=sharing)
    open_ = [each for each in applications if each.least is None or each.least <= cap]
    bounds = [(each.least or min(each.asked, cap), min(each.asked, cap)) for each in open_]
    best = best_in_order if sharing is Sharing.IN_ORDER else best_for_most
    amounts = {award.application.id: award.amount for award in awards.awards}
    assert tuple(amounts[each.id] for each in open_) == best(bounds, budget)


@settings(max_examples=80, deadline=None)
@given(CLAIMS, st.integers(0, 15), st.sampled_from(Sharing), st.integers(1, 6), st.integers(1, 4))
def test_neither_budget_nor_cap_is_ever_exceeded_and_everybody_is_told_of_once(
    claims, budget, sharing, cap, step
):
    applications = [application(f"a{n}", asked, least) for n, (asked, least) in enumerate(claims)]
    awards = shared(applications, budget=budget, cap=cap, sharing=sharing, step=step)
    assert awards.spent == sum(award.amount for award in awards.awards) <= budget
    assert all(award.amount <= min(cap, award.application.asked) for award in awards.awards)
    assert all(
        award.amount >= (award.application.least or 0) for award in awards.awards if award.outcome in AWARDED
    )
    assert sorted(award.application.id for award in awards.awards) == [each.id for each in applications]
    places = [award.reserve for award in awards.awards if award.outcome in RESERVE]
    assert places == list(range(1, len(places) + 1))
