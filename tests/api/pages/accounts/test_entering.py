"""Signing in by password and by code."""

import datetime as dt

import pyotp
import pytest
from apiflask import APIFlask

from api.accounts.codes import enrol, new_secret
from api.accounts.vault import Vault
from matcher.people import Person
from matcher.store import Store
from tests.api.conftest import NOON
from tests.api.pages.accounts.conftest import PASSWORD, enter, guest
from tests.api.pages.visitor import Visitor, shown

MINUTE = dt.timedelta(minutes=1)


def is_in(browser: Visitor) -> bool:
    return browser.get("/account").status_code == 200


def test_a_person_enters_and_goes_where_they_were_going(app: APIFlask, wei: Person):
    browser = guest(app)
    page = "/signin?next=/startups/lamp"
    answer = browser.send("/signin/password", page, email=wei.email, password=PASSWORD, next="/startups/lamp")
    assert (answer.status_code, answer.location) == (303, "/startups/lamp")
    assert is_in(browser)


@pytest.mark.parametrize("after", ["//evil.example", "/\\evil.example", "https://evil.example"])
def test_signing_in_leads_to_no_other_site(app: APIFlask, wei: Person, after: str):
    answer = guest(app).send("/signin/password", email=wei.email, password=PASSWORD, next=after)
    assert answer.location == "/"


def test_a_member_goes_to_their_own_first_page(app: APIFlask, ann: Person):
    answer = guest(app).send("/signin/password", email=ann.email, password=PASSWORD)
    assert answer.location == "/my"


@pytest.mark.parametrize("email", ["wei@example.org", "nobody@example.org", "none"])
def test_what_is_wrong_is_refused_in_the_same_words(app: APIFlask, wei: Person, email: str):
    answer = guest(app).send("/signin/password", email=email, password="wrong")
    assert answer.status_code == 401
    assert "邮箱或密码不正确" in answer.text
    assert f'value="{email}"' in answer.text  # what was typed stays, but for the password
    assert "wrong" not in answer.text


@pytest.mark.parametrize("field", ["email", "password", "next"])
@pytest.mark.parametrize("typed", ["x" * 10_000, "%00", "\0", "<script>alert(1)</script>"])
def test_odd_texts_are_refused_like_others(app: APIFlask, wei: Person, field: str, typed: str):
    form = {"email": "x@example.org", "password": "y", "next": "/"} | {field: typed}
    answer = guest(app).send("/signin/password", **form)
    assert answer.status_code == 401
    assert "<script>alert" not in answer.text


def test_half_a_character_is_refused_like_others(app: APIFlask):
    browser = guest(app)
    token = browser.get("/signin").text.partition('name="form_token" value="')[2].partition('"')[0]
    body = f"form_token={token}&email=%ED%A0%80&password=%ED%A0%80&next=%ED%A0%80"
    kind = "application/x-www-form-urlencoded"
    assert browser.client.post("/signin/password", data=body, content_type=kind).status_code == 401


def test_a_form_without_its_token_is_refused(app: APIFlask, wei: Person):
    browser = guest(app)
    for path in ("/signin/password", "/signin/code", "/forgotten", "/welcome", "/reset"):
        assert browser.client.post(path, data={"email": wei.email}).status_code == 403, path
    assert not is_in(browser)


def test_after_five_failures_the_wait_is_told(app: APIFlask, wei: Person):
    browser = guest(app)
    for _ in range(5):
        browser.send("/signin/password", email=wei.email, password="wrong")
    answer = browser.send("/signin/password", email=wei.email, password=PASSWORD)
    assert answer.status_code == 429
    assert "请等待 1 分钟" in answer.text
    assert "忘记密码" in answer.text


def test_failures_from_one_place_are_limited_and_successes_are_not(app: APIFlask, wei: Person):
    for _ in range(35):
        assert not guest(app).send("/signin/password", email=wei.email, password=PASSWORD).text.count("alert")
    browser = guest(app)
    codes = [
        browser.send("/signin/password", email=f"n{each}@example.org", password="w").status_code
        for each in range(31)
    ]
    assert codes == [401] * 30 + [429]


def test_a_session_before_is_not_taken_over(app: APIFlask, wei: Person, ann: Person):
    browser = enter(app, ann)
    before = browser.client.get_cookie("bole_session").value
    browser.send("/signin/password", email=wei.email, password=PASSWORD)
    assert browser.client.get_cookie("bole_session").value != before
    assert "wei@example.org" in browser.text("/account")


def test_cookies_are_kept_from_scripts_and_other_sites(app: APIFlask, wei: Person):
    browser = guest(app)
    for base, secure in (("http://localhost", False), ("https://localhost", True)):
        page = browser.client.get("/signin", base_url=base)
        token = page.text.partition('name="form_token" value="')[2].partition('"')[0]
        form = {"form_token": token, "email": wei.email, "password": PASSWORD}
        answer = browser.client.post("/signin/password", data=form, base_url=base)
        for cookie in answer.headers.getlist("Set-Cookie"):
            assert {"HttpOnly", "SameSite=Lax"} <= set(cookie.split("; "))
            assert ("Secure" in cookie) == secure


def test_the_pages_speak_the_persons_language_unless_the_browser_has_one(
    app: APIFlask, store: Store, wei: Person
):
    store.people.tell(wei.id, name="Wei", language="en")
    assert '<html lang="en">' in enter(app, wei).get("/account").text
    browser = guest(app)
    browser.get("/signin?lang=zh-Hant")
    browser.send("/signin/password", email=wei.email, password=PASSWORD)
    assert '<html lang="zh-Hant">' in browser.get("/account").text


def test_a_code_is_asked_for(app: APIFlask, store: Store, wei: Person):
    secret = new_secret()
    enrol(
        store, wei, secret, pyotp.TOTP(secret).at(NOON - MINUTE), NOON - MINUTE, vault=Vault(app.secret_key)
    )
    browser = guest(app)
    answer = browser.send("/signin/password", email=wei.email, password=PASSWORD, next="/partners")
    assert (answer.status_code, answer.location) == (303, "/signin/code")
    wrong = browser.send("/signin/code", "/signin/code", code="123")
    assert (wrong.status_code, "验证码不正确" in wrong.text) == (401, True)
    right = browser.send("/signin/code", "/signin/code", code=pyotp.TOTP(secret).at(NOON))
    assert (right.status_code, right.location) == (303, "/partners")
    assert is_in(browser)


def test_a_code_is_asked_for_only_after_the_password(app: APIFlask, wei: Person):
    browser = guest(app)
    assert browser.get("/signin/code").location == "/signin"
    assert browser.send("/signin/code", code="123456").location == "/signin"


def test_wrong_codes_lock_too(app: APIFlask, store: Store, wei: Person):
    secret = new_secret()
    enrol(
        store, wei, secret, pyotp.TOTP(secret).at(NOON - MINUTE), NOON - MINUTE, vault=Vault(app.secret_key)
    )
    browser = guest(app)
    browser.send("/signin/password", email=wei.email, password=PASSWORD)
    codes = [browser.send("/signin/code", "/signin/code", code="000000").status_code for _ in range(6)]
    assert codes == [401] * 5 + [429]


def test_who_left_is_out_at_once(app: APIFlask, store: Store, wei: Person):
    browser = enter(app, wei)
    store.people.deactivate(wei.id)
    assert browser.get("/startups").status_code == 303
    assert browser.send("/signin/password", email=wei.email, password=PASSWORD).status_code == 401


def test_who_signs_in_for_a_deleted_profile_is_told(app: APIFlask, store: Store, ann: Person):
    store.delete_profile("north", "s1")
    answer = guest(app).send("/signin/password", email=ann.email, password=PASSWORD)
    assert answer.status_code == 403
    assert "已被删除" in shown(answer)


def test_signing_out_ends_the_session_for_good(app: APIFlask, wei: Person):
    browser = enter(app, wei)
    stolen = browser.client.get_cookie("bole_session").value
    browser.send("/signout", "/account")
    assert not is_in(browser)
    browser.client.set_cookie("bole_session", stolen)
    assert not is_in(browser)


def test_what_a_person_does_is_recorded_by_their_name(app: APIFlask, wei: Person, store: Store):
    hashed = enter(app, wei).client
    with hashed.session_transaction() as session:
        record = store.token(session["token_hash"])
    assert record is not None
    assert (record.person_id, record.person_name) == (wei.id, "王伟")


def test_a_long_way_back_does_not_spoil_the_code(app: APIFlask, store: Store, wei: Person):
    secret = new_secret()
    enrol(
        store, wei, secret, pyotp.TOTP(secret).at(NOON - MINUTE), NOON - MINUTE, vault=Vault(app.secret_key)
    )
    browser = guest(app)
    browser.send("/signin/password", email=wei.email, password=PASSWORD, next="/" + "x" * 10_000)
    assert len(browser.client.get_cookie("bole_session").value) < 4_000
    answer = browser.send("/signin/code", "/signin/code", code=pyotp.TOTP(secret).at(NOON))
    assert answer.location == "/"
