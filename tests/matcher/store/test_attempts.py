"""Tries that several workers count together."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor

from matcher.attempts import FORGOTTEN_AFTER, at_most, doubling
from matcher.store import Store
from tests.matcher.store.samples import NOW

MINUTE = dt.timedelta(minutes=1)


def test_a_key_has_its_tries_and_then_a_pause(store: Store):
    begun = [store.attempts.begin("k", doubling, NOW) for _ in range(7)]
    assert begun == [None] * 5 + [NOW + MINUTE] * 2
    assert store.attempts.begin("other", doubling, NOW) is None


def test_success_forgets_the_tries(store: Store):
    for _ in range(5):
        store.attempts.begin("k", doubling, NOW)
    store.attempts.clear("k")
    assert store.attempts.begin("k", doubling, NOW) is None


def test_many_at_once_are_counted_one_by_one(store: Store):
    with ThreadPoolExecutor(8) as many:
        begun = list(many.map(lambda _: store.attempts.begin("k", doubling, NOW), range(16)))
    assert begun.count(None) == 5


def test_after_the_pause_there_is_one_more_and_a_longer_pause(store: Store):
    for _ in range(5):
        store.attempts.begin("k", doubling, NOW)
    again = [store.attempts.begin("k", doubling, NOW + MINUTE) for _ in range(2)]
    assert again == [None, NOW + 3 * MINUTE]


def test_a_window_of_tries_ends_by_itself(store: Store):
    rule = at_most(2, MINUTE)
    assert [store.attempts.begin("k", rule, NOW) for _ in range(3)] == [None, None, NOW + MINUTE]
    assert store.attempts.begin("k", rule, NOW + MINUTE) is None


def test_old_tries_are_deleted(store: Store):
    for _ in range(5):
        store.attempts.begin("k", doubling, NOW)
    later = NOW + 3 * FORGOTTEN_AFTER
    store.attempts.begin("other", doubling, later)
    assert [store.attempts.begin("k", doubling, later) for _ in range(5)] == [None] * 5
