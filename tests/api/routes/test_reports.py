"""The acceptance report over HTTP: the own organisation's alone."""

import datetime as dt

import pytest
from apiflask import APIFlask

from api.principals import Caller
from matcher.shown import ShownList
from matcher.store import Store
from tests.api.conftest import NOON
from tests.api.world import Client, caller

DAY = dt.timedelta(days=1)
YES = {"startup_id": "s1", "partner_id": "m1", "type": "requested", "request_id": "r1"}


def shown(organisation: str, query: str, *partners: str, at: dt.datetime = NOON - DAY) -> ShownList:
    return ShownList(
        request_id="r1",
        organisation=organisation,
        query_key=query,
        role="partner",
        model_version="v1",
        at=at,
        partners=partners,
        scores=(0.5,) * len(partners),
    )


@pytest.fixture(autouse=True)
def _lists(store: Store) -> None:
    store.add_shown(
        [
            shown("north", "north:s1", "north:i1", "north:m1"),
            shown("south", "south:s9", "south:m8", at=NOON - 2 * DAY),
        ]
    )


def test_what_was_shown_and_asked_for_is_reported(staff: Client):
    assert staff.post("/v1/interactions", json=YES).status_code == 201
    answer = staff.get("/v1/reports/acceptance?lang=en").json
    assert answer["organisation"] == "north"
    assert (answer["lists"], answer["recent"], answer["named"]) == (1, 1, 1)
    total = answer["total"]
    assert (total["shown"], total["requested"], total["requested_of_shown"]["share"]) == (2, 1, 0.5)
    assert total["accepted_of_requested"] == {"share": 0.0, "low": 0.0, "high": 0.7934506856227626, "of": 1}
    requested = {
        what: {group["name"]: group["requested"] for group in groups} for what, groups in answer["by"].items()
    }
    assert requested == {
        "version": {"v1": 1},
        "position": {"1": 0, "2": 1},
        "role": {"mentor": 1, "investor": 0},
        "organisation": {"north": 1},
    }
    assert answer["notes"][0].startswith("1 lists, 2 lines shown")


def test_versions_are_told_against_each_other(staff: Client, store: Store):
    from dataclasses import replace

    later = shown("north", "north:s2", "north:i1", "north:m1")
    store.add_shown([replace(later, model_version="v2", request_id="r2")])
    [comparison] = staff.get("/v1/reports/acceptance").json["comparisons"]
    assert (comparison["version"], comparison["against"], comparison["odds_ratio"]) == ("v2", "v1", None)
    assert comparison["sentence"].startswith("版本 v2 对 v1，同一名次：无法判断")


def test_nobody_sees_another_organisations(app: APIFlask, store: Store, staff: Client):
    assert staff.get("/v1/reports/acceptance?organisation=south").status_code == 404
    southern = caller(app, store, Caller.STAFF, "south").get("/v1/reports/acceptance").json
    assert (southern["organisation"], southern["total"]["shown"]) == ("south", 1)
    assert [group["name"] for group in southern["by"]["organisation"]] == ["south"]


def test_an_admin_sees_the_organisation_that_it_names(admin: Client):
    answer = admin.get("/v1/reports/acceptance?organisation=south").json
    assert (answer["organisation"], answer["total"]["shown"]) == ("south", 1)


def test_days_are_both_included(admin: Client):
    def lists(query: str) -> int:
        return admin.get(f"/v1/reports/acceptance?organisation=south&{query}").json["lists"]

    assert lists("from=2026-02-27&to=2026-02-27") == 1
    assert lists("from=2026-02-28") == 0
    assert lists("to=2026-02-26") == 0


@pytest.mark.parametrize("query", ["from=yesterday", "to=2026-13-01", "lang=fr", "first=2026-01-01"])
def test_what_is_no_day_is_refused(staff: Client, query: str):
    answer = staff.get(f"/v1/reports/acceptance?{query}")
    assert answer.status_code == 422
    assert answer.json["errors"][0]["pointer"] == f"#/{query.partition('=')[0]}"


def test_a_report_that_ends_before_it_begins_is_refused(staff: Client):
    answer = staff.get("/v1/reports/acceptance?from=2026-03-01&to=2026-02-01")
    assert answer.status_code == 422
    assert "from" in answer.json["detail"]


def test_a_deleted_profile_stays_in_the_report(staff: Client):
    staff.post("/v1/interactions", json=YES)
    before = staff.get("/v1/reports/acceptance").json
    for profile in ("m1", "s1"):
        assert staff.delete(f"/v1/profiles/{profile}").status_code == 204
    after = staff.get("/v1/reports/acceptance").json
    assert {**after, "request_id": ""} == {**before, "request_id": ""}


MET = {"startup_id": "s1", "partner_id": "m1", "type": "met"}


def test_outcomes_are_those_of_the_own_startups(staff: Client, app: APIFlask, store: Store):
    for event in (YES, MET, {**MET, "type": "rated", "value": 4}):
        assert staff.post("/v1/interactions", json=event).status_code == 201
    answer = staff.get(f"/v1/reports/outcomes?to={NOON:%Y-%m-%d}").json
    total = answer["total"]
    assert (total["requested"], total["met"], total["rated"], total["rating"]) == (1, 1, 1, 4)
    assert [group["name"] for group in answer["by"]["role"]] == ["mentor"]
    other = caller(app, store, Caller.STAFF, "south").get("/v1/reports/outcomes").json
    assert other["total"]["requested"] == 0


def test_exposure_counts_what_was_served_to_the_own_startups(staff: Client):
    answer = staff.get("/v1/reports/exposure").json
    assert answer["shown"] == 2
    assert {line["partner"]: line["shown"] for line in answer["most"]}["north:m1"] == 1
    assert "north:m9" not in str(answer)
    assert "Private Mentor" not in str(answer)


def test_supply_tells_needs_and_places(staff: Client):
    needs = {"role": "startup", "name": "Needs money", "needs": ["股权融资"]}
    assert staff.put("/v1/profiles/x1", json=needs).status_code == 201
    answer = staff.get("/v1/reports/supply").json
    assert [(line["code"], line["wanted"]) for line in answer["services"]] == [("finance.equity", 1)]


@pytest.mark.parametrize("report", ["acceptance", "outcomes", "exposure", "supply"])
def test_every_report_is_a_table_too(staff: Client, report: str):
    answer = staff.get(f"/v1/reports/{report}/table?format=csv&from=2026-01-01&to=2026-12-31")
    assert answer.status_code == 200
    assert answer.data.decode("utf-8-sig").count("\n") >= 1
    assert staff.get(f"/v1/reports/{report}x/table").status_code == 422
