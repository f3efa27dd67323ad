"""The board and the assessment through the API."""

import csv
import io

import pytest

from matcher.interactions import Interaction, InteractionType
from matcher.ledger import LedgerEntry
from matcher.profiles import Profile, Role
from matcher.store import Store
from tests.api.conftest import NOON
from tests.api.world import Client, short_of_cash


@pytest.fixture(autouse=True)
def _ledgers(store: Store) -> None:
    """s1 earns 10 a month, then 12; s2 reported February alone."""
    revenue = [10.0, 10.0, 12.0, 12.0]
    months = [
        LedgerEntry(organisation="north", startup_id="s1", month=each.month, revenue=earned, headcount=4.0)
        for each, earned in zip(short_of_cash("s1"), revenue, strict=True)
    ]
    last = months[-1].month
    store.put_ledger([*months, LedgerEntry(organisation="north", startup_id="s2", month=last, revenue=99.0)])


def test_the_board_tells_of_all_together_and_of_each(staff: Client):
    answer = staff.get("/v1/reports/performance?from=2026-01-31&to=2026-02-01").json
    assert [line["period"] for line in answer["whole"]] == ["2026-01", "2026-02"]
    assert [line["figures"]["revenue"] for line in answer["whole"]] == [12.0, 111.0]
    assert [line["figures"]["startups"] for line in answer["whole"]] == [1, 2]
    assert [row["startup_id"] for row in answer["startups"]] == ["s2", "s1"]


def test_changes_compare_like_with_like(staff: Client):
    january, february = staff.get("/v1/reports/performance?from=2026-01-01").json["whole"]
    assert january["changes"]["revenue"] == pytest.approx(0.2)
    assert february["changes"]["revenue"] == 0
    assert (january["trend"], february["trend"]) == ("up", "even")


def test_quarters_add_up_their_months(staff: Client):
    answer = staff.get("/v1/reports/performance?period=quarter&from=2025-10-01").json
    told = [(line["period"], line["figures"]["revenue"]) for line in answer["whole"]]
    assert told == [("2025-Q4", 20.0), ("2026-Q1", 123.0)]


def test_by_default_the_board_is_of_the_year_to_the_last_report(staff: Client):
    periods = [line["period"] for line in staff.get("/v1/reports/performance").json["whole"]]
    assert (periods[0], periods[-1], len(periods)) == ("2025-03", "2026-02", 12)


@pytest.mark.parametrize("path", ["performance", "performance/table", "assessment", "assessment/table"])
@pytest.mark.parametrize("query", ["from=2026-03-01&to=2026-02-01", "to=9999-12-31", "from=0001-01-01"])
def test_a_span_that_cannot_be_is_refused(staff: Client, path: str, query: str):
    assert staff.get(f"/v1/reports/{path}?{query}").status_code == 422


def event(kind: str, day: int = 1, **fields: object) -> Interaction:
    at = NOON.replace(month=2, day=day)
    return Interaction(
        organisation="north", startup_id="s1", partner_id="m1", type=InteractionType(kind), at=at, **fields
    )


def test_the_assessment_counts_reports_needs_and_outcomes(staff: Client, store: Store):
    store.put_profiles(
        [
            Profile(organisation="north", role=Role.STARTUP, id="s1", name="青松", needs=("法律", "贷款")),
            Profile(organisation="north", role=Role.MENTOR, id="m1", name="Lin Mu", offers=("法律",)),
        ]
    )
    twice = [event("met"), event("met", source_id="again"), event("met", 2)]
    deal = event("invested", amount=5e6, currency="CNY")
    store.add_interactions([*twice, event("requested"), event("rated", value=4), deal])
    answer = staff.get("/v1/reports/assessment?from=2026-01-01&to=2026-02-01&lang=en").json
    assert (answer["first"], answer["end"]) == ("2026-01-01", "2026-03-01")
    first, second = answer["startups"]
    assert (first["startup_id"], first["months_due"], first["figures"]["months"]) == ("s1", 2, 2)
    assert first["changes"]["revenue"] == pytest.approx(0.2)
    assert [need["name"] for need in first["needs"]] == ["Legal", "Loan"]
    assert [need["name"] for need in first["met"]] == ["Legal"]
    assert first["outcomes"] == {
        "requested": 1,
        "accepted": 0,
        "declined": 0,
        "meetings": 2,
        "mentored": 0,
        "invested": 1,
        "rating": 4.0,
        "amounts": {"CNY": 5e6},
    }
    assert (second["months_due"], second["outcomes"]["meetings"]) == (1, 0)


def test_events_outside_the_months_do_not_count(staff: Client, store: Store):
    store.add_interactions([event("met")])
    answer = staff.get("/v1/reports/assessment?from=2026-01-01&to=2026-01-31").json
    assert answer["startups"][0]["outcomes"]["meetings"] == 0


def test_a_startup_that_never_reported_has_no_months_due_and_nothing_known(staff: Client, store: Store):
    store.put_profiles([Profile(organisation="north", role=Role.STARTUP, id="s3", name="New")])
    third = staff.get("/v1/reports/assessment").json["startups"][2]
    assert (third["months_due"], third["figures"]["months"], third["figures"]["cash"]) == (None, 0, None)


def test_confirmed_and_open_signals_are_counted(staff: Client, store: Store):
    store.put_ledger(short_of_cash("s1"))
    before = staff.get("/v1/reports/assessment?to=2026-03-01").json["startups"][0]
    assert (before["signals"], before["confirmed"]) == (1, 0)
    decision = {"startup_id": "s1", "rule": "runway_short", "verdict": "confirmed", "reason": "yes"}
    assert staff.post("/v1/ledger/decisions", json=decision).status_code == 201
    after = staff.get("/v1/reports/assessment?to=2026-03-01").json["startups"][0]
    assert (after["signals"], after["confirmed"]) == (0, 1)
    earlier = staff.get("/v1/reports/assessment?to=2026-02-28").json["startups"][0]
    assert (earlier["signals"], earlier["confirmed"]) == (0, 0)


@pytest.mark.parametrize("name", ["performance", "assessment"])
def test_both_come_as_tables(staff: Client, name: str):
    told = staff.get(f"/v1/reports/{name}/table?format=csv").data.decode("utf-8-sig")
    lines = list(csv.DictReader(io.StringIO(told)))
    assert {"s1", "s2"} <= {line["startup_id"] for line in lines}
    with staff.get(f"/v1/reports/{name}/table") as answer:
        assert answer.headers["Content-Type"].endswith("spreadsheetml.sheet")
        assert answer.data.startswith(b"PK")
