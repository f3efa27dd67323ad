"""Through every page in a real browser: what is wrong there, and what it looks like."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from tests.api.pages.chromium import Screen, window
from tests.api.pages.walk.town import Town

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
"""The rules of axe-core that pages are held to."""
_AXE = Axe()


@contextmanager
def signed_in(browser: Browser, town: Town, who: str, width: int, **options: object) -> Iterator[Screen]:
    """A window of somebody's; of "nobody" before signing in."""
    with window(browser, town.address, width, **options) as screen:
        if who != "nobody":
            screen.open(town.link(who))
            screen.page.wait_for_url(lambda url: "/signin" not in url)
        yield screen


def wrong_at(screen: Screen, path: str) -> list[str]:
    """Everything that is wrong with the page at the path; [] where all is well."""
    answer = screen.page.goto(screen.address + path)
    if answer is None or answer.status != 200:
        return [f"{path}: answered {answer and answer.status}"]
    return [f"{path}: {wrong}" for wrong in wrong_here(screen)]


def wrong_here(screen: Screen) -> list[str]:
    """What is wrong with the page that is open: what axe-core finds, what the console says, what hangs out
    of the window, who else was asked."""
    answered = _AXE.run(screen.page, options={"runOnly": RULES, "resultTypes": ["violations"]}).response
    found = [
        f"{each['id']} ({each['help']}): {[node['html'][:160] for node in each['nodes'][:3]]}"
        for each in answered["violations"]
    ]
    found += [f"the console says {said}" for said in screen.complaints]
    screen.complaints.clear()
    if (wide := screen.page.evaluate("document.documentElement.scrollWidth - innerWidth")) > 0:
        found.append(f"is {wide} pixels too wide")
    if strangers := screen.hosts - {urlsplit(screen.address).netloc}:
        found.append(f"asked {strangers}")
    return found


def picture(screen: Screen, path: str, folder: Path, name: str) -> None:
    """A picture of the whole page in the folder."""
    screen.open(path)
    screen.page.wait_for_load_state("networkidle")
    screen.page.screenshot(path=folder / f"{name}.png", full_page=True)
