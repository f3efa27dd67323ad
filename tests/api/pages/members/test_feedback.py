"""What members say, as the office reads it."""

import pytest
from apiflask import APIFlask

from api.principals import Caller
from matcher.store import Store
from tests.api.pages.visitor import Visitor, visitor


def test_the_office_reads_why_a_suggestion_was_waved_away(lamp: Visitor, staff: Visitor):
    assert "还没有反馈" in staff.text("/feedback")
    lamp.send("/my/partners/near/dismiss", "/my", reason="stage", words="<b>太早</b>")
    text = staff.text("/feedback")
    assert "灯塔智能有限公司 苏近 已排除 尚可撤销 阶段不符 · <b>太早</b>" in text


def test_another_organisations_office_does_not(lamp: Visitor, app: APIFlask, store: Store):
    lamp.send("/my/partners/near/dismiss", "/my", reason="stage")
    assert "苏近" not in visitor(app, store, Caller.STAFF, "south").text("/feedback")


def test_the_office_reads_why_an_introduction_was_declined(
    lamp: Visitor, near: Visitor, staff: Visitor, store: Store
):
    lamp.send("/my/partners/near/request", "/my")
    [asked] = store.introductions.all("north", member="near")
    near.send(f"/my/introductions/{asked.id}/decline", "/my", reason="stage", words="太早")
    text = staff.text("/feedback")
    assert "还没有反馈" not in text
    assert "灯塔智能有限公司 苏近 伙伴婉拒 阶段过早或过晚 · 太早" in text


@pytest.mark.parametrize("offset", ["-1", "x", "9" * 9])
def test_a_strange_place_is_refused(staff: Visitor, offset: str):
    assert staff.get(f"/feedback?offset={offset}").status_code == 422
