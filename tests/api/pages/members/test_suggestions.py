"""A startup's suggestions: cards, filters, asking, waving away and taking that back."""

import dataclasses
import datetime as dt
import re

import pytest
import sqlalchemy as sa
from apiflask import APIFlask

from api.app import create_app
from api.observing import observer
from api.pages import pages
from api.services import Services
from api.settings import Settings
from matcher.interactions import TYPES
from matcher.remarks import WHILE
from matcher.store import Store
from tests.api.conftest import NOON
from tests.api.pages.visitor import Visitor, shown


def names(text: str) -> list[str]:
    """The names on the cards, in order."""
    return re.findall(r'<h2 id="card-\d+"><a [^>]*>([^<]*)</a>', text)


def list_of(visitor: Visitor, path: str = "/my") -> str:
    """The request id that the page's forms send along."""
    found = re.search(r'name="list" value="([^"]+)"', visitor.get(path).text)
    assert found
    return found[1]


def on_record(store: Store, of: str = "north:lamp") -> list[str]:
    table = store.interactions()
    return [TYPES[code].value for code in table.types[table.startups == of]]


def test_cards_tell_who_why_what_is_offered_and_how_much_room_there_is(lamp: Visitor):
    text = lamp.get("/my").text
    assert names(text)[0] == "苏近"
    assert "避嫌" not in names(text)  # in conflict
    assert "共 3 个名额，尚余 3 个" in shown(lamp.get("/my"))
    assert "同属人工智能" in text
    assert "由系统自动计算得出" in text


def test_investors_are_on_a_tab_of_their_own_and_filters_narrow_the_list(lamp: Visitor):
    assert names(lamp.get("/my?role=investor").text)[0] == "北岸基金"
    assert "远之" not in names(lamp.get("/my?regions=深圳").text)
    assert "必备条件已忽略" in lamp.text("/my?industries=人工智障")


@pytest.mark.parametrize("query", ["k=0", "k=99", "role=startup", "offers=%00", "k=x"])
def test_a_strange_address_is_refused(lamp: Visitor, query: str):
    assert lamp.get(f"/my?{query}").status_code == 422


def test_asking_makes_one_request_however_often_the_button_is_pressed(lamp: Visitor, store: Store):
    list_id = list_of(lamp)
    for _ in range(3):
        answer = lamp.send("/my/partners/near/request", "/my", note="您好，\r\n想请教中试", list=list_id)
        assert (answer.status_code, answer.location) == (303, "/my/requests")
    [asked] = store.introductions.all("north", member="lamp")
    assert asked.note == "您好，\n想请教中试"
    assert on_record(store) == ["requested"]
    assert (
        list_id
        in store.feedback(NOON - dt.timedelta(days=400), NOON + dt.timedelta(days=1)).responses.requests
    )
    text = lamp.text("/my/requests")
    assert "已请求 · 等待答复" in text
    assert "想请教中试" in text
    assert "已请求 · 等待答复" in lamp.text("/my")


def test_a_request_that_is_refused_keeps_what_was_typed(lamp: Visitor, store: Store):
    answer = lamp.send("/my/partners/barred/request", "/my", note="一段留言")
    assert answer.status_code == 409
    assert "目前不可匹配" in answer.text
    assert "一段留言" in answer.text
    long = lamp.send("/my/partners/near/request", "/my", note="x" * 10_000)
    assert long.status_code == 422
    assert "x" * 10_000 in long.text
    assert store.introductions.all("north", member="lamp") == []


def test_who_has_promised_the_last_place_is_not_asked(lamp: Visitor, s1: Visitor, store: Store):
    assert "暂时不能请求对接" not in lamp.text("/my/partners/near")
    near = store.profile("north", "near")
    store.put_profiles([dataclasses.replace(near, capacity=1)])
    s1.send("/my/partners/near/request", "/my")
    text = lamp.text("/my/partners/near")
    assert "暂时不能请求对接" in text
    assert "发送请求" not in text


def test_a_request_is_taken_back(lamp: Visitor, store: Store):
    lamp.send("/my/partners/near/request", "/my")
    [asked] = store.introductions.all("north", member="lamp")
    path = f"/my/introductions/{asked.id}/withdraw"
    assert lamp.send(path, "/my").status_code == 303
    assert "已撤回" in lamp.text("/my/requests")
    again = lamp.send(path, "/my")
    assert again.status_code == 409
    assert "情况已有变化" in again.text


def test_who_is_waved_away_is_gone_at_once_and_comes_back(lamp: Visitor, store: Store):
    list_id = list_of(lamp)
    for _ in range(2):
        lamp.send("/my/partners/near/dismiss", "/my", reason="field", words="太远", list=list_id)
    text = lamp.get("/my").text
    assert "苏近" not in names(text)
    assert "今后不再推荐苏近" in text
    [remark] = store.remarks.of("north", "lamp")
    assert remark.text == "不是我们的领域 · 太远"
    assert on_record(store) == []
    lamp.send(f"/my/remarks/{remark.number}/undo", "/my")
    assert names(lamp.get("/my").text)[0] == "苏近"
    assert lamp.send(f"/my/remarks/{remark.number}/undo", "/my").status_code == 303  # pressed twice


def test_after_a_while_it_is_on_record_once(
    lamp: Visitor, store: Store, services: Services, settings: Settings, log
):
    lamp.send("/my/partners/near/dismiss", "/my", reason="later")
    later = dataclasses.replace(services, clock=lambda: NOON + WHILE)
    app: APIFlask = create_app(later, settings, pages=[pages], records=observer(None, log))
    after = Visitor(app.test_client(), lamp.token)
    after.sign_in()
    [remark] = store.remarks.of("north", "lamp")
    store.remarks._clock = later.clock  # the store's own clock runs with the application's
    for _ in range(2):
        assert "苏近" not in names(after.get("/my").text)
    assert on_record(store) == ["dismissed"]
    after.send(f"/my/remarks/{remark.number}/undo", "/my")
    assert "已无法撤销" in after.text("/my")


@pytest.mark.parametrize("number", ["0", "-1", "x", "9" * 30, "１"])
def test_what_was_never_said_is_not_taken_back(lamp: Visitor, number: str):
    assert lamp.send(f"/my/remarks/{number}/undo", "/my").status_code in {303, 404}


def test_mischief_in_a_profile_stays_text(lamp: Visitor):
    for path in ("/my?k=50", "/my/partners/evil"):
        assert '<script>alert("1")' not in lamp.get(path).text


def test_a_page_takes_at_most_12_queries(lamp: Visitor, store: Store):
    lamp.get("/my")
    asked: list[str] = []
    sa.event.listen(store._engine, "before_cursor_execute", lambda *given: asked.append(given[2]))
    for path in ("/my", "/my/requests", "/my/profile", "/my/partners/near"):
        asked.clear()
        assert lamp.get(path).status_code == 200
        told = [each for each in asked if not each.startswith(("BEGIN", "PRAGMA"))]
        assert len(told) <= 12, told
