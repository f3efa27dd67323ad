"""Plans for a funding gap through HTTP."""

import csv
import io
from dataclasses import replace

import pytest

from matcher.profiles import Profile, Role
from matcher.store import Store
from tests.api.world import Client

WAN = 10_000
NORTH = {"organisation": "north", "role": Role.INVESTOR, "currency": "CNY"}
SOURCES = [
    Profile(**NORTH, id="line", name="循环贷", kind="银行贷款", ticket_max=500 * WAN, annual_rate=2.0),
    Profile(**NORTH, id="bank", name="=商业贷", kind="银行贷款", ticket_min=100 * WAN, annual_rate=4.5),
    Profile(**NORTH, id="later", name="B 轮基金", kind="基金", stages=("B轮",)),
]
ASKED = "/v1/startups/s2/funding?amount=10000000&by=2026-09-01"


@pytest.fixture
def sources(store: Store) -> None:
    store.put_profiles(SOURCES)
    s1, s2 = (store.profile("north", id_) for id_ in ("s1", "s2"))
    raising = replace(s2, stage="天使轮", raising_amount=8e6, raising_currency="CNY")
    store.put_profiles([raising, replace(s1, stage="天使轮")])


def test_a_gap_of_ten_million_is_half_covered_by_a_line_of_two_percent(staff: Client, sources: None):
    answer = staff.get(ASKED + "&dilution=must&risk=no")
    body = answer.json
    assert answer.headers["X-Model-Version"] == body["model_version"] == "v1"
    [first, *_] = body["plans"]
    assert {part["source_id"]: part["amount"] for part in first["parts"]} == {
        "line": 500 * WAN,
        "bank": 500 * WAN,
    }
    assert (first["cost_per_year"], first["missing"], first["proved"]) == (325_000, 0, True)
    assert body["summary"] == f"缺口 1000万元，2026-09-01 前到位：3 个可用来源，{len(body['plans'])} 个方案"
    told = {refusal["source_id"]: refusal for refusal in first["refusals"]}
    assert told["line"]["instead"] == {"bank": 1000 * WAN}
    assert told["line"]["sentence"] == "若 循环贷 婉拒：改由 =商业贷 1000万元，年利息增加 12.5万元"


def test_the_office_reads_who_is_left_out_and_a_startup_does_not(
    staff: Client, startup: Client, sources: None
):
    left = {each["partner_id"]: each["why"] for each in staff.get(ASKED).json["left_out"]}
    assert left == {"later": "stage"}
    asked = ASKED.replace("s2", "s1")
    assert staff.get(asked).json["left_out"]
    assert staff.get(asked).json["left_out_summary"].startswith("另有 ")
    assert (startup.get(asked).json["left_out"], startup.get(asked).json["left_out_summary"]) == ([], "")
    assert startup.get(asked).json["plans"]
    assert startup.get(ASKED).status_code == 404


def test_what_is_missing_is_told_where_a_gap_cannot_be_covered(staff: Client, sources: None):
    body = staff.get(ASKED + "&without=bank,i1&lang=en").json
    assert (body["missing"], body["plans"][0]["covered"], len(body["plans"])) == (500 * WAN, 500 * WAN, 1)
    assert body["summary"].endswith("cover CNY 5,000,000 at most, CNY 5,000,000 is missing")
    nobody = staff.get(ASKED + "&without=bank,i1,line").json
    assert (nobody["plans"], nobody["missing"], nobody["possible_sources"]) == ([], 1000 * WAN, 0)


def test_the_amount_is_what_the_startup_raises_unless_another_is_asked(staff: Client, sources: None):
    assert staff.get("/v1/startups/s2/funding?by=2026-09-01").json["amount"] == 8_000_000
    answer = staff.get("/v1/startups/s1/funding?by=2026-09-01")
    assert (answer.status_code, answer.json["errors"][0]["pointer"]) == (422, "#/amount")


def test_limits_can_be_ignored_and_times_set(staff: Client, sources: None):
    assert staff.get(ASKED + "&ignore=stage").json["left_out"] == []
    hurried = staff.get(ASKED.replace("2026-09-01", "2026-03-20"))
    assert {each["why"] for each in hurried.json["left_out"]} == {"too_late", "stage"}
    assert staff.get(ASKED.replace("2026-09-01", "2026-03-20") + "&loan_days=5").json["possible_sources"] == 2


@pytest.mark.parametrize(
    "query",
    [
        "by=2026-09-01&amount=0",
        "amount=5",
        "by=2020-01-01&amount=5",
        "by=x&amount=5",
        "by=2026-09-01&amount=5&cost=very",
        "by=2026-09-01&amount=5&ignore=colour",
        "by=2026-09-01&amount=5&valuation=4",
        "by=2026-09-01&amount=5&currency=XAU",
        "by=2026-09-01&amount=5&plans=11",
    ],
)
def test_a_question_that_means_nothing_is_refused(staff: Client, query: str):
    assert staff.get(f"/v1/startups/s1/funding?{query}").status_code == 422


def test_plans_come_as_a_table_with_formulas_neutralised(staff: Client, sources: None):
    asked = ASKED.replace("funding?", "funding/table?format=csv&risk=no&dilution=must&")
    rows = list(csv.DictReader(io.StringIO(staff.get(asked).data.decode("utf-8-sig"))))
    bank = next(row for row in rows if row["plan"] == "1" and row["source_id"] == "bank")
    assert (bank["name"], bank["amount"], bank["currency"]) == ("'=商业贷", "5000000", "CNY")
    assert staff.get(asked.replace("csv", "xlsx")).data.startswith(b"PK")
