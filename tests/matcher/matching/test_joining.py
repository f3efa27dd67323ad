"""Several pools as one: whoever counts stands in it once, with everything that was known of them."""

from collections.abc import Mapping, Sequence

import numpy as np

from matcher.matching.joining import joined
from matcher.matching.pool import Pool
from matcher.profiles import Profile, Role, Status
from tests.matcher.worlds import mentor, snapshot_of

LARGE = (
    mentor("b", name="Lin Mu", status=Status.PAUSED, capacity=2),
    mentor("d", organisation="south", shared=True, exclude=("s1",), name="云杉"),
    mentor("e", conflicts=("s2", "Blue Kiln")),
)
FRESH = (mentor("a", deploying=False), mentor("c", name="Lin Mu", exclude=("s1",)))


def pool_of(*people: Profile) -> Pool:
    return snapshot_of(people).pools[Role.MENTOR][0]


def lists(mapping: Mapping[str, Sequence[int]]) -> dict[str, list[int]]:
    return {name: sorted(rows) for name, rows in mapping.items()}


def assert_equal(one: Pool, other: Pool) -> None:
    assert [profile.key for profile in one.profiles] == [profile.key for profile in other.profiles]
    assert list(one.keys.terms) == list(other.keys.terms)
    owners = [[pool.organisations.terms[row] for row in pool.owners] for pool in (one, other)]
    assert owners[0] == owners[1]
    for mine, theirs in (
        (one.present, other.present),
        (one.active, other.active),
        (one.deploying, other.deploying),
        (one.shared, other.shared),
        (one.room, other.room),
        (one.table.amounts, other.table.amounts),
    ):
        assert np.array_equal(mine, theirs, equal_nan=mine.dtype.kind == "f")
    assert lists(one.names) == lists(other.names)
    assert lists(one.refusals) == lists(other.refusals)


def test_two_pools_become_the_one_that_holds_them_all():
    assert_equal(joined([pool_of(*LARGE), pool_of(*FRESH)]), pool_of(*LARGE, *FRESH))


def test_who_counts_no_more_is_left_out_and_so_are_their_names():
    large = pool_of(*LARGE).without(["north:b", "north:e"])

    together = joined([large, pool_of(*FRESH)])

    assert_equal(together, pool_of(LARGE[1], *FRESH))


def test_one_pool_in_which_all_count_is_left_as_it_is():
    pool, empty = pool_of(*LARGE), pool_of()

    assert joined([pool]) is pool
    assert joined([pool, empty]) is pool
    assert joined([empty.without([]), pool]) is pool
    assert joined([pool, pool_of(FRESH[0]).without(["north:a"])]) is pool


def test_nobody_and_nobody_is_nobody():
    assert len(joined([pool_of(), pool_of()])) == 0
    assert len(joined([pool_of(FRESH[0]).without(["north:a"])])) == 0
