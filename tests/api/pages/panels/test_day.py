"""A panel's life through its pages: set up, assigned, scored, a conflict declared, awarded, reopened."""

import io
import re
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor

import pytest
from apiflask import APIFlask

from api.principals import Caller
from matcher.panel.values import PanelStatus
from matcher.store import Store
from tests.api.pages.visitor import Visitor, form_token, shown, visitor

PEOPLE: Mapping[str, object] = {
    "application_startup_id": ["s1", "s2"],
    "application_title": ["青松一期", ""],
    "application_asked": ["19万", "100000"],
    "reviewer_partner_id": ["i1", "near", "far"],
    "reviewer_name": ["Harbour Fund", "苏近", "远之"],
}
BLANK = {
    f"{kind}_{name}": [""] * count
    for kind, names, count in (
        ("application", ("id", "least", "withdrawn"), 2),
        ("reviewer", ("id", "firm", "conflicts", "least", "most"), 3),
    )
    for name in names
}
PLAN = {
    "id": "seed",
    "name": "种子资金",
    "each": "2",
    "budget": "20万",
    "criterion_name": ["团队", "市场", ""],
    "criterion_weight": ["2", "1", ""],
    "criterion_help": ["", "", ""],
    "do": "save",
}


def sent(staff: Visitor, path: str = "/panels", **changes: object):
    return staff.send(path, page="/panels/new", **{**PEOPLE, **BLANK, **PLAN, **changes})


def version(store: Store) -> str:
    return str(store.panels.get("north", "seed").version)


@pytest.fixture
def assigned(staff: Visitor, store: Store) -> Visitor:
    assert sent(staff).status_code == 303
    made = staff.send("/panels/seed/assignment", page="/panels/new", version="1")
    assert made.status_code == 303
    return staff


def test_a_panel_is_set_up_as_it_was_typed_and_only_once(staff: Visitor, store: Store):
    for _ in range(2):
        assert sent(staff).location == "/panels/seed"
    panel = store.panels.get("north", "seed")
    assert [(each.id, each.asked) for each in panel.applications] == [("s1", 190_000), ("s2", 100_000)]
    assert [(each.name, each.weight) for each in panel.settings.criteria] == [("团队", 2), ("市场", 1)]
    assert len(store.panels.all("north")) == 3


def test_a_search_loses_nothing_of_what_was_typed_and_adds_what_is_ticked(staff: Visitor):
    found = sent(staff, do="find-partners", q_partner="Lin")
    assert found.status_code == 200
    assert 'value="m1"' in found.text
    added = sent(staff, do="add", add_partner="m1", experts="王明\n李静", application_out="0")
    assert 'value="19万"' not in added.text  # taken out
    assert all(name in added.text for name in ("Lin Mu", "王明", "李静", 'value="种子资金"', "团队"))


def test_a_mistake_is_marked_in_place(staff: Visitor, store: Store):
    wrong = sent(staff, application_asked=["19万", "many"])
    assert wrong.status_code == 422
    assert re.search(r'name="application_asked" value="many"[^>]*aria-invalid', wrong.text)
    for changes in ({"each": "0"}, {"name": "x" * 10_000}, {"quorum": "3"}, {"reviewer_name": ["\0"] * 3}):
        assert sent(staff, **changes).status_code == 422, changes


def test_startups_of_others_cannot_apply(staff: Visitor):
    assert sent(staff, application_startup_id=["s9", "s2"]).status_code == 422
    assert sent(staff, do="add", add_startup="south:s9").status_code == 404
    assert "Private Mentor" not in sent(staff, do="add", add_partner="south:m9").text


def test_the_startup_that_excludes_a_reviewer_is_read_by_others_and_the_page_says_why(
    assigned: Visitor, store: Store
):
    reads = {(each.application, each.reviewer) for each in store.panels.get("north", "seed").reviews}
    assert ("s1", "i1") not in reads
    assert "企业已将其排除" in assigned.text("/panels/seed/assignment")


def test_who_is_short_is_told_with_ways_out(staff: Visitor):
    sent(staff, each="3")
    refused = staff.send("/panels/seed/assignment", page="/panels/new", version="1")
    assert refused.status_code == 422
    assert "无利益冲突者只有 2 位" in refused.text
    assert "增加评审人" in refused.text


def investor(app: APIFlask, store: Store) -> Visitor:
    return visitor(app, store, Caller.INVESTOR)


def test_a_reviewer_scores_by_criteria_and_changes_it(assigned: Visitor, app: APIFlask, store: Store):
    one, page = investor(app, store), "/panels/seed/reviews"
    assert "种子资金" in one.text("/my/reviews")
    kept = one.send(page, page=page, application="s2", mark=["90", "60"], comment="好", seen="")
    assert kept.status_code == 303
    [mine] = [each for each in store.panels.get("north", "seed").reviews if each.reviewer == "i1"]
    assert (mine.score, mine.marks) == (80, (90, 60))
    seen = re.search(r'name="seen" value="([^"]+)"', one.get(f"{page}?application=s2").text)[1]
    again = one.send(page, page=page, application="s2", do="take-back", seen=seen)
    assert again.status_code == 303
    assert "已撤回" in one.text(f"{page}?application=s2")


def test_a_score_that_cannot_be_is_marked_and_nothing_of_it_is_lost(
    assigned: Visitor, app: APIFlask, store: Store
):
    one, page = investor(app, store), "/panels/seed/reviews"
    for marks in (["90", "101"], ["90", "x"], ["90", "nan"], ["90", "9" * 10_000]):
        wrong = one.send(page, page=page, application="s2", mark=marks, comment="很好的团队", seen="")
        assert wrong.status_code == 422, marks
        assert "很好的团队" in wrong.text
        assert re.search(r'name="mark"[^>]*value="(101|x|nan|9+)"[^>]*aria-invalid', wrong.text)


def test_a_score_that_changed_elsewhere_is_not_overwritten_unseen(
    assigned: Visitor, app: APIFlask, store: Store
):
    one, page = investor(app, store), "/panels/seed/reviews"
    for comment, status in (("first", 303), ("second", 409)):
        answer = one.send(page, page=page, application="s2", mark=["90", "60"], comment=comment, seen="")
        assert answer.status_code == status
    assert "second" in answer.text


def test_a_reviewer_declares_a_conflict_and_somebody_else_is_found(
    assigned: Visitor, app: APIFlask, store: Store
):
    one = investor(app, store)
    page = "/panels/seed/reviews"
    assert one.send("/panels/seed/recusal", page=page, application="s2", why="持股").status_code == 303
    assert store.panels.get("north", "seed").status is PanelStatus.DRAFT
    assert one.send("/panels/seed/recusal", page="/account", application="s2").status_code == 404
    assigned.send("/panels/seed/assignment", page="/panels/new", version=version(store))
    readers = [
        each.reviewer for each in store.panels.get("north", "seed").reviews if each.application == "s2"
    ]
    assert sorted(readers) == ["far", "near"]
    assert "持股" in assigned.text("/panels/seed/history")


def test_awards_are_locked_in_as_seen_and_reopened_with_a_reason(assigned: Visitor, store: Store):
    for review in store.panels.get("north", "seed").reviews:
        answer = assigned.send(
            "/panels/seed/reviews",
            page="/panels/new",
            reviewer=review.reviewer,
            application=review.application,
            mark=["80" if review.application == "s1" else "70"] * 2,
            seen="",
        )
        assert answer.status_code == 303
    page = assigned.get("/panels/seed/awards?budget=30万").text
    assert "预算再增加 9万元" in page
    tag = re.search(r'name="tag" value="([^"]+)"', page)[1]
    stale = assigned.send("/panels/seed/awards", page="/panels/new", version=version(store), tag="other")
    assert stale.status_code == 409
    for _ in range(2):
        done = assigned.send("/panels/seed/awards", page="/panels/new", version=version(store), tag=tag)
        assert done.status_code == 303
    assert store.panels.get("north", "seed").status is PanelStatus.DECIDED
    shut = assigned.send(
        "/panels/seed/reviews",
        page="/panels/new",
        reviewer="near",
        application="s1",
        mark=["1", "1"],
        seen=stamp(assigned),
    )
    assert shut.status_code == 409
    bare = assigned.send("/panels/seed/reopening", page="/panels/new", version=version(store))
    assert bare.status_code == 422
    again = assigned.send("/panels/seed/reopening", page="/panels/new", version=version(store), why="算错了")
    assert again.status_code == 303
    assert "算错了" in assigned.text("/panels/seed/history")


def stamp(staff: Visitor) -> str:
    page = staff.get("/panels/seed/reviews?reviewer=near&application=s1").text
    return re.search(r'name="seen" value="([^"]*)"', page)[1]


def test_what_somebody_else_changed_is_not_overwritten_unseen(assigned: Visitor):
    stale = sent(assigned, "/panels/seed/setup", version="1", name="别名")
    assert stale.status_code == 409
    assert 'value="别名"' in stale.text


def test_scores_come_back_in_a_sheet_all_or_none(assigned: Visitor, store: Store):
    def file(text: str) -> dict[str, object]:
        token = form_token(assigned.get("/panels/new"))
        return {"form_token": token, "file": (io.BytesIO(text.encode()), "scores.csv")}

    good = "application,reviewer,score\ns1,near,70\ns2,i1,60\n"
    bad = good.replace("60", "600")
    refused = assigned.client.post("/panels/seed/sheet", data=file(bad))
    assert refused.status_code == 422
    assert "评分“600.0”不是 0 到 100 之间的数字" in refused.text
    for wrong, told in (
        (good.replace("60", "sixty"), "第 3 行：评分“sixty”不是"),
        (good.replace("s2,i1", "s2,"), "第 3 行：没有写明"),
        (good.replace("s2,i1", "s2,near"), "“near”不评审"),
        ("a,b\n1,2\n", "第一行有：a, b"),
        ("", "第一行有："),
    ):
        answer = assigned.client.post("/panels/seed/sheet", data=file(wrong))
        assert (answer.status_code, told in answer.text) == (422, True), (wrong, shown(answer))
    assert not [each for each in store.panels.get("north", "seed").reviews if each.score is not None]
    assert assigned.client.post("/panels/seed/sheet", data=file(good)).status_code == 303


def test_mischief_in_addresses_and_forms_breaks_nothing(staff: Visitor, store: Store):
    half, endless = "%ED%A0%80", "x" * 10_000
    for path in (
        f"/panels/p1/reviews?reviewer={half}",
        f"/panels/p1/reviews?reviewer={endless}",
        f"/panels/{half}",
    ):
        assert staff.get(path).status_code == 404, path[:60]
    assert staff.get(f"/panels/p1/awards?budget={endless}").status_code == 422
    assert staff.get("/panels/p1/awards?budget=%00").status_code == 422
    for changes in (
        {"id": endless},
        {"call": endless},
        {"experts": endless},
        {"q_partner": endless, "do": "find-partners"},
        {"criterion_weight": ["1e9", "-1", ""]},
        {"budget": "9" * 40},
        {"due": "2026-13-45"},
        {"score_max": "nan"},
        {"tie": "best"},
        {"version": "9" * 50},
    ):
        answer = sent(staff, **changes)
        assert answer.status_code in (200, 303, 422), changes
    for why in ("\0", endless):
        refused = staff.send("/panels/p2/reopening", page="/panels", version="4", why=why)
        assert refused.status_code == 422
    assert store.panels.get("north", "p2").status is PanelStatus.DECIDED


def test_of_two_who_decide_at_once_one_decides(staff: Visitor, app: APIFlask, store: Store):
    people = [visitor(app, store, Caller.STAFF) for _ in range(4)]
    tag = re.search(r'name="tag" value="([^"]+)"', staff.get("/panels/p1/awards").text)[1]
    before = str(store.panels.get("north", "p1").version)

    def decide(one: Visitor) -> int:
        return one.send("/panels/p1/awards", page="/panels", version=before, tag=tag).status_code

    with ThreadPoolExecutor(4) as pool:
        answers = sorted(pool.map(decide, people))
    assert answers[0] == 303
    assert set(answers) <= {303, 409}
    kinds = [event.kind for event in store.panels.events("north", "p1")]
    assert kinds.count("decided") == 1
