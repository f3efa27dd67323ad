"""Each kind of person's day, from the invitation to what came of it, before the real server and worker."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from matcher.encoding.encoder import Encoder
from tests.api.pages.chromium import WIDTHS, Screen, launch, window
from tests.api.pages.days import steps
from tests.api.pages.days.place import OFFICE, Place, place, place_here
from tests.api.pages.walk.walking import wrong_here

pytestmark = pytest.mark.browser

ROOT = Path(__file__).parents[4]
WORDS = "谈得很好 good talk"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        running = launch(playwright)
        yield running
        running.close()


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Place]:
    monkeypatch.setenv("PYTHONPATH", str(ROOT))  # the worker's own processes look for no module here
    with place(tmp_path) as found:
        yield found


@pytest.fixture
def office_here(tmp_path: Path, encoder: Encoder) -> Iterator[Place]:
    with place_here(tmp_path, encoder) as found:
        yield found


def looked_at(*screens: Screen) -> None:
    for screen in screens:
        screen.page.wait_for_load_state()
        assert wrong_here(screen) == [], screen.path()


def test_from_an_invitation_to_an_introduction_that_is_accepted(browser: Browser, office_here: Place):
    office = office_here
    with ExitStack() as windows:
        staff, founder = (windows.enter_context(window(browser, office.address, WIDTHS[0])) for _ in range(2))
        steps.accept(staff, office.invitation, "陈老师", "zh")
        steps.bring(staff, office.startups, office.partners[0])
        steps.make_cohort(staff, "2026 春季营")
        steps.solve(staff, office.work)
        run = steps.publish(staff)
        offered = office.store.introductions.all(OFFICE, run=run)[0]
        link = steps.invite(staff, "founder@example.org", "startup", offered.pair.startup_id)
        steps.accept(founder, link, "王创", "zh")
        founder.open("/my/requests")
        steps.accept_introduction(founder, offered.id)
        for screen in (staff, founder):
            screen.check()


@pytest.mark.e2e
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_everybodys_day_from_the_invitation_to_the_outcome(
    browser: Browser, office: Place, lang: str, width: int
):
    with ExitStack() as windows:
        admin, staff, founder, mentor, investor = (
            windows.enter_context(window(browser, office.address, width)) for _ in range(5)
        )
        steps.accept(admin, office.invitation, "管理员 Root", lang)
        steps.accept(staff, steps.invite(admin, "chen@example.org", "staff"), "陈老师 Chen", lang)
        looked_at(admin, staff)

        steps.bring(staff, office.startups, *office.partners)
        looked_at(staff)
        steps.make_cohort(staff, "2026 春季营 Spring camp")
        looked_at(staff)
        steps.solve(staff)
        looked_at(staff)
        steps.edit_by_keyboard(staff, "s", "换一位试试 try another")
        steps.undo_by_keyboard(staff, "换一位试试 try another")
        steps.edit_by_keyboard(staff, "l", "双方相识 they know each other")
        steps.edit_by_keyboard(staff, "x", "曾有纠纷 they fell out")
        steps.solve_again(staff)
        run = steps.publish(staff)
        looked_at(staff)

        offered = office.store.introductions.all(OFFICE, run=run)[0]
        pair = offered.pair
        link = steps.invite(staff, "founder@example.org", "startup", pair.startup_id)
        steps.accept(founder, link, "王创 Founder", lang)
        looked_at(founder)
        asked = steps.ask(founder, "想请教融资 about our round")
        founder.open("/my/requests")
        steps.accept_introduction(founder, offered.id)
        looked_at(founder)

        link = steps.invite(staff, "mentor@example.org", "mentor", pair.partner_id)
        steps.accept(mentor, link, "林导 Mentor", lang)
        looked_at(mentor)
        steps.accept_introduction(mentor, offered.id)
        steps.pause(mentor)
        looked_at(mentor)

        link = steps.invite(staff, "investor@example.org", "investor", asked)
        steps.accept(investor, link, "高投 Investor", lang)
        looked_at(investor)
        steps.decline(investor, "阶段太早 too early")
        looked_at(investor)

        founder.open("/my/requests")
        steps.say_they_met(founder, offered.id)
        looked_at(founder)
        mentor.open("/my")
        looked_at(mentor)
        steps.rate(founder, offered.id, WORDS)
        looked_at(founder)
        steps.record_investment(staff, offered.id, "50万")
        looked_at(staff)
        kinds = [each.kind for each in office.store.introductions.outcomes([offered.id])[offered.id]]
        assert sorted(kinds) == ["invested", "met"]
        staff.open(f"/runs/{run}?state=outcome")
        expect(staff.page.locator(f"#{offered.id}")).to_be_visible()
        looked_at(staff)
        staff.open("/feedback")
        expect(staff.page.locator("main")).to_contain_text(WORDS)
        staff.open(f"/profiles/{pair.startup_id}/history")
        expect(staff.page.locator("main")).to_contain_text("5")
        looked_at(staff)
