"""What was shown is kept beside what was said to it, whatever becomes of the profiles."""

import datetime as dt
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from matcher.errors import InvalidInput, NotFound
from matcher.interactions import TYPES, InteractionType
from matcher.shown import RESPONSES, Feedback, ShownList
from matcher.store import Counts, Store
from matcher.store.bulk import CHUNK
from tests.matcher.store.samples import NOW, investor, mentor, met, startup

HOUR = dt.timedelta(hours=1)
LATER = NOW + dt.timedelta(days=365)


@pytest.fixture(autouse=True)
def _world(store: Store) -> None:
    people = [startup("s1"), startup("s2"), mentor("m1"), mentor("m2"), startup("s9", organisation="south")]
    store.put_profiles([*people, investor("fund", organisation="south", shared=True)])


def shown(*partners: str, **fields: Any) -> ShownList:
    """A list that north served to its startup s1 under the request r1."""
    given = {"request_id": "r1", "organisation": "north", "query_key": "north:s1", "role": "partner"}
    given |= {"model_version": "v1", "at": NOW, "scores": (0.5,) * len(partners)}
    return ShownList(partners=partners, **(given | fields))


def lines(found: Feedback) -> list[tuple[object, ...]]:
    """Each shown line: request, organisation, version, whose list, position, who, in what role."""
    people, lists = found.people, found.shown
    places = zip(lists.lists.tolist(), lists.positions.tolist(), lists.partners.tolist(), strict=True)
    return [
        (
            lists.requests[row],
            lists.organisations[row],
            lists.versions[row],
            people.keys[lists.queries[row]],
            position,
            people.keys[partner],
            people.roles[partner],
        )
        for row, position, partner in places
    ]


def responses(found: Feedback) -> list[tuple[object, ...]]:
    """Each response: the request it names, startup, partner, type."""
    said, keys = found.responses, found.people.keys
    rows = zip(said.requests, keys[said.startups], keys[said.partners], said.types, strict=True)
    return [(request, startup, partner, str(TYPES[code])) for request, startup, partner, code in rows]


def test_lines_come_back_in_their_order_with_who_was_shown(store: Store) -> None:
    store.add_shown([shown("south:fund", "north:m2"), shown(request_id="r2", at=NOW + HOUR)])
    found = store.feedback(NOW, LATER)
    assert lines(found) == [
        ("r1", "north", "v1", "north:s1", 1, "south:fund", "investor"),
        ("r1", "north", "v1", "north:s1", 2, "north:m2", "mentor"),
    ]
    assert list(found.shown.requests) == ["r1", "r2"]  # an empty list was shown too
    assert np.diff(found.shown.moments).tolist() == [3600 * 1_000_000]


def test_a_partners_list_shows_startups(store: Store) -> None:
    store.add_shown([shown("north:s2", query_key="north:m1", role="startup")])
    assert lines(store.feedback(NOW, LATER)) == [("r1", "north", "v1", "north:m1", 1, "north:s2", "startup")]


def test_nothing_shown_and_nothing_said_are_empty(store: Store) -> None:
    found = store.feedback(NOW, LATER)
    assert (lines(found), responses(found), len(found.people.keys)) == ([], [], 0)
    store.add_shown([])
    assert len(store.feedback(NOW, LATER).shown.requests) == 0


def test_lists_come_oldest_first_from_the_first_moment_to_before_the_last(store: Store) -> None:
    store.add_shown([shown(request_id=str(n), at=NOW + n * HOUR) for n in (2, 0, 3, 1)])
    found = store.feedback(NOW + HOUR, NOW + 3 * HOUR)
    assert list(found.shown.requests) == ["1", "2"]


def test_responses_come_with_the_request_that_they_name(store: Store) -> None:
    types = [*RESPONSES, InteractionType.VIEWED, InteractionType.SHOWN]
    events = [met("s1", "m1", type=kind, at=NOW + n * HOUR) for n, kind in enumerate(types)]
    events += [met("s2", "south:fund", at=LATER, request_id="r1"), met("s2", "m2", at=NOW - HOUR)]
    store.add_interactions(events)
    found = store.feedback(NOW, NOW + HOUR)
    assert responses(found) == [
        *(("", "north:s1", "north:m1", str(kind)) for kind in RESPONSES),
        ("r1", "north:s2", "south:fund", "met"),
    ]


def test_the_request_is_no_part_of_what_tells_events_apart(store: Store) -> None:
    assert store.add_interactions([met("s1", "m1", request_id="r1")]) == Counts(added=1)
    assert store.add_interactions([met("s1", "m1")]) == Counts(unchanged=1)
    assert responses(store.feedback(NOW, LATER)) == [("r1", "north:s1", "north:m1", "met")]


@pytest.mark.parametrize("request_id", ["a b", "x" * 65, "编号", "a\n"])
def test_what_no_answer_is_called_is_no_request(request_id: str) -> None:
    with pytest.raises(InvalidInput, match="request_id"):
        met("s1", "m1", request_id=request_id)


def test_an_organisation_gets_its_own_alone(store: Store) -> None:
    store.add_shown([shown("south:fund"), shown("south:fund", organisation="south", query_key="south:s9")])
    store.add_interactions([met("s1", "south:fund"), met("s9", "fund", organisation="south")])
    found = store.feedback(NOW, LATER, organisation="south")
    assert [line[:4] for line in lines(found)] == [("r1", "south", "v1", "south:s9")]
    assert responses(found) == [("", "south:s9", "south:fund", "met")]
    assert len(lines(store.feedback(NOW, LATER))) == len(responses(store.feedback(NOW, LATER))) == 2


def test_who_is_deleted_stays_in_what_was_shown_and_may_still_be_recorded(store: Store) -> None:
    store.add_shown([shown("north:m1", "north:m2")])
    store.add_interactions([met("s1", "m1", request_id="r1")])
    for name in ("m1", "s1"):
        store.delete_profile("north", name)
    store.add_shown([shown("north:m1", request_id="r2", at=NOW + HOUR)])
    found = store.feedback(NOW, LATER)
    assert [(line[0], line[5], line[6]) for line in lines(found)] == [
        ("r1", "north:m1", "mentor"),
        ("r1", "north:m2", "mentor"),
        ("r2", "north:m1", "mentor"),
    ]
    assert responses(found) == [("r1", "north:s1", "north:m1", "met")]


def test_an_organisation_that_was_never_there_is_refused_and_nothing_is_kept(store: Store) -> None:
    with pytest.raises(NotFound, match="west"):
        store.add_shown([shown("north:m1"), replace(shown("north:m1"), organisation="west")])
    assert lines(store.feedback(NOW, LATER)) == []


def test_of_whoever_was_erased_meanwhile_nothing_is_kept_and_of_the_others_everything(store: Store) -> None:
    both = shown("north:gone", "north:m1", scores=(0.5, 0.25))
    store.add_shown([replace(shown("north:m1"), query_key="north:gone"), both])
    assert lines(store.feedback(NOW, LATER)) == [("r1", "north", "v1", "north:s1", 1, "north:m1", "mentor")]


def test_a_list_has_a_score_for_each_and_a_moment() -> None:
    with pytest.raises(InvalidInput, match="scores"):
        shown("north:m1", scores=())
    with pytest.raises(InvalidInput, match="time zone"):
        shown("north:m1", at=NOW.replace(tzinfo=None))


def test_more_people_than_a_statement_takes_may_be_shown(store: Store) -> None:
    many = [mentor(f"x{n:04}") for n in range(CHUNK + 1)]
    store.put_profiles(many)
    store.add_shown([shown(*(partner.key for partner in many))])
    assert [line[5] for line in lines(store.feedback(NOW, LATER))] == [partner.key for partner in many]


def test_what_is_shown_is_no_change_to_what_matching_reads(store: Store) -> None:
    before = store.revision()
    store.add_shown([shown("north:m1")])
    assert store.revision() == before


def test_the_lists_on_record_under_a_request_are_known_by_whose_they_are(store: Store) -> None:
    store.add_shown([shown("north:m1"), shown(query_key="north:s2"), shown(request_id="r2")])

    assert store.recorded("r1") == {"north:s1", "north:s2"}
    assert store.recorded("r9") == set()


def test_lists_from_before_a_moment_are_forgotten(store: Store) -> None:
    store.add_shown([shown("north:m1"), shown("north:m2", request_id="r2", at=NOW + HOUR)])

    assert store.forget_shown(NOW + HOUR) == 1
    assert [line[0] for line in lines(store.feedback(NOW, LATER))] == ["r2"]
