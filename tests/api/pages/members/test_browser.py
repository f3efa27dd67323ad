"""A founder's and a mentor's day in a real browser, at a desk's and at a phone's width."""

import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from apiflask import APIFlask
from playwright.sync_api import Browser, expect, sync_playwright
from werkzeug.serving import make_server

from api.pages import sign_in_link
from api.principals import Caller, Principal
from matcher.store import Store
from tests.api.conftest import NOON
from tests.api.pages.chromium import CONTRAST, WIDTHS, Screen, launch, window
from tests.api.pages.walk.walking import wrong_at

pytestmark = [pytest.mark.browser, pytest.mark.e2e]

Enter = Callable[..., Screen]
STARTUP_PAGES = ("/my", "/my?role=investor", "/my/partners/near", "/my/requests", "/my/profile")
PARTNER_PAGES = ("/my", "/my/history", "/my/profile")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        running = launch(playwright)
        yield running
        running.close()


@pytest.fixture
def site(app: APIFlask) -> Iterator[str]:
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def entered(site: str, browser: Browser, store: Store) -> Iterator[Enter]:
    """Opens a member's window."""
    with ExitStack() as windows:

        def enter(role: Caller, profile_id: str, width: int = WIDTHS[0], **options: object) -> Screen:
            screen = windows.enter_context(window(browser, site, width, **options))
            screen.open(sign_in_link(store, Principal("north", role, profile_id), "", NOON))
            if not options.get("java_script_enabled", True):
                screen.page.get_by_role("button", name="进入").click()
            screen.page.wait_for_url("**/my")
            return screen

        yield enter


@pytest.mark.parametrize(("width", "scripts"), [(WIDTHS[0], True), (WIDTHS[1], True), (WIDTHS[1], False)])
def test_from_a_suggestion_to_a_meeting_that_is_rated(entered: Enter, width: int, scripts: bool):
    founder = entered(Caller.STARTUP, "lamp", width, java_script_enabled=scripts)
    page = founder.page
    card = page.locator(".card", has_text="苏近")
    expect(card).to_contain_text("共 3 个名额，尚余 3 个")
    card.get_by_text("请求对接").click()
    card.get_by_label("给苏近的留言").fill("想请教中试怎么做。")
    founder.check()
    card.get_by_role("button", name="发送请求").click()
    expect(page.locator(".notice.done")).to_contain_text("已向苏近提出对接请求")
    founder.check()

    mentor = entered(Caller.MENTOR, "near", width, java_script_enabled=scripts)
    entry = mentor.page.locator(".card", has_text="灯塔智能有限公司")
    expect(entry).to_contain_text("想请教中试怎么做。")
    mentor.check()
    entry.get_by_role("button", name="接受灯塔智能有限公司").click()
    expect(mentor.page.locator(".notice.done")).to_contain_text("都已同意对接")
    mentor.check()

    founder.open("/my/requests")
    page.get_by_text("评价会面").click()
    page.get_by_label("5", exact=True).check()
    page.get_by_role("button", name="提交评价").click()
    expect(page.locator(".entries")).to_contain_text("您的评分：5 / 5")
    founder.check()


@pytest.mark.parametrize("width", WIDTHS)
def test_waving_away_pausing_and_leaving_are_undone_by_one_button(entered: Enter, width: int):
    founder, mentor = entered(Caller.STARTUP, "lamp", width), entered(Caller.MENTOR, "near", width)
    page = founder.page
    page.locator(".card", has_text="苏近").get_by_text("不合适").click()
    page.locator(".card", has_text="苏近").get_by_role("button", name="不再推荐").click()
    expect(page.locator(".cards")).not_to_contain_text("苏近")
    page.locator(".notice.done").get_by_role("button", name="撤销").click()
    expect(page.locator(".cards")).to_contain_text("苏近")

    mentor.page.get_by_role("button", name="暂停接受推荐").click()
    founder.open("/my")
    expect(page.locator(".cards")).not_to_contain_text("苏近")
    mentor.page.locator(".notice.done").get_by_role("button", name="撤销").click()
    founder.open("/my")
    expect(page.locator(".cards")).to_contain_text("苏近")

    founder.open("/my/profile")
    page.get_by_role("button", name="退出自动匹配").click()
    founder.check()
    founder.open("/my")
    expect(page.locator(".empty")).to_contain_text("您已退出自动匹配")
    page.get_by_role("button", name="重新参与").click()
    founder.open("/my")
    expect(page.locator(".cards")).to_contain_text("苏近")
    for screen in (founder, mentor):
        screen.check()


def test_a_form_that_is_refused_keeps_what_was_typed(entered: Enter):
    founder = entered(Caller.STARTUP, "lamp", WIDTHS[1])
    founder.open("/my/profile")
    page = founder.page
    page.get_by_label("团队人数").fill("很多")
    page.locator("#languages").fill("中文、English")
    page.get_by_role("button", name="保存").click()
    expect(page.locator("#team_size-fault")).to_contain_text("不是数字")
    expect(page.locator("#languages")).to_have_value("中文、English")
    founder.complaints.clear()  # the browser notes the refusal, 422
    page.get_by_label("团队人数").fill("12")
    page.get_by_role("button", name="保存").click()
    expect(page.locator(".notice.done")).to_contain_text("档案已保存")
    founder.check()


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("width", WIDTHS)
def test_nothing_is_wrong_with_any_page(entered: Enter, width: int, language: str):
    founder, mentor = entered(Caller.STARTUP, "s1", width), entered(Caller.MENTOR, "m1", width)
    wrong: list[str] = []
    for screen, paths in ((founder, STARTUP_PAGES), (mentor, PARTNER_PAGES)):
        screen.open(f"/my?lang={language}")
        for path in paths:
            wrong += wrong_at(screen, path)
    assert wrong == []


def test_every_text_stands_out_in_the_dark(entered: Enter):
    founder = entered(Caller.STARTUP, "lamp", color_scheme="dark")
    mentor = entered(Caller.MENTOR, "m1", color_scheme="dark")
    for screen, paths in ((founder, STARTUP_PAGES), (mentor, PARTNER_PAGES)):
        for path in paths:
            screen.open(path)
            assert screen.page.evaluate(CONTRAST) == [], path
