"""A startup's introductions: answering those of a run, and rating meetings."""

import pytest

from api.principals import Caller
from matcher.cohorts.introducing.introduction import IntroductionStatus, Side
from matcher.cohorts.run import Change
from matcher.store import Store
from tests.api.pages.members.conftest import Enter
from tests.api.pages.visitor import Visitor
from tests.api.world import introduction_of

OFFICE = Change(by="staff")


@pytest.fixture
def offered(store: Store) -> str:
    """The introduction of s1 and m1."""
    return introduction_of(store, "published")


@pytest.fixture
def met(store: Store, offered: str) -> str:
    """The same, to which both have agreed."""
    store.introductions.accept("north", offered, list(Side), OFFICE)
    return offered


def test_what_the_office_suggests_waits_for_the_startup(s1: Visitor, store: Store, offered: str):
    assert "有 2 个对接等待您答复" in s1.text("/my")
    for _ in range(2):
        assert s1.send(f"/my/introductions/{offered}/accept", "/my/requests").status_code == 303
    assert "等待伙伴答复" in s1.text("/my/requests")
    assert store.introductions.get("north", offered).agreed == {Side.STARTUP}


def test_a_startup_declines_with_a_reason_that_the_office_reads(s1: Visitor, store: Store, offered: str):
    s1.send(f"/my/introductions/{offered}/decline", "/my/requests", reason="time", words="下半年再说")
    done = store.introductions.get("north", offered)
    assert (done.status, done.reason) == (IntroductionStatus.DECLINED, "目前没有时间 · 下半年再说")
    assert "您的理由：目前没有时间" in s1.text("/my/requests")


def test_without_a_reason_nothing_is_declined(s1: Visitor, store: Store, offered: str):
    answer = s1.send(f"/my/introductions/{offered}/decline", "/my/requests", reason="other")
    assert answer.status_code == 422
    assert "请说明原因" in answer.text
    assert store.introductions.get("north", offered).is_open


def test_who_is_too_late_is_told_and_loses_nothing(s1: Visitor, store: Store, offered: str):
    store.introductions.withdraw("north", offered, Change(by="staff", why="changed"))
    answer = s1.send(f"/my/introductions/{offered}/decline", "/my/requests", reason="other", words="我的话")
    assert answer.status_code == 409
    assert "情况已有变化" in answer.text
    assert "我的话" in answer.text


def test_both_agreed_is_when_addresses_are_told(s1: Visitor, m1: Visitor, offered: str):
    assert "m1@example.org" not in s1.text("/my/requests")
    assert "s1@example.org" not in m1.text("/my")
    for who, page in ((s1, "/my/requests"), (m1, "/my")):
        who.send(f"/my/introductions/{offered}/accept", page)
    assert "m1@example.org" in s1.text("/my/requests")
    assert "s1@example.org" in m1.text("/my")
    assert "s1@example.org" in m1.text("/my/history")


def test_a_meeting_is_rated_once_and_anew_for_a_while(s1: Visitor, store: Store, met: str):
    path = f"/my/introductions/{met}/rating"
    for value in ("2", "5"):
        assert s1.send(path, "/my/requests", value=value, words="很有帮助").status_code == 303
    [remark] = store.remarks.of("north", "s1")
    assert (remark.value, remark.text) == (5, "很有帮助")
    assert "您的评分：5 / 5" in s1.text("/my/requests")
    s1.send(f"/my/remarks/{remark.number}/undo", "/my/requests")
    assert store.remarks.of("north", "s1") == []


@pytest.mark.parametrize("value", ["", "0", "6", "nan", "4.5", "５", "x" * 10_000])
def test_a_rating_that_is_none_is_refused(s1: Visitor, store: Store, met: str, value: str):
    answer = s1.send(f"/my/introductions/{met}/rating", "/my/requests", value=value, words="保留")
    assert answer.status_code == 422
    assert "保留" in answer.text
    assert store.remarks.of("north", "s1") == []


def test_only_a_meeting_that_both_agreed_to_is_rated(s1: Visitor, offered: str):
    assert s1.send(f"/my/introductions/{offered}/rating", "/my/requests", value="4").status_code == 409


def test_a_partner_rates_nobody(enter: Enter, met: str):
    m1 = enter(Caller.MENTOR, "m1")
    assert m1.send(f"/my/introductions/{met}/rating", "/my", value="4").status_code == 403
