"""What is served is recorded, whatever the store does, and no request waits for it."""

import io
import json
import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from threading import Event

import pytest
from apiflask import APIFlask

from api.app import create_app
from api.observing import Observer, observer
from api.principals import Caller
from api.recording import BATCH, Recorder, is_sampled
from api.services import Services
from api.settings import Settings
from matcher.errors import NotReady
from matcher.shown import ShownList
from matcher.store import Store
from tests.api.conftest import NOON
from tests.api.world import Client, caller

PATIENCE_SECONDS = 10
LONG_SECONDS = 3600.0


def shown(request_id: str) -> ShownList:
    return ShownList(
        request_id=request_id,
        organisation="north",
        query_key="north:s1",
        role="mentor",
        model_version="v1",
        at=NOON,
        partners=("north:m1",),
        scores=(0.5,),
    )


def several(count: int) -> list[ShownList]:
    return [shown(str(number)) for number in range(count)]


@dataclass
class Shelf:
    """Where batches are written. It takes them only while it is open, and fails at those named."""

    open: Event = field(default_factory=Event)
    reached: Event = field(default_factory=Event)
    batches: list[list[ShownList]] = field(default_factory=list)
    failures: list[Exception] = field(default_factory=list)

    def write(self, lists: Sequence[ShownList]) -> None:
        self.reached.set()
        assert self.open.wait(PATIENCE_SECONDS)
        if self.failures:
            raise self.failures.pop(0)
        self.batches.append(list(lists))

    @property
    def sizes(self) -> list[int]:
        return [len(batch) for batch in self.batches]


@pytest.fixture
def shelf() -> Shelf:
    shelf = Shelf()
    shelf.open.set()
    return shelf


@pytest.fixture
def records(log: io.StringIO) -> Observer:
    return observer(None, log)


def counted(records: Observer) -> dict[str, float]:
    """How many lists became what."""
    outcomes = ("recorded", "dropped", "lost")
    values = [
        records.registry.get_sample_value("bole_shown_lists_total", {"outcome": outcome})
        for outcome in outcomes
    ]
    return {outcome: value for outcome, value in zip(outcomes, values, strict=True) if value}


def put_all(recorder: Recorder, lists: Sequence[ShownList]) -> None:
    for each in lists:
        recorder.put(each)


def wait_until_idle(recorder: Recorder) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while recorder.is_busy:
        assert time.monotonic() < deadline, "the recorder does not come to rest"
        time.sleep(0.001)


def test_what_waits_is_written_when_its_time_has_come(shelf: Shelf, records: Observer):
    recorder = Recorder(shelf.write, records, every_seconds=0.01)
    recorder.put(shown("a"))
    assert shelf.reached.wait(PATIENCE_SECONDS)
    recorder.close()
    assert shelf.batches == [[shown("a")]]
    assert counted(records) == {"recorded": 1}


def test_a_full_batch_does_not_wait_for_its_time(shelf: Shelf, records: Observer):
    recorder = Recorder(shelf.write, records, every_seconds=LONG_SECONDS)
    put_all(recorder, several(BATCH))
    assert shelf.reached.wait(PATIENCE_SECONDS)
    recorder.close()
    assert shelf.batches == [several(BATCH)]


def test_closing_writes_everything_in_batches_in_order(shelf: Shelf, records: Observer):
    recorder = Recorder(shelf.write, records, every_seconds=LONG_SECONDS)
    shelf.open.clear()
    many = several(2 * BATCH + 3)
    put_all(recorder, many)
    shelf.open.set()
    recorder.close()
    assert shelf.sizes == [BATCH, BATCH, 3]
    assert [each for batch in shelf.batches for each in batch] == many


def test_a_recorder_that_nothing_was_left_to_closes_at_once(shelf: Shelf, records: Observer):
    Recorder(shelf.write, records, every_seconds=LONG_SECONDS).close()
    assert shelf.batches == []


def test_what_comes_after_a_quiet_time_is_written_too(shelf: Shelf, records: Observer):
    recorder = Recorder(shelf.write, records, every_seconds=0.01)
    for request_id in "ab":
        shelf.reached.clear()
        recorder.put(shown(request_id))
        assert shelf.reached.wait(PATIENCE_SECONDS)
        wait_until_idle(recorder)
    assert shelf.batches == [[shown("a")], [shown("b")]]
    recorder.close()


def test_where_there_is_no_room_lists_are_dropped_and_counted_and_nobody_waits(
    shelf: Shelf, records: Observer
):
    recorder = Recorder(shelf.write, records, room=3, every_seconds=0.0)
    shelf.open.clear()
    recorder.put(shown("first"))
    assert shelf.reached.wait(PATIENCE_SECONDS)  # and stays with the writer, who is stuck
    put_all(recorder, several(5))
    assert counted(records) == {"dropped": 2}
    shelf.open.set()
    recorder.close()
    assert [each for batch in shelf.batches for each in batch] == [shown("first"), *several(3)]
    assert counted(records) == {"dropped": 2, "recorded": 4}


@pytest.mark.parametrize("error", [NotReady("the database is secret"), MemoryError("secret")])
def test_a_batch_that_cannot_be_written_is_told_of_and_the_next_one_is_written(
    shelf: Shelf, records: Observer, log: io.StringIO, error: Exception
):
    shelf.failures.append(error)
    recorder = Recorder(shelf.write, records, every_seconds=0.0)
    recorder.put(shown("a"))
    wait_until_idle(recorder)
    recorder.put(shown("b"))
    recorder.close()
    assert shelf.batches == [[shown("b")]]
    assert counted(records) == {"recorded": 1, "lost": 1}
    [line] = [json.loads(line) for line in log.getvalue().splitlines()]
    assert (line["event"], line["lists"], line["error"]) == ("lists not recorded", 1, type(error).__name__)
    assert "secret" not in log.getvalue()


def test_what_stands_behind_a_batch_that_fails_at_the_end_is_counted_as_lost(shelf: Shelf, records: Observer):
    shelf.failures.append(NotReady("gone"))
    recorder = Recorder(shelf.write, records, every_seconds=LONG_SECONDS)
    shelf.open.clear()
    put_all(recorder, several(BATCH + 7))
    shelf.open.set()
    recorder.close()
    assert counted(records) == {"lost": BATCH + 7}


def test_a_share_of_the_requests_is_recorded_the_same_ones_every_time(shelf: Shelf, records: Observer):
    lists = several(4_000)
    assert all(is_sampled(each.request_id, 1.0) for each in lists)
    assert not any(is_sampled(each.request_id, 0.0) for each in lists)
    recorder = Recorder(shelf.write, records, share=0.25, every_seconds=LONG_SECONDS)
    put_all(recorder, lists)
    recorder.close()
    kept = [each for batch in shelf.batches for each in batch]
    assert kept == [each for each in lists if is_sampled(each.request_id, 0.25)]
    assert 0.22 < len(kept) / len(lists) < 0.28


# What is left for recording ---------------------------------------------------------------------------


@pytest.fixture
def left() -> list[ShownList]:
    return []


@pytest.fixture
def app(services: Services, settings: Settings, log: io.StringIO, left: list[ShownList]) -> APIFlask:
    return create_app(replace(services, record=left.append), settings, records=observer(None, log))


def test_a_startups_list_is_recorded_as_it_was_answered(staff: Client, left: list[ShownList]):
    answer = staff.get("/v1/startups/s1/matches?k=2").json
    assert [match["partner_id"] for match in answer["matches"]] == ["i1", "m1"]
    assert left == [
        ShownList(
            request_id=answer["request_id"],
            organisation="north",
            query_key="north:s1",
            role="partner",
            model_version="v1",
            at=NOON,
            partners=("north:i1", "north:m1"),
            scores=(0.5, 0.5),
        )
    ]


def test_a_shared_partner_is_recorded_as_its_owners(staff: Client, left: list[ShownList]):
    staff.get("/v1/startups/s1/matches?role=mentor")
    assert (left[0].role, left[0].partners) == ("mentor", ("north:m1", "south:m8"))


def test_a_partners_list_is_recorded_with_the_startups_that_it_shows(staff: Client, left: list[ShownList]):
    staff.get("/v1/partners/south:m8/matches", headers={"X-Request-ID": "mine-7"})
    [found] = left
    assert (found.request_id, found.organisation, found.query_key) == ("mine-7", "north", "south:m8")
    assert (found.role, found.partners) == ("startup", ("north:s1", "north:s2"))


def test_a_members_list_and_an_admins_in_another_organisation_are_recorded(
    app: APIFlask, store: Store, startup: Client, left: list[ShownList]
):
    startup.get("/v1/startups/s1/matches")
    caller(app, store, Caller.ADMIN).get("/v1/startups/s9/matches?organisation=south")
    assert [(each.organisation, each.query_key) for each in left] == [
        ("north", "north:s1"),
        ("south", "south:s9"),
    ]


def test_what_shows_no_list_is_not_recorded(staff: Client, startup: Client, left: list[ShownList]):
    assert staff.send("HEAD", "/v1/startups/s1/matches").status_code == 200
    assert staff.get("/v1/startups/nobody/matches").status_code == 404
    assert startup.get("/v1/startups/s2/matches").status_code == 404
    assert staff.get("/v1/startups/s1/matches?k=0").status_code == 422
    staff.get("/v1/pairs/s1/m1/explanation")
    assert left == []


def test_the_store_keeps_what_is_recorded(staff: Client, store: Store, left: list[ShownList]):
    request_id = staff.get("/v1/startups/s1/matches").json["request_id"]
    store.add_shown(left)
    assert list(store.feedback(NOON, NOON.replace(year=2027)).shown.requests) == [request_id]
