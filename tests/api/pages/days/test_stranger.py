"""A stranger's first ten minutes: from the link that `bole demo` prints to a published run, in few clicks."""

import os
import re
import signal
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.resources import as_file, files
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect, sync_playwright

from tests.api.pages.chromium import WIDTHS, launch, window
from tests.api.pages.days.place import BOLE
from tests.api.pages.days.steps import SOLVED_MS

pytestmark = [pytest.mark.browser, pytest.mark.e2e]

MOST_CLICKS = 12
"""Besides signing in, which the link does."""


@dataclass
class Mouse:
    """A mouse that counts; typing into what has the focus is no click."""

    page: Page
    clicks: int = 0

    def click(self, what: Locator) -> None:
        what.click()
        self.clicks += 1

    def choose(self, what: Locator, file: Path) -> None:
        """A click on the field, and the file in the window that opens."""
        what.set_input_files(file)
        self.clicks += 2


@contextmanager
def demo(home: Path) -> Iterator[str]:
    """The link that the demo prints, while it runs."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [*BOLE, "--home", str(home), "demo", "--port", str(port)]
    process = subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[4]), "PYTHONUNBUFFERED": "1"},
    )
    try:
        assert process.stdout is not None
        said = []
        for line in process.stdout:
            said.append(line)
            if found := re.search(r"http://\S+/signin\?token=\S+", line):
                break
        else:
            pytest.fail("".join(said))
        yield found[0]
    finally:
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=60)


def test_from_the_demo_to_a_published_run_of_an_imported_cohort_in_twelve_clicks(tmp_path: Path):
    with (
        demo(tmp_path) as link,
        as_file(files("fixtures") / "demo" / "mentors.xlsx") as workbook,
        sync_playwright() as playwright,
        window(launch(playwright), link.partition("/signin")[0], WIDTHS[0]) as screen,
    ):
        page, mouse = screen.page, Mouse(screen.page)
        page.goto(link)
        page.wait_for_url(lambda url: "signin" not in url, timeout=60_000)

        mouse.click(page.locator("nav a[href='/import']"))
        mouse.choose(page.locator("input[type=file]"), workbook)
        page.wait_for_url(re.compile("/import/[^?]"))
        mouse.click(page.locator("form[action$='/commit'] button"))
        expect(page.get_by_role("heading", level=1)).to_have_text("已导入")
        mouse.click(page.locator("nav a[href='/cohorts']"))
        mouse.click(page.locator("input[name=name]"))
        page.keyboard.type("我的第一个批次")
        page.keyboard.press("Enter")
        page.wait_for_url(re.compile("/cohorts/[^?]"))
        mouse.click(page.locator("a[href*='runs/new'][href*='mentor']"))
        mouse.click(page.locator("button[name=then][value=solve]"))
        expect(page.locator("table.pairs")).to_be_visible(timeout=SOLVED_MS)
        mouse.click(page.locator(".toolbar a[href$='/publish']"))
        mouse.click(page.locator("form.publish button[type=submit]"))
        expect(page.locator("#introductions tbody tr").first).to_be_visible()

        assert mouse.clicks <= MOST_CLICKS
        screen.check()
