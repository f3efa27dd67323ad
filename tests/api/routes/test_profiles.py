"""Profiles: list, search, read, write, patch, delete, and not overwriting what one has not seen."""

from urllib.parse import quote

import pytest

from matcher.store import Store
from tests.api.world import Client


def names(client: Client, query: str) -> list[str]:
    return [profile["name"] for profile in client.get(f"/v1/profiles?{query}").json["profiles"]]


def test_the_list_has_the_own_profiles_and_shared_partners(staff: Client):
    everyone = staff.get("/v1/profiles").json["profiles"]
    assert {profile["id"] for profile in everyone} == {"s1", "s2", "m1", "i1", "south:m8"}


def test_the_list_shows_only_the_public_part_of_shared_partners(staff: Client):
    shared = staff.get("/v1/profiles?search=shared").json["profiles"]
    assert [(profile["id"], profile["conflicts"]) for profile in shared] == [("south:m8", [])]


def test_the_list_can_be_of_one_role(staff: Client):
    assert set(names(staff, "role=mentor")) == {"Lin Mu", "Shared Mentor"}


def test_search_finds_a_name_in_either_script(staff: Client):
    assert names(staff, "search=青松") == ["青松科技"]
    assert names(staff, "search=nobody") == []


def test_pages_of_one_hold_each_profile_once(staff: Client):
    seen, cursor = [], ""
    while cursor is not None:
        page = staff.get("/v1/profiles", query_string={"limit": 1, "cursor": cursor}).json
        seen += [profile["id"] for profile in page["profiles"]]
        cursor = page["next_cursor"]
    assert sorted(seen) == ["i1", "m1", "s1", "s2", "south:m8"]


def test_a_cursor_that_no_page_gave_is_refused(staff: Client):
    assert staff.get("/v1/profiles?cursor=nonsense").status_code == 422


@pytest.mark.parametrize(
    "query", ["limit=0", "limit=201", "limit=x", "role=boss", "serach=x", "limit=1&limit=2"]
)
def test_a_parameter_that_means_nothing_is_refused(staff: Client, query: str):
    answer = staff.get(f"/v1/profiles?{query}")
    assert answer.status_code == 422
    assert answer.json["errors"][0]["in"] == "query"
    assert answer.json["errors"][0]["pointer"] == "#/" + query.split("=")[0]


def test_what_is_read_can_be_written_back_and_changes_nothing(staff: Client, store: Store):
    for profile_id in ("s1", "m1", "i1"):
        before = store.profile("north", profile_id)
        read = staff.get(f"/v1/profiles/{profile_id}").json
        del read["request_id"]
        assert staff.put(f"/v1/profiles/{profile_id}", json=read).status_code == 200
        assert store.profile("north", profile_id) == before


def test_a_smallest_ticket_above_the_largest_is_refused_and_both_are_named(staff: Client, store: Store):
    fund = {"role": "investor", "name": "新基金", "ticket_min": 2e7, "ticket_max": 1e7}
    answer = staff.put("/v1/profiles/f1", json=fund)
    assert answer.status_code == 422
    assert "20000000" in answer.text
    assert "largest ticket (10000000)" in answer.text


def test_a_new_profile_is_created_and_an_old_one_replaced(staff: Client, store: Store):
    fund = {"role": "investor", "name": "新基金", "ticket_min": 500000, "currency": "CNY", "shared": True}
    assert staff.put("/v1/profiles/f1", json=fund).status_code == 201
    assert store.profile("north", "f1").ticket_min == 500_000
    assert staff.put("/v1/profiles/f1", json={"role": "investor", "name": "New Fund"}).status_code == 200
    assert store.profile("north", "f1").ticket_min is None
    assert not store.profile("north", "f1").shared


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"role": "startup"}, "#/name"),
        ({"role": "startup", "name": " "}, "#/name"),
        ({"role": "startup", "name": "x", "offers": ["legal"]}, "#/offers"),
        ({"role": "startup", "name": "x", "shared": True}, "#/shared"),
        ({"role": "startup", "name": "x", "team_size": -1}, "#/team_size"),
        ({"role": "startup", "name": "x", "nmae": "y"}, "#/nmae"),
        ({"role": "startup", "name": "x", "tags": ["fine", 7]}, "#/tags/1"),
        ({"role": "startup", "name": "x", "tags": ["a~/\0"]}, "#/tags/0"),
        ({"role": "startup", "name": "x", "id": "other"}, "#/id"),
        ({"role": "startup", "name": "x", "organisation": "south"}, "#/organisation"),
    ],
)
def test_a_faulty_profile_is_refused_with_the_place_of_the_fault(staff: Client, body: dict, pointer: str):
    answer = staff.put("/v1/profiles/n1", json=body)
    assert answer.status_code == 422
    assert [fault["pointer"] for fault in answer.json["errors"]] == [pointer]
    assert staff.get("/v1/profiles/n1").status_code == 404


def test_a_profile_does_not_change_its_role(staff: Client, store: Store):
    assert staff.put("/v1/profiles/s1", json={"role": "mentor", "name": "青松"}).status_code == 409
    assert staff.patch("/v1/profiles/s1", json={"role": "mentor", "exclude": None}).status_code == 409
    assert store.profile("north", "s1").role == "startup"


def test_a_patch_changes_the_given_members_and_null_makes_one_unknown(staff: Client):
    before = staff.get("/v1/profiles/i1").json
    answer = staff.patch(
        "/v1/profiles/i1",
        json={"ticket_min": None, "region": "广东/深圳", "tags": ["seed"]},
        content_type="application/merge-patch+json",
    )
    expected = {**before, "ticket_min": None, "region": "广东/深圳", "tags": ["seed"]}
    assert {**answer.json, "request_id": ""} == {**expected, "request_id": ""}


def test_an_empty_patch_changes_nothing(staff: Client, store: Store):
    before = store.revision()
    assert staff.patch("/v1/profiles/s1", json={}).status_code == 200
    assert store.revision() == before


@pytest.mark.parametrize("patch", [{"name": None}, {"name": ""}, {"unknown": 1}, [], "x"])
def test_a_patch_to_something_that_is_no_profile_is_refused(staff: Client, patch: object):
    assert staff.patch("/v1/profiles/s1", json=patch).status_code == 422
    assert staff.get("/v1/profiles/s1").json["name"] == "青松科技"


def test_a_deleted_profile_is_gone(staff: Client):
    assert staff.delete("/v1/profiles/s2").status_code == 204
    assert staff.get("/v1/profiles/s2").status_code == 404
    assert staff.delete("/v1/profiles/s2").status_code == 404


def test_a_write_with_an_old_tag_is_refused_and_changes_nothing(staff: Client):
    old = staff.get("/v1/profiles/s1").headers["ETag"]
    new = staff.patch("/v1/profiles/s1", json={"name": "Pine"}, headers={"If-Match": old}).headers["ETag"]
    assert new != old
    stale, oak = {"If-Match": old}, {"role": "startup", "name": "Oak"}
    assert staff.patch("/v1/profiles/s1", json=oak, headers=stale).status_code == 412
    assert staff.put("/v1/profiles/s1", json=oak, headers=stale).status_code == 412
    assert staff.delete("/v1/profiles/s1", headers=stale).status_code == 412
    assert staff.get("/v1/profiles/s1").json["name"] == "Pine"
    assert staff.delete("/v1/profiles/s1", headers={"If-Match": new}).status_code == 204


def test_a_creation_that_must_not_replace_is_refused_where_something_is(staff: Client):
    only_new, body = {"If-None-Match": "*"}, {"role": "startup", "name": "x"}
    assert staff.put("/v1/profiles/s1", json=body, headers=only_new).status_code == 412
    assert staff.put("/v1/profiles/n1", json=body, headers=only_new).status_code == 201


def test_a_replacement_that_must_not_create_is_refused_where_nothing_is(staff: Client):
    body = {"role": "startup", "name": "x"}
    assert staff.put("/v1/profiles/n1", json=body, headers={"If-Match": "*"}).status_code == 412


@pytest.mark.parametrize(
    "profile_id", ["a/b", "50%", "a%2Fb", "一号", "a b", "?x=1", "#1", "a//b", "/a", ".hidden"]
)
def test_an_id_may_hold_anything_printable(staff: Client, store: Store, profile_id: str):
    path = f"/v1/profiles/{quote(profile_id, safe='')}"
    assert staff.put(path, json={"role": "startup", "name": "x"}).status_code == 201
    assert store.profile("north", profile_id).name == "x"
    assert staff.get(path).json["id"] == profile_id
    assert staff.get(f"/v1/startups/{quote(profile_id, safe='')}/matches").json["query_id"] == profile_id


@pytest.mark.parametrize("profile_id", ["%00", "a%0Ab", "x" * 200])
def test_an_id_that_nothing_can_have_is_not_found(staff: Client, profile_id: str):
    assert staff.get(f"/v1/profiles/{profile_id}").status_code == 404


def test_an_own_id_may_be_written_with_its_organisation(staff: Client):
    assert staff.get("/v1/profiles/north:s1").json["id"] == "s1"
