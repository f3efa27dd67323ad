"""Who is there, beside whom the live model knew."""

from matcher.interactions import InteractionType as Type
from matcher.profiles import Status
from tests.matcher.worlds import investor, mentor, startup
from tests.training.weekly.checks.worlds import SETTINGS, seen, startups, told
from training.weekly.checks import NO_PORTRAIT, Portrait, portrait_of
from training.weekly.checks.presence import presence

MENTORS = [mentor(f"m{n}") for n in range(30)]


def found(profiles, live=NO_PORTRAIT, happened=()):
    return presence(seen(profiles, happened, live=live), SETTINGS)


def live(startups: int = 0, mentors: int = 0, interactions: int = 0) -> Portrait:
    return Portrait({"startup": startups, "mentor": mentors}, interactions)


def test_without_profiles_there_is_nothing_to_match():
    assert told(found([])) == {"profiles_none": "error"}


def test_a_role_that_the_live_model_knew_and_that_is_gone_stops_the_run():
    (finding,) = (f for f in found(startups(30), live(30, 12)) if f.severity == "error")
    assert finding.code == "role_vanished"
    assert finding.facts == {"role": "mentor", "before": 12, "profiles": 0}


def test_a_role_that_never_was_is_worth_a_note():
    assert told(found(startups(30))) == {"role_empty": "note"}


def test_a_fifth_less_is_a_warning_and_a_half_less_an_error():
    dropped = {n: told(found(startups(n), live(100))).get("profiles_dropped") for n in (81, 80, 51, 50)}
    assert dropped == {81: None, 80: "warning", 51: "warning", 50: "error"}


def test_a_few_profiles_may_go():
    assert "profiles_dropped" not in told(found(startups(1), live(19)))


def test_three_times_as_many_is_a_warning_and_ten_times_an_error():
    jumped = {n: told(found(startups(n), live(100))).get("profiles_jumped") for n in (299, 300, 999, 1000)}
    assert jumped == {299: None, 300: "warning", 999: "warning", 1000: "error"}


def test_a_young_incubator_may_grow_tenfold():
    assert "profiles_jumped" not in told(found(startups(200), live(1)))


def test_a_role_that_nobody_knew_before_may_be_of_any_size():
    assert "profiles_jumped" not in told(found(startups(5000), live(0, 30)))


def test_a_status_column_that_was_misread_shows():
    paused = [mentor(f"m{n}", status=Status.PAUSED) for n in range(20)]
    before = portrait_of(MENTORS, 0)
    assert told(found([*startups(30), *paused, *MENTORS[20:]], before))["role_inactive"] == "warning"
    assert "role_inactive" not in told(found([*startups(30), *paused, *MENTORS[20:]]))


def test_fewer_interactions_than_the_live_model_read_are_of_another_database():
    happened = [("s0", "m0", Type.SHOWN, 3)] * 40
    lost = {
        n: told(found([startup("s0"), *MENTORS], live(interactions=n), happened)).get("interactions_dropped")
        for n in (49, 50, 79, 80)
    }
    assert lost == {49: None, 50: "warning", 79: "warning", 80: "error"}


def test_the_share_of_lost_interactions_is_told():
    finding = found([startup("s0"), *MENTORS], live(interactions=100))[-1]
    assert (finding.code, finding.facts) == (
        "interactions_dropped",
        {"before": 100, "interactions": 0, "share": 1.0},
    )


def test_counts_are_told_where_all_is_well():
    (finding,) = found([*startups(2), *MENTORS, investor("i0")])
    assert finding.code == "profiles_ok"
    assert finding.facts == {"counts": {"startup": 2, "mentor": 30, "investor": 1}}
