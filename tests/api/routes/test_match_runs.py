"""What the routes of cohorts and match runs take, refuse and answer."""

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from api.app import create_app
from api.principals import Caller
from api.services import Services
from api.settings import Settings
from matcher.errors import NotReady
from matcher.store import Store
from tests.api.world import OFFICE, Client, caller, run_of
from tests.matcher.store.runs import edit

LOCK = {"kind": "lock", "startup_id": "s1", "partner_id": "m1", "reason": "they met"}


@pytest.fixture
def solved(store: Store) -> str:
    return f"/v1/runs/{run_of(store, 'solved')}"


@pytest.fixture
def edited(store: Store) -> str:
    return f"/v1/runs/{run_of(store, 'edited')}"


def test_a_cohort_is_made_filled_and_read(staff: Client) -> None:
    made = staff.post("/v1/cohorts", json={"name": "秋季营", "id": "autumn", "startups": ["s2"]})
    assert (made.status_code, made.json["startups"]) == (201, ["s2"])
    assert staff.post("/v1/cohorts/autumn/startups", json={"startups": ["s1"]}).json["startups"] == [
        "s2",
        "s1",
    ]
    assert staff.delete("/v1/cohorts/autumn/startups/s2").json["startups"] == ["s1"]
    assert staff.get("/v1/cohorts/autumn").json["name"] == "秋季营"
    assert staff.get("/v1/cohorts").json["cohorts"][0]["id"] == "autumn"
    assert staff.post("/v1/cohorts", json={"name": "again", "id": "autumn"}).status_code == 409


@pytest.mark.parametrize(
    ("configuration", "pointer"),
    [
        ({}, "#/configuration/role"),
        ({"role": "startup"}, "#/role"),
        ({"role": "mentor", "startup_min": 4}, "#/startup_min"),
        ({"role": "mentor", "objective": "best"}, "#/configuration/objective"),
        ({"role": "mentor", "colour": "red"}, "#/configuration/colour"),
        ({"role": "mentor", "slots": {"labels": ["9", "9"]}}, "#/slots"),
        (
            {"role": "mentor", "slots": {"labels": ["9"], "away": {"s1": ["9", "9"]}}},
            "#/configuration/slots/away/s1",
        ),
        (
            {"role": "mentor", "slots": {"labels": ["9"], "away": {"s1": [str(n) for n in range(201)]}}},
            "#/configuration/slots/away/s1",
        ),
    ],
)
def test_a_configuration_that_cannot_be_is_refused_where_it_is_wrong(
    staff: Client, configuration: dict[str, Any], pointer: str
) -> None:
    answer = staff.post("/v1/cohorts/solved/runs", json={"configuration": configuration})
    assert answer.status_code == 422
    assert pointer in [error["pointer"] for error in answer.json["errors"]]


@pytest.mark.parametrize("part", [{"must_meet": ["\ud800"]}, {"capacities": {"m\udfff": 1}}])
def test_half_a_character_in_a_configuration_is_refused_and_nothing_kept(
    staff: Client, part: dict[str, Any]
) -> None:
    body = json.dumps({"configuration": {"role": "mentor", **part}})
    answer = staff.post("/v1/cohorts/solved/runs", data=body, content_type="application/json")
    assert answer.status_code == 422
    assert staff.get("/v1/runs").status_code == 200


def test_a_configuration_can_be_read_and_sent_again(staff: Client, solved: str) -> None:
    before = staff.get(solved)
    again = staff.put(
        f"{solved}/configuration",
        json={"configuration": before.json["configuration"]},
        headers={"If-Match": before.headers["ETag"]},
    )
    assert (again.status_code, again.json["configuration"]) == (200, before.json["configuration"])


def test_who_changes_what_they_have_not_seen_is_asked_to_look(
    staff: Client, solved: str, edited: str
) -> None:
    for answer in (
        staff.post(f"{solved}/edits", json=LOCK),
        staff.post(f"{solved}/publish", json={}),
        staff.put(f"{solved}/configuration", json={"configuration": {"role": "mentor"}}),
        staff.delete(f"{edited}/edits/1"),
    ):
        assert answer.status_code == 428
        assert "If-Match" in answer.json["detail"]


def test_who_saw_an_older_version_is_told_what_changed_since(
    staff: Client, store: Store, solved: str
) -> None:
    run = solved.rpartition("/")[2]
    store.match_runs.edit("north", run, edit("ban", "s1", "m1", reason="同学"), OFFICE)
    for headers, body in (({"If-Match": '"4"'}, {}), ({}, {"version": 4})):
        answer = staff.post(f"{solved}/edits", json={**LOCK, **body}, headers=headers)
        assert (answer.status_code, answer.json["version"]) == (409, 5)
        [since] = answer.json["since"]
        assert (since["kind"], since["why"], since["by"]) == ("banned", "同学", "staff")


def test_an_edit_names_people_of_the_cohort_and_the_role(staff: Client, solved: str) -> None:
    for change, status in (
        ({"startup_id": "s2"}, 404),
        ({"startup_id": "s9"}, 404),
        ({"partner_id": "i1"}, 422),
        ({"partner_id": "south:m9"}, 404),
        ({"partner_id": "nobody"}, 404),
        ({"instead_of": "m1"}, 422),
        ({"reason": " "}, 422),
        ({"kind": "marry"}, 422),
    ):
        answer = staff.post(f"{solved}/edits", json={**LOCK, "version": 4, **change})
        assert answer.status_code == status, answer.text
    assert (
        staff.post(f"{solved}/edits", json={**LOCK, "version": 4, "partner_id": "south:m8"}).status_code
        == 201
    )


def test_a_version_that_no_run_ever_has_is_refused(staff: Client, solved: str) -> None:
    for path, body in (("edits", LOCK), ("solve", {}), ("publish", {}), ("close", {})):
        answer = staff.post(f"{solved}/{path}", json={**body, "version": 10**30})
        assert (answer.status_code, answer.json["errors"][0]["pointer"]) == (422, "#/version")
    assert staff.patch("/v1/panels/p1", json={"version": 10**30}).status_code == 422


def test_an_edit_does_not_tell_who_is_in_another_organisation(staff: Client, solved: str) -> None:
    told = set()
    for other in ("south:m9", "south:s9", "south:nobody", "nowhere:m9"):
        answer = staff.post(f"{solved}/edits", json={**LOCK, "version": 4, "partner_id": other})
        assert answer.status_code == 404
        told.add(answer.json["detail"].replace(other, "X"))
    assert len(told) == 1


def test_an_edit_is_listed_and_undone_by_its_number(staff: Client, edited: str) -> None:
    [found] = staff.get(f"{edited}/edits").json["edits"]
    assert (found["kind"], found["partner_id"], found["reason"]) == ("lock", "m1", "they know each other")
    assert staff.delete(f"{edited}/edits/x?version=2").status_code == 404
    assert staff.delete(f"{edited}/edits/{found['number']}?version=2&why=no").json["version"] == 3
    assert staff.get(f"{edited}/edits").json["edits"] == []
    assert staff.delete(f"{edited}/edits/{found['number']}?version=3").status_code == 404


def test_solving_is_queued_for_a_worker(store: Store, staff: Client, services: Services, solved: str) -> None:
    answer = staff.post(f"{solved}/solve", json={"afresh": True, "why": "new mentors"})
    assert (answer.status_code, answer.headers["Location"]) == (202, solved)
    assert (answer.json["status"], answer.json["started_at"]) == ("solving", None)
    assert "worker" in staff.get(f"{solved}?lang=en").json["waiting"]
    events = staff.get(f"{solved}/events?after=4").json["events"]
    assert [(event["kind"], event["why"], event["details"]) for event in events] == [
        ("queued", "new mentors", {"afresh": True})
    ]
    assert staff.post(f"{solved}/solve", json={}).status_code == 202, "asked again it still waits"
    assert staff.post(f"{solved}/cancel", json={"why": "not yet"}).json["status"] == "draft"
    assert staff.post(f"{solved}/cancel", json={}).status_code == 409


def test_a_run_that_waits_already_is_not_queued_twice(
    store: Store, services: Services, settings: Settings, solved: str
) -> None:
    jobs: list[Mapping[str, object]] = []
    counting = replace(services, queue_job=lambda _, arguments: jobs.append(arguments))
    staff = caller(create_app(counting, settings), store, Caller.STAFF)
    for _ in range(3):
        assert staff.post(f"{solved}/solve", json={}).status_code == 202
    assert len(jobs) == 1
    staff.post(f"{solved}/cancel", json={})
    staff.post(f"{solved}/solve", json={})
    assert len(jobs) == 2


def test_a_run_does_not_wait_where_the_queue_cannot_be_reached(
    store: Store, services: Services, settings: Settings, solved: str
) -> None:
    def unreachable(_name: str, _arguments: Mapping[str, object]) -> None:
        raise NotReady("no Redis answers")

    staff = caller(create_app(replace(services, queue_job=unreachable), settings), store, Caller.STAFF)
    assert staff.post(f"{solved}/solve", json={}).status_code == 503
    assert staff.get(solved).json["status"] == "draft"


def test_what_was_never_solved_has_no_result(staff: Client, edited: str, solved: str) -> None:
    assert staff.get(f"{edited}/summary").status_code == 404
    assert staff.get(f"{edited}/pairs").json["pairs"] == []
    assert staff.get(f"{edited}/conflicts").json["clashes"] == []
    assert staff.get(f"{edited}/comparison/{solved.rpartition('/')[2]}").status_code == 409


def test_pairs_come_page_by_page(staff: Client, store: Store) -> None:
    published = f"/v1/runs/{run_of(store, 'published')}"
    first = staff.get(f"{published}/pairs?limit=1").json
    assert (len(first["pairs"]), first["next_offset"]) == (1, None)
    assert staff.get(f"{published}/pairs?offset=1").json["pairs"] == []
    assert staff.get(f"{published}/pairs?startup_id=s2").json["pairs"] == []
    assert [
        pair["place"] for pair in staff.get(f"{published}/alternates?partner_id=m1").json["alternates"]
    ] == [1]


def test_a_summary_tells_prices_and_who_is_left_out_in_words(staff: Client, solved: str) -> None:
    found = staff.get(f"{solved}/summary?lang=en").json
    assert found["prices"] == [{"partner_id": "m1", "places": 3, "taken": 1, "first": 0, "value": 0.25}]
    [left] = found["left_out"]
    assert left["removed"] == [{"rule": "conflict", "count": 1, "sentence": "has a conflict of interest"}]
    assert found["supply"][0]["sentence"].startswith("2 startups need")


def test_a_member_sees_no_more_than_its_own_published_pairs(
    startup: Client, mentor: Client, store: Store, solved: str
) -> None:
    published = f"/v1/runs/{run_of(store, 'published')}"
    funded = f"/v1/runs/{run_of(store, 'funded')}"
    for member in (startup, mentor):
        assert [pair["partner_id"] for pair in member.get(f"{published}/pairs").json["pairs"]] == ["m1"]
        assert member.get(f"{solved}/pairs").status_code == 404
    assert mentor.get(f"{funded}/pairs").status_code == 404, "it is nobody of that run"
    assert startup.get(f"{published}/pairs?startup_id=s2").json["pairs"][0]["startup_id"] == "s1"


def test_a_member_is_not_told_whether_a_run_is_there(mentor: Client, store: Store, solved: str) -> None:
    told = set()
    for run in (solved.rpartition("/")[2], run_of(store, "funded"), run_of(store, "foreign"), "nothing"):
        answer = mentor.get(f"/v1/runs/{run}/pairs")
        assert answer.status_code == 404
        told.add(answer.json["detail"].replace(run, "X"))
    assert len(told) == 1
