"""The page of the audit log: who may read it, what it tells, and that it notices."""

import csv
import io

import pytest
import sqlalchemy as sa
from apiflask import APIFlask

from api.accounts.passwords import hash_of
from api.pages.audit.wording import ACTIONS, CALLERS, SUBJECTS, TABLES
from api.principals import OFFICE, Caller, Principal, issue_token, token_hash
from matcher.amendments import AmendmentKind
from matcher.cohorts.introducing.introduction import IntroductionEventKind
from matcher.cohorts.run import EventKind as RunEventKind
from matcher.panel.changes import EventKind as PanelEventKind
from matcher.store import Store
from matcher.store.audit_tables import AUDITED
from matcher.store.audit_tables import SUBJECTS as KINDS
from tests.api.pages.accounts.conftest import PASSWORD, enter, with_password
from tests.api.pages.audit.paths import READ
from tests.api.pages.visitor import Visitor
from tests.api.world import Client, caller


def test_every_word_of_the_log_has_a_name():
    kinds = {*AmendmentKind, *IntroductionEventKind, *RunEventKind, *PanelEventKind}
    assert {*map(str, kinds), "added", "put", "changed", "deleted"} <= ACTIONS.keys()
    assert KINDS.keys() == SUBJECTS.keys()
    assert AUDITED.keys() <= TABLES.keys()
    assert set(map(str, Caller)) <= CALLERS.keys()


@pytest.mark.parametrize("role", Caller)
@pytest.mark.parametrize("endpoint", READ)
def test_it_is_for_the_office(app: APIFlask, store: Store, endpoint: str, role: Caller):
    path, who = READ[endpoint]
    assert who == OFFICE
    assert caller(app, store, role).get(path).status_code == (200 if role in OFFICE else 403)


def test_a_change_is_told_with_who_and_what_and_no_value(app: APIFlask, staff: Visitor, store: Store):
    api = caller(app, store, Caller.STAFF)
    api.patch("/v1/profiles/lamp", json={"name": "灯塔", "raising_amount": 2e6})
    text = staff.text("/audit?subject=profile:lamp")
    assert "灯塔" in text
    assert "名称" in text
    assert "拟融资额" in text or "融资" in text
    assert token_hash(api.token)[:16] in staff.get("/audit").text
    assert "2000000" not in staff.get("/audit").text


def test_another_organisations_lines_are_not_told(app: APIFlask, store: Store, staff: Visitor):
    store.opt_out("south", "s9", out=True)
    assert "Far Startup" not in staff.text("/audit")
    assert "Far Startup" not in staff.text("/audit?q=Far")
    assert staff.get("/audit?subject=profile:south:s9").status_code == 200
    assert "s9" not in staff.get("/audit.csv").text
    abroad = caller(app, store, Caller.STAFF, "south").get("/v1/audit").json
    assert abroad["lines"][1]["subject_id"] == "s9"
    assert all("organisation" not in line for line in abroad["lines"])


def test_whole_or_broken_is_told(app: APIFlask, staff: Visitor, store: Store):
    assert "完好" in staff.text("/audit")
    with store._engine.begin() as connection:
        connection.execute(sa.text("DROP TRIGGER audit_refuse_update"))
        connection.execute(sa.text("UPDATE audit SET who = 'x' WHERE organisation = 'north' AND number = 3"))
    assert "第 3 条" in staff.text("/audit?check=all")
    assert caller(app, store, Caller.STAFF).get("/v1/audit").json["chain"] == {
        "whole_until": 2,
        "broken_at": 3,
        "why": "was changed",
    }


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("from=2026-02-30", 422),
        ("until=9999-12-31", 422),
        ("q=" + "x" * 10_000, 422),
        ("q=%25_%5C'%22", 200),
        ("q=%ED%A0%80", 200),  # no UTF-8: the server reads three marks of replacement
        ("before=-1", 422),
        ("before=99999999999999999999", 422),
        ("before=1", 200),
        ("who=nobody&action=none&subject=none:none", 200),
        ("q=" + "+".join("ab" * 33), 200),
    ],
)  # fmt: skip
def test_mischief_in_the_address_is_refused_or_finds_nothing(
    app: APIFlask, store: Store, staff: Visitor, query: str, status: int
):
    assert staff.get(f"/audit?{query}").status_code == status
    api = caller(app, store, Caller.STAFF)
    assert api.get(f"/v1/audit?{query}").status_code in {200, 422}


def test_the_table_is_harmless_and_taking_it_away_is_on_the_log(staff: Visitor, store: Store):
    store.add_token(token_hash="t" * 64, organisation="north", role="staff", label='=HYPERLINK("x")')
    rows = list(csv.reader(io.StringIO(staff.get("/audit.csv").data.decode("utf-8-sig"))))
    assert rows[0][:2] == ["number", "at"]
    assert len(rows) - 1 == int(rows[1][0])
    [line], _ = store.audit.page("north", limit=1)
    assert (line.action, line.fields, line.counts) == ("exported", ("audit",), {"rows": len(rows) - 1})


def test_pages_go_on(staff: Visitor, store: Store):
    for out in (True, False) * 30:
        store.opt_out("north", "lamp", out=out)
    first = staff.get("/audit?subject=profile:lamp").text
    assert first.count('scope="row"') == 50
    assert 'rel="next"' in first


def test_a_member_reads_who_read_its_address(app: APIFlask, store: Store):
    lin = with_password(store, hash_of(PASSWORD), "lin@example.org", role="mentor", profile_id="m1")
    assert "还没有人查看过" in enter(app, lin).text("/account")
    wei = store.people.add("north", "wei@example.org", role="staff", name="王伟")
    for who in (Principal("north", Caller.STAFF, person_id=wei.id), Principal("north", Caller.MENTOR, "m1")):
        token = issue_token(store, who)
        Client(app.test_client(), token).get("/v1/contacts/m1")
    text = enter(app, lin).text("/account").partition("谁查看过您的联系方式")[2]
    assert text.count("王伟") == 1
    assert "最近 1 次" in text
