"""Recording interactions: all or none, each by whom it is for to say."""

import datetime as dt

import pytest
from apiflask import APIFlask

from api.principals import Caller
from matcher.interactions import TYPES, InteractionType
from matcher.store import Store
from tests.api.conftest import NOON
from tests.api.world import Client, caller

EVENT = {"startup_id": "s1", "partner_id": "m1", "type": "met"}


def test_one_event_is_recorded_with_the_time_it_was_sent(staff: Client, store: Store):
    answer = staff.post("/v1/interactions", json=EVENT)
    assert (answer.status_code, answer.json["added"]) == (201, 1)
    table = store.interactions()
    assert list(table.startups) == ["north:s1"]
    assert list(table.partners) == ["north:m1"]
    assert TYPES[table.types[0]] is InteractionType.MET
    assert table.days[0] == (NOON.date() - dt.date(1970, 1, 1)).days


@pytest.mark.parametrize(
    "at", ["2100-01-01T00:00:00Z", "9999-12-31T23:59:59-14:00", "0001-01-01T00:00:00+14:00"]
)
def test_nobody_records_what_no_calendar_holds_or_has_yet_to_happen(at: str, staff: Client, store: Store):
    answer = staff.post("/v1/interactions", json={**EVENT, "at": at})
    assert answer.status_code == 422
    assert "at: " in answer.json["errors"][0]["detail"]
    assert len(store.interactions()) == 0


def test_a_batch_is_recorded_and_may_name_shared_partners(staff: Client, store: Store):
    batch = [EVENT, {**EVENT, "partner_id": "south:m8", "type": "rated", "value": 4}]
    assert staff.post("/v1/interactions", json=batch).json["added"] == 2
    assert sorted(store.interactions().partners) == ["north:m1", "south:m8"]


def test_an_event_sent_again_under_its_source_id_is_not_added_again(staff: Client, store: Store):
    event = {**EVENT, "source_id": "crm-1", "at": "2026-01-02T10:00:00+08:00"}
    staff.post("/v1/interactions", json=event)
    again = staff.post("/v1/interactions", json=event).json
    assert (again["added"], again["unchanged"]) == (0, 1)


def test_another_event_under_a_source_id_that_is_there_is_a_conflict(staff: Client, store: Store):
    event = {**EVENT, "source_id": "crm-1"}
    staff.post("/v1/interactions", json=event)
    for other in (
        {"type": "mentored"},
        {"partner_id": "i1"},
        {"startup_id": "s2"},
        {"amount": 5, "currency": "CNY"},
    ):
        answer = staff.post("/v1/interactions", json=[{**EVENT, "partner_id": "i1"}, {**event, **other}])
        assert answer.status_code == 409
        assert "crm-1" in answer.text
    assert len(store.interactions()) == 1
    assert staff.post("/v1/interactions", json=event).json["unchanged"] == 1


def test_a_member_takes_no_source_id_of_the_office_or_of_another_member(
    staff: Client, startup: Client, mentor: Client, store: Store
):
    viewed = {**EVENT, "type": "viewed", "source_id": "crm-2"}
    assert startup.post("/v1/interactions", json=viewed).json["added"] == 1
    assert startup.post("/v1/interactions", json=viewed).json["unchanged"] == 1
    rated = {**EVENT, "type": "accepted", "source_id": "crm-2"}
    assert mentor.post("/v1/interactions", json=rated).json["added"] == 1
    mentored = {**EVENT, "type": "mentored", "source_id": "crm-2"}
    assert staff.post("/v1/interactions", json=mentored).json["added"] == 1
    assert len(store.interactions()) == 3


@pytest.mark.parametrize("source", ["introduction i1 accepted", "member s1 crm-2"])
def test_nobody_records_under_the_source_ids_of_boles_own_records(source: str, staff: Client, store: Store):
    answer = staff.post("/v1/interactions", json={**EVENT, "source_id": source})
    assert answer.status_code == 422
    assert "source_id: " in answer.json["errors"][0]["detail"]
    assert len(store.interactions()) == 0


def test_an_event_may_name_the_answer_that_showed_the_pair(staff: Client, store: Store):
    shown = staff.get("/v1/startups/s1/matches").json["request_id"]
    batch = [{**EVENT, "request_id": shown}, {**EVENT, "partner_id": "i1", "request_id": ""}]
    assert staff.post("/v1/interactions", json=batch).json["added"] == 2
    assert sorted(store.feedback(NOON, NOON).responses.requests) == ["", shown]


def test_one_faulty_item_keeps_the_whole_batch_out_and_is_named(staff: Client, store: Store):
    batch = [EVENT, {**EVENT, "type": "rated", "value": 9}, EVENT, {**EVENT, "startup_id": "nobody"}]
    answer = staff.post("/v1/interactions", json=batch)
    assert answer.status_code == 422
    assert [fault["pointer"] for fault in answer.json["errors"]] == ["#/1", "#/3"]
    assert len(store.interactions()) == 0


@pytest.mark.parametrize(
    ("batch", "pointer"),
    [
        ([EVENT, {**EVENT, "type": "hugged"}], "#/1/type"),
        ([{**EVENT, "at": "2026-01-02T10:00:00"}], "#/0/at"),
        ([{**EVENT, "colour": "red"}], "#/0/colour"),
        ([{**EVENT, "request_id": "x" * 65}], "#/0/request_id"),
        ([{**EVENT, "request_id": "编号"}], "#/0/request_id"),
        ({"startup_id": "s1", "partner_id": "m1"}, "#/0/type"),
        ([], "#"),
        ([EVENT] * 1001, "#"),
    ],
)
def test_a_body_of_another_shape_is_refused(services, store: Store, batch: object, pointer: str):
    from api.app import create_app
    from api.settings import Settings

    staff = caller(create_app(services, Settings()), store, Caller.STAFF)
    answer = staff.post("/v1/interactions", json=batch)
    assert answer.status_code == 422
    assert answer.json["errors"][0]["pointer"] == pointer
    assert len(store.interactions()) == 0


STARTUP_MAY = {"viewed", "shortlisted", "dismissed", "requested", "rated", "met"}
PARTNER_MAY = {"accepted", "declined", "met", "mentored", "invested", "rated"}


@pytest.mark.parametrize(
    ("role", "partner", "may"),
    [
        (Caller.STARTUP, "m1", STARTUP_MAY),
        (Caller.MENTOR, "m1", PARTNER_MAY),
        (Caller.INVESTOR, "i1", PARTNER_MAY),
        (Caller.STAFF, "m1", set(InteractionType)),
        (Caller.ADMIN, "m1", set(InteractionType)),
    ],
)
def test_each_records_only_what_it_can_do_itself(
    app: APIFlask, store: Store, role: Caller, partner: str, may: set[str]
):
    client = caller(app, store, role)
    for kind in InteractionType:
        event = {"startup_id": "s1", "partner_id": partner, "type": kind, "value": 3}
        assert client.post("/v1/interactions", json=event).status_code == (201 if kind in may else 403), kind
