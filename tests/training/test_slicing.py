"""Slices of a world: what was asked in a window, as it looked on its first day."""

import dataclasses

import pytest

from matcher.interactions import Interaction, InteractionType
from matcher.model.combination import COLUMNS
from matcher.model.parameters import RoleModel
from matcher.profiles import Profile, Role
from tests.matcher.worlds import checkerboard, event, investor, startup
from tests.training.toys import DAY, PRIOR, SMALL, world
from training.judging import ndcg
from training.roles import role_on
from training.slices import Slice
from training.slicing import slice_of

FIRST, END = DAY - 60, DAY - 20
PEOPLE, _ = checkerboard(each=6)
INVESTORS = [f"i{n}" for n in range(10)]
PAST = [event(f"alpha{n}", f"i{n % 5}", days_ago=90 + n) for n in range(6)]
PAST += [event(f"beta{n}", f"i{9 - n % 5}", days_ago=90 + n) for n in range(6)]
"""Before the window everyone has had a deal or two, so that all could be chosen."""


def sliced(*events: Interaction, known_on: int = FIRST, people: list[Profile] = PEOPLE) -> Slice:
    found = world(people, [*PAST, *events])
    return slice_of((FIRST, END), Role.INVESTOR, found, known(known_on, *events, people=people))


def known(day: int, *events: Interaction, people: list[Profile] = PEOPLE) -> RoleModel:
    return role_on(day, Role.INVESTOR, world(people, [*PAST, *events]), SMALL)


def within(
    startup_id: str, partner_id: str, *type_: InteractionType, days_ago: int = 40, **given
) -> Interaction:
    return event(startup_id, partner_id, *type_, days_ago=days_ago, **given)


# nothing of what comes

LATER = [
    [],
    [event("cold-alpha", partner, days_ago=5) for partner in INVESTORS],
    [event(f"alpha{n}", f"i{9 - n}", days_ago=20) for n in range(6)],
    [event("cold-beta", "i-new", InteractionType.DECLINED, days_ago=-9)],
]
"""What may happen after the window."""
CHOSEN = [("i0", "i9"), ("i9", "i0"), ("i4", "i3")]
"""Whom the two new startups may choose within it."""


def looks(known_on: int) -> set[bytes]:
    """How the pairs look in each of these futures, in whatever order; one look if no future is seen."""
    futures = [(chosen, later) for chosen in CHOSEN for later in LATER]
    return {
        pairs(
            sliced(
                within("cold-alpha", one), within("cold-beta", other, days_ago=60), *later, known_on=known_on
            )
        )
        for (one, other), later in futures
    }


def pairs(found: Slice) -> bytes:
    """The columns of each query's candidates, sorted, as bytes."""
    assert found.choices.columns.shape[:2] == (2, 11)
    rows = [sorted(row.tobytes() for row in query) for query in found.choices.columns]
    return b"".join(b"".join(query) for query in rows)


def test_the_pairs_of_a_slice_look_the_same_whatever_comes():
    assert len(looks(FIRST)) == 1


@pytest.mark.parametrize("late", [1, END - FIRST])
def test_a_slice_that_knows_later_days_is_caught_by_the_same_check(late: int):
    assert len(looks(FIRST + late)) > 1


def quality(known_on: int) -> float:
    """nDCG of the prior where the window's startups all choose five of ten, and the past tells nothing."""
    people, deals = checkerboard(each=6)
    past = [event("old", partner, days_ago=90) for partner in INVESTORS]
    window = [dataclasses.replace(deal, at=within("a", "b").at) for deal in deals]
    found = world([*people, startup("old")], [*past, *window])
    role = role_on(known_on, Role.INVESTOR, found, SMALL)
    return float(ndcg(PRIOR, slice_of((FIRST, END), Role.INVESTOR, found, role).choices).mean())


def test_a_world_that_cannot_be_foretold_is_foretold_by_a_leak_alone():
    assert quality(END) == pytest.approx(1)
    assert quality(FIRST) < 0.9


# who asked, whom they took


def test_a_query_is_a_startup_that_took_someone_in_the_window():
    found = sliced(
        within("cold-alpha", "i0"),
        within("cold-alpha", "i3"),
        event("cold-beta", "i1", days_ago=20),
        event("cold-beta", "i1", days_ago=-3),
    )

    assert len(found.choices) == 1
    assert found.choices.deals.sum() == 2


def test_the_first_day_counts_and_the_end_does_not():
    assert len(sliced(event("cold-alpha", "i0", days_ago=60)).choices) == 1
    assert len(sliced(event("cold-alpha", "i0", days_ago=61)).choices) == 0
    assert len(sliced(event("cold-alpha", "i0", days_ago=20)).choices) == 0


def test_wishes_are_the_startup_s_and_deals_are_both_s():
    found = sliced(
        within("cold-alpha", "i0", InteractionType.REQUESTED),
        within("cold-alpha", "i1", InteractionType.SHORTLISTED),
        within("cold-alpha", "i2", InteractionType.MET),
    ).choices

    assert (found.wanted.sum(), found.deals.sum()) == (2, 1)
    assert not (found.wanted & found.deals).any()


def test_those_who_could_be_chosen_had_a_deal_before():
    found = sliced(within("cold-alpha", "i0"), within("cold-alpha", "i-new")).choices

    assert (found.stands_for > 0).sum() == 10
    assert found.deals.sum() == 1


@pytest.mark.parametrize("type_", [InteractionType.DISMISSED, InteractionType.DECLINED])
def test_whom_the_pair_has_behind_it_is_no_candidate(type_: InteractionType):
    found = sliced(within("cold-alpha", "i0"), event("cold-alpha", "i5", type_, days_ago=70)).choices

    assert (found.stands_for > 0).sum() == 9


def test_startups_that_had_a_deal_before_are_no_queries():
    assert len(sliced(within("alpha0", "i7")).choices) == 0


def test_a_startup_is_asked_about_in_the_context_of_its_first_deal_then():
    people = [*PEOPLE, startup("cold", industries=("alpha",), stage="angel")]
    people += [investor("early", stages=("angel",)), investor("late", stages=("c",))]
    past = [event("alpha0", partner, days_ago=95) for partner in ("early", "late")]
    stage = COLUMNS.index("stage")

    window = [
        within("cold", "i0", InteractionType.VIEWED, days_ago=55),
        within("cold", "i0", stage="c", days_ago=50),
        within("cold", "i1", stage="angel", days_ago=30),
    ]

    found = sliced(*past, *window, people=people).choices

    early, late = found.columns[0, [0, -1], stage]
    assert early < late == 1


def test_nobody_in_the_window_makes_an_empty_slice():
    found = sliced()

    assert (len(found.choices), len(found.by_startup.yes), len(found.by_partner.yes)) == (0, 0, 0)


# what was answered


def test_answers_of_the_window_are_those_of_their_side():
    found = sliced(
        within("cold-alpha", "i0", InteractionType.REQUESTED),
        within("cold-alpha", "i1", InteractionType.DISMISSED),
        within("cold-beta", "i2", InteractionType.DECLINED),
        within("cold-beta", "i3", InteractionType.ACCEPTED, days_ago=30),
        event("cold-beta", "i4", InteractionType.DECLINED, days_ago=20),
        event("cold-beta", "i5", InteractionType.DECLINED, days_ago=70),
    )

    assert sorted(found.by_startup.yes.tolist()) == [False, True]
    assert sorted(found.by_partner.yes.tolist()) == [False, True]


def test_what_was_said_after_the_window_takes_no_answer_of_it_back():
    declined = within("cold-beta", "i2", InteractionType.DECLINED)
    later = event("cold-beta", "i2", InteractionType.ACCEPTED, days_ago=10)

    assert sliced(declined, later).by_partner.yes.tolist() == [False]


def test_answers_come_with_the_columns_of_their_pair():
    found = sliced(within("cold-alpha", "i0"), within("cold-alpha", "i3", InteractionType.DECLINED))

    partners = sorted([*INVESTORS, "i-new"])
    pair = found.choices.columns[0, partners.index("i3")]
    assert found.by_partner.columns.tobytes() == pair.tobytes()
