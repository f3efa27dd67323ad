"""Review panels through HTTP: from the list of applications to decided awards."""

import csv
import io
from typing import Any

import pytest
from apiflask import APIFlask
from openpyxl import load_workbook

from api.principals import Caller
from matcher.store import Store
from tests.api.world import Client, caller

PANEL: dict[str, Any] = {
    "id": "seed",
    "name": "孵化种子资金",
    "settings": {"each": 2, "budget": 410_000, "cap": 200_000},
    "applications": [
        {"startup_id": "s1", "title": "CPU 散热", "asked": 190_000},
        {"startup_id": "s2", "title": "=cmd", "asked": 300_000, "least": 100_000},
    ],
    "reviewers": [{"partner_id": "m1"}, {"partner_id": "south:m8"}, {"name": "王明"}, {"name": "李静"}],
}


@pytest.fixture
def panel(staff: Client) -> dict[str, Any]:
    answer = staff.post("/v1/panels", json=PANEL)
    assert answer.status_code == 201, answer.text
    return answer.json


def scored(staff: Client, *scores: tuple[str, str, float]) -> None:
    given = [{"application": one, "reviewer": other, "score": score} for one, other, score in scores]
    assert staff.put("/v1/panels/seed/scores", json={"scores": given}).status_code == 200


def test_a_panel_is_told_with_its_rules_in_words(panel: dict[str, Any]):
    assert (panel["id"], panel["status"], panel["version"]) == ("seed", "draft", 1)
    assert [(each["id"], each["name"]) for each in panel["reviewers"]] == [
        ("m1", "Lin Mu"),
        ("south:m8", "Shared Mentor"),
        ("王明", "王明"),
        ("李静", "李静"),
    ]
    assert panel["applications"][0]["id"] == "s1"
    assert panel["method"].startswith("按原始平均分排名")


def test_a_reviewer_by_the_whole_name_of_a_profile_has_its_conflicts(staff: Client):
    staff.post(
        "/v1/panels", json=PANEL | {"reviewers": [{"name": "lin mu"}, {"name": "王明"}, {"name": "李静"}]}
    )
    answer = staff.post("/v1/panels/seed/assignment", json={}).json
    [conflict] = answer["conflicts"]
    assert (conflict["application"], conflict["reviewer"], conflict["why"]) == ("s2", "lin mu", "conflict")


def test_assigning_keeps_conflicts_apart_and_loads_even(staff: Client, panel: dict[str, Any]):
    answer = staff.post("/v1/panels/seed/assignment?lang=en", json={"version": 1}).json
    pairs = [(review["application"], review["reviewer"]) for review in answer["review_list"]]
    assert ("s2", "m1") not in pairs
    assert sorted(reviewer for _, reviewer in pairs) == ["m1", "south:m8", "李静", "王明"]
    assert (answer["status"], answer["version"], answer["lowest"], answer["highest"]) == ("assigned", 2, 1, 1)
    [conflict] = answer["conflicts"]
    assert (conflict["application"], conflict["reviewer"], conflict["why"]) == ("s2", "m1", "conflict")
    assert conflict["sentence"] == "the reviewer's profile names the startup"


def test_what_cannot_be_assigned_says_why_with_numbers(staff: Client, panel: dict[str, Any]):
    staff.patch("/v1/panels/seed", json={"settings": PANEL["settings"] | {"each": 4}})
    answer = staff.post("/v1/panels/seed/assignment", json={})
    assert (answer.status_code, answer.json["type"]) == (422, "urn:bole:problem:infeasible")
    assert "=cmd (s2) 需 4 位评审人，无利益冲突者只有 3 位" in answer.json["detail"]


def test_whoever_saw_an_older_panel_is_told_what_changed(staff: Client, panel: dict[str, Any]):
    staff.patch("/v1/panels/seed", json={"name": "Other", "version": 1, "why": "a slip"})
    answer = staff.patch("/v1/panels/seed", json={"name": "Third", "version": 1})
    assert (answer.status_code, answer.json["version"]) == (409, 2)
    assert [(event["kind"], event["why"]) for event in answer.json["since"]] == [("changed", "a slip")]
    events = staff.get("/v1/panels/seed/events").json["events"]
    assert [(event["kind"], event["by"]) for event in events] == [("created", "staff"), ("changed", "staff")]


def test_scores_lead_to_ranked_awards_with_reasons(staff: Client, panel: dict[str, Any]):
    reviews = staff.post("/v1/panels/seed/assignment", json={}).json["review_list"]
    scored(staff, *((each["application"], each["reviewer"], 80.0) for each in reviews))
    answer = staff.get("/v1/panels/seed/awards").json
    assert [(each["application"], each["awarded"], each["outcome"]) for each in answer["awards"]] == [
        ("s1", 190_000, "full"),
        ("s2", 200_000, "capped"),
    ]
    assert answer["awards"][1]["tie"] == "与 CPU 散热 (s1) 同分；申请金额较少者在前（30万元 多于 19万元）"
    assert (answer["spent"], answer["left"], answer["decided"]) == (390_000, 20_000, False)
    assert answer["summary"] == "预算 41万元，已分配 39万元，余 2万元"
    assert {each["above"] for each in answer["leniencies"]} == {0.0}


def test_awards_are_decided_as_they_were_seen_and_reopened_with_a_reason(
    staff: Client, panel: dict[str, Any]
):
    reviews = staff.post("/v1/panels/seed/assignment", json={}).json["review_list"]
    first, *rest = [(each["application"], each["reviewer"], 80.0) for each in reviews]
    scored(staff, *rest)
    waiting = staff.post("/v1/panels/seed/awards", json={})
    assert (waiting.status_code, "wait for scores" in waiting.json["detail"]) == (409, True)
    scored(staff, first)
    tag = staff.get("/v1/panels/seed/awards").json["tag"]
    scored(staff, (*first[:2], 10.0))
    changed = staff.post("/v1/panels/seed/awards", json={"tag": tag})
    assert (changed.status_code, "have changed" in changed.json["detail"]) == (409, True)
    tag = staff.get("/v1/panels/seed/awards").json["tag"]
    decided = staff.post("/v1/panels/seed/awards", json={"tag": tag, "why": "committee of 1 March"})
    assert (decided.status_code, decided.json["decided"], decided.json["tag"]) == (200, True, tag)
    late = {"scores": [{"application": first[0], "reviewer": first[1], "score": 99}]}
    assert staff.put("/v1/panels/seed/scores", json=late).status_code == 409
    assert staff.post("/v1/panels/seed/reopening", json={"why": ""}).status_code == 422
    assert staff.post("/v1/panels/seed/reopening", json={"why": "a slip"}).json["decided"] is False
    assert staff.put("/v1/panels/seed/scores", json=late).status_code == 200


def test_a_reviewer_reads_and_scores_its_own_reviews_only(app: APIFlask, store: Store, mentor: Client):
    own = mentor.get("/v1/panels/p1/reviews").json["reviews"]
    assert [(each["application"], each["reviewer"]) for each in own] == [("s1", "m1")]
    table = mentor.get("/v1/panels/p1/reviews/table?format=csv").data.decode("utf-8-sig")
    assert [row["reviewer"] for row in csv.DictReader(io.StringIO(table))] == ["m1"]
    given = {"application": "s2", "reviewer": "i1", "score": 1}
    assert mentor.put("/v1/panels/p1/scores", json={"scores": [given]}).status_code == 404
    assert mentor.get("/v1/panels/p1/awards").status_code == 403
    staff = caller(app, store, Caller.STAFF)
    staff.post("/v1/panels", json=PANEL | {"reviewers": [{"name": "王明"}], "settings": {"each": 1}})
    assert mentor.get("/v1/panels/seed/reviews").status_code == 404


@pytest.mark.parametrize(
    ("score", "status"), [({"score": 101}, 422), ({"application": "s2"}, 422), ({"score": None}, 200)]
)
def test_a_score_is_checked(staff: Client, score: dict[str, Any], status: int):
    given = {"application": "s1", "reviewer": "m1", "score": 75} | score
    answer = staff.put("/v1/panels/p1/scores", json={"scores": [given]})
    assert answer.status_code == status
    if status == 200:
        assert (answer.json["recorded"], answer.json["waiting"]) == (1, 1)


def test_tables_come_as_csv_and_xlsx_with_formulas_neutralised(staff: Client, panel: dict[str, Any]):
    staff.post("/v1/panels/seed/assignment", json={})
    text = staff.get("/v1/panels/seed/awards/table?format=csv&lang=en").data.decode("utf-8-sig")
    rows = {row["application"]: row for row in csv.DictReader(io.StringIO(text))}
    assert rows["s2"]["title"] == "'=cmd"
    assert rows["s1"]["reason"] == "not ranked yet: 0 of 2 scores are in"
    sheet = load_workbook(io.BytesIO(staff.get("/v1/panels/seed/awards/table").data))["资助结果"]
    assert sheet["A1"].value == "rank"
    sheet = load_workbook(io.BytesIO(staff.get("/v1/panels/seed/reviews/table").data))["评审表"]
    assert [cell.value for cell in sheet[1]][:3] == ["application", "title", "reviewer"]


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"applications": []}, "#/applications"),
        ({"applications": [{"startup_id": "s1", "asked": 0}]}, "#/applications/0/asked"),
        ({"settings": {"each": 0}}, "#/settings/each"),
        ({"settings": {"eech": 3}}, "#/settings/eech"),
        ({"reviewers": [{}]}, "#/id"),
    ],
)
def test_a_panel_that_means_nothing_is_refused_by_place(staff: Client, change: dict[str, Any], pointer: str):
    answer = staff.post("/v1/panels", json=PANEL | change)
    assert (answer.status_code, answer.json["errors"][0]["pointer"]) == (422, pointer)


def test_a_panel_names_only_whom_the_organisation_may_know(staff: Client):
    for change in (
        {"applications": [{"startup_id": "s9"}]},
        {"applications": [{"startup_id": "m1"}]},
        {"reviewers": [{"partner_id": "south:m9"}]},
        {"reviewers": [{"partner_id": "s1"}]},
    ):
        assert staff.post("/v1/panels", json=PANEL | change).status_code == 404


def test_panels_are_listed_in_figures(staff: Client, panel: dict[str, Any]):
    found = {each["id"]: each for each in staff.get("/v1/panels").json["panels"]}
    assert set(found) == {"seed", "p1", "p2"}
    assert (found["p1"]["reviews"], found["p1"]["scored"], found["p2"]["status"]) == (2, 2, "decided")
    assert staff.post("/v1/panels", json=PANEL).status_code == 409
