"""A member's own profile: the form, how complete it is, two who write at once, leaving automated matching."""

import dataclasses
import re
from typing import Any

import pytest

from matcher.profiles import Profile
from matcher.store import Store
from tests.api.pages.visitor import Visitor, form_token, shown

LAMP = {
    "name": "灯塔智能有限公司",
    "description": "为工厂做视觉检测的人工智能软件。",
    "industries": "人工智能、机器人",
    "region": "广东/深圳",
    "stage": "天使轮",
    "raising_amount": "1,500万",
    "raising_currency": "CNY",
}


def version(visitor: Visitor) -> str:
    found = re.search(r'name="version" value="([^"]+)"', visitor.get("/my/profile").text)
    assert found
    return found[1]


def save(visitor: Visitor, ticked: tuple[str, ...] = (), **fields: str) -> Any:
    seen = fields.pop("version", None) or version(visitor)
    data: dict[str, Any] = {"form_token": form_token(visitor.get("/my/profile")), "version": seen, **fields}
    return visitor.client.post("/my/profile", data={**data, "needs_ticked": list(ticked)})


def stored(store: Store, id_: str = "lamp") -> Profile:
    return store.profile("north", id_)


def test_what_is_typed_is_kept_and_read_as_imports_read_it(lamp: Visitor, store: Store):
    answer = save(
        lamp,
        ("finance.equity", "nonsense"),
        **LAMP,
        needs="量子顾问",
        founded="2024年3月",
        team_size="约10人",
    )
    assert answer.status_code == 303, shown(answer)
    now = stored(store)
    assert now.industries == ("人工智能", "机器人")
    assert (now.raising_amount, now.raising_currency, now.team_size) == (15_000_000, "CNY", 10)
    assert now.founded is not None
    assert "量子顾问" in now.needs
    assert len(now.needs) == 2
    text = lamp.text("/my/profile")
    assert "档案已保存" in text
    assert "量子顾问" in lamp.get("/my/profile").text


def test_the_form_sent_as_it_came_changes_nothing(lamp: Visitor, store: Store):
    before = stored(store)
    page = lamp.get("/my/profile").text
    fields = dict(re.findall(r'<input id="(\w+)" name="\w+"[^>]* value="([^"]*)"', page))
    fields["description"] = before.description
    ticked = tuple(re.findall(r'name="needs_ticked" value="([^"]+)" checked', page))
    fields.pop("needs-others", None)
    assert save(lamp, ticked, **fields).status_code == 303
    assert stored(store) == before
    assert "没有变化" in lamp.text("/my/profile")


def test_the_office_s_own_fields_are_not_a_members_to_write(lamp: Visitor, store: Store):
    save(
        lamp,
        **LAMP,
        tags="vip",
        exclude="near",
        status="closed",
        shared="yes",
        capacity="9",
        organisation="south",
    )
    now = stored(store)
    assert (now.tags, now.exclude, now.status.value, now.shared, now.capacity) == (
        (),
        (),
        "active",
        False,
        None,
    )


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("name", ""),
        ("name", "x" * 301),
        ("raising_amount", "a lot"),
        ("raising_amount", "-5"),
        ("raising_currency", "beads"),
        ("founded", "some day"),
        ("team_size", "1.5"),
        ("industries", "x" * 10_000),
        ("region", "x" * 10_000),
        ("stage", "\x00"),
    ],
)
def test_what_cannot_be_kept_is_told_at_its_field_and_nothing_is_lost(
    lamp: Visitor, store: Store, field: str, typed: str
):
    before = stored(store)
    answer = save(lamp, **{**LAMP, "industries": "海洋", field: typed})
    assert answer.status_code == 422
    assert f'id="{field}-fault"' in answer.text
    if field != "industries":
        assert 'value="海洋"' in answer.text
    assert stored(store) == before


def test_two_who_write_at_once_lose_nothing(lamp: Visitor, store: Store):
    seen = version(lamp)
    store.put_profiles([dataclasses.replace(stored(store), description="办公室写的", tags=("vip",))])
    answer = save(lamp, version=seen, **LAMP)
    assert answer.status_code == 409
    assert "期间有人改过" in shown(answer)
    assert "办公室写的" in answer.text
    assert "1,500万" in answer.text
    assert stored(store).description == "办公室写的"
    assert save(lamp, **LAMP).status_code == 303
    assert (stored(store).description, stored(store).tags) == (LAMP["description"], ("vip",))


def test_a_change_is_taken_back_by_whose_it_is(lamp: Visitor, near: Visitor, store: Store):
    before = stored(store)
    save(lamp, **LAMP)
    found = re.search(r'name="change" value="([^"]+)"', lamp.get("/my/profile").text)
    assert found
    assert near.send("/my/profile/undo", "/my", change=found[1]).status_code == 404
    assert lamp.send("/my/profile/undo", "/my/profile", change=found[1]).status_code == 303
    assert stored(store) == before
    assert lamp.send("/my/profile/undo", "/my/profile", change="none").status_code == 404


def test_the_meter_names_the_field_that_would_help_most(lamp: Visitor, s1: Visitor):
    text = lamp.text("/my/profile")
    assert "匹配所需的信息都已齐全" in text
    assert "100 %" in text
    bare = s1.get("/my/profile").text
    first = re.search(r'<ol class="gaps"><li><a href="#(\w+)">', bare)
    assert first
    assert first[1] == "needs"  # the prior heeds needs most
    assert f'href="/my/profile#{first[1]}"' in s1.get("/my").text


def test_who_leaves_is_suggested_to_nobody_at_once_and_no_import_changes_that(
    lamp: Visitor, near: Visitor, staff: Visitor, store: Store
):
    near.send("/my/matching", "/my/profile", out="yes")
    assert "苏近" not in lamp.get("/my?k=50").text
    assert "您已退出自动匹配" in near.text("/my")
    assert "已退出自动匹配" in staff.text("/partners/near")
    store.put_profiles([dataclasses.replace(stored(store, "near"), opted_out_at=None, capacity=8)])
    assert stored(store, "near").opted_out_at is not None
    assert "苏近" not in lamp.get("/my?k=50").text
    near.send("/my/matching", "/my/profile", out="no")
    assert "苏近" in lamp.get("/my?k=50").text


def test_a_startup_that_left_is_told_so_and_may_come_back(lamp: Visitor):
    lamp.send("/my/matching", "/my/profile", out="yes")
    assert "您已退出自动匹配，因此没有推荐" in lamp.text("/my")
    assert lamp.send("/my/partners/near/request", "/my").status_code == 409
    lamp.send("/my/matching", "/my/profile", out="no")
    assert "苏近" in lamp.text("/my")


def test_a_mentor_and_an_investor_write_what_their_role_has(near: Visitor, store: Store):
    page = near.get("/my/profile").text
    assert 'name="capacity"' in page
    assert 'name="raising_amount"' not in page
    token, seen = form_token(near.get("/my/profile")), version(near)
    data = {"form_token": token, "version": seen, "name": "苏近", "stages": "天使轮、A轮", "capacity": "4"}
    assert near.client.post("/my/profile", data={**data, "offers_ticked": ["legal"]}).status_code == 303
    now = stored(store, "near")
    assert (now.stages, now.capacity, len(now.offers)) == (("天使轮", "A轮"), 4, 1)


@pytest.mark.parametrize("language", ["zh", "zh-Hant", "en"])
def test_no_page_is_left_untranslated(lamp: Visitor, near: Visitor, language: str):
    lamp.send("/my/partners/near/request", "/my")
    pages = [(lamp, p) for p in ("/my", "/my/requests", "/my/profile", "/my/partners/far")]
    for visitor, path in [*pages, *((near, p) for p in ("/my", "/my/history", "/my/profile"))]:
        text = visitor.text(f"{path}?lang={language}")
        if language == "en":
            assert "Suggestions" in text or "Inbox" in text
        else:
            assert not re.search(r"\b(Suggestions|Inbox|Save|Undo|Decline|Match)\b", text), text
