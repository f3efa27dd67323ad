"""Events by row, as the checks look at them."""

import numpy as np

from matcher.interactions import InteractionType as Type
from tests.matcher.worlds import mentor
from tests.training.weekly.checks.worlds import TODAY, seen, startups

WHO = [*startups(5), mentor("m"), mentor("n")]


def test_events_name_the_rows_of_their_profiles():
    evidence = seen(WHO, [("s3", "n", Type.MET, 2), ("s0", "m", Type.RATED, 1)])
    assert evidence.events.startups.tolist() == [3, 0]
    assert evidence.events.partners.tolist() == [6, 5]
    assert evidence.events.days.tolist() == [TODAY - 2, TODAY - 1]
    assert evidence.events.values[1] == 5


def test_events_of_deleted_profiles_are_set_apart():
    evidence = seen(WHO, [("s3", "n", Type.MET, 2), ("gone", "n", Type.MET, 2), ("s1", "gone", Type.MET, 2)])
    assert evidence.deleted.tolist() == [False, True, True]
    assert len(evidence.events) == 1
    assert evidence.now.interactions == 3


def test_recent_days_end_with_yesterday():
    evidence = seen(WHO, [("s0", "m", Type.MET, ago) for ago in (0, 1, 7, 8)])
    assert evidence.recent(7).days.tolist() == [TODAY - 1, TODAY - 7]


def test_only_events_of_a_pair_share_its_number():
    events = seen(
        WHO, [("s0", "m", Type.MET, 1), ("s0", "m", Type.RATED, 5), ("s0", "n", Type.MET, 1)]
    ).events
    one, same, other = events.pairs.tolist()
    assert one == same != other


def test_thinned_events_keep_whole_pairs():
    people = [*startups(40), *(mentor(f"m{n}") for n in range(40))]
    pairs = [(f"s{n % 40}", f"m{n * 7 % 40}") for n in range(1000)]
    events = seen(
        people, [(*pair, kind, 3) for pair in pairs for kind in (Type.REQUESTED, Type.ACCEPTED)]
    ).events
    some = events.thinned(500)
    assert 300 < len(some) < 700
    assert np.isin(events.pairs, some.pairs).sum() == len(some)
    assert events.thinned(2000) is events
