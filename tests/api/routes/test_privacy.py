"""What is held of somebody, handed over and erased by /v1."""

import io
import json
import zipfile

import pytest
from apiflask import APIFlask

from api.principals import Caller, Principal, issue_token
from matcher.store import Store
from tests.api.world import Client, caller


@pytest.fixture
def staff(app: APIFlask, store: Store) -> Client:
    return caller(app, store, Caller.STAFF)


def test_an_export_is_everything_as_json_and_a_workbook(staff: Client, store: Store):
    answer = staff.get("/v1/profiles/s1/export")
    assert answer.headers["Cache-Control"] == "no-store"
    with zipfile.ZipFile(io.BytesIO(answer.data)) as file:
        assert set(file.namelist()) == {"data.json", "data.xlsx"}
        told = json.loads(file.read("data.json"))
    assert told["about"] == {"kind": "startup", "organisation": "north", "name": "青松科技"}
    assert [row["id"] for row in told["places"]["profile"]] == ["s1"]
    assert store.audit.page("north")[0][0].action == "exported"


def test_an_erasure_is_looked_at_asked_for_by_name_and_leaves_a_receipt(staff: Client, store: Store):
    counts = staff.get("/v1/profiles/s1/erasure").json["counts"]
    assert counts["profiles"] == 1
    refused = staff.post("/v1/profiles/s1/erasure", json={"name": "Blue Kiln"})
    assert refused.status_code == 422
    assert store.profile("north", "s1").name == "青松科技"
    done = staff.post("/v1/profiles/s1/erasure", json={"name": " 青松科技 "}).json["receipt"]
    assert (done["kind"], done["counts"]["profiles"]) == ("startup", 1)
    assert done["asked_by"].startswith("staff")
    assert staff.get("/v1/profiles/s1").status_code == 404
    assert [each["id"] for each in staff.get("/v1/erasures").json["receipts"]] == [done["id"]]
    assert "青松" not in staff.get("/v1/erasures").text


def test_who_asks_to_be_erased_is_listed_until_the_account_is_gone(staff: Client, store: Store):
    asks = store.people.add("north", "ann@example.org", role="startup", profile_id="s1").id
    store.erasures.ask("north", asks, whole=False)
    [request] = staff.get("/v1/erasures").json["requests"]
    assert (request["person"], request["whole"]) == (asks, False)
    staff.post(f"/v1/people/{asks}/erasure", json={"name": "ann@example.org"})
    assert staff.get("/v1/erasures").json["requests"] == []
    assert store.profile("north", "s1").name == "青松科技", "the profile stays"


def test_nobody_erases_their_own_account_nor_staff_an_admins(app: APIFlask, store: Store):
    me = store.people.add("north", "me@example.org", role="staff").id
    boss = store.people.add("north", "boss@example.org", role="admin").id
    own = Client(app.test_client(), issue_token(store, Principal("north", Caller.STAFF, person_id=me)))
    for person, name in ((me, "me@example.org"), (boss, "boss@example.org")):
        assert own.post(f"/v1/people/{person}/erasure", json={"name": name}).status_code == 403
        assert store.people.get(person).email == name


def test_a_run_that_is_at_work_holds_an_erasure_up(staff: Client, store: Store):
    store.acquire("retrain", "the weekly run", stale_after_seconds=60)
    assert staff.post("/v1/profiles/s1/erasure", json={"name": "青松科技"}).status_code == 409
    assert store.profile("north", "s1").name == "青松科技"
