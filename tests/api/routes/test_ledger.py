"""What ledgers say through the API, and what staff make of it."""

import csv
import io

import pytest
from apiflask import APIFlask
from python_calamine import CalamineWorkbook

from api.principals import Caller
from matcher.interactions import Interaction, InteractionType
from matcher.profiles import Profile, Role, Status
from matcher.store import Store
from tests.api.conftest import NOON
from tests.api.world import Client, caller, csv_file, short_of_cash

CONFIRM = {
    "startup_id": "s1",
    "rule": "runway_short",
    "verdict": "confirmed",
    "reason": "账上只够三个月",
}
DISMISS = CONFIRM | {"verdict": "dismissed", "reason": "下周到账"}


@pytest.fixture(autouse=True)
def _ledgers(store: Store) -> None:
    store.put_ledger([*short_of_cash("s1"), *short_of_cash("s9", "south")])


def signals(client: Client, query: str = "") -> list[dict]:
    return client.get(f"/v1/ledger/signals?{query}").json["signals"]


def test_a_startup_reads_its_ledger_and_blanks_are_null(startup: Client):
    answer = startup.get("/v1/startups/s1/ledger").json
    assert [month["month"] for month in answer["months"]] == [
        "2025-11-01",
        "2025-12-01",
        "2026-01-01",
        "2026-02-01",
    ]
    assert answer["months"][-1] == {
        "month": "2026-02-01",
        "headcount": None,
        "present": None,
        "revenue": None,
        "orders": None,
        "cash": 30.0,
        "note": "",
    }


def test_a_startup_reads_nobody_elses_ledger(startup: Client):
    assert startup.get("/v1/startups/s2/ledger").status_code == 404


def test_a_signal_comes_with_its_evidence_and_what_it_suggests(staff: Client):
    [signal] = signals(staff, "lang=en")
    assert signal["startup_id"] == "s1"
    assert signal["sentence"] == "cash of 30 at a mean net burn of 10 a month lasts 3.0 months"
    assert signal["severity"] == "urgent"
    assert signal["evidence"][-1] == {"month": "2026-02-01", "figure": "cash", "value": 30.0}
    assert signal["needs"][1] == {"code": "finance.loan", "name": "Loan"}
    assert signal["decision"] is None


def test_other_organisations_have_their_own_signals(app: APIFlask, store: Store):
    south = caller(app, store, Caller.STAFF, "south")
    assert [signal["startup_id"] for signal in signals(south)] == ["s9"]
    assert south.post("/v1/ledger/decisions", json=CONFIRM).status_code == 404
    assert store.attention.decisions("north") == {}


def test_a_month_that_has_not_come_yet_makes_nobody_late(staff: Client):
    staff.post("/v1/imports", **csv_file("startup_id,month,cash\ns2,2026-12,9\n", "ledger.csv"))
    assert [signal["rule"] for signal in signals(staff)] == ["runway_short"]


def test_a_paused_startup_signals_nothing(staff: Client, store: Store):
    paused = Profile(organisation="north", role=Role.STARTUP, id="s1", name="青松科技", status=Status.PAUSED)
    store.put_profiles([paused])
    assert signals(staff) == []


def test_a_confirmed_need_is_in_the_profile_at_once(staff: Client):
    answer = staff.post("/v1/ledger/decisions?lang=zh", json={**CONFIRM, "need": "流动资金"})
    assert answer.status_code == 201
    assert answer.json["needs"] == ["贷款"]
    assert answer.json["decision"]["need"] == {"code": "finance.loan", "name": "贷款"}
    assert answer.json["decision"]["who"] == "staff"
    assert staff.get("/v1/profiles/s1").json["needs"] == ["贷款"]


def test_without_a_need_the_one_suggested_first_is_added(staff: Client):
    assert staff.post("/v1/ledger/decisions?lang=en", json=CONFIRM).json["needs"] == ["Equity"]


def test_a_dismissal_adds_no_need_and_the_signal_is_settled(staff: Client):
    assert staff.post("/v1/ledger/decisions", json=DISMISS).json["needs"] == []
    assert signals(staff) == []
    [settled] = signals(staff, "state=settled")
    assert settled["decision"]["verdict"] == "dismissed"
    assert settled["decision"]["reason"] == "下周到账"
    assert len(signals(staff, "state=all&rule=runway_short")) == 1
    assert signals(staff, "state=all&rule=present_low") == []


def test_a_worse_month_raises_it_again_and_the_same_month_does_not(staff: Client):
    staff.post("/v1/ledger/decisions", json=DISMISS)
    march = "startup_id,month,cash\ns1,2026-03,{}\n"
    staff.post("/v1/imports", **csv_file(march.format(28), "ledger.csv"))
    assert signals(staff) == []
    staff.post("/v1/imports", **csv_file(march.format(10), "ledger.csv"))
    assert [signal["month"] for signal in signals(staff)] == ["2026-03-01"]


def test_whoever_is_second_is_told_who_was_first_and_why(staff: Client):
    staff.post("/v1/ledger/decisions", json=DISMISS)
    second = staff.post("/v1/ledger/decisions", json=CONFIRM)
    assert second.status_code == 409
    assert "dismissed by staff" in second.json["detail"]
    assert "下周到账" in second.json["detail"]


def test_a_decision_on_figures_that_were_corrected_meanwhile_is_refused(staff: Client):
    [signal] = signals(staff)
    assert len(signal["mark"]) == 16
    staff.post("/v1/imports", **csv_file("startup_id,month,cash\ns1,2026-02,20\n", "ledger.csv"))
    late = staff.post("/v1/ledger/decisions", json={**CONFIRM, "mark": signal["mark"]})
    assert late.status_code == 409
    fresh = signals(staff)[0]["mark"]
    assert staff.post("/v1/ledger/decisions", json={**CONFIRM, "mark": fresh}).status_code == 201


def test_what_is_not_signalled_cannot_be_decided_on(staff: Client):
    assert staff.post("/v1/ledger/decisions", json={**CONFIRM, "startup_id": "s2"}).status_code == 404
    assert staff.post("/v1/ledger/decisions", json={**CONFIRM, "rule": "present_low"}).status_code == 404


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({**CONFIRM, "need": "unobtainium"}, "#/need"),
        ({**DISMISS, "need": "贷款"}, "#/need"),
        ({**CONFIRM, "reason": "  "}, "#/reason"),
        ({**CONFIRM, "reason": "x" * 2001}, "#/reason"),
        ({**CONFIRM, "rule": "bad luck"}, "#/rule"),
        ({**CONFIRM, "mark": "zz"}, "#/mark"),
    ],
)
def test_a_decision_that_cannot_be_is_refused_by_the_member(staff: Client, body: dict, pointer: str):
    answer = staff.post("/v1/ledger/decisions", json=body)
    assert answer.status_code == 422
    assert answer.json["errors"][0]["pointer"] == pointer


def test_decisions_are_listed_with_who_when_and_why(staff: Client):
    staff.post("/v1/ledger/decisions", json=DISMISS)
    [made] = staff.get("/v1/ledger/decisions?startup_id=s1").json["decisions"]
    assert (made["who"], made["at"], made["reason"]) == ("staff", "2026-03-01T12:00:00Z", "下周到账")
    assert staff.get("/v1/ledger/decisions?startup_id=s2").json["decisions"] == []


def test_the_attention_list_says_why_until_a_partner_meets_the_need(staff: Client, store: Store):
    [care] = staff.get("/v1/attention?lang=en").json["startups"]
    assert (care["rank"], care["startup_id"], care["severity"]) == (1, "s1", "urgent")
    assert care["reasons"] == ["Short runway: cash of 30 at a mean net burn of 10 a month lasts 3.0 months"]
    staff.post("/v1/ledger/decisions", json=CONFIRM)
    [care] = staff.get("/v1/attention?lang=en").json["startups"]
    assert (care["signals"], care["reasons"]) == ([], ["confirmed, not met yet: Equity"])
    meet(store, "i1", offers=("股权融资",))
    assert staff.get("/v1/attention").json["startups"] == []


def meet(store: Store, partner_id: str, **fields: object) -> None:
    """Let s1 meet the partner today."""
    role = Role.INVESTOR if partner_id.startswith("i") else Role.MENTOR
    store.put_profiles([Profile(organisation="north", role=role, id=partner_id, name="P", **fields)])
    store.add_interactions(
        [
            Interaction(
                organisation="north",
                startup_id="s1",
                partner_id=partner_id,
                type=InteractionType.MET,
                at=NOON,
            )
        ]
    )


def test_a_meeting_with_somebody_who_does_not_offer_it_does_not_meet_the_need(staff: Client, store: Store):
    staff.post("/v1/ledger/decisions", json=CONFIRM)
    meet(store, "m1", offers=("法律",))
    assert staff.get("/v1/attention").json["count"] == 1


def test_the_attention_list_as_a_sheet_has_chinese_headers_and_as_csv_those_of_programs(staff: Client):
    with staff.get("/v1/attention/table") as answer:
        [headers, row] = (
            CalamineWorkbook.from_filelike(io.BytesIO(answer.data)).get_sheet_by_index(0).to_python()
        )
    assert headers[:4] == ["次序", "企业编号", "企业名称", "程度"]
    assert row[:4] == [1, "s1", "青松科技", "紧急"]
    told = staff.get("/v1/attention/table?format=csv&lang=en")
    assert told.headers["Content-Disposition"] == 'attachment; filename="attention.csv"'
    [line] = csv.DictReader(io.StringIO(told.data.decode("utf-8-sig")))
    assert (line["startup_id"], line["severity"], line["signals"]) == ("s1", "urgent", "1")


def test_a_name_that_looks_like_a_formula_is_none_in_a_table(staff: Client, store: Store):
    store.put_profiles([Profile(organisation="north", role=Role.STARTUP, id="s1", name="=1+1")])
    told = staff.get("/v1/attention/table?format=csv").data.decode("utf-8-sig")
    assert "'=1+1" in told
