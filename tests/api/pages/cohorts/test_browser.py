"""The board in a real browser: by mouse, by keyboard, without scripts, at a desk's and at a phone's width."""

import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from playwright.sync_api import Browser, expect, sync_playwright
from werkzeug.serving import make_server

from api.pages import sign_in_link
from api.principals import Caller, Principal
from tests.api.conftest import NOON
from tests.api.pages.chromium import CONTRAST, WIDTHS, Screen, launch, window
from tests.api.pages.cohorts.conftest import Office
from tests.api.pages.visitor import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.e2e]
Opener = Callable[..., Screen]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        running = launch(playwright)
        yield running
        running.close()


@pytest.fixture
def enter(office: Office, browser: Browser) -> Iterator[Opener]:
    server = make_server("127.0.0.1", 0, office.app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    with ExitStack() as windows:

        def opened(width: int = WIDTHS[0], **options: object) -> Screen:
            address = f"http://127.0.0.1:{server.server_port}"
            screen = windows.enter_context(window(browser, address, width, **options))
            screen.open(sign_in_link(office.store, Principal("north", Caller.STAFF), "", NOON))
            if not options.get("java_script_enabled", True):
                screen.page.get_by_role("button", name="进入").click()
            screen.page.wait_for_url(lambda url: "signin" not in url)
            return screen

        yield opened
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.parametrize("width", WIDTHS)
def test_a_run_is_solved_edited_undone_and_published(enter: Opener, office: Office, width: int):
    screen = enter(width)
    page = screen.page
    screen.open("/cohorts/spring")
    page.get_by_role("button", name="匹配导师").click()
    page.get_by_role("button", name="建立并求解").click()
    expect(page.locator("#progress")).to_contain_text("等待求解")
    office.work()
    expect(page.locator("table.pairs")).to_be_visible(timeout=10_000)  # by itself: nothing was pressed
    screen.check()

    cell = page.locator("tr[data-id=lamp] td.meets").first
    cell.click()
    expect(page.locator("#drawer .pair")).to_contain_text("灯塔智能有限公司")
    expect(page.locator("#drawer input[name=reason]")).to_be_focused()
    screen.check()
    page.keyboard.type("双方已约好")
    page.locator("#drawer").get_by_role("button", name="锁定").click()
    expect(page.locator(".last-edit")).to_contain_text("双方已约好")
    expect(page.locator("tr[data-id=lamp] td.held")).to_have_count(1)
    expect(page.locator("#drawer .pair")).to_have_count(0)
    page.get_by_role("button", name="撤销上一步调整").click()
    expect(page.locator("td.held")).to_have_count(0)

    page.get_by_role("button", name="重新求解").click()
    expect(page.locator("#progress")).to_be_visible()
    office.work()
    page.get_by_role("button", name="发布…").click(timeout=10_000)
    screen.check()
    page.get_by_role("button", name="立即发布").click()
    expect(page.locator("#introductions")).to_contain_text("等待答复")
    screen.check()


def test_the_board_is_worked_by_keyboard_alone(enter: Opener, office: Office, wei: Visitor):
    run = office.run(wei)
    screen = enter()
    page = screen.page
    screen.open(run)
    first = page.locator("tbody td[tabindex='0']")
    expect(first).to_have_count(1)  # one stop of the Tab key for the whole grid
    first.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    here = page.evaluate("document.activeElement.parentElement.dataset.id")
    page.keyboard.press("x")
    expect(page.locator("#drawer input[name=reason]")).to_be_focused()
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.parentElement.dataset.id") == here
    page.keyboard.press("x")
    expect(page.locator("#drawer input[name=reason]")).to_be_focused()
    page.keyboard.type("曾有纠纷")
    page.keyboard.press("Enter")
    expect(page.locator(".last-edit")).to_contain_text("排除")
    [edit] = office.store.match_runs.edits("north", run.rpartition("/")[2])
    assert (edit.kind.value, edit.reason, edit.startup_id) == ("ban", "曾有纠纷", here)
    expect(page.locator(f"tr[data-id={here}] td:focus")).to_have_count(1)
    screen.check()


def test_who_comes_too_late_is_told_and_may_go_on(enter: Opener, office: Office, wei: Visitor):
    run = office.run(wei)
    page = enter().page
    page.goto(page.url.partition("/signin")[0].rstrip("/") + "/")
    page.goto(page.url.rstrip("/") + run)
    page.locator("tr[data-id=lamp] td.meets").first.click()
    page.locator("#drawer input[name=reason]").fill("我的理由")
    office.edit(wei, run, "ban", "s1", "far", reason="同学")
    page.locator("#drawer").get_by_role("button", name="锁定").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("有人先一步做了更改")
    expect(page.locator("#content")).to_contain_text("同学")
    page.get_by_role("button", name="仍按我的执行").click()
    expect(page.locator(".last-edit")).to_contain_text("我的理由")


@pytest.mark.parametrize("width", WIDTHS)
def test_the_board_works_without_scripts(enter: Opener, office: Office, wei: Visitor, width: int):
    run = office.run(wei)
    screen = enter(width, java_script_enabled=False)
    page = screen.page
    screen.open(run)
    page.locator("tr[data-id=lamp] td.meets a").first.click()
    page.get_by_label("原因").fill("双方相识")
    page.get_by_role("button", name="锁定这一对").click()
    expect(page.locator(".last-edit")).to_contain_text("双方相识")
    page.get_by_role("button", name="重新求解").click()
    office.work()
    page.get_by_role("link", name="刷新").click()
    expect(page.locator("td.held")).to_have_count(1)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", WIDTHS)
def test_every_text_stands_out_and_nothing_hangs_out(
    enter: Opener, office: Office, wei: Visitor, scheme: str, width: int
):
    run = office.run(wei)
    office.edit(wei, run, "ban", "lamp", "far")
    office.edit(wei, run, "lock", "lamp", "near")
    screen = enter(width, color_scheme=scheme)
    paths = ("", "/publish", "/configuration", "/sheet", "/pair?startup=lamp&partner=near")
    for path in ("/", "/cohorts", "/cohorts/spring?q=kiln", "/contacts", *(run + each for each in paths)):
        for lang in ("zh", "en"):
            screen.open(f"{path}{'&' if '?' in path else '?'}lang={lang}")
            assert screen.page.evaluate(CONTRAST) == [], path
            expect(screen.page.get_by_role("heading", level=1)).to_have_count(1)
            screen.check()
