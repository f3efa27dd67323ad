"""Sanity probes: known good pairs stand in the better half of their lists."""

import pytest

from matcher.interactions import InteractionType
from matcher.profiles import Status
from tests.matcher.worlds import (
    checkerboard,
    event,
    investor,
    mentor,
    ordered,
    snapshot_of,
    startup,
    trained_on,
)
from training.weekly.findings import Severity
from training.weekly.probes import judge_probes, latest_deals, standings

Pair = tuple[str, str]


def pairs(*written: str) -> list[Pair]:
    """ "s-i" → ("north:s", "north:i")."""
    return [(f"north:{startup}", f"north:{partner}") for startup, partner in (w.split("-") for w in written)]


def test_the_latest_strong_deals_tell_of_good_pairs_the_latest_first():
    events = [event("s", "i", days_ago=30), event("t", "i", days_ago=10), event("s", "j", days_ago=20)]

    assert latest_deals(ordered(events)) == pairs("t-i", "s-j", "s-i")
    assert latest_deals(ordered(events), most=2) == pairs("t-i", "s-j")
    assert latest_deals(ordered([])) == []


def test_a_pair_is_probed_once():
    events = [event("s", "i", days_ago=days) for days in (30, 20, 10)]

    assert latest_deals(ordered(events)) == pairs("s-i")


@pytest.mark.parametrize("type_", InteractionType)
def test_only_deals_that_both_sides_wanted_are_strong(type_: InteractionType):
    strong = {
        InteractionType.ACCEPTED,
        InteractionType.MET,
        InteractionType.RATED,
        InteractionType.MENTORED,
        InteractionType.INVESTED,
    }
    found = latest_deals(ordered([event("s", "i", type_, value=4.0)]))

    assert found == (pairs("s-i") if type_ in strong else [])


def test_a_bad_rating_is_no_good_pair():
    assert latest_deals(ordered([event("s", "i", InteractionType.RATED, value=2.0)])) == []


PEOPLE = [
    startup("s", industries=("alpha",)),
    investor("fits", industries=("alpha",)),
    *(investor(f"i{n}", industries=("beta",)) for n in range(3)),
]


def test_a_standing_is_the_share_of_the_list_that_the_partner_beats_ties_counting_half():
    """It beats three of four and ties with itself; the three tie with one another."""
    found = standings(snapshot_of(PEOPLE), pairs("s-fits", "s-i0", "s-i2"))

    assert found == [(pairs("s-fits")[0], 0.875), (pairs("s-i0")[0], 0.375), (pairs("s-i2")[0], 0.375)]


def test_a_partner_that_may_not_be_listed_again_is_compared_with_those_who_may():
    """It has invested already: it beats all three that are left."""
    snapshot = snapshot_of(PEOPLE, [event("s", "fits")])

    assert standings(snapshot, pairs("s-fits", "s-i0")) == [
        (pairs("s-fits")[0], 1.0),
        (pairs("s-i0")[0], 0.5),
    ]


def test_what_learned_the_fields_puts_their_partners_into_the_better_half():
    """Asked about startups that have not dealt with any of them."""
    people, events = checkerboard(each=3)
    people += [startup("a", industries=("alpha",)), startup("b", industries=("beta",))]
    snapshot = snapshot_of(people, model=trained_on(people, events))

    asked = pairs("a-i0", "a-i9", "b-i0", "b-i9")

    assert [one > 0.5 for _, one in standings(snapshot, asked)] == [True, False, False, True]


def test_pairs_of_people_who_are_gone_or_are_no_such_pair_are_left_out():
    snapshot = snapshot_of([*PEOPLE, startup("t"), mentor("m")])

    assert standings(snapshot, pairs("gone-i0", "s-gone", "s-t", "i0-fits", "i0-s")) == []


def test_mentors_are_compared_with_mentors():
    assert standings(snapshot_of([*PEOPLE, mentor("m")]), pairs("s-m")) == [(pairs("s-m")[0], 0.5)]


def test_a_startup_without_candidates_is_left_out():
    people = [startup("s"), investor("i", status=Status.PAUSED)]

    assert standings(snapshot_of(people), pairs("s-i")) == []


def found(*standing: float) -> list[tuple[Pair, float]]:
    return [((f"s{n}", f"i{n}"), one) for n, one in enumerate(standing)]


def test_six_of_ten_in_the_better_half_are_enough():
    (passed,) = judge_probes(found(*[0.5] * 6, *[0.49] * 4), 0.6)

    assert (passed.code, passed.severity) == ("probes_ok", Severity.OK)
    assert (passed.facts["passed"], passed.facts["of"], passed.facts["least"]) == (6, 10, 0.6)


def test_five_of_ten_are_not_and_three_that_failed_are_named():
    (failed,) = judge_probes(found(*[0.9] * 5, *[0.1] * 5), 0.6)

    assert (failed.code, failed.severity) == ("probes_failed", Severity.ERROR)
    assert failed.facts == {
        "passed": 5,
        "of": 10,
        "least": 0.6,
        "examples": ["s5 × i5", "s6 × i6", "s7 × i7"],
    }


def test_of_no_pairs_there_is_nothing_to_say():
    assert judge_probes([], 0.6) == []
