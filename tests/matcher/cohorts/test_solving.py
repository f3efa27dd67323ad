"""Whole runs from profiles to a result, in worlds whose answer is known by thought."""

from dataclasses import replace

import pytest

from matcher.assignment.problem import Importance, Objective
from matcher.cohorts.commitments import Commitments
from matcher.cohorts.configuration import Slots
from matcher.errors import InvalidInput
from matcher.interactions import InteractionType
from matcher.matching.answers import Filters
from matcher.matching.moment import Moment
from matcher.profiles import Profile, Status
from tests.matcher.cohorts.worlds import hiring, in_court, lawyer, pairs_of, recruiter, result_of
from tests.matcher.store.runs import edit
from tests.matcher.worlds import ORGANISATION, event, snapshot_of

TWO_TRADES = [in_court("s1"), hiring("s2"), lawyer("m1"), recruiter("m2")]
TWINS = [in_court("s1"), in_court("s2"), lawyer("m1"), lawyer("m2")]


def test_startups_meet_those_who_offer_what_they_need() -> None:
    assert pairs_of(TWO_TRADES) == [("s1", "m1"), ("s2", "m2")]


def test_a_pair_has_the_score_halves_and_reasons_of_a_match_list() -> None:
    result = result_of(TWO_TRADES)
    for meeting in result.meetings:
        [alone] = Moment(snapshot_of(TWO_TRADES)).score(
            ORGANISATION, [(meeting.pair.startup_id, meeting.pair.partner_id)]
        )
        assert meeting.pair == alone
    assert result.summary.total == pytest.approx(sum(each.pair.score for each in result.meetings))
    assert (result.summary.proved, result.summary.gap, result.summary.met) == (True, 0.0, 2)
    assert result.summary.model_version == "profiles-only"


def test_alternates_are_those_not_met_the_best_first_and_none_who_never_had_a_place() -> None:
    people = [in_court("s1"), lawyer("m1"), lawyer("m2"), recruiter("m3"), lawyer("m4", capacity=0)]
    result = result_of(people)
    met = result.meetings[0].pair.partner_id
    other = ({"m1", "m2"} - {met}).pop()
    assert [(each.place, each.pair.partner_id) for each in result.alternates] == [(1, other), (2, "m3")]
    assert result_of(people, alternates=1).alternates == result.alternates[:1]


def test_nobody_meets_more_than_there_is_room_for() -> None:
    people = [*(in_court(f"s{n}") for n in range(5)), lawyer("m1", capacity=2), lawyer("m2", capacity=None)]
    partners = [partner for _, partner in pairs_of(people, capacity=1)]
    assert (partners.count("m1"), partners.count("m2")) == (2, 1)
    assert len(pairs_of(people, capacity=1, capacities={"m1": 0, "m2": 3})) == 3


def test_a_full_partner_is_met_where_the_run_gives_it_room_and_has_its_price_where_not() -> None:
    people = [in_court("s1"), lawyer("m1", capacity=0), recruiter("m2")]
    assert pairs_of(people, capacities={"m1": 1}) == [("s1", "m1")]
    dearest = result_of(people, objective=Objective.HIGHEST_TOTAL).summary.prices[0]
    assert (dearest.partner_id, dearest.places, dearest.value > 0) == ("m1", 0, True)


def test_places_taken_this_cycle_and_places_promised_are_no_room() -> None:
    people = [*(in_court(f"s{n}") for n in range(4)), lawyer("m1", capacity=3), in_court("s-old")]
    taken = [event("s-old", "m1", InteractionType.ACCEPTED, days_ago=9)]
    of_long_ago = [event("s-old", "m1", InteractionType.ACCEPTED, days_ago=400)]
    assert len(pairs_of(people, events=taken)) == 2
    assert len(pairs_of(people, events=of_long_ago)) == 3
    assert len(pairs_of(people, events=taken, commitments=Commitments(promised={"north:m1": 1}))) == 1


def test_a_minimum_load_is_kept_where_the_total_would_rather_not() -> None:
    people = [in_court("s1"), lawyer("m1"), recruiter("m2", min_load=1)]
    assert pairs_of(people) == [("s1", "m2")]
    assert pairs_of(people, partner_importance=Importance.LOW) == [("s1", "m1")]
    foreign = [*people[:2], recruiter("m2", min_load=1, organisation="south", shared=True)]
    assert pairs_of(foreign) == [("s1", "m1")], "what south wants of its mentors is not for north to fill"


@pytest.mark.parametrize(
    "startup",
    [in_court("s1", exclude=("m1",)), in_court("s1", exclude=("Name of m1",))],
)
def test_whom_a_startup_excludes_it_does_not_meet(startup: Profile) -> None:
    assert pairs_of([startup, lawyer("m1"), recruiter("m2")]) == [("s1", "m2")]


def test_conflicts_earlier_meetings_and_declines_keep_two_apart() -> None:
    people = [in_court("s1"), lawyer("m1", conflicts=("s1",)), recruiter("m2")]
    assert pairs_of(people) == [("s1", "m2")]
    people = [in_court("s1"), lawyer("m1"), recruiter("m2")]
    for kind in (InteractionType.MET, InteractionType.DECLINED, InteractionType.DISMISSED):
        assert pairs_of(people, events=[event("s1", "m1", kind)]) == [("s1", "m2")]


def test_a_paused_startup_meets_nobody_and_stops_nobody() -> None:
    people = [in_court("s1", status=Status.PAUSED), in_court("s2"), lawyer("m1"), lawyer("m2")]
    result = result_of(people, startup_min=1)
    assert [each.pair.startup_id for each in result.meetings] == ["s2"]
    [left] = result.summary.left_out
    assert (left.startup_id, left.eligible, left.removed) == ("s1", 0, {"inactive": 2})


def test_must_haves_are_had_by_everybody_who_is_met() -> None:
    people = [in_court("s1"), lawyer("m1"), recruiter("m2", region="上海")]
    assert pairs_of(people, must_have=Filters(regions=("上海",))) == [("s1", "m2")]
    with pytest.raises(InvalidInput, match="tags"):
        result_of(people, must_have=Filters(tags=("nowhere",)))


def test_a_need_that_must_be_met_is_met_and_other_startups_are_not_bound() -> None:
    people = [in_court("s1"), hiring("s2"), recruiter("m1", capacity=2)]
    assert pairs_of(people) == [("s1", "m1"), ("s2", "m1")]
    assert pairs_of(people, must_meet=("法律",)) == [("s2", "m1")]


def test_partners_of_one_firm_are_met_so_many_at_most() -> None:
    people = [
        in_court("s1"),
        lawyer("m1", tags=("firm:Pine",)),
        lawyer("m2", tags=("机构:pine",)),
        recruiter("m3"),
    ]
    assert pairs_of(people, startup_max=2) == [("s1", "m1"), ("s1", "m2")]
    partners = {partner for _, partner in pairs_of(people, startup_max=2, per_firm=1)}
    assert "m3" in partners
    assert len(partners) == 2


def test_nobody_is_left_out_where_that_is_asked_and_the_total_says_otherwise() -> None:
    # m2 has something to say to s1 alone: the total gives s1 both, s2 gets nobody
    people = [
        in_court("s1", description="court case law"),
        in_court("s2", exclude=("m2",)),
        lawyer("m1", description="court case law"),
        recruiter("m2"),
    ]
    highest = pairs_of(people, startup_max=2, objective=Objective.HIGHEST_TOTAL)
    assert highest == [("s1", "m1"), ("s1", "m2")]
    assert pairs_of(people, startup_max=2) == [("s1", "m2"), ("s2", "m1")]


def test_the_fairest_is_proved_where_the_cohort_is_small() -> None:
    summary = result_of(TWO_TRADES, objective=Objective.FAIREST).summary
    assert (summary.met, summary.proved, summary.prices) == (2, True, ())


def test_a_lock_a_ban_a_swap_and_an_addition_are_kept_and_told() -> None:
    edits = [
        edit("lock", "s1", "m2"),
        edit("swap", "s2", "m1", "m2"),
    ]
    meetings = result_of(TWO_TRADES, edits=edits).meetings
    assert [(each.pair.partner_id, each.origin) for each in meetings] == [("m2", "locked"), ("m1", "swapped")]
    assert pairs_of([*TWO_TRADES, lawyer("m3")], edits=[edit("ban", "s1", "m1")]) == [
        ("s1", "m3"),
        ("s2", "m2"),
    ]


def test_staff_may_add_a_pair_that_a_rule_forbids_but_not_against_a_conflict() -> None:
    people = [in_court("s1"), lawyer("m1"), recruiter("m2")]
    met = [event("s1", "m1", InteractionType.MET)]
    [meeting] = result_of(people, events=met, edits=[edit("add", "s1", "m1")]).meetings
    assert (meeting.pair.partner_id, meeting.origin) == ("m1", "added")


def test_a_ban_is_among_the_reasons_of_who_is_left_out() -> None:
    result = result_of([in_court("s1"), lawyer("m1")], edits=[edit("ban", "s1", "m1")])
    assert result.summary.left_out[0].removed == {"banned": 1}


def test_after_an_edit_the_rest_stays_as_far_as_it_can() -> None:
    people = [*(in_court(f"s{n}") for n in range(6)), *(lawyer(f"m{n}") for n in range(6))]
    before = frozenset((f"s{n}", f"m{(n + 1) % 6}") for n in range(6))
    swap = edit("swap", "s0", "m3", "m1")
    result = result_of(people, edits=[swap], before=before, against="r1")
    after = {(each.pair.startup_id, each.pair.partner_id) for each in result.meetings}
    assert after - before == {("s0", "m3"), ("s2", "m1")}, "only who had m3 has to move"
    assert (result.summary.dropped, result.summary.against) == (2, "r1")


def test_nobody_is_left_out_for_the_sake_of_earlier_pairs() -> None:
    people = [in_court("s1"), in_court("s2", exclude=("m2",)), lawyer("m1"), lawyer("m2")]
    before = frozenset({("s1", "m1"), ("s1", "m2")})
    again = {"before": before, "against": "r1", "startup_max": 2}
    assert pairs_of(people, **again) == [("s1", "m2"), ("s2", "m1")]
    highest = pairs_of(people, **again, objective=Objective.HIGHEST_TOTAL)
    assert highest == [("s1", "m1"), ("s1", "m2")]


def test_a_pair_that_both_accepted_stays_and_takes_no_place_twice() -> None:
    people = [in_court("s1"), in_court("s2"), lawyer("m1", capacity=2), recruiter("m2")]
    accepted = [event("s1", "m1", InteractionType.ACCEPTED, days_ago=1)]
    kept = Commitments(base="r1", kept=frozenset({("s1", "m1")}))
    result = result_of(people, events=accepted, commitments=kept)
    assert [(each.pair.startup_id, each.pair.partner_id, each.origin) for each in result.meetings] == [
        ("s1", "m1", "kept"),
        ("s2", "m1", "solved"),
    ]
    assert pairs_of(people, events=accepted) == [("s1", "m2"), ("s2", "m1")], "another run gives it another"


def test_an_offer_that_came_to_nothing_is_not_made_again_unless_staff_say_so() -> None:
    people = [in_court("s1"), lawyer("m1"), recruiter("m2")]
    refused = Commitments(base="r1", refused=frozenset({("s1", "m1")}))
    assert pairs_of(people, commitments=refused) == [("s1", "m2")]
    assert pairs_of(people, commitments=refused, edits=[edit("lock", "s1", "m1")]) == [("s1", "m1")]


def test_the_fewest_changes_keep_offers_that_are_open() -> None:
    offered = frozenset({("s1", "m2"), ("s2", "m1")})
    open_ = Commitments(base="r1", offered=offered)
    kept = pairs_of(TWO_TRADES, commitments=open_, before=offered, against="r1")
    assert kept == [("s1", "m2"), ("s2", "m1")]


def test_the_price_of_one_more_place_is_what_it_would_bring() -> None:
    people = [in_court("s1"), in_court("s2"), lawyer("m1"), recruiter("m2", capacity=2)]
    result = result_of(people, objective=Objective.HIGHEST_TOTAL)
    price = result.summary.prices[0]
    assert (price.partner_id, price.places, price.taken) == ("m1", 1, 1)
    more = result_of(people, objective=Objective.HIGHEST_TOTAL, capacities={"m1": 2})
    assert price.value == pytest.approx(more.summary.total - result.summary.total, abs=1e-5)
    assert price.value > 0


def test_two_who_would_both_rather_have_each_other_are_counted() -> None:
    assert result_of(TWO_TRADES).summary.blocking == 0
    crossed = [edit("lock", "s1", "m2")]
    result = result_of([*TWO_TRADES, hiring("s3")], edits=[edit("ban", "s1", "m1"), edit("ban", "s3", "m2")])
    assert result.summary.blocking == 0
    assert result_of(TWO_TRADES, edits=crossed).summary.pairs == 2


def test_on_a_meeting_day_nobody_is_in_two_places() -> None:
    people = [*(in_court(f"s{n}") for n in range(3)), *(lawyer(f"m{n}", capacity=3) for n in range(3))]
    slots = Slots(labels=("09:00", "10:00", "11:00"), away={"s0": ("09:00",), "m1": ("11:00",)})
    result = result_of(people, startup_max=3, slots=slots)
    places = [(each.pair.startup_id, each.slot) for each in result.meetings]
    places += [(each.pair.partner_id, each.slot) for each in result.meetings]
    assert len(places) == len(set(places)) == 2 * len(result.meetings)
    assert ("s0", "09:00") not in places
    assert ("m1", "11:00") not in places
    assert result.summary.pairs == 7, "two, three and two: at nine s0 is away, at eleven m1"


def test_startups_deleted_since_are_passed_over() -> None:
    people = [replace(one, id="s9", organisation="south") if one.id == "s2" else one for one in TWO_TRADES]
    assert pairs_of(people) == [("s1", "m1")]


def test_a_cohort_of_nobody_has_an_empty_result() -> None:
    result = result_of([lawyer("m1")])
    assert (result.meetings, result.alternates, result.summary.total) == ((), (), 0.0)


def test_twins_each_get_one() -> None:
    assert len({partner for _, partner in pairs_of(TWINS)}) == 2
