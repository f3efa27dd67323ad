"""A profile's past, its ledger, and the money that it could have."""

import datetime as dt
import re

import pytest

from matcher.interactions import Interaction, InteractionType
from matcher.store import Store
from tests.api.conftest import NOON
from tests.api.pages.visitor import Visitor
from tests.api.world import short_of_cash


def event(day: int, partner: str = "near", **values: object) -> Interaction:
    at = NOON - dt.timedelta(days=day)
    kind = values.pop("type", InteractionType.MET)
    return Interaction(
        organisation="north", startup_id="lamp", partner_id=partner, type=kind, at=at, **values
    )


def test_the_past_is_told_from_both_sides_the_latest_first(staff: Visitor, store: Store):
    store.add_interactions([event(3), event(1, type=InteractionType.RATED, value=4.0)])
    mine, theirs = staff.text("/profiles/lamp/history"), staff.text("/profiles/near/history")
    assert re.search("苏近 评分 · 4 / 5 2026-02-28 .* 苏近 见面 2026-02-26", mine)
    assert "灯塔智能有限公司 见面 2026-02-26" in theirs


def test_a_long_past_has_pages(staff: Visitor, store: Store):
    store.add_interactions([event(day) for day in range(60)])
    first, last = staff.text("/profiles/lamp/history"), staff.text("/profiles/lamp/history?page=3")
    assert "1 / 3" in first
    assert "2026-03-01" in first
    assert "3 / 3" in last
    assert "2026-03-01" not in last
    for page in ("0", "x", "9" * 30):
        assert staff.get(f"/profiles/lamp/history?page={page}").status_code == 422


def test_what_a_shared_partner_does_elsewhere_is_not_told(staff: Visitor, store: Store):
    store.add_interactions(
        [
            Interaction(
                organisation="south", startup_id="s9", partner_id="m8", type=InteractionType.MET, at=NOON
            )
        ]
    )
    text = staff.text("/profiles/south:m8/history")
    assert "Shared Mentor" in text
    assert "Far Startup" not in text


def test_who_was_deleted_is_not_named(staff: Visitor, store: Store):
    store.add_interactions([event(1)])
    store.delete_profile("north", "near")
    assert "已删除的档案" in staff.text("/profiles/lamp/history")


def test_introductions_are_among_the_past(staff: Visitor):
    assert "Lin Mu 等待答复" in staff.text("/profiles/s1/history")


def test_a_signal_is_confirmed_with_a_reason(staff: Visitor, store: Store):
    store.put_ledger(short_of_cash("lamp"))
    page = staff.get("/startups/lamp/signals").text
    rule, mark = re.search(
        r'name="rule" value="([^"]*)"><input type="hidden" name="mark" value="([^"]*)"', page
    ).groups()
    need = re.search(r'name="need" value="([^"]*)"', page)[1]
    path = "/startups/lamp/signals"
    refused = staff.send(path, path, rule=rule, mark=mark, need=need, reason="")
    assert refused.status_code == 422
    assert staff.send(path, path, rule=rule, mark=mark, need=need, reason="现金不多").status_code == 303
    assert "staff" in staff.text(path)
    again = staff.send(path, path, rule=rule, mark=mark, need=need, reason="again")
    assert again.status_code == 409
    assert "有人先处理了" in again.text


@pytest.mark.parametrize("fields", [{"rule": "evil"}, {"rule": "runway_short", "verdict": "evil"}, {}])
def test_a_decision_on_nothing_is_refused(staff: Visitor, fields: dict[str, str]):
    path = "/startups/lamp/signals"
    assert staff.send(path, path, reason="x", **fields).status_code == 422


def test_a_startup_without_a_ledger_is_told_what_to_do(staff: Visitor):
    assert "还没有月度台账" in staff.text("/startups/lamp/signals")


def test_plans_cover_what_the_startup_raises(staff: Visitor):
    text = staff.text("/startups/lamp/funding")
    assert "方案 1" in text
    assert "北岸基金" in text


def test_amounts_are_asked_for_as_people_write_them(staff: Visitor):
    assert "500万" in staff.text("/startups/lamp/funding?amount=500万&by=2026-12-01")


@pytest.mark.parametrize(
    "asked",
    ["amount=x&by=2026-12-01", "by=x", "amount=1&by=1900-01-01", "amount=5&currency=xx&by=2026-12-01"],
)
def test_what_cannot_be_asked_is_told_and_the_form_stays(staff: Visitor, asked: str):
    answer = staff.get(f"/startups/lamp/funding?{asked}")
    assert answer.status_code == 422
    assert 'class="gap"' in answer.text


def test_where_nobody_says_what_is_missing_the_page_asks(staff: Visitor):
    answer = staff.get("/startups/s2/funding")
    assert answer.status_code == 200
    assert "没有写明融资额" in answer.text
