"""One holder for each name, whoever else tries, until it is released or shows no sign of life."""

import datetime as dt
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from multiprocessing.pool import Pool

import pytest

from matcher.errors import Conflict, InvalidInput
from matcher.leases import Lease
from matcher.store import Store
from tests.matcher.store.conftest import WORKERS
from tests.matcher.store.samples import NOW

MINUTE = dt.timedelta(minutes=1)
STALE_AFTER = 300.0


@dataclass
class Clock:
    now: dt.datetime = NOW

    def __call__(self) -> dt.datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def timed(url: str, clock: Clock) -> Iterator[Store]:
    store = Store(url, clock=clock)
    yield store
    store.close()


def test_a_lease_says_who_holds_it_since_when(timed: Store) -> None:
    assert timed.lease("retrain") is None
    lease = timed.acquire("retrain", "北方:17", stale_after_seconds=STALE_AFTER)
    assert lease == Lease(
        name="retrain", owner="北方:17", started_at=NOW, heartbeat_at=NOW, token=lease.token
    )
    assert timed.lease("retrain") == lease
    assert timed.lease("another") is None


def test_a_lease_carries_the_mark_of_its_holder(timed: Store) -> None:
    timed.acquire("retrain", "left", stale_after_seconds=STALE_AFTER, mark="boot/pid:[7]:17:4711")
    timed.acquire("bulk", "right", stale_after_seconds=STALE_AFTER)
    assert [lease and lease.mark for lease in map(timed.lease, ("retrain", "bulk"))] == [
        "boot/pid:[7]:17:4711",
        "",
    ]


def test_who_comes_second_is_told_who_holds_it_and_what_to_do(timed: Store, clock: Clock) -> None:
    lease = timed.acquire("retrain", "left:17", stale_after_seconds=STALE_AFTER)
    clock.now += 2 * MINUTE
    timed.beat(lease)
    clock.now += MINUTE
    with pytest.raises(Conflict) as caught:
        timed.acquire("retrain", "right:4", stale_after_seconds=STALE_AFTER)
    assert str(caught.value) == (
        "retrain is held by left:17 since 2024-05-01 08:30:00 UTC, last heartbeat 2024-05-01 08:32:00 UTC: "
        "wait until it ends; where nothing runs there any more, try again after 2024-05-01 08:37:00 UTC, "
        "when it may be taken over"
    )


def test_names_are_held_apart(timed: Store) -> None:
    timed.acquire("retrain", "left", stale_after_seconds=STALE_AFTER)
    timed.acquire("bulk", "right", stale_after_seconds=STALE_AFTER)
    assert [lease and lease.owner for lease in map(timed.lease, ("retrain", "bulk"))] == ["left", "right"]


def test_a_released_lease_is_anybodys(timed: Store) -> None:
    timed.release(timed.acquire("retrain", "left", stale_after_seconds=STALE_AFTER))
    assert timed.lease("retrain") is None
    assert timed.acquire("retrain", "right", stale_after_seconds=STALE_AFTER).owner == "right"


@pytest.mark.parametrize(("seconds", "is_free"), [(300, False), (300.000001, True)])
def test_a_lease_is_taken_over_only_when_its_heartbeat_is_older_than_that(
    timed: Store, clock: Clock, seconds: float, is_free: bool
) -> None:
    held = timed.acquire("retrain", "left", stale_after_seconds=STALE_AFTER)
    clock.now += MINUTE
    held = timed.beat(held)
    clock.now += dt.timedelta(seconds=seconds)
    if is_free:
        taken = timed.acquire("retrain", "right", stale_after_seconds=STALE_AFTER)
        assert (taken.owner, taken.started_at, timed.lease("retrain")) == ("right", clock.now, taken)
        assert taken.token != held.token
    else:
        with pytest.raises(Conflict):
            timed.acquire("retrain", "right", stale_after_seconds=STALE_AFTER)
        assert timed.lease("retrain") == held


def test_who_was_taken_over_is_told_so_and_cannot_touch_the_lease(timed: Store, clock: Clock) -> None:
    before = timed.acquire("retrain", "left", stale_after_seconds=STALE_AFTER)
    clock.now += 6 * MINUTE
    after = timed.acquire("retrain", "left", stale_after_seconds=STALE_AFTER)  # its own successor is another
    said = "left no longer holds retrain: left took it over at 2024-05-01 08:36:00 UTC; stop this work"
    for work in (timed.beat, timed.release):
        with pytest.raises(Conflict) as caught:
            work(before)
        assert str(caught.value) == said
    assert timed.lease("retrain") == after


def test_a_released_lease_cannot_be_released_again(timed: Store) -> None:
    lease = timed.acquire("retrain", "left", stale_after_seconds=STALE_AFTER)
    timed.release(lease)
    with pytest.raises(Conflict, match="it was released; stop"):
        timed.release(lease)


def test_a_late_heartbeat_of_a_holder_that_nobody_took_over_counts(timed: Store, clock: Clock) -> None:
    lease = timed.acquire("retrain", "left", stale_after_seconds=STALE_AFTER)
    clock.now += 60 * MINUTE
    assert timed.beat(lease).heartbeat_at == clock.now
    with pytest.raises(Conflict):
        timed.acquire("retrain", "right", stale_after_seconds=STALE_AFTER)


@pytest.mark.parametrize("seconds", [0, -1, float("nan")])
def test_a_lease_that_would_be_stale_at_once_is_refused(timed: Store, seconds: float) -> None:
    with pytest.raises(InvalidInput, match="stale_after_seconds"):
        timed.acquire("retrain", "left", stale_after_seconds=seconds)


def attempt(store: Store, owner: str) -> int:
    try:
        store.acquire("retrain", owner, stale_after_seconds=STALE_AFTER)
    except Conflict:
        return 0
    return 1


def attempt_elsewhere(url: str, owner: int) -> int:
    store = Store(url, clock=lambda: NOW)
    try:
        return attempt(store, str(owner))
    finally:
        store.close()


def test_of_many_threads_and_processes_one_gets_it(timed: Store, url: str, processes: Pool) -> None:
    assert sum(processes.map(partial(attempt_elsewhere, url), range(WORKERS), chunksize=1)) == 1
    with ThreadPoolExecutor(8) as threads:
        assert sum(threads.map(partial(attempt, timed), map(str, range(8)))) == 0


def test_of_many_who_take_over_at_once_one_gets_it(timed: Store, clock: Clock) -> None:
    timed.acquire("retrain", "gone", stale_after_seconds=STALE_AFTER)
    clock.now += 6 * MINUTE
    with ThreadPoolExecutor(8) as threads:
        assert sum(threads.map(partial(attempt, timed), map(str, range(8)))) == 1
