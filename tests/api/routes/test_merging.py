"""Duplicates and merging over HTTP."""

import pytest

from matcher.store import Store
from tests.api.world import Client


@pytest.fixture
def twins(staff: Client, store: Store) -> Client:
    """A startup that is there twice."""
    body = {"role": "startup", "name": "青松科技有限公司", "tags": ["twin"], "team_size": 7}
    assert staff.put("/v1/profiles/s1b", json=body).status_code == 201
    return staff


def test_duplicates_are_searched_listed_with_reasons_and_told_apart(twins: Client) -> None:
    before = twins.get("/v1/duplicates").json
    assert (before["searched_at"], before["stale"], before["duplicates"]) == (None, True, [])
    assert twins.post("/v1/duplicates/search").json["found"] == 1
    [found] = twins.get("/v1/duplicates?lang=en").json["duplicates"]
    assert {found["id"], found["other_id"]} == {"s1", "s1b"}
    assert found["in_words"][0] == "names equal but for the legal form or a place in brackets"
    said = {"id": "s1", "other_id": "s1b"}
    assert twins.post("/v1/duplicates/apart", json=said).json["apart"] is True
    assert twins.get("/v1/duplicates").json["count"] == 0
    assert len(twins.get("/v1/duplicates?apart=true").json["duplicates"]) == 1
    twins.post("/v1/duplicates/apart", json={**said, "apart": False})
    assert twins.get("/v1/duplicates").json["count"] == 1


def test_a_merged_profile_answers_under_its_old_id_until_that_is_taken_back(
    twins: Client, store: Store
) -> None:
    merged = twins.post("/v1/profiles/s1/merge", json={"gone": "s1b", "fields": {"name": "gone"}})
    assert (merged.status_code, merged.json["stays"], merged.json["undone"]) == (200, "s1", None)
    old, new = (twins.get(f"/v1/profiles/{id_}") for id_ in ("s1b", "s1"))
    assert {**old.json, "request_id": ""} == {**new.json, "request_id": ""}
    assert (new.json["name"], new.json["team_size"], "twin" in new.json["tags"]) == (
        "青松科技有限公司",
        7,
        True,
    )
    lists = [twins.get(f"/v1/startups/{id_}/matches?role=mentor").json for id_ in ("s1b", "s1")]
    assert lists[0]["matches"] == lists[1]["matches"]
    for path in ("/v1/startups/s1b/ledger", "/v1/contacts/s1b", "/v1/ledger/signals?startup_id=s1b"):
        assert twins.get(path).status_code == twins.get(path.replace("s1b", "s1")).status_code
    assert twins.put("/v1/profiles/s1b", json={"role": "startup", "name": "Later"}).json["id"] == "s1"
    parted = twins.delete("/v1/profiles/s1b/merge").json
    assert (parted["undone"]["restored"], parted["undone"]["left"]) == (1, ["Later"])
    assert twins.get("/v1/profiles/s1b").json["name"] == "青松科技有限公司"
    assert twins.delete("/v1/profiles/s1b/merge").status_code == 404


REFUSED = [
    ("s1", {"gone": "s1"}, 422),
    ("s1", {"gone": "m1"}, 422),
    ("s1", {"gone": "south:m8"}, 404),
    ("s1", {"gone": "nobody"}, 404),
    ("south:m8", {"gone": "m1"}, 404),
    ("s1", {"gone": "s2", "fields": {"name": "both"}}, 422),
    ("s1", {"gone": "s2", "fields": {"capacity": "gone"}}, 422),
    ("s1", {"gone": "s2", "more": 1}, 422),
    ("s1", {"gone": "x" * 10_000}, 422),
]


def test_what_cannot_be_merged_is_refused(staff: Client) -> None:
    sent = [staff.post(f"/v1/profiles/{path}/merge", json=body) for path, body, _ in REFUSED]
    assert [answer.status_code for answer in sent] == [status for _, _, status in REFUSED]
