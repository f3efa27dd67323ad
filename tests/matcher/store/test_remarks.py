"""What members say of a pair: taken back for a while, then on record once."""

import datetime as dt
from collections.abc import Iterator

import pytest

from matcher.cohorts.introducing.introduction import Side
from matcher.errors import Conflict, InvalidInput, NotFound
from matcher.interactions import TYPES
from matcher.remarks import WHILE, Remark, RemarkKind
from matcher.store import Store
from tests.matcher.store.runs_at_hand import Clock
from tests.matcher.store.samples import NOW, mentor, startup


@pytest.fixture
def clock() -> Clock:
    return Clock(NOW)


@pytest.fixture
def north(url: str, clock: Clock) -> Iterator[Store]:
    store = Store(url, clock=clock)
    store.add_organisation("north")
    store.put_profiles([startup("s1"), startup("s2"), mentor("m1")])
    yield store
    store.close()


def dismissal(at: dt.datetime = NOW, **given: object) -> Remark:
    told = {"organisation": "north", "startup_key": "north:s1", "partner_key": "north:m1", "text": "no"}
    kind = {"side": Side.STARTUP, "kind": RemarkKind.DISMISSED, "at": at, "request_id": "list-1"}
    return Remark(**{**told, **kind, **given})  # type: ignore[arg-type]


def rating(value: float | None, **given: object) -> Remark:
    return dismissal(kind=RemarkKind.RATED, introduction="i1", value=value, **given)


def on_record(store: Store) -> list[str]:
    return [TYPES[code].value for code in store.interactions().types]


def test_a_remark_becomes_an_interaction_once_it_cannot_be_taken_back(north: Store, clock: Clock) -> None:
    kept = north.remarks.put(dismissal())
    clock.now = NOW + WHILE - dt.timedelta(seconds=1)
    assert (north.remarks.record(), on_record(north)) == (0, [])
    clock.now = NOW + WHILE
    assert (north.remarks.record(), north.remarks.record()) == (1, 0)
    assert on_record(north) == ["dismissed"]
    assert list(north.feedback(NOW, NOW).responses.requests) == ["list-1"]
    [told] = north.remarks.of("north", "s1")
    assert (told.number, told.text, told.recorded_at) == (kept.number, "no", NOW + WHILE)


def test_said_again_it_is_one_remark_with_the_new_words(north: Store) -> None:
    first = north.remarks.put(dismissal())
    second = north.remarks.put(dismissal(NOW + dt.timedelta(minutes=1), text="never"))
    assert second.number == first.number
    assert [each.text for each in north.remarks.of("north", "s1")] == ["never"]


def test_what_is_taken_back_leaves_nothing(north: Store, clock: Clock) -> None:
    kept = north.remarks.put(dismissal())
    assert north.remarks.take_back("north", "s1", kept.number) == kept
    clock.now = NOW + WHILE
    assert (north.remarks.record(), on_record(north)) == (0, [])
    with pytest.raises(NotFound):
        north.remarks.take_back("north", "s1", kept.number)


def test_another_members_remark_is_not_theirs_to_take_back(north: Store) -> None:
    kept = north.remarks.put(dismissal())
    for member in ("s2", "m1"):
        with pytest.raises(NotFound):
            north.remarks.take_back("north", member, kept.number)
    assert north.remarks.of("north", "m1") == []


def test_what_is_on_record_stays(north: Store, clock: Clock) -> None:
    kept = north.remarks.put(dismissal())
    clock.now = NOW + WHILE
    north.remarks.record()
    with pytest.raises(Conflict, match="on record"):
        north.remarks.take_back("north", "s1", kept.number)
    with pytest.raises(Conflict, match="on record"):
        north.remarks.put(dismissal(clock.now))


def test_a_rating_is_from_1_to_5(north: Store) -> None:
    for value in (None, 0, 6, float("nan")):
        with pytest.raises(InvalidInput):
            rating(value)
    assert north.remarks.put(rating(4)).value == 4


def test_texts_that_are_too_long_or_cannot_be_kept_are_refused(north: Store) -> None:
    with pytest.raises(InvalidInput):
        dismissal(text="x" * 1001)
    with pytest.raises(InvalidInput):
        north.remarks.put(dismissal(text="\ud800"))


def test_of_a_deleted_profile_no_remark_is_left_and_the_others_go_on_record(
    north: Store, clock: Clock
) -> None:
    north.remarks.put(dismissal())
    north.delete_profile("north", "m1")
    clock.now = NOW + WHILE
    assert north.remarks.of("north", "s1") == []
    assert north.remarks.record() == 0
