"""The office sees who needs care and why, decides in place, and looks at figures by period."""

import re

import pytest
from apiflask import APIFlask

from api.principals import OFFICE, Caller
from matcher.audit import Sought
from matcher.profiles import Profile, Role
from matcher.store import Store
from tests.api.pages.attention.paths import FOREIGN_WRITTEN, READ
from tests.api.pages.visitor import Visitor
from tests.api.world import caller, short_of_cash


@pytest.fixture
def short(staff: Visitor, store: Store) -> Visitor:
    """A startup that runs short of cash, in a cohort of its own."""
    store.put_profiles([Profile(organisation="north", role=Role.STARTUP, id="s1", name="缺钱科技")])
    store.put_ledger(short_of_cash("s1"))
    store.cohorts.create("north", "Poor", ["s1"], id="poor")
    store.cohorts.create("north", "Rich", ["lamp"], id="rich")
    return staff


def fields_of(text: str) -> dict[str, str]:
    form = text.partition('class="decide"')[2]
    return dict(re.findall(r'name="(rule|mark)" value="([^"]*)"', form)[:2])


def test_who_needs_care_is_listed_with_the_evidence_and_filtered(short: Visitor) -> None:
    text = short.text("/attention")
    assert "缺钱科技" in text
    assert "现金可用时间不足" in text
    assert "2026-" in text
    for chosen, there in (
        ("rule=runway_short", True),
        ("rule=present_low", False),
        ("cohort=poor", True),
        ("cohort=rich", False),
    ):
        assert ("缺钱科技" in short.text(f"/attention?{chosen}")) is there
    assert "缺钱科技" in short.get("/attention/table?format=csv&cohort=poor").text
    assert "/attention" in short.get("/").text


@pytest.mark.parametrize("page", ["", "/performance", "/assessment"])
def test_every_reading_is_on_record_and_shows_what_is_there_by_now(short: Visitor, store: Store, page: str):
    def readings() -> int:
        lines, _ = store.audit.page("north", Sought(action="read", subject="profile"), limit=50)
        return len(lines)

    first, second = (
        (short.text(f"/attention{page}"), readings()),
        (short.text(f"/attention{page}"), readings()),
    )
    assert first[0] == second[0]
    assert (first[1], second[1]) == (1, 2)
    store.put_profiles([Profile(organisation="north", role=Role.STARTUP, id="s2", name="也缺钱科技")])
    store.put_ledger(short_of_cash("s2"))
    assert "也缺钱科技" in short.text(f"/attention{page}")


def test_what_cannot_be_asked_for_is_refused(staff: Visitor) -> None:
    refused = ("?rule=x", "?severity=x", "?page=0", "/performance?from=20x6", "/assessment/table?format=exe")
    assert {staff.get(f"/attention{path}").status_code for path in refused} == {422}
    assert staff.get("/attention?cohort=none").status_code == 404


def test_a_need_is_confirmed_in_place_and_taken_back(short: Visitor, store: Store) -> None:
    page = short.get("/attention").text
    need = re.search(r'name="need" value="([^"]+)"', page)[1]
    sent = {**fields_of(page), "need": need, "reason": "本月发不出工资"}
    done = short.send("/attention/s1?cohort=poor", page="/attention", **sent)
    assert done.status_code == 303
    assert len(store.profile("north", "s1").needs) == 1
    notice = short.get(done.location).text
    assert "已确认" in notice
    assert short.send("/attention/s1", page="/attention", **sent).status_code == 409
    mark, added = (re.search(f'name="{name}" value="([^"]+)"', notice)[1] for name in ("mark", "added"))
    for _ in range(2):
        undone = short.send("/attention/s1/undo", page="/attention", mark=mark, added=added)
        assert undone.status_code == 303
    assert store.profile("north", "s1").needs == ()
    assert "现金可用时间不足" in short.text("/attention")


def test_a_decision_needs_a_reason_and_nothing_is_lost_without(short: Visitor) -> None:
    sent = {**fields_of(short.get("/attention").text), "verdict": "dismissed"}
    assert short.send("/attention/s1", page="/attention", **sent).status_code == 422
    assert short.send("/attention/s1", page="/attention", **sent, reason="x" * 10_000).status_code == 422
    assert short.send("/attention/s1", page="/attention", **sent, reason="另有安排").status_code == 303
    assert "缺钱科技" not in short.text("/attention")


def test_board_and_assessment_are_shown_by_period(short: Visitor) -> None:
    assert "缺钱科技" in short.text("/attention/performance?period=month")
    assert "缺钱科技" in short.text("/attention/assessment?from=2025-01&to=2026-03")
    assert short.get("/attention/performance/table").status_code == 200


def test_pages_are_for_the_office(app: APIFlask, store: Store) -> None:
    for role in Caller:
        there = caller(app, store, role)
        assert {there.get(path).status_code for path in READ} == {200 if role in OFFICE else 403}


def test_what_is_another_organisations_is_as_unknown_as_what_does_not_exist(staff: Visitor) -> None:
    sent = [
        staff.send(path, page="/attention", mark="0" * 16, rule="runway_short") for path in FOREIGN_WRITTEN
    ]
    assert {answer.status_code for answer in sent} == {404}
