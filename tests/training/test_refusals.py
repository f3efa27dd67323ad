"""What a no teaches, in the probabilities that are served: the half that said it, about its like."""

import pytest

from matcher.interactions import Interaction, InteractionType
from matcher.matching.answering import pair_score
from matcher.matching.answers import Filters
from matcher.matching.eligibility import Request
from matcher.matching.ranking import candidate_at, question
from matcher.profiles import Role
from tests.matcher.worlds import checkerboard, event, snapshot_of, trained_on

DECLINED, DISMISSED = InteractionType.DECLINED, InteractionType.DISMISSED


def halves(partner_id: str, *events: Interaction) -> tuple[float, float]:
    """p_startup and p_partner of a new alpha startup with the partner, after the checkerboard and these."""
    people, deals = checkerboard()
    history = [*deals, *events]
    snapshot = snapshot_of(people, history, trained_on(people, history))
    query = snapshot.profile("north:cold-alpha", "north")
    asked = question(snapshot, Request("north", query, 1.0, Filters()), Role.INVESTOR)
    pair = pair_score(asked, candidate_at(asked, *snapshot.find(f"north:{partner_id}", partner_id)))
    return pair.p_startup, pair.p_partner


def noes(type_: InteractionType, partner_id: str, field: str) -> list[Interaction]:
    return [event(f"{field}{n}", partner_id, type_, days_ago=9) for n in range(5)]


def test_a_partner_that_declined_a_field_is_less_likely_to_want_another_startup_of_it():
    startup_before, partner_before = halves("i0", *noes(DECLINED, "i7", "beta"))
    startup_after, partner_after = halves("i0", *noes(DECLINED, "i7", "beta"), *noes(DECLINED, "i0", "alpha"))

    assert partner_after < 0.8 * partner_before
    assert startup_after == pytest.approx(startup_before)


def test_what_it_declined_counts_and_not_only_how_often():
    others = noes(DECLINED, "i7", "beta")

    _, declined_alpha = halves("i0", *others, *noes(DECLINED, "i0", "alpha"))
    _, declined_beta = halves("i0", *others, *noes(DECLINED, "i0", "beta"))

    assert declined_alpha < declined_beta


def test_a_partner_that_startups_of_a_field_dismissed_is_less_wanted_by_another_of_it():
    others = noes(DISMISSED, "i7", "beta")
    startup_before, partner_before = halves("i0", *others)
    startup_after, partner_after = halves("i0", *others, *noes(DISMISSED, "i0", "alpha"))

    assert startup_after < 0.8 * startup_before
    assert partner_after == pytest.approx(partner_before)


@pytest.mark.parametrize(("type_", "side"), [(DISMISSED, 0), (DECLINED, 1)])
def test_noes_count_where_they_are_the_only_ones_ever_said(type_: InteractionType, side: int):
    before, after = halves("i0"), halves("i0", *noes(type_, "i0", "alpha"))

    assert after[side] < before[side]
    assert after[1 - side] == pytest.approx(before[1 - side])
