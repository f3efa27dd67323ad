"""Imports over HTTP, with the real importer."""

import io

import pytest

from matcher.store import Store
from tests.api.world import Client, csv_file

GOOD = "id,name\nn1,North One\nn2,North Two\n"


def test_an_uploaded_file_is_kept_and_its_report_can_be_read_again(staff: Client, store: Store):
    answer = staff.post("/v1/imports", **csv_file(GOOD, "startups.csv"))
    assert answer.status_code == 200, answer.text
    assert [(file["name"], file["added"]) for file in answer.json["files"]] == [("startups.csv", 2)]
    assert store.profile("north", "n1").name == "North One"
    again = staff.get(f"/v1/imports/{answer.json['id']}").json
    assert {**again, "request_id": ""} == {**answer.json, "request_id": ""}


def test_the_body_may_be_the_file_itself(staff: Client, store: Store):
    body = "编号,企业名称\nn1,北一\n".encode("gb18030")
    answer = staff.post("/v1/imports?filename=企业.csv&role=startup", data=body, content_type="text/csv")
    assert answer.status_code == 200, answer.text
    assert store.profile("north", "n1").name == "北一"


def test_a_dry_run_reports_and_keeps_nothing(staff: Client, store: Store):
    before = store.revision()
    answer = staff.post("/v1/imports?dry_run=true", **csv_file(GOOD, "startups.csv"))
    assert (answer.status_code, answer.json["id"], answer.json["dry_run"]) == (200, None, True)
    assert answer.json["files"][0]["added"] == 2
    assert store.revision() == before


def test_good_rows_are_kept_beside_bad_ones(staff: Client, store: Store):
    answer = staff.post("/v1/imports", **csv_file(GOOD + "n:3,Three\n", "startups.csv"))
    assert answer.status_code == 200
    assert (answer.json["files"][0]["added"], answer.json["files"][0]["rejected"]) == (2, 1)
    assert answer.json["problems"][0]["row"] == 4


def test_a_file_of_which_no_row_can_be_taken_is_refused_with_its_report(staff: Client):
    answer = staff.post("/v1/imports", **csv_file("id,name\nn:1,One\nn:2,Two\n", "startups.csv"))
    assert answer.status_code == 422
    assert answer.content_type == "application/problem+json"
    assert [problem["row"] for problem in answer.json["report"]["problems"]] == [2, 3]


def test_a_file_without_rows_is_no_failure(staff: Client):
    answer = staff.post("/v1/imports", **csv_file("id,name\n", "startups.csv"))
    assert (answer.status_code, answer.json["files"][0]["rows"]) == (200, 0)


@pytest.mark.parametrize("text", ["", "\0\1\2"])
def test_a_file_that_cannot_be_read_is_refused_by_name(staff: Client, text: str):
    answer = staff.post("/v1/imports", **csv_file(text, "startups.csv"))
    assert (answer.status_code, answer.json["type"]) == (422, "urn:bole:problem:unreadable-file")
    assert "startups.csv" in answer.json["detail"]


def test_a_file_that_says_nothing_new_is_no_failure(staff: Client):
    staff.post("/v1/imports", **csv_file(GOOD, "startups.csv"))
    answer = staff.post("/v1/imports", **csv_file(GOOD, "startups.csv"))
    assert (answer.status_code, answer.json["files"][0]["unchanged"]) == (200, 2)


def test_several_files_come_in_one_form(staff: Client, store: Store):
    files = [(io.BytesIO(GOOD.encode()), "startups.csv"), (io.BytesIO(b"id,name\nk1,Kay\n"), "mentors.csv")]
    answer = staff.post("/v1/imports", data={"files": files}, content_type="multipart/form-data")
    assert len(answer.json["files"]) == 2
    assert store.profile("north", "k1").role == "mentor"


@pytest.mark.parametrize(
    ("path", "given"),
    [
        ("/v1/imports", {"data": b"id,name\n", "content_type": "text/csv"}),
        ("/v1/imports", {"data": {}, "content_type": "multipart/form-data"}),
        ("/v1/imports", {"data": {"other": (io.BytesIO(GOOD.encode()), "startups.csv")}}),
        ("/v1/imports", {"data": {"files": (io.BytesIO(GOOD.encode()), "startups.csv"), "dry_run": "true"}}),
        ("/v1/imports?role=boss", csv_file(GOOD, "startups.csv")),
    ],
)
def test_a_request_without_files_or_with_something_ignored_is_refused(staff: Client, path: str, given: dict):
    answer = staff.post(path, **given)
    assert answer.status_code == 422
    assert "report" not in answer.json


def test_a_file_may_be_larger_than_other_bodies_and_has_its_own_bound(staff: Client):
    def of_size(size: int) -> dict:
        return csv_file(GOOD + "x" * (size - len(GOOD)), "startups.csv")

    assert staff.post("/v1/imports?dry_run=true", **of_size(40_000)).status_code == 200
    assert staff.post("/v1/imports?dry_run=true", **of_size(70_000)).status_code == 413
    raw = {"data": b"x" * 70_000, "content_type": "text/csv"}
    assert staff.post("/v1/imports?filename=a.csv", **raw).status_code == 413
