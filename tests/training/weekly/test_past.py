"""The store of a day of the past, as a snapshot reads it."""

import numpy as np

from tests.matcher.worlds import VectorMemory, event, investor, ordered, startup
from training.weekly.past import PastStore

PEOPLE = [investor("i"), startup("s")]
EVENTS = ordered([event("s", "i", days_ago=days) for days in (30, 20)])


def test_everything_came_with_its_one_revision():
    store = PastStore(PEOPLE, EVENTS, VectorMemory())

    changes = store.changes_since(0)

    assert changes.revision == store.revision()
    assert list(changes.profiles) == PEOPLE
    assert list(changes.removed) == []
    assert changes.interactions.days.tolist() == EVENTS.days.tolist()


def test_nothing_happens_after_it():
    store = PastStore(PEOPLE, EVENTS, VectorMemory())

    changes = store.changes_since(store.revision())

    assert (changes.revision, list(changes.profiles), len(changes.interactions)) == (store.revision(), [], 0)


def test_vectors_are_those_of_the_real_store():
    memory = VectorMemory()
    PastStore([], ordered([]), memory).put_vectors("words", {b"h": np.ones(2, np.float16)})

    assert memory.vectors("words", [b"h"])[b"h"].tolist() == [1, 1]
    assert PastStore([], ordered([]), memory).vectors("words", [b"h", b"other"]).keys() == {b"h"}
