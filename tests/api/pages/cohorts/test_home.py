"""The office's first page."""

import io

import pytest
import sqlalchemy as sa

from matcher.attention.deciding import Answer, decide
from matcher.attention.decisions import Verdict
from matcher.attention.settings import AttentionSettings
from matcher.attention.signals import Rule
from matcher.cohorts.introducing.introduction import Side
from matcher.cohorts.run import Change
from matcher.ledger import LedgerEntry
from matcher.profiles import Profile, Role
from matcher.runs import RunRecord, RunStatus
from matcher.store import Store
from tests.api.conftest import NOON
from tests.api.pages.cohorts.conftest import Office
from tests.api.pages.cohorts.paths import READ
from tests.api.pages.visitor import Visitor, form_token, shown
from tests.api.world import short_of_cash
from tests.matcher.importing.given import workbook


def test_it_says_what_waits(office: Office, wei: Visitor, store: Store):
    text = wei.text("/")
    assert "solved 的导师匹配已求解：请查看后发布" in text
    assert "published 有 1 条引荐等待答复" in text
    run = office.run(wei)
    assert "2026 春季营 的导师匹配已求解" in wei.text("/")
    wei.send(f"{run}/publish", page="/cohorts", version=office.version(run))
    assert "2026 春季营 的导师匹配已求解" not in wei.text("/")
    assert "位正被等待答复的人没有邮箱" in wei.text("/")


def test_a_startup_that_has_nobody_any_more_is_told(office: Office, wei: Visitor, store: Store):
    run = office.run(wei, startup_max="1")
    wei.send(f"{run}/publish", page="/cohorts", version=office.version(run))
    assert "已经没有任何引荐" not in wei.text("/")
    while left := [
        each
        for each in store.introductions.all("north", run=run.rpartition("/")[2], member="lamp")
        if each.is_open
    ]:
        store.introductions.decline("north", left[0].id, Side.PARTNER, Change(by="near", why="no"))
    assert "2026 春季营 有 1 家企业已经没有任何引荐：全部未成 导师匹配" in wei.text("/")
    assert "等待双方" in wei.text(run)


def test_who_needs_care_comes_with_the_reason(wei: Visitor, store: Store):
    entries: list[LedgerEntry] = short_of_cash("lamp")
    store.put_ledger(entries)
    text = wei.text("/")
    assert "灯塔智能有限公司" in text
    assert "现金可用时间不足：现金 30" in text
    assert "Short runway" in wei.text("/?lang=en")


def test_who_needs_care_is_found_anew_once_something_changes(wei: Visitor, store: Store):
    entries: list[LedgerEntry] = short_of_cash("lamp")
    assert "现金可用时间不足" not in wei.text("/")
    store.put_ledger(entries)
    assert "现金可用时间不足" in wei.text("/")
    answer = Answer(startup_id="lamp", rule=Rule.RUNWAY_SHORT, verdict=Verdict.DISMISSED, reason="已到账")
    decide(store, "north", answer, AttentionSettings(), who="wei", at=NOON)
    assert "现金可用时间不足" not in wei.text("/")


def test_the_last_retrain_is_told_in_a_sentence(wei: Visitor, store: Store):
    assert "还没有每周训练" in wei.text("/")
    told = {"headline": {"zh": "新模型已上线。", "en": "A new model is live."}}
    store.save_run(RunRecord(id="r", kind="retrain", started_at=NOON, status=RunStatus.DONE, summary=told))
    assert "新模型已上线" in wei.text("/")


def test_each_part_says_what_to_do_where_there_is_nothing(app, store: Store):
    from api.principals import Caller
    from tests.api.pages.visitor import visitor

    store.add_organisation("new")
    text = visitor(app, store, Caller.STAFF, "new").text("/?lang=en")
    for said in ("Nothing: no run", "no startup. Import", "ledgers signal nothing", "No weekly run yet"):
        assert said in text


def test_an_address_is_given_and_messages_that_waited_are_sent(wei: Visitor, store: Store):
    assert "没有登记邮箱" in wei.text("/contacts")
    kept = wei.send("/contacts", page="/contacts", profile="lamp", email="lamp@example.org", language="en")
    assert "已保存" in wei.text(kept.location)
    assert store.contacts.get("north", "lamp").language == "en"
    wrong = wei.send("/contacts", page="/contacts", profile="near", email="near@@example")
    assert wrong.status_code == 422
    assert 'value="near@@example"' in wrong.text


def test_many_addresses_are_given_at_once_and_the_lines_that_are_wrong_come_back(wei: Visitor, store: Store):
    lines = "lamp\tlamp@example.org\nnobody here, x@example.org\nnear near@@example"
    answer = wei.send("/contacts/many", page="/contacts", lines=lines, language="en")
    assert answer.status_code == 422
    assert store.contacts.get("north", "lamp").email == "lamp@example.org"
    assert "第 2 行" in shown(answer)
    assert "nobody here, x@example.org\nnear, near@@example</textarea>" in answer.text
    right = wei.send("/contacts/many", page="/contacts", lines="near,near@example.org", language="zh")
    assert "已保存 1 个邮箱" in wei.text(right.location)


def test_a_file_of_addresses_is_read_and_none_of_another_organisation_is_given(wei: Visitor, store: Store):
    page = wei.get("/contacts")
    sheet = workbook(
        {"通讯录": [["姓名", "电话", "邮箱"], ["lamp", 1, "lamp@example.org"], ["m9", 2, "m9@e.org"]]}
    )
    data = {"form_token": form_token(page), "file": (io.BytesIO(sheet), "list.xlsx")}
    answer = wei.client.post("/contacts/many", data=data, content_type="multipart/form-data")
    assert (answer.status_code, store.contacts.get("north", "lamp").email) == (422, "lamp@example.org")
    assert "m9 不是任何档案" in shown(answer)


def test_the_list_of_who_cannot_be_reached_is_paged(wei: Visitor, store: Store):
    store.put_profiles(
        Profile(organisation="north", role=Role.MENTOR, id=f"x{n}", name=f"第{n}位") for n in range(45)
    )
    first, last = wei.get("/contacts"), wei.get("/contacts?page=3")
    assert first.text.count('class="contact"') == 20
    assert 'rel="next"' in first.text or "page=2" in first.text
    assert 0 < last.text.count('class="contact"') <= 20


@pytest.mark.parametrize("endpoint", READ)
def test_no_page_asks_the_database_more_than_twelve_times(
    office: Office, wei: Visitor, store: Store, endpoint: str
):
    path, asked = READ[endpoint](store), []
    wei.get(path)

    def count(_connection, _cursor, statement: str, *_rest) -> None:
        if statement.split()[0] in {"SELECT", "WITH", "INSERT", "UPDATE"}:
            asked.append(statement)

    sa.event.listen(store._engine, "before_cursor_execute", count)
    assert wei.get(path).status_code == 200
    sa.event.remove(store._engine, "before_cursor_execute", count)
    assert len(asked) <= 12, "\n".join(asked)
