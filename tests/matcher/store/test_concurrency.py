"""Several processes write at once: no write is lost, no reader misses one, nobody is told "locked"."""

from concurrent.futures import ThreadPoolExecutor
from functools import partial
from multiprocessing.pool import Pool
from threading import Event

import numpy as np

from matcher.store import Store
from tests.matcher.store.conftest import WORKERS
from tests.matcher.store.samples import mentor, met, startup

WRITES = 15


def write(url: str, writer: int) -> list[int]:
    """Put, read, append: each in its own transaction. The revisions seen after each."""
    store = Store(url)
    seen = []
    for number in range(WRITES):
        name = f"s{writer}-{number}"
        store.put_profiles([startup(name), mentor("everyones", capacity=writer * WRITES + number)])
        seen.append(store.revision())
        store.add_interactions([met(name, "m1")])
        store.put_vectors("e", {b"same": np.zeros(2), name.encode(): np.ones(2)})
        seen.append(store.revision())
    store.close()
    return seen


def follow(store: Store, all_written: Event) -> list[str]:
    """The startups of new interactions as a service is told of them, revision after revision."""
    revision, seen, last = 0, [], False
    while not last:
        last = all_written.is_set()
        changes = store.changes_since(revision)
        assert changes.revision >= revision
        revision = changes.revision
        seen += changes.interactions.startups.tolist()
    return seen


def test_writers_in_several_processes_lose_nothing_and_readers_miss_nothing(
    store: Store, url: str, processes: Pool
) -> None:
    store.put_profiles([mentor("m1")])
    names = [f"s{writer}-{number}" for writer in range(WORKERS) for number in range(WRITES)]
    all_written = Event()
    with ThreadPoolExecutor() as threads:
        reader = threads.submit(follow, store, all_written)
        try:
            seen = processes.map(partial(write, url), range(WORKERS), chunksize=1)
        finally:
            all_written.set()
        followed = reader.result()
    assert sorted(followed) == sorted(f"north:{name}" for name in names)
    assert [profile.id for profile in store.profiles() if profile.id.startswith("s")] == sorted(names)
    assert all(np.diff(revisions).min() > 0 for revisions in seen)
    assert store.revision() == 1 + 2 * len(names)
    assert len(store.vectors("e", [b"same", *(name.encode() for name in names)])) == 1 + len(names)


def test_threads_may_share_a_store(store: Store) -> None:
    store.put_profiles([mentor("m1")])
    names = [f"s{number}" for number in range(40)]
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(lambda name: store.put_profiles([startup(name)]), names))
    assert store.revision() == 1 + len(names)
    assert len(list(store.profiles())) == 1 + len(names)
