"""The page of the models: what serves and why, what the weekly runs did, and their reports."""

import datetime as dt
from dataclasses import replace

import pytest
from apiflask import APIFlask

from api.app import create_app
from api.pages import pages
from api.principals import Caller
from api.services import Services
from api.settings import Settings
from matcher.model.registry import Registry, Verdict
from matcher.runs import RunRecord, RunStatus
from matcher.store import Store
from tests.api.conftest import NOON
from tests.api.pages.city import EVIL
from tests.api.pages.visitor import Visitor, visitor
from tests.matcher.model.samples import full_model

RUN, LATER = "20260301T100000Z-aa", "20260301T110000Z-bb"
SUMMARY = {
    "outcome": "promoted",
    "headline": {"zh": "新模型已上线：导师推荐更准。", "en": "A new model is live: mentor lists are better."},
    "candidate": "v2",
    "ndcg": {"mentor": 0.231, "investor": 0.168},
}


def a_run(run: str = RUN, **changes: object) -> RunRecord:
    """A run of an hour before noon, done unless changed."""
    began = NOON - dt.timedelta(hours=1)
    done = {"finished_at": began + dt.timedelta(minutes=11), "status": RunStatus.DONE, "summary": SUMMARY}
    return RunRecord(
        **{"id": run, "kind": "retrain", "started_at": began, "step": "report", **done, **changes}
    )


@pytest.fixture
def registry(services: Services) -> Registry:
    assert isinstance(services.registry, Registry)
    return services.registry


@pytest.fixture
def week(registry: Registry, store: Store) -> None:
    """A run made v2, which serves; v1 served before; v3 was turned down."""
    for version in ("v1", "v2", "v3"):
        registry.add(full_model(version))
    registry.promote("v1", at="2026-02-01T00:00:00Z", by="lin@office", reason="the first", forced=True)
    registry.judge("v2", Verdict(True, RUN, "2026-03-01T10:00:00Z"))
    registry.judge("v3", Verdict(False, LATER, "2026-03-01T11:00:00Z"))
    registry.promote("v2", at="2026-03-01T10:05:00Z", by="bole retrain", reason=f"run {RUN}")
    registry.put_report(RUN, "report.html", b"<p>whole")
    registry.put_report(RUN, "nameless.html", "<p>周报".encode())
    store.save_run(a_run())


def section(text: str, title: str) -> str:
    """What a reader sees from a heading on."""
    return text.partition(f" {title} ")[2]


def test_before_any_training_the_page_says_what_would_fill_it(staff: Visitor):
    text = staff.text("/models")
    assert "尚未训练：清单只依据档案排序。" in text
    assert "bole retrain" in text
    assert "版本记录" not in text


@pytest.mark.usefixtures("week")
def test_the_live_version_comes_with_its_date_its_author_its_reason_and_its_quality(staff: Visitor):
    text = section(staff.text("/models"), "线上模型")
    for told in ("v2", "2026年3月1日 18:05", "bole retrain", "新模型已上线：导师推荐更准。", "导师 0.231"):
        assert told in text.partition("最近一期周报")[0]


@pytest.mark.usefixtures("week")
def test_versions_come_with_their_status_and_why(staff: Visitor):
    text = section(staff.text("/models?lang=en"), "Versions")
    third, second, first = (text.partition(f" {version} ")[2] for version in ("v3", "v2", "v1"))
    assert third.startswith("rejected – The gate turned it down.")
    assert second.startswith(
        "live 2 Mar 2026" if False else "live 1 Mar 2026 18:05 bole retrain A new model is live"
    )
    assert first.startswith("retired 1 Feb 2026 08:00 lin@office forced the first")


@pytest.mark.usefixtures("week")
def test_a_version_is_told_by_the_run_that_put_it_live_and_not_by_a_later_one(
    staff: Visitor, store: Store, registry: Registry
):
    again = {**SUMMARY, "outcome": "kept", "headline": {"zh": "数据没有变化。"}}
    store.save_run(a_run(LATER, started_at=NOON, summary=again))
    registry.judge("v2", Verdict(True, LATER, "2026-03-01T12:00:00Z"))
    text = section(staff.text("/models"), "版本记录")
    assert "新模型已上线：导师推荐更准。" in text
    assert "数据没有变化" not in text


@pytest.mark.usefixtures("week")
def test_a_version_that_was_rolled_back_to_says_so(staff: Visitor, registry: Registry):
    registry.rollback(at="2026-03-01T11:00:00Z", by="lin@office")
    assert "v1 live 1 Mar 2026 19:00 lin@office rolled back from v2" in staff.text("/models?lang=en")


@pytest.mark.usefixtures("week")
def test_a_run_links_to_its_report_in_the_readers_language(staff: Visitor):
    address = f"/v1/models/reports/{RUN}"
    assert f'<iframe class="report" src="{address}#zh"' in staff.get("/models").text
    page = staff.get("/models?lang=en").text
    assert f'href="{address}#en"' in page
    assert "sandbox loading" in page


@pytest.mark.usefixtures("week")
def test_the_report_opens_for_the_session_that_the_page_belongs_to(app: APIFlask, staff: Visitor):
    address = f"/v1/models/reports/{RUN}"
    assert staff.get(address).text == "<p>周报"
    assert Visitor(app.test_client()).get(address).status_code == 401


@pytest.mark.usefixtures("week")
def test_an_admin_takes_the_organisation_along_to_the_report(admin: Visitor):
    assert f"/v1/models/reports/{RUN}?organisation=south#zh" in admin.get("/models?organisation=south").text


def test_a_run_that_goes_on_is_told_with_its_step_and_its_last_sign_of_life(staff: Visitor, store: Store):
    store.save_run(a_run(status=RunStatus.RUNNING, finished_at=None, step="fit", summary={}))
    store.acquire("retrain", "host-7 pid 12", stale_after_seconds=60)
    text = staff.text("/models")
    assert "每周训练正在进行。" in text
    assert "当前步骤：训练" in text
    assert "host-7 pid 12" in text
    assert "运行中" in text


def test_a_run_that_is_not_heard_of_is_not_told_as_going_on(
    store: Store, services: Services, settings: Settings
):
    store.acquire("retrain", "host-7", stale_after_seconds=60)
    beat = store.lease("retrain").heartbeat_at
    late = replace(services, clock=lambda: beat + dt.timedelta(minutes=3))
    text = visitor(create_app(late, settings, pages=[pages]), store, Caller.STAFF).text("/models?lang=en")
    assert "was not heard of for a while" in text
    assert "last sign of life 3 min ago" in text


def test_a_run_that_nobody_holds_a_lease_for_was_broken_off(staff: Visitor, store: Store):
    store.save_run(a_run(status=RunStatus.RUNNING, finished_at=None, summary={}))
    assert "已中断" in staff.text("/models")


def test_a_run_that_failed_says_where(staff: Visitor, store: Store):
    store.save_run(a_run(status=RunStatus.FAILED, step="fit", summary={"error": f"disk full {EVIL}"}))
    text = staff.text("/models")
    assert "在“训练”一步结束" in text
    assert "disk full" in text
    assert EVIL not in staff.get("/models").text


def test_a_report_whose_run_the_store_forgot_is_still_there(staff: Visitor, registry: Registry):
    registry.put_report(LATER, "nameless.html", b"<p>")
    assert f"/v1/models/reports/{LATER}#zh" in staff.get("/models").text


@pytest.mark.parametrize("summary", [{}, {"headline": "?", "ndcg": {"mentor": "high"}}, {"ndcg": None}])
def test_a_summary_of_another_kind_breaks_nothing(staff: Visitor, store: Store, summary: dict[str, object]):
    store.save_run(a_run(summary=summary))
    assert "已完成" in staff.text("/models")


def test_what_runs_say_is_text(staff: Visitor, store: Store):
    store.save_run(a_run(summary={"headline": {"zh": EVIL}}))
    page = staff.get("/models").text
    assert EVIL not in page
    assert "&lt;script&gt;alert" in page


def test_the_next_run_is_told_in_the_zone_of_the_schedule(staff: Visitor):
    assert "2026年3月8日 03:00 （Asia/Shanghai）" in staff.text("/models")
