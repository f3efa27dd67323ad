"""The report in a real browser: from its file, on a desk, on a phone, in the dark and on paper."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.api.pages.chromium import CONTRAST, WIDTHS, launch
from tests.training.weekly.report.sample import a_week
from tests.training.weekly.report.test_rendering import hostile_week
from training.weekly.record import WeeklyRecord
from training.weekly.report import render

pytestmark = pytest.mark.browser

AT = "2026-11-22T03:00:00Z"
RECORDS = {"week": a_week(), "bare": WeeklyRecord("r1", AT, AT, "stopped"), "hostile": hostile_week()}
CLIPPED = """[...document.querySelectorAll(".half")].filter(half => half.checkVisibility()).flatMap(
  half => [...half.querySelectorAll("text, td, th, h1, h2, h3, p, li, .tile strong, caption, figcaption")])
  .filter(each => !each.closest(".scroll, .hidden") && each.checkVisibility())
  .map(each => [each.getBoundingClientRect(), each.textContent.trim()])
  .filter(([box]) => box.width && (box.left < -0.5 || box.right > innerWidth + 0.5))
  .map(([, text]) => text)"""
OVERLAPPING = """(() => {
  const apart = (a, b) => a.right <= b.left + 1 || b.right <= a.left + 1
    || a.bottom <= b.top + 3 || b.bottom <= a.top + 3;
  const seen = [...document.querySelectorAll("svg.chart")].filter(chart => chart.checkVisibility());
  return seen.flatMap(chart => {
    const texts = [...chart.querySelectorAll("text")];
    const boxes = texts.map(text => [text.getBoundingClientRect(), text.textContent]);
    return boxes.flatMap(([a, one], at) => boxes.slice(at + 1).filter(([b]) => !apart(a, b))
      .map(([, other]) => one + " on " + other));
  });
})()"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    found = tmp_path_factory.mktemp("reports")
    for name, record in RECORDS.items():
        (found / f"{name}.html").write_text(render(record), encoding="utf-8")
    return found


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        running = launch(playwright)
        yield running
        running.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A window without scripts of the page's own, which complains of nothing."""
    with browser.new_context(java_script_enabled=False) as context:
        found = context.new_page()
        complaints: list[str] = []
        found.on("console", lambda message: complaints.append(message.text))
        yield found
        assert complaints == []


def opened(page: Page, folder: Path, name: str, place: str = "") -> None:
    page.goto(f"{(folder / name).as_uri()}.html{place}")


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("place", ["#zh", "#en"])
@pytest.mark.parametrize("name", RECORDS)
def test_nothing_hangs_out_of_the_window_or_lies_on_something_else(
    page: Page, folder: Path, name: str, place: str, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    opened(page, folder, name, place)
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    assert page.evaluate(CLIPPED) == []
    assert page.evaluate(OVERLAPPING) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", ["week", "bare"])
def test_every_text_stands_out_from_its_ground(page: Page, folder: Path, name: str, scheme: str) -> None:
    page.emulate_media(color_scheme=scheme)
    for place in ("#zh", "#en"):
        opened(page, folder, name, place)
        assert page.evaluate(CONTRAST) == []


def test_the_language_is_switched_without_scripts_and_stays_while_one_reads_on(
    page: Page, folder: Path
) -> None:
    opened(page, folder, "week")
    expect(page.get_by_role("heading", level=1)).to_have_count(1)
    expect(page.get_by_role("heading", level=1)).to_contain_text("新模型已上线")
    page.get_by_role("link", name="English").click()
    expect(page.get_by_role("heading", level=1)).to_have_count(1)
    expect(page.get_by_role("heading", level=1)).to_contain_text("A new model is live")
    page.get_by_role("link", name="Supply", exact=True).click()
    expect(page.get_by_role("heading", name="Supply gaps")).to_be_in_viewport()
    page.get_by_role("link", name="中文").click()
    expect(page.get_by_role("heading", name="供需缺口")).to_be_visible()


def test_figures_stand_behind_every_chart(page: Page, folder: Path) -> None:
    page.set_viewport_size({"width": 390, "height": 800})
    opened(page, folder, "week", "#en")
    for summary in page.locator("#en summary").all():
        summary.click()
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    expect(page.locator("#en .figures table", has_text="Recall").first.get_by_role("row")).to_have_count(6)


def test_paper_is_white_and_has_one_language_and_no_links(page: Page, folder: Path) -> None:
    page.emulate_media(media="print", color_scheme="dark")
    opened(page, folder, "week")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    expect(page.locator("#zh .contents")).to_be_hidden()
    expect(page.locator("#zh .languages")).to_be_hidden()
    expect(page.locator("#zh h1")).to_be_visible()
    expect(page.locator("#en h1")).to_be_hidden()
