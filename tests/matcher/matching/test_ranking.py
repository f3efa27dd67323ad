import numpy as np
import pytest

from matcher.matching.eligibility import Request
from matcher.matching.pool import EXHAUSTIVE
from matcher.matching.ranking import Question, best_first, candidate_at, eligible, place_of, question, rank
from matcher.matching.snapshot import Snapshot
from matcher.profiles import Profile, Role
from tests.matcher.matching.serving import NO_FILTERS
from tests.matcher.worlds import ORGANISATION, mentor, snapshot_of, startup

QUERY = startup("s", description="laser optics")
MENTORS = [mentor(f"m{n}", description=("laser optics", "laser", "dentist", "")[n % 4]) for n in range(12)]


def asking(*people: Profile, query: Profile = QUERY) -> Question:
    return asked_of(snapshot_of([query, *people]), query)


def asked_of(snapshot: Snapshot, query: Profile) -> Question:
    return question(snapshot, Request(ORGANISATION, query, np.inf, NO_FILTERS), Role.MENTOR)


def test_the_best_come_first_and_ties_by_key():
    ranking = rank(asking(*MENTORS), 12)

    ids = [candidate.key.partition(":")[2] for candidate in ranking.best]
    assert ids[:3] == ["m0", "m4", "m8"]
    assert ids[3:6] == ["m1", "m5", "m9"]


@pytest.mark.parametrize("k", [1, 2, 5, 11])
def test_a_shorter_list_is_the_beginning_of_a_longer_one(k: int):
    asked = asking(*MENTORS)

    assert [c.key for c in rank(asked, k).best] == [c.key for c in rank(asked, 12).best][:k]


def test_what_is_tied_at_the_cut_goes_by_key_and_not_by_row():
    people = [mentor(id_, description="laser") for id_ in ("c", "a", "b")]

    assert [c.key for c in rank(asking(*people), 2).best] == ["north:a", "north:b"]


def test_ties_at_the_cut_go_by_key_among_thousands_too():
    same = [mentor(f"m{n:05}", description="laser") for n in range(EXHAUSTIVE + 200)]
    asked = asking(*same)

    best = rank(asked, 3).best

    assert len({candidate.score for candidate in best}) == 1
    assert [candidate.key for candidate in best] == ["north:m00000", "north:m00001", "north:m00002"]


def test_everybody_s_place_is_the_place_in_the_whole_list():
    asked = asking(*MENTORS)
    rivals = eligible(asked)

    places = [place_of(candidate, rivals) for candidate in rank(asked, 12).best]

    assert places == list(range(1, 13))


def test_a_candidate_scores_the_same_wherever_it_is_looked_at():
    asked = asking(*MENTORS)
    [pool] = asked.pools

    for candidate in rank(asked, 12).best:
        alone = candidate_at(asked, pool, candidate.row)
        assert alone.score == candidate.score
        assert alone.signals.tobytes() == candidate.signals.tobytes()


def test_sorting_does_not_depend_on_the_order_given():
    found = rank(asking(*MENTORS), 12).best

    assert best_first(found[::-1]) == best_first(found)
