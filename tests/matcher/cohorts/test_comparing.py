"""Two runs side by side."""

from dataclasses import replace

from matcher.cohorts.comparing import compared
from tests.matcher.store.runs import result


def test_what_is_kept_dropped_and_added_is_told_for_each_startup() -> None:
    first = result(("s1", "m1"), ("s1", "m2"), ("s2", "m1"))
    second = result(("s1", "m1"), ("s1", "m3"), ("s2", "m1"), ("s3", "m2"))
    found = compared(first, replace(second, summary=replace(second.summary, total=2.0, met=3, worst=0.4)))
    assert found.kept == 2
    assert (found.dropped, found.added) == ((("s1", "m2"),), (("s1", "m3"), ("s3", "m2")))
    assert (found.total, found.met, round(found.worst, 9)) == (1.5, 2, -0.1)
    told = [(each.startup_id, each.dropped, each.added, each.difference) for each in found.startups]
    assert told == [("s1", ("m2",), ("m3",), 0.0), ("s3", (), ("m2",), 0.5)]


def test_a_run_is_like_itself() -> None:
    one = result(("s1", "m1"))
    found = compared(one, one)
    assert (found.kept, found.dropped, found.added, found.startups, found.total) == (1, (), (), (), 0.0)
