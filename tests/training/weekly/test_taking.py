"""A lease of a killed run is free at once on the machine where it ran, and nowhere else."""

import os
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from matcher.errors import Conflict
from matcher.leases import Lease
from matcher.store import Store
from training.weekly.holders import mark_of
from training.weekly.keeping import STALE_SECONDS, kept, taken


def held_by_a_killed_run(store: Store) -> Lease:
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as process:
        lease = store.acquire(
            "retrain", "killed", stale_after_seconds=STALE_SECONDS, mark=mark_of(process.pid)
        )
        process.kill()
    return lease


def test_a_free_lease_is_taken_with_the_mark_of_this_process(new_store: Callable[[], Store]):
    lease = taken(new_store(), "retrain", "me")

    assert (lease.owner, lease.mark) == ("me", mark_of(os.getpid()))


def test_the_lease_of_a_killed_run_is_taken_over_at_once(new_store: Callable[[], Store]):
    store = new_store()
    before = held_by_a_killed_run(store)

    after = taken(store, "retrain", "me")

    assert (store.lease("retrain"), after.owner) == (after, "me")
    with pytest.raises(Conflict, match="me took it over"):
        store.beat(before)


def test_the_lease_of_who_lives_is_not(new_store: Callable[[], Store]):
    store = new_store()
    taken(store, "retrain", "another")

    with pytest.raises(Conflict, match="held by another"):
        taken(store, "retrain", "me")


def test_nor_that_of_another_machine(new_store: Callable[[], Store]):
    store = new_store()
    mark = f"there/pid:[1]/time:[1]:{os.getpid()}:1"
    store.acquire("retrain", "elsewhere", stale_after_seconds=STALE_SECONDS, mark=mark)

    with pytest.raises(Conflict, match="held by elsewhere"):
        taken(store, "retrain", "me")


def test_of_many_who_find_it_so_one_gets_it(new_store: Callable[[], Store]):
    store = new_store()
    held_by_a_killed_run(store)

    def attempt(name: str) -> int:
        try:
            return len([taken(store, "retrain", name)])
        except Conflict:
            return 0

    with ThreadPoolExecutor(8) as threads:
        assert sum(threads.map(attempt, map(str, range(8)))) == 1


def test_what_is_kept_is_released_at_the_end(new_store: Callable[[], Store]):
    store = new_store()
    with kept(store, taken(store, "retrain", "me")):
        assert store.lease("retrain") is not None

    assert store.lease("retrain") is None
