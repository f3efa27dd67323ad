"""What people do in a browser, one step a function, in whatever language their pages are.

Nothing here knows a word of a page: controls are found by where their forms lead and what their fields are
called.
"""

import re
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from tests.api.pages.chromium import Screen

PASSWORD = "an owl above the mill"
SOLVED_MS = 90_000
"""A worker begins a process of its own for each solution: on a busy machine that takes its time."""
Look = Callable[[Screen], None]


def form(page: Page, end: str) -> Locator:
    """The first form that leads to an address of this end."""
    return page.locator(f"form[method=post][action$='{end}']").first


def accept(screen: Screen, link: str, name: str, lang: str) -> None:
    """Accept an invitation: a name, a password, and in."""
    screen.open(f"{link}&lang={lang}")
    page = screen.page
    page.locator("#name").fill(name)
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("form:has(#name) button[type=submit]").click()
    page.wait_for_url(lambda url: "invitation" not in url and "token" not in url)


def invite(screen: Screen, email: str, role: str, profile: str = "") -> str:
    """The link of an invitation."""
    screen.open("/people")
    page = screen.page
    page.locator("details:has(input[name=email]) > summary").click()
    page.locator("input[name=email]").fill(email)
    page.locator("select[name=role]").select_option(role)
    if profile:
        page.locator("input[name=profile]").fill(profile)
    page.locator("form:has(input[name=email]) button[type=submit]").click()
    link = page.locator("#link").input_value()
    return link.removeprefix(screen.address)


def bring(screen: Screen, *given: Path) -> None:
    """Import files: drop them, look, import the good rows."""
    screen.open("/import")
    page = screen.page
    page.locator("input[type=file]").set_input_files(given)
    page.wait_for_url(re.compile("/import/[^?]"))
    form(page, "/commit").locator("button").click()
    expect(page.locator("table.profiles td").first).to_be_visible()


def make_cohort(screen: Screen, name: str) -> None:
    """A cohort of all active startups."""
    screen.open("/cohorts")
    page = screen.page
    page.locator("input[name=name]").fill(name)
    page.locator("form:has(input[name=who]) button[type=submit]").click()
    page.wait_for_url(re.compile("/cohorts/[^?]"))


def solve(screen: Screen, work: Callable[[], None] = lambda: None) -> None:
    """Match the cohort that is open with mentors, each startup with three at most; wait for the worker, or
    `work` in its place."""
    page = screen.page
    page.locator("a[href*='runs/new'][href*='mentor']").click()
    page.locator("input[name=startup_max]").fill("3")
    page.locator("button[name=then][value=solve]").click()
    expect(page.locator("#progress")).to_be_visible()
    work()
    expect(page.locator("table.pairs")).to_be_visible(timeout=SOLVED_MS)


def edit_by_keyboard(screen: Screen, key: str, reason: str) -> None:
    """One edit of the first chosen pair of the board, by keys alone."""
    page = screen.page
    page.locator("tbody td[tabindex='0']").focus()
    for _ in range(60):
        if page.evaluate("document.activeElement.classList.contains('meets')"):
            break
        page.keyboard.press("ArrowRight")
    page.keyboard.press(key)
    expect(page.locator("#drawer input[name=reason]")).to_be_focused()
    page.keyboard.type(reason)
    page.keyboard.press("Enter")
    expect(page.locator(".last-edit")).to_contain_text(reason)


def undo_by_keyboard(screen: Screen, reason: str) -> None:
    """Take the last edit back, by keys alone."""
    page = screen.page
    form(page, "/undo").locator("button").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".last-edit", has_text=reason)).to_have_count(0)
    expect(page.locator("tbody td[tabindex='0']")).to_be_attached()


def say_they_met(screen: Screen, id_: str) -> None:
    """Say that the introduction came to a meeting, today; take it back, and say it again."""
    page = screen.page
    saying = f"details:has(form[action$='/{id_}/outcome'])"
    for again in (False, True):
        page.locator(f"{saying} > summary").first.click()
        form(page, f"/{id_}/outcome").locator("button[type=submit]").click()
        undo = page.locator(".notice.done form[action*='/my/outcomes/'] button")
        expect(undo).to_be_visible()
        if not again:
            undo.click()
            expect(page.locator(".notice.done form[action*='/my/outcomes/']")).to_have_count(0)


def record_investment(screen: Screen, id_: str, amount: str) -> None:
    """The office records what came of an introduction."""
    page = screen.page
    screen.open(f"/introductions/{id_}/outcome")
    page.locator("form.outcome details > summary").click()
    page.locator("select[name=kind]").select_option("invested")
    page.locator("input[name=amount]").fill(amount)
    page.locator("form.outcome button[type=submit]").click()
    expect(page.locator(".notice.done")).to_be_visible()


def solve_again(screen: Screen) -> None:
    """Have the rest follow the edits."""
    page = screen.page
    form(page, "/solve").locator("button").click()
    expect(page.locator(".toolbar a[href$='/publish']")).to_be_visible(timeout=SOLVED_MS)


def publish(screen: Screen) -> str:
    """Publish the run that is open; its id."""
    page = screen.page
    page.locator(".toolbar a[href$='/publish']").click()
    page.locator("form.publish button[type=submit]").click()
    expect(page.locator("#introductions tbody tr").first).to_be_visible()
    found = re.search("/runs/([^/?#]+)", page.url)
    assert found is not None
    return found[1]


def accept_introduction(screen: Screen, id_: str) -> None:
    """Say yes to what was suggested."""
    page = screen.page
    form(page, f"/{id_}/accept").locator("button").click()
    expect(page.locator(".notice.done")).to_be_visible()


def ask(screen: Screen, note: str) -> str:
    """Ask the first suggested investor for an introduction; the investor's id."""
    screen.open("/my?role=investor")
    page = screen.page
    asking = page.locator("form[action$='/request']").first
    page.locator("details:has(form[action$='/request']) > summary").first.click()
    asking.locator("textarea[name=note]").fill(note)
    address = str(asking.get_attribute("action"))
    asking.locator("button").click()
    expect(page.locator(".notice.done")).to_be_visible()
    return address.split("/")[3]


def decline(screen: Screen, words: str) -> None:
    """Decline the first that waits, with a reason."""
    page = screen.page
    page.locator("details:has(form[action$='/decline']) > summary").first.click()
    declining = page.locator("form[action$='/decline']").first
    declining.locator("select[name=reason]").select_option(index=1)
    declining.locator("input[name=words]").fill(words)
    declining.locator("button").click()
    expect(page.locator(".notice.done")).to_be_visible()


def pause(screen: Screen) -> None:
    """Be suggested to nobody for a while, and come back."""
    page = screen.page
    form(page, "/my/pause").locator("button").click()
    expect(page.locator(".notice.done")).to_be_visible()
    page.locator(".notice.done form[action$='/my/pause'] button").click()
    expect(page.locator("aside form[action$='/my/pause'] input[name=pause][value=yes]")).to_be_attached()


def rate(screen: Screen, id_: str, words: str) -> None:
    """Rate the meeting of an introduction."""
    screen.open("/my/requests")
    page = screen.page
    page.locator(f"details:has(form[action$='/{id_}/rating']) > summary").click()
    rating = form(page, f"/{id_}/rating")
    rating.locator("input[name=value][value='5']").check()
    rating.locator("textarea").fill(words)
    rating.locator("button").click()
    expect(page.locator(".notice.done")).to_be_visible()
