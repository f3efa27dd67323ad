"""What changes in the lists: overlap, movers with reasons, exposure."""

import pytest

from matcher.matching.snapshot import Snapshot
from matcher.profiles import Role, Status
from tests.matcher.worlds import checkerboard, event, investor, mentor, snapshot_of, startup, trained_on
from training.weekly.changes import (
    Listed,
    changed,
    exposed,
    lists_of,
    mean_overlap,
    median_milliseconds,
    overlap,
    partners_of,
    startups_of,
)
from training.weekly.record import ShownPartner

PEOPLE = [startup("s"), startup("t"), *(investor(f"i{n}") for n in range(4))]


@pytest.fixture(scope="module")
def snapshot() -> Snapshot:
    return snapshot_of(PEOPLE)


def listed(names: str, id_: str = "s") -> Listed:
    """ "0 1" → the list i0, i1."""
    return Listed(startup(id_), tuple(f"north:i{name}" for name in names.split()))


def test_overlap_is_the_share_of_the_longer_list_that_both_name():
    assert overlap(listed("0 1 2 3"), listed("3 2 9 8")) == 0.5
    assert overlap(listed("0 1 2 3"), listed("0")) == overlap(listed("0"), listed("0 1 2 3")) == 0.25
    assert overlap(listed("0"), listed("1")) == 0.0


def test_two_empty_lists_are_the_same_and_an_empty_one_is_like_no_other():
    assert overlap(listed(""), listed("")) == 1.0
    assert overlap(listed(""), listed("0")) == 0.0


def test_the_mean_overlap_is_taken_list_by_list_and_is_1_of_none():
    assert mean_overlap([listed("0"), listed("1")], [listed("0"), listed("2")]) == 0.5
    assert mean_overlap([], []) == 1.0


def test_a_list_takes_time_and_no_list_takes_none(snapshot: Snapshot):
    assert median_milliseconds(snapshot, Role.INVESTOR) > 0
    assert median_milliseconds(snapshot_of([investor("i")]), Role.INVESTOR) == 0.0


def test_the_histogram_counts_lists_by_what_they_share(snapshot: Snapshot):
    before = [listed("0 1"), listed("0 1", "t"), listed("", "t")]
    after = [listed("0 1"), listed("1 2", "t"), listed("", "t")]

    found = changed(before, after, snapshot, Role.INVESTOR)

    assert found.histogram == (0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 2)
    assert found.overlap == pytest.approx((1 + 0.5 + 1) / 3)


def test_the_partner_whose_place_changed_most_is_a_startups_mover(snapshot: Snapshot):
    found = changed([listed("0 1 2 3")], [listed("0 3 1 2")], snapshot, Role.INVESTOR)

    (mover,) = found.movers
    assert (mover.query, mover.name) == ("s", "Name of s")
    assert (mover.partner, mover.partner_name, mover.before, mover.after) == ("i3", "Name of i3", 4, 2)


def test_who_was_not_in_the_list_came_from_the_eleventh_place(snapshot: Snapshot):
    (mover,) = changed([listed("0 1")], [listed("2 1")], snapshot, Role.INVESTOR).movers

    assert (mover.partner, mover.before, mover.after) == ("i2", None, 1)


def test_of_two_that_moved_as_far_the_one_that_now_stands_higher_is_told(snapshot: Snapshot):
    (mover,) = changed([listed("0 1")], [listed("1 0")], snapshot, Role.INVESTOR).movers

    assert (mover.partner, mover.before, mover.after) == ("i1", 2, 1)


def test_movers_come_by_distance_and_of_equals_by_startup(snapshot: Snapshot):
    before = [listed("0 1 2", "t"), listed("0 1", "s"), listed("", "s")]
    after = [listed("1 0 2", "t"), listed("1 0", "s"), listed("3", "s")]

    movers = changed(before, after, snapshot, Role.INVESTOR).movers

    assert [(one.query, one.partner) for one in movers] == [("s", "i3"), ("s", "i1"), ("t", "i1")]


def test_who_stands_where_it_stood_is_no_mover(snapshot: Snapshot):
    assert changed([listed("0 1")], [listed("0 1")], snapshot, Role.INVESTOR).movers == ()
    assert changed([listed("0 1")], [listed("0")], snapshot, Role.INVESTOR).movers == ()
    assert changed([], [], snapshot, Role.INVESTOR).movers == ()


def test_ten_movers_are_told_of_more(snapshot: Snapshot):
    before, after = [listed("0 1")] * 12, [listed("1 0")] * 12

    assert len(changed(before, after, snapshot, Role.INVESTOR).movers) == 10


def test_a_mover_comes_with_reasons_in_both_languages():
    people, events = checkerboard(each=3)
    snapshot = snapshot_of(people, events, trained_on(people, events))
    cold = next(profile for profile in people if profile.id == "cold-alpha")
    after = lists_of(snapshot, [cold], Role.INVESTOR)
    before = [Listed(cold, ())]

    (mover,) = changed(before, after, snapshot, Role.INVESTOR).movers

    assert mover.partner in {f"i{n}" for n in range(5)}
    assert 1 <= len(mover.reasons) <= 3
    assert any("alpha" in told.en and "alpha" in told.zh for told in mover.reasons)
    assert all(told.en != told.zh for told in mover.reasons)


def test_exposure_counts_how_often_each_partner_is_shown_before_and_after():
    names = {f"north:i{n}": f"Name of i{n}" for n in range(4)}
    found = exposed([listed("0 1"), listed("0 2")], [listed("1 2"), listed("1")], names)

    assert found.most_shown == (
        ShownPartner("north:i1", "Name of i1", before=1, after=2),
        ShownPartner("north:i2", "Name of i2", before=1, after=1),
    )
    assert found.never_shown == 2
    assert (found.gini_before, found.gini_after) == (pytest.approx(3 / 8), pytest.approx(7 / 12))
    assert (found.lorenz_before[50], found.lorenz_after[50]) == (pytest.approx(1 / 4), 0.0)


def test_of_partners_that_are_shown_as_often_the_first_ten_by_key_are_told():
    names = {f"north:i{n}": "" for n in range(12)}
    everyone = [listed(" ".join(str(n) for n in range(12)))]

    assert [one.key for one in exposed([], everyone, names).most_shown] == sorted(names)[:10]


def test_where_nobody_is_shown_exposure_is_even_and_has_no_curve():
    found = exposed([], [], {"north:i0": ""})

    assert (found.gini_before, found.gini_after, found.never_shown) == (0.0, 0.0, 1)
    assert (found.most_shown, found.lorenz_after) == ((), ())


def test_lists_of_ten_are_made_for_each_startup():
    people = [startup("s"), startup("t"), *(investor(f"i{n:02}") for n in range(12)), mentor("m")]
    snapshot = snapshot_of(people, [event("s", "i00")])

    one, other = lists_of(snapshot, people[:2], Role.INVESTOR)

    assert [one.query.id, other.query.id] == ["s", "t"]
    assert one.keys == tuple(f"north:i{n:02}" for n in range(1, 11))
    assert other.keys == tuple(f"north:i{n:02}" for n in range(10))
    assert one.places["north:i01"] == 1
    assert lists_of(snapshot, people[:1], Role.MENTOR)[0].keys == ("north:m",)


def test_active_startups_are_asked_about_in_order_and_evenly_where_there_are_too_many():
    people = [startup(f"s{n}") for n in range(9)] + [startup("paused", status=Status.PAUSED), investor("i")]
    snapshot = snapshot_of(people)

    assert [one.id for one in startups_of(snapshot)] == [f"s{n}" for n in range(9)]
    assert [one.id for one in startups_of(snapshot, most=3)] == ["s0", "s4", "s8"]
    assert startups_of(snapshot_of([investor("i")])) == []


def test_partners_are_named_by_role():
    assert partners_of(snapshot_of([startup("s"), investor("i"), mentor("m")])) == {
        Role.INVESTOR: {"north:i": "Name of i"},
        Role.MENTOR: {"north:m": "Name of m"},
    }
