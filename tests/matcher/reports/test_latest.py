import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from matcher.reports.latest import NOWHERE, Entries, latest

Told = list[tuple[int, int]]
ENTRIES = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 6)), max_size=12)


def entries(told: Told) -> Entries:
    pairs, moments = np.array(told, np.int64).reshape(-1, 2).T
    return Entries(pairs, moments)


def test_the_latest_of_the_same_pair_at_or_before_the_moment() -> None:
    there = entries([(1, 10), (1, 20), (2, 15), (1, 30)])
    asked = entries([(1, 25), (1, 20), (1, 9), (2, 99), (3, 99)])
    assert latest(there, asked).tolist() == [1, 1, NOWHERE, 2, NOWHERE]


def test_nothing_there_or_nothing_asked() -> None:
    assert latest(entries([]), entries([(1, 1)])).tolist() == [NOWHERE]
    assert latest(entries([(1, 1)]), entries([])).tolist() == []


@given(ENTRIES, ENTRIES)
def test_it_is_what_looking_through_all_finds(there: Told, asked: Told) -> None:
    found = latest(entries(there), entries(asked))
    for (pair, moment), place in zip(asked, found.tolist(), strict=True):
        fitting = [(at, row) for row, (other, at) in enumerate(there) if other == pair and at <= moment]
        assert place == (max(fitting)[1] if fitting else NOWHERE)
