"""A real headless Chromium, and what it noticed while it was used."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, Playwright

WIDTHS = (1280, 390)

CONTRAST = """() => {
  const channel = value => (value /= 255) <= .03928 ? value / 12.92 : ((value + .055) / 1.055) ** 2.4;
  const parsed = colour => colour.match(/[\\d.]+/g).map(Number);
  const light = ([r, g, b]) => .2126 * channel(r) + .7152 * channel(g) + .0722 * channel(b);
  const ground = element => {
    for (let each = element; each; each = each.parentElement) {
      const colour = parsed(getComputedStyle(each).backgroundColor);
      if (colour.length === 3 || colour[3] === 1) return colour;
    }
    return [255, 255, 255];
  };
  const ratio = element => {
    const [a, b] = [light(parsed(getComputedStyle(element).color)), light(ground(element))];
    return (Math.max(a, b) + .05) / (Math.min(a, b) + .05);
  };
  const texts = [...document.querySelectorAll("body *")].filter(each => each.checkVisibility()
    && [...each.childNodes].some(node => node.nodeType === Node.TEXT_NODE && node.textContent.trim()));
  return texts.map(each => [ratio(each), each.className + ": " + each.textContent.trim().slice(0, 20)])
    .filter(([found]) => found < 4.5);
}"""
"""The texts of a page that do not stand out from their ground: less than 4.5 to 1 (WCAG 1.4.3)."""


def launch(playwright: Playwright) -> Browser:
    """The system's Chromium; the test fails where there is none."""
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        pytest.fail("no Chromium: apt-get install -y chromium fonts-noto-cjk")
    return playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])


@dataclass(frozen=True)
class Screen:
    """One page in a window; `complaints` are its console's messages and errors, `hosts` whom it asked."""

    page: Page
    address: str
    complaints: list[str] = field(default_factory=list)
    hosts: set[str] = field(default_factory=set)

    def open(self, path: str) -> None:
        self.page.goto(self.address + path)

    def path(self) -> str:
        return self.page.url.removeprefix(self.address)

    def check(self) -> None:
        """Nothing hangs out of the window, nothing was complained of, nobody else was asked."""
        self.page.wait_for_load_state()
        wide = self.page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert wide <= 0, f"{self.path()} is {wide} pixels too wide"
        assert self.complaints == []
        assert self.hosts == {urlsplit(self.address).netloc}


@contextmanager
def window(browser: Browser, address: str, width: int, **options: object) -> Iterator[Screen]:
    """A fresh window, without cookies of others."""
    with browser.new_context(viewport={"width": width, "height": 800}, **options) as context:
        page = context.new_page()
        page.set_default_timeout(60_000)  # the first page waits for the first snapshot, on a busy machine too
        screen = Screen(page, address)
        page.on("console", lambda message: screen.complaints.append(message.text))
        page.on("pageerror", lambda error: screen.complaints.append(str(error)))
        page.on("request", lambda request: screen.hosts.add(urlsplit(request.url).netloc))
        yield screen
