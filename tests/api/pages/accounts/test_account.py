"""One's own account: name, password, codes, sessions and tokens."""

import re
from dataclasses import replace
from hashlib import sha1

import pyotp
import pytest
from apiflask import APIFlask

from api.app import create_app
from api.pages import pages
from api.principals import Caller
from api.services import Services
from api.settings import Settings
from matcher.people import Person
from matcher.store import Store
from tests.api.conftest import NOON
from tests.api.mailing import Postbox
from tests.api.pages.accounts.conftest import PASSWORD, enter, guest
from tests.api.pages.accounts.test_renewing import wait_for_mails
from tests.api.pages.visitor import Visitor, shown, visitor
from tests.api.world import Client

NEW = "an owl above the mill"


def made_token(browser: Visitor, scope: str = "full", **fields: str) -> str:
    """A token as the page shows it once."""
    form = {"label": "nightly", "scope": scope, "days": "30"} | fields
    assert browser.send("/account/tokens", "/account", **form).status_code == 303
    found = re.search(r'value="(bole_[^"]+)"', browser.get("/account").text)
    assert found
    return found[1]


def switched_on(browser: Visitor) -> tuple[str, list[str]]:
    """The secret and the recovery codes after codes were set up."""
    key = re.search(r'class="key">([A-Z2-7 ]+)<', browser.get("/account/codes").text)
    assert key
    secret = key[1].replace(" ", "")
    code = pyotp.TOTP(secret).at(NOON)
    assert browser.send("/account/codes", "/account/codes", code=code, current=PASSWORD).status_code == 303
    return secret, re.findall(r"<code>([A-Z2-7-]{29})</code>", browser.get("/account").text)


@pytest.mark.parametrize("role", [Caller.STAFF, Caller.MENTOR])
def test_a_token_has_no_account_to_change(app: APIFlask, store: Store, role: Caller):
    browser = visitor(app, store, role)
    assert "不属于任何个人" in browser.text("/account")
    for path in ("", "/password", "/sessions", "/tokens", "/codes", "/codes/off", "/codes/recovery"):
        answer = browser.send("/account" + path, "/account", name="x")
        assert answer.status_code == 403, path


def test_a_persons_api_token_cannot_take_the_account(app: APIFlask, wei: Person):
    token = made_token(enter(app, wei))
    pasted = guest(app)
    assert pasted.send("/signin", token=token).status_code == 303
    for path in ("/account/tokens", "/account/password", "/account"):
        assert pasted.send(path, "/account", label="x", scope="full", days="30").status_code == 403
    called = Client(app.test_client(), token)
    assert (
        called.post("/account/tokens", data={"label": "x", "scope": "full", "days": "30"}).status_code == 403
    )


def test_name_and_language_are_kept(app: APIFlask, store: Store, wei: Person):
    browser = enter(app, wei)
    assert browser.send("/account", "/account", name="Wei", language="en").status_code == 303
    assert "Kept." in browser.text("/account")
    assert "Kept." not in browser.text("/account")
    assert store.people.get(wei.id).name == "Wei"
    assert '<html lang="en">' in browser.get("/startups").text
    assert "Wei" in browser.text("/startups")


@pytest.mark.parametrize(
    "form", [{"name": ""}, {"name": "x" * 10_000}, {"name": "a\x07"}, {"name": "x", "language": "xx"}]
)
def test_what_is_no_name_or_language_is_told(app: APIFlask, store: Store, wei: Person, form: dict[str, str]):
    answer = enter(app, wei).send("/account", "/account", **({"language": "zh"} | form))
    assert answer.status_code == 422
    assert store.people.get(wei.id).name == "王伟"


def test_another_password_ends_everything_else(mailing: APIFlask, postbox: Postbox, wei: Person):
    browser, other = enter(mailing, wei), enter(mailing, wei)
    token = made_token(other)
    answer = browser.send("/account/password", "/account", current=PASSWORD, password=NEW)
    assert answer.status_code == 303
    assert "密码已更改" in browser.text("/account")
    assert other.get("/account").status_code == 303
    assert Client(mailing.test_client(), token).get("/v1/profiles").status_code == 401
    wait_for_mails()
    assert [mail["Subject"] for mail in postbox.mails] == ["您的伯乐密码已更改"]
    enter(mailing, wei, NEW)


@pytest.mark.parametrize(
    ("current", "password", "told"),
    [("wrong", NEW, "不是您当前的密码"), (PASSWORD, "short", "至少 12 个字符"), ("", "", "不是您当前的密码")],
)
def test_a_password_is_changed_by_who_knows_it(
    app: APIFlask, wei: Person, current: str, password: str, told: str
):
    browser = enter(app, wei)
    answer = browser.send("/account/password", "/account", current=current, password=password)
    assert (answer.status_code, told in shown(answer)) == (422, True)
    enter(app, wei)


def test_who_guesses_the_present_password_is_locked_out_too(app: APIFlask, wei: Person):
    browser = enter(app, wei)
    for _ in range(5):
        browser.send("/account/password", "/account", current="wrong", password=NEW)
    answer = browser.send("/account/password", "/account", current=PASSWORD, password=NEW)
    assert (answer.status_code, "请 1 分钟后再试" in answer.text) == (422, True)


def test_codes_are_set_up_and_switched_off(app: APIFlask, store: Store, wei: Person):
    browser = enter(app, wei)
    first = browser.get("/account/codes").text
    assert "data:image/svg+xml;base64," in first
    assert re.findall('class="key">[^<]+', first) == re.findall(
        'class="key">[^<]+', browser.get("/account/codes").text
    )
    wrong = browser.send("/account/codes", "/account/codes", code="000000x", current=PASSWORD)
    assert (wrong.status_code, "不是应用当前显示的验证码" in wrong.text) == (422, True)
    key = re.search(r'class="key">([A-Z2-7 ]+)<', first)
    assert key
    good = pyotp.TOTP(key[1].replace(" ", "")).at(NOON)
    unknown = browser.send("/account/codes", "/account/codes", code=good, current="wrong")
    assert (unknown.status_code, "这不是您当前的密码" in unknown.text) == (422, True)
    assert not store.people.get(wei.id).has_codes
    _, recovery = switched_on(browser)
    assert len(recovery) == 8
    assert recovery[0] not in browser.get("/account").text  # shown once
    assert browser.get("/account/codes").status_code == 303
    assert browser.send("/account/codes/off", "/account", current="wrong").status_code == 422
    assert store.people.get(wei.id).has_codes
    assert browser.send("/account/codes/off", "/account", current=PASSWORD).status_code == 303
    assert not store.people.get(wei.id).has_codes


def test_recovery_codes_are_renewed_by_who_knows_the_password(app: APIFlask, wei: Person):
    browser = enter(app, wei)
    _, first = switched_on(browser)
    assert browser.send("/account/codes/recovery", "/account", current="wrong").status_code == 422
    assert browser.send("/account/codes/recovery", "/account", current=PASSWORD).status_code == 303
    second = re.findall(r"<code>([A-Z2-7-]{29})</code>", browser.get("/account").text)
    assert len(second) == 8
    assert not set(first) & set(second)
    stranger = guest(app)
    stranger.send("/signin/password", email=wei.email, password=PASSWORD)
    assert stranger.send("/signin/code", "/signin/code", code=first[0]).status_code == 401
    assert stranger.send("/signin/code", "/signin/code", code=second[0]).status_code == 303


def test_sessions_are_listed_and_ended(app: APIFlask, wei: Person):
    here, there, elsewhere = (enter(app, wei) for _ in range(3))
    page = here.get("/account").text
    assert page.count("其他浏览器") == 2
    ids = re.findall(r"/account/tokens/([0-9a-f]{16})/revoke", page)
    for path in (f"/account/tokens/{ids[0]}/revoke", "/account/sessions"):
        for wrong in ({}, {"current": PASSWORD + "s"}):
            answer = here.send(path, "/account", **wrong)
            assert answer.status_code == 422
            assert "这不是您当前的密码" in shown(answer)
    assert [each.get("/account").status_code for each in (there, elsewhere)] == [200, 200]
    ended = here.send(f"/account/tokens/{ids[0]}/revoke", "/account", current=PASSWORD)
    assert ended.status_code == 303
    assert [each.get("/account").status_code for each in (there, elsewhere)].count(303) == 1
    assert here.send("/account/sessions", "/account", current=PASSWORD).status_code == 303
    assert [each.get("/account").status_code for each in (here, there, elsewhere)] == [200, 303, 303]


def test_a_token_is_shown_once_does_what_it_may_and_is_ended(app: APIFlask, wei: Person):
    browser = enter(app, wei)
    full, read = made_token(browser), made_token(browser, "read", label="reader")
    page = browser.get("/account").text
    assert full not in page
    assert "nightly" in page
    assert "从未" in page
    for token, status in ((full, 204), (read, 403)):
        client = Client(app.test_client(), token)
        assert client.get("/v1/profiles").status_code == 200
        assert client.delete("/v1/profiles/s2").status_code == status
    assert "从未" not in browser.get("/account").text
    [ended, _] = re.findall(r"/account/tokens/([0-9a-f]{16})/revoke", browser.get("/account").text)
    browser.send(f"/account/tokens/{ended}/revoke", "/account")
    assert browser.send(f"/account/tokens/{ended}/revoke", "/account").status_code == 404
    statuses = [Client(app.test_client(), each).get("/v1/profiles").status_code for each in (full, read)]
    assert sorted(statuses) == [200, 401]


def test_nobody_ends_anothers_token(app: APIFlask, wei: Person, ann: Person):
    browser = enter(app, wei)
    made_token(browser)
    [token_id] = re.findall(r"/account/tokens/([0-9a-f]{16})/revoke", browser.get("/account").text)
    for id_ in (token_id, "none", "%00", "x" * 10_000):
        assert enter(app, ann).send(f"/account/tokens/{id_}/revoke", "/account").status_code == 404


@pytest.mark.parametrize(
    "form",
    [
        {"label": ""},
        {"label": "x" * 61},
        {"label": "a\x00"},
        {"scope": "all"},
        {"days": "0"},
        {"days": "9999"},
        {"days": "x"},
    ],
)
def test_a_token_that_cannot_be_is_refused_in_words(app: APIFlask, wei: Person, form: dict[str, str]):
    fields = {"label": "nightly", "scope": "full", "days": "30"} | form
    answer = enter(app, wei).send("/account/tokens", "/account", **fields)
    assert answer.status_code == 422
    assert "bole_" not in answer.text


def test_a_session_that_may_only_read_changes_nothing_but_can_sign_out(app: APIFlask, wei: Person):
    token = made_token(enter(app, wei), "read")
    browser = guest(app)
    browser.send("/signin", token=token)
    assert browser.get("/startups").status_code == 200
    assert browser.send("/people", "/people", email="x@example.org", role="staff").status_code == 403
    assert browser.send("/signout", "/startups").status_code == 303


def test_a_page_asks_the_database_a_dozen_times_at_most(app: APIFlask, wei: Person, queries):
    browser = enter(app, wei)
    for path in ("/account", "/people"):
        with queries() as asked:
            browser.get(path)
        assert len(asked) <= 12, asked


def test_a_password_that_others_lost_is_refused(services: Services, settings: Settings, wei: Person):
    lost = sha1(NEW.encode()).hexdigest().upper()
    (settings.home / "lost.txt").write_text(f"{lost}:3\r\n")
    knowing = replace(settings, breached_passwords=settings.home / "lost.txt")
    browser = enter(create_app(services, knowing, pages=[pages]), wei)
    answer = browser.send("/account/password", "/account", current=PASSWORD, password=NEW)
    assert answer.status_code == 422
    assert "泄露" in shown(answer)
    answer = browser.send("/account/password", "/account", current=PASSWORD, password=NEW + "s")
    assert answer.status_code == 303
