"""The pages about accounts in a real browser, at a desk's and at a phone's width."""

import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pyotp
import pytest
from apiflask import APIFlask
from playwright.sync_api import Browser, expect, sync_playwright
from werkzeug.serving import make_server

from api.accounts.links import new_link
from api.pages import sign_in_link
from api.principals import Caller, Principal, issue_token
from matcher.people import Person, Purpose, TokenKind
from matcher.store import Store
from tests.api.conftest import NOON
from tests.api.pages.accounts.conftest import PASSWORD
from tests.api.pages.chromium import CONTRAST, WIDTHS, Screen, launch, window
from tests.api.pages.walk.walking import wrong_at

pytestmark = [pytest.mark.browser, pytest.mark.e2e]

NEW = "an owl above the mill"
Opener = Callable[..., Screen]


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
def opened(site: str, browser: Browser) -> Iterator[Opener]:
    """Opens a window of a width."""
    with ExitStack() as windows:
        yield lambda width=WIDTHS[0], **options: windows.enter_context(
            window(browser, site, width, **options)
        )


def sign_in(screen: Screen, person: Person, password: str = PASSWORD, lang: str = "zh") -> None:
    screen.open(f"/signin?lang={lang}")
    screen.page.locator("#email").fill(person.email)
    screen.page.locator("#password").fill(password)
    screen.page.locator("#password").press("Enter")
    screen.page.wait_for_url("**/")


@pytest.mark.parametrize("width", WIDTHS)
def test_from_an_invitation_to_an_account_and_a_colleague(
    opened: Opener, store: Store, root: Person, width: int
):
    office, page = opened(width), None
    sign_in(office, root)
    page = office.page
    office.open("/people")
    page.get_by_text("邀请人员").click()
    page.get_by_label("邮箱").fill("lin@example.org")
    page.get_by_label("身份").select_option("mentor")
    page.get_by_label("对应的档案（编号或名称）").fill("Lin Mu")
    office.check()
    page.get_by_role("button", name="邀请", exact=True).click()
    link = page.locator("#link").input_value()
    office.check()

    mentor = opened(width)
    mentor.open(link.removeprefix(mentor.address) + "&lang=en")
    mentor.check()
    mentor.page.get_by_label("Your name").fill("Lin Mu")
    mentor.page.get_by_label("New password").fill("password1234")
    mentor.page.get_by_role("button", name="Show").click()
    assert mentor.page.locator("#password").get_attribute("type") == "text"
    mentor.page.get_by_role("button", name="Accept and enter").click()
    expect(mentor.page.locator(".fault")).to_contain_text("guessed first")
    mentor.complaints.clear()  # the browser notes the refusal, 422
    mentor.page.get_by_label("New password").fill(NEW)
    mentor.page.get_by_role("button", name="Accept and enter").click()
    mentor.page.wait_for_url("**/my")
    mentor.open("/account")
    expect(mentor.page.locator("hgroup")).to_contain_text("lin@example.org · Mentor · north")
    mentor.check()

    office.open("/people")
    expect(page.locator(".people")).to_contain_text("lin@example.org")
    row = page.locator(".people tr", has_text="lin@example.org")
    row.get_by_role("button", name="停用").click()
    expect(row).to_contain_text("已停用")
    mentor.open("/account")
    mentor.page.wait_for_url("**/signin?**")
    page.get_by_role("button", name="撤销").click()
    expect(row).to_contain_text("使用中")
    office.check()


@pytest.mark.parametrize("width", WIDTHS)
def test_codes_of_the_telephone_from_setting_up_to_signing_in(
    opened: Opener, store: Store, wei: Person, width: int
):
    screen = opened(width)
    page = screen.page
    sign_in(screen, wei)
    screen.open("/account")
    page.get_by_role("button", name="设置").click()
    expect(page.locator(".qr")).to_be_visible()
    assert page.locator(".qr").evaluate("each => each.naturalWidth") > 0
    screen.check()
    secret = page.locator(".key").inner_text().replace(" ", "")
    page.get_by_label("当前密码").fill(PASSWORD)
    page.get_by_label("验证码").fill(pyotp.TOTP(secret).at(NOON))
    page.get_by_role("button", name="开启").click()
    codes = page.locator(".recovery code").all_inner_texts()
    assert len(codes) == 8
    screen.check()

    other = opened(width)
    other.open("/signin")
    other.page.locator("#email").fill(wei.email)
    other.page.locator("#password").fill(PASSWORD)
    other.page.get_by_role("button", name="登录", exact=True).click()
    other.page.wait_for_url("**/signin/code")
    other.check()
    other.page.get_by_label("验证码").fill(codes[0])
    other.page.keyboard.press("Enter")
    other.page.wait_for_url("**/")


def test_an_account_is_entered_without_scripts(opened: Opener, wei: Person):
    screen = opened(java_script_enabled=False)
    sign_in(screen, wei)
    screen.open("/account")
    page = screen.page
    page.get_by_label("用途").fill("nightly")
    page.get_by_role("button", name="生成令牌").click()
    assert page.locator("#new-token").input_value().startswith("bole_")
    expect(page.get_by_role("button", name="显示")).to_have_count(0)
    screen.check()


PUBLIC = ("/signin", "/forgotten")
OWN = ("/account", "/account/codes", "/people?profile=s1")


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("lang", ["zh", "zh-Hant", "en"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_is_wrong_with_any_page(
    opened: Opener, store: Store, wei: Person, ann: Person, width: int, lang: str, scheme: str
):
    store.people.add("north", "a-rather-long-address.of-somebody@subdomain.example.org", role="staff")
    store.people.deactivate(ann.id)
    own = {"role": "staff", "person_id": wei.id, "label": "x" * 60}
    store.add_token(token_hash="f" * 64, organisation="north", kind=TokenKind.API, **own)
    screen = opened(width, color_scheme=scheme)
    welcome = new_link(store, store.people.all("north")[0], Purpose.INVITE, "", NOON)
    for path in (*PUBLIC, welcome):
        look(screen, path, lang)
    sign_in(screen, wei, lang=lang)
    for path in OWN:
        look(screen, path, lang)


def look(screen: Screen, path: str, lang: str) -> None:
    assert wrong_at(screen, path + ("&" if "?" in path else "?") + f"lang={lang}") == []
    assert screen.page.evaluate(CONTRAST) == [], path


@pytest.mark.parametrize("width", WIDTHS)
def test_a_page_elsewhere_cannot_change_as_whom_somebody_is_signed_in(
    opened: Opener, wei: Person, store: Store, width: int
):
    screen = opened(width)
    sign_in(screen, wei, lang="en")
    theirs = Principal("south", Caller.STAFF)
    link = sign_in_link(store, theirs, "", NOON)
    for path in (f"/signin?next=/import&token={issue_token(store, theirs)}", link):
        screen.open(path)
        expect(screen.page.get_by_text("that session ends")).to_be_visible()
        expect(screen.page).to_have_url(f"{screen.address}/signin")
        assert screen.page.evaluate(CONTRAST) == []
        screen.page.get_by_role("link", name="Stay as you are").click()
        expect(screen.page.locator(".organisation")).to_have_text("north")
    screen.open(link)
    screen.page.get_by_role("button", name="Enter").click()
    expect(screen.page.locator(".organisation")).to_have_text("south")
