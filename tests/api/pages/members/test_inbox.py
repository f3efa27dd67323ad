"""The inbox of a mentor: who asks, answering, places and pause."""

import dataclasses

import pytest

from matcher.cohorts.introducing.introduction import IntroductionStatus, Side
from matcher.cohorts.run import Change
from matcher.profiles import Status
from matcher.store import Store
from tests.api.pages.visitor import Visitor, shown
from tests.api.world import introduction_of


@pytest.fixture
def offered(store: Store) -> str:
    return introduction_of(store, "published")


def names(lamp: Visitor) -> str:
    return lamp.get("/my?k=50").text


def test_a_request_stands_in_the_inbox_with_its_note_and_reasons(lamp: Visitor, near: Visitor):
    assert "目前没有等待您答复的对接" in near.text("/my")
    lamp.send("/my/partners/near/request", "/my", note="想请教<b>中试</b>")
    text = near.text("/my")
    assert "灯塔智能有限公司 希望与您对接" in text
    assert "想请教<b>中试</b>" in text
    assert "为工厂做视觉检测的人工智能软件" in text
    assert "同属人工智能" in text


def test_accepting_a_request_tells_both(lamp: Visitor, near: Visitor, store: Store):
    lamp.send("/my/partners/near/request", "/my")
    [asked] = store.introductions.all("north", member="near")
    for _ in range(2):
        assert near.send(f"/my/introductions/{asked.id}/accept", "/my").status_code == 303
    assert store.introductions.get("north", asked.id).status is IntroductionStatus.ACCEPTED
    assert "双方已同意" in near.text("/my")
    assert "双方已同意" in lamp.text("/my/requests")
    assert "双方已同意" in near.text("/my/history")
    assert "3 个名额中已占用或已承诺 1 个" in near.text("/my")


def test_a_no_has_a_reason_that_the_startup_does_not_read(lamp: Visitor, near: Visitor, store: Store):
    lamp.send("/my/partners/near/request", "/my")
    [asked] = store.introductions.all("north", member="near")
    near.send(f"/my/introductions/{asked.id}/decline", "/my", reason="stage", words="太早")
    assert store.introductions.get("north", asked.id).reason == "阶段过早或过晚 · 太早"
    history = near.text("/my/history")
    assert "太早" in history
    assert "您已谢绝" in history
    assert "对方已谢绝" not in history
    text = lamp.text("/my/requests")
    assert "对方已谢绝" in text
    assert "太早" not in text


def test_a_suggestion_says_to_each_side_who_has_answered(
    m1: Visitor, s1: Visitor, store: Store, offered: str
):
    s1.send(f"/my/introductions/{offered}/accept", "/my/requests")
    assert "您已同意 · 等待伙伴答复" in s1.text("/my/requests")
    assert "希望与您对接" in m1.text("/my/history")
    m1.send(f"/my/introductions/{offered}/decline", "/my", reason="stage")
    assert "对方已谢绝" in s1.text("/my/requests")


def test_who_is_too_late_is_told_and_loses_nothing(m1: Visitor, store: Store, offered: str):
    store.introductions.decline("north", offered, Side.STARTUP, Change(by="s1", why="no"))
    answer = m1.send(f"/my/introductions/{offered}/decline", "/my", reason="other", words="我的话")
    assert answer.status_code == 409
    assert "情况已有变化" in shown(answer)
    assert "我的话" in answer.text


def test_a_yes_that_waits_for_the_startup_is_told_apart(m1: Visitor, offered: str):
    m1.send(f"/my/introductions/{offered}/accept", "/my")
    text = m1.text("/my")
    assert "您已同意，等待企业答复 青松科技" in text


def test_places_hold_for_the_next_list(lamp: Visitor, near: Visitor, store: Store):
    assert "苏近" in names(lamp)
    near.send("/my/availability", "/my", capacity="0")
    assert store.profile("north", "near").capacity == 0
    assert "苏近" not in names(lamp)
    near.send("/my/availability", "/my", capacity="")
    assert store.profile("north", "near").capacity is None
    assert "名额：未说明" in names(lamp)


@pytest.mark.parametrize("typed", ["-1", "many", "1.5", "9" * 20, "1" * 10_000])
def test_places_that_are_none_are_refused(near: Visitor, store: Store, typed: str):
    answer = near.send("/my/availability", "/my", capacity=typed)
    assert answer.status_code == 422
    assert store.profile("north", "near").capacity == 3


def test_a_pause_holds_at_once_and_ends(lamp: Visitor, near: Visitor, store: Store):
    near.send("/my/pause", "/my", pause="yes")
    assert store.profile("north", "near").status is Status.PAUSED
    assert "苏近" not in names(lamp)
    assert "暂停期间不会把您推荐给任何企业" in near.text("/my")
    near.send("/my/pause", "/my", pause="no")
    assert "苏近" in names(lamp)


def test_what_the_office_closed_stays_closed(near: Visitor, store: Store):
    store.put_profiles([dataclasses.replace(store.profile("north", "near"), status=Status.CLOSED)])
    for path, fields in (("/my/pause", {"pause": "no"}), ("/my/availability", {"capacity": "9"})):
        assert near.send(path, "/my", **fields).status_code == 409
    assert store.profile("north", "near").status is Status.CLOSED


def test_history_is_paged(m1: Visitor):
    assert "青松科技" in m1.text("/my/history")
    assert "青松科技" not in m1.text("/my/history?offset=25")
    for offset in ("-1", "x", "99999999", "1" * 5000):
        assert m1.get(f"/my/history?offset={offset}").status_code == 422
