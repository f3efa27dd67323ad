"""Staff's data in a real browser: lists, forms and the import wizard, at a desk's and at a phone's width."""

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
from tests.api.pages.importing.test_wizard import STARTUPS
from tests.api.pages.test_browser import NAMELESS
from tests.api.world import short_of_cash

pytestmark = [pytest.mark.browser, pytest.mark.e2e]
Opener = Callable[..., Screen]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        running = launch(playwright)
        yield running
        running.close()


@pytest.fixture
def enter(app: APIFlask, store: Store, browser: Browser) -> Iterator[Opener]:
    """Opens a window of a width, signed in as staff of north."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    with ExitStack() as windows:

        def opened(width: int = WIDTHS[0], **options: object) -> Screen:
            address = f"http://127.0.0.1:{server.server_port}"
            screen = windows.enter_context(window(browser, address, width, **options))
            screen.open(sign_in_link(store, Principal("north", Caller.STAFF), "", NOON))
            screen.page.wait_for_load_state()
            return screen

        yield opened
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.parametrize("width", WIDTHS)
def test_initials_find_a_startup_while_one_types_and_filters_answer_at_once(enter: Opener, width: int):
    screen = enter(width)
    page = screen.page
    screen.open("/startups")
    page.get_by_role("searchbox").fill("qsk")
    expect(page.locator("table.profiles tbody tr")).to_have_count(1)
    expect(page.locator("table.profiles tbody")).to_contain_text("青松科技")
    page.get_by_role("searchbox").fill("")
    expect(page.locator("table.profiles tbody tr")).to_have_count(3)
    page.get_by_text("筛选与排序").click()
    page.get_by_label("阶段").select_option("angel")
    expect(page.locator("table.profiles tbody tr")).to_have_count(1)
    screen.check()


@pytest.mark.parametrize("width", WIDTHS)
def test_many_are_ticked_changed_and_taken_back(enter: Opener, store: Store, width: int):
    screen = enter(width)
    page = screen.page
    screen.open("/startups")
    page.locator('input[name="id"][value="lamp"]').check()
    page.get_by_role("button", name="暂停", exact=True).click()
    expect(page.get_by_role("status").first).to_contain_text("已更改 1 份档案")
    assert store.profile("north", "lamp").status == "paused"
    page.get_by_role("button", name="撤销", exact=True).click()
    expect(page.get_by_role("status").first).to_contain_text("1 份档案已恢复原样")
    assert store.profile("north", "lamp").status == "active"
    screen.check()


@pytest.mark.parametrize("width", WIDTHS)
def test_labels_are_suggested_while_one_types_and_taken_with_the_keyboard(
    enter: Opener, store: Store, width: int
):
    screen = enter(width)
    page = screen.page
    screen.open("/profiles/lamp/edit")
    field = page.get_by_role("combobox", name="行业")
    field.press("End")
    field.press_sequentially("；yljk")
    expect(page.get_by_role("option").first).to_contain_text("医疗健康")
    screen.check()
    field.press("ArrowDown")
    field.press("Enter")
    expect(field).to_have_value("人工智能；医疗健康；")
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_role("status").first).to_contain_text("档案已更改")
    assert store.profile("north", "lamp").industries == ("人工智能", "医疗健康")
    screen.check()


@pytest.mark.parametrize("width", WIDTHS)
def test_files_are_looked_at_put_right_imported_and_taken_back(enter: Opener, store: Store, width: int):
    screen = enter(width)
    page = screen.page
    screen.open("/import")
    screen.check()
    page.set_input_files(
        "#files", [{"name": "企业.csv", "mimeType": "text/csv", "buffer": STARTUPS.encode()}]
    )
    page.wait_for_url("**/import/*")
    screen.check()
    page.get_by_role("button", name="医疗健康").click()
    expect(page.get_by_text("已更正 1 处")).to_be_visible()
    page.get_by_role("button", name="导入没有问题的行").click()
    expect(page.get_by_role("heading", name="已导入")).to_be_visible()
    assert "星河科技" in {profile.name for profile in store.profiles("north")}
    screen.check()
    page.get_by_role("button", name="撤销这次导入").click()
    expect(page.get_by_role("status")).to_contain_text("1 份新档案已移除")
    assert "星河科技" not in {profile.name for profile in store.profiles("north")}
    screen.check()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("lang", ["zh", "zh-Hant", "en"])
def test_every_page_fits_is_readable_and_names_its_fields(
    enter: Opener, store: Store, width: int, scheme: str, lang: str
):
    store.put_ledger(short_of_cash("lamp"))
    screen = enter(width, color_scheme=scheme)
    for path in (
        "/startups",
        "/partners?status=active",
        "/profiles/new?role=investor",
        "/profiles/lamp/edit",
        "/profiles/s1/history",
        "/startups/lamp/signals",
        "/startups/lamp/funding",
        "/import",
    ):
        screen.open(f"{path}{'&' if '?' in path else '?'}lang={lang}")
        screen.check()
        assert screen.page.evaluate(CONTRAST) == [], path
        assert screen.page.evaluate(NAMELESS) == [], path


@pytest.mark.parametrize("width", WIDTHS)
def test_without_scripts_everything_works_too(enter: Opener, store: Store, width: int):
    screen = enter(width, java_script_enabled=False)
    page = screen.page
    page.locator('main button[type="submit"]').click()
    screen.open("/startups?q=qsk")
    assert page.locator("table.profiles tbody tr").count() == 1
    screen.open("/import")
    page.set_input_files(
        "#files", [{"name": "企业.csv", "mimeType": "text/csv", "buffer": STARTUPS.encode()}]
    )
    page.get_by_role("button", name="查看内容").click()
    page.get_by_role("button", name="导入没有问题的行").click()
    assert "星河科技" in {profile.name for profile in store.profiles("north")}
