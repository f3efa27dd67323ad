"""The pages in a real browser, at a desk's and at a phone's width, on the demo city's files."""

import datetime as dt
import io
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from importlib.resources import as_file, files

import pytest
from playwright.sync_api import Browser, expect, sync_playwright
from werkzeug.serving import make_server

from api.app import create_app
from api.observing import observer
from api.pages import pages, sign_in_link
from api.principals import Caller, Principal
from api.services import Services
from api.settings import Settings
from matcher.encoding.encoder import Encoder
from matcher.importing import import_sources, sources_at
from matcher.matching.service import Clock, MatchService
from matcher.matching.snapshot import Sources
from matcher.model.registry import Registry, Verdict
from matcher.runs import RunRecord, RunStatus
from matcher.store import Store
from tests.api.pages.chromium import CONTRAST, WIDTHS, Screen, launch, window
from tests.matcher.model.samples import full_model
from tests.training.weekly.report.sample import a_week
from training.weekly.report import files as report_files
from training.weekly.report import summary

pytestmark = pytest.mark.browser

OPENED = dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC)


@dataclass(frozen=True)
class Site:
    """The demo city, served."""

    address: str
    store: Store
    registry: Registry

    def link(self) -> str:
        """The path of a fresh sign-in link for its staff, which leads to the startups."""
        return sign_in_link(self.store, Principal("demo", Caller.STAFF), "", OPENED) + "&next=/startups"


WEEK = a_week()


def report_a_week(store: Store, registry: Registry) -> None:
    """A run made a version that was not put live, and reported."""
    registry.add(full_model(str(WEEK.candidate)))
    registry.judge(str(WEEK.candidate), Verdict(True, WEEK.run, WEEK.finished_at))
    for name, content in report_files(WEEK).items():
        registry.put_report(WEEK.run, name, content)
    began, ended = map(dt.datetime.fromisoformat, (WEEK.started_at, WEEK.finished_at))
    done = RunRecord(id=WEEK.run, kind="retrain", started_at=began, finished_at=ended, status=RunStatus.DONE)
    store.save_run(replace(done, summary=summary(WEEK)))


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, encoder: Encoder) -> Iterator[Site]:
    settings = Settings(home=tmp_path_factory.mktemp("browser"))
    store, registry = Store(settings.store_url), Registry(settings.models_url)
    store.migrate()
    store.add_organisation("demo")
    report_a_week(store, registry)
    with as_file(files("fixtures") / "demo") as folder:
        import_sources(sources_at([folder]), store, organisation="demo")
    clock = Clock(today=OPENED.date, seconds=lambda: 0.0)
    matches = MatchService(Sources(store, encoder), registry, clock)
    services = Services(store, matches, registry, lambda: OPENED)
    app = create_app(services, settings, pages=[pages], records=observer(None, io.StringIO()))
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield Site(f"http://127.0.0.1:{server.server_port}", store, registry)
    server.shutdown()
    thread.join()
    server.server_close()
    store.close()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        running = launch(playwright)
        yield running
        running.close()


Opener = Callable[..., Screen]


@pytest.fixture
def enter(site: Site, browser: Browser) -> Iterator[Opener]:
    """Opens a window of a width and signs in by link."""
    with ExitStack() as windows:

        def opened(width: int = WIDTHS[0], **options: object) -> Screen:
            screen = windows.enter_context(window(browser, site.address, width, **options))
            screen.open(site.link())
            return screen

        yield opened


@pytest.mark.parametrize("width", WIDTHS)
def test_staff_find_a_startup_see_who_fits_why_and_why_not_in_both_languages(enter: Opener, width: int):
    screen = enter(width)
    page = screen.page
    page.wait_for_url("**/startups")
    expect(page.locator(".profiles tbody tr")).to_have_count(25)
    screen.check()

    page.get_by_role("searchbox").fill("QY-035")
    expect(page.locator(".profiles tbody tr")).to_have_count(1)  # while typing, nothing was pressed
    page.locator(".profiles a").click()
    assert screen.path() == "/startups/QY-035"
    expect(page.locator("ol.lines > li")).to_have_count(10)
    expect(page.locator(".funnel")).to_contain_text("60 位导师")
    first = page.locator("ol.lines > li").first
    expect(first.locator(".reason").first).to_be_visible()
    expect(first.locator(".gauge")).to_have_count(3)
    screen.check()

    page.get_by_role("link", name="投资方", exact=True).click()
    expect(page.get_by_role("heading", name="适合的投资方")).to_be_visible()
    page.get_by_text("必备条件").click()
    page.get_by_label("阶段").select_option("c")
    page.get_by_role("button", name="应用").click()
    expect(page.get_by_role("link", name="清除")).to_be_visible()
    screen.check()
    page.get_by_role("link", name="清除").click()

    page.get_by_label("名称或编号").fill("TZ-003")
    page.get_by_role("button", name="说明原因").click()
    expect(page.locator(".verdict")).to_contain_text("入选")
    screen.check()

    page.get_by_role("link", name="English").click()
    assert page.locator("html").get_attribute("lang") == "en"
    expect(page.get_by_role("heading", name="Investors that fit")).to_be_visible()
    expect(page.locator(".verdict")).to_contain_text("place")
    page.locator(".answer h3 a").click()
    expect(page.get_by_role("heading", name="Startups that fit")).to_be_visible()
    screen.check()


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_no_page_is_wider_than_its_window(enter: Opener, width: int, lang: str):
    screen = enter(width)
    screen.page.wait_for_url("**/startups")
    many = "/startups/QY-001?k=50&ask=云澜"
    for path in ("/startups", "/startups?q=zzz", "/partners", many, "/partners/TZ-016", "/models"):
        screen.open(path + ("&" if "?" in path else "?") + f"lang={lang}")
        screen.check()


def test_a_link_takes_its_token_out_of_the_address(enter: Opener):
    screen = enter()
    screen.page.wait_for_url("**/startups")
    screen.page.go_back()
    assert "token" not in screen.page.url
    assert "token" not in screen.page.evaluate("JSON.stringify(history.state) + document.referrer")


def test_signing_out_ends_it(enter: Opener):
    screen = enter()
    screen.page.get_by_role("button", name="退出").click()
    screen.page.wait_for_url("**/signin")
    screen.open("/startups")
    assert screen.path().startswith("/signin?next=")
    screen.check()


def test_everything_works_without_scripts(enter: Opener):
    screen = enter(java_script_enabled=False)
    page = screen.page
    page.get_by_role("button", name="进入").click()
    page.get_by_role("searchbox").fill("QY-035")
    page.get_by_role("button", name="搜索").click()
    page.locator(".profiles a").click()
    page.get_by_label("名称或编号").fill("DS-001")
    page.get_by_role("button", name="说明原因").click()
    expect(page.locator(".verdict")).to_contain_text("入选")


def test_everything_is_reached_by_keyboard(enter: Opener):
    screen = enter()
    page = screen.page
    page.wait_for_url("**/startups")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="跳到正文")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_role("searchbox")).to_be_focused()
    page.keyboard.type("QY-035")
    page.keyboard.press("Enter")
    page.wait_for_url("**/startups?q=QY-035*")
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.closest('.profiles th[scope=row]') !== null"):
            break
    page.keyboard.press("Enter")
    page.wait_for_url("**/startups/QY-035")


NAMELESS = """[...document.querySelectorAll("a, button, input:not([type=hidden]), select, summary")]
  .filter(each => !(each.ariaLabel || each.textContent.trim() || each.labels?.length))
  .map(each => each.outerHTML)"""


@pytest.mark.parametrize("scripts", [True, False])
def test_staff_read_the_last_report_in_their_language_on_the_page_of_the_models(enter: Opener, scripts: bool):
    screen = enter(java_script_enabled=scripts)
    page = screen.page
    if not scripts:
        page.get_by_role("button", name="进入").click()
    page.wait_for_url("**/startups")
    page.locator("summary", has_text="更多").click()
    page.get_by_role("link", name="模型", exact=True).click()
    report = page.frame_locator("iframe.report")
    expect(report.get_by_role("heading", level=1)).to_contain_text("新模型已上线")
    page.get_by_role("link", name="English").first.click()
    expect(report.get_by_role("heading", level=1)).to_contain_text("A new model is live")
    expect(page.locator(".runs tbody tr")).to_contain_text("mentor lists are better")
    screen.check()
    with page.expect_popup() as opened:
        page.get_by_role("link", name="Open it by itself").click()
    expect(opened.value.get_by_role("heading", level=1)).to_contain_text("A new model is live")


def test_a_report_runs_nothing_and_reaches_nothing(enter: Opener, site: Site):
    address = "/v1/models/reports/20000101T000000Z-evil"
    mischief = (
        b"<p id=p>calm<script>p.textContent='ran'</script><img src=/pages/icon.svg?spy onerror=p.remove()>"
    )
    site.registry.put_report("20000101T000000Z-evil", "report.html", mischief)
    screen = enter()
    screen.page.wait_for_url("**/startups")
    came: list[str] = []
    screen.page.on("response", lambda response: came.append(response.url.removeprefix(site.address)))
    screen.open(address)
    expect(screen.page.locator("#p")).to_have_text("calm")
    assert address in came
    assert "/pages/icon.svg?spy" not in came
    assert screen.page.evaluate("origin") == "null"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_text_stands_out_from_its_ground(enter: Opener, scheme: str):
    screen = enter(color_scheme=scheme)
    screen.page.wait_for_url("**/startups")
    for path in ("/startups", "/partners", "/startups/QY-035?ask=DS-001", "/models", "/startups/none"):
        screen.open(path)
        assert screen.page.evaluate(CONTRAST) == []


def test_every_control_has_a_name_and_every_page_one_heading(enter: Opener):
    screen = enter()
    screen.page.wait_for_url("**/startups")
    for path in ("/startups", "/partners", "/startups/QY-035?ask=DS-001", "/models"):
        screen.open(path)
        assert screen.page.evaluate(NAMELESS) == []
        expect(screen.page.get_by_role("heading", level=1)).to_have_count(1)


def test_paper_has_the_list_and_no_controls(enter: Opener):
    screen = enter()
    screen.page.wait_for_url("**/startups")
    screen.open("/startups/QY-035")
    screen.page.emulate_media(media="print")
    expect(screen.page.locator("ol.lines > li").first).to_be_visible()
    for control in (".tabs", ".controls", ".why-not form", ".sign-out"):
        assert screen.page.locator(control).count()
        for each in screen.page.locator(control).all():
            expect(each).to_be_hidden()
