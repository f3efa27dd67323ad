"""Accepting invitations, and taking new passwords."""

import datetime as dt
import threading

import pytest
from apiflask import APIFlask

from api.accounts.links import new_link
from matcher.people import Person, Purpose, Standing
from matcher.store import Store
from tests.api.conftest import NOON
from tests.api.mailing import Postbox
from tests.api.pages.accounts.conftest import PASSWORD, enter, guest, link_in, token_in
from tests.api.pages.visitor import shown

NEW = "an owl above the mill"


@pytest.fixture
def newcomer(store: Store) -> Person:
    return store.people.add("north", "new@example.org", role="mentor", profile_id="m1", name="Lin")


def link(store: Store, person: Person, purpose: Purpose, at: dt.datetime = NOON) -> str:
    return new_link(store, person, purpose, "", at)


def wait_for_mails() -> None:
    for thread in threading.enumerate():
        if thread.name == "account mail":
            thread.join()


def test_an_invitation_makes_an_account_and_signs_in(app: APIFlask, store: Store, newcomer: Person):
    browser, path = guest(app), link(store, newcomer, Purpose.INVITE)
    page = browser.text(path)
    assert "new@example.org" in browser.get(path).text
    assert "欢迎" in page
    answer = browser.send("/welcome", path, token=token_in(path), name=" 林 木 ", password=NEW)
    assert (answer.status_code, answer.location) == (303, "/my")
    person = store.people.get(newcomer.id)
    assert (person.standing, person.name) == (Standing.ACTIVE, "林 木")
    assert browser.get("/account").status_code == 200
    assert guest(app).send("/welcome", token=token_in(path), name="x", password=NEW).status_code == 404


def test_the_language_of_the_new_account_is_the_one_it_was_accepted_in(
    app: APIFlask, store: Store, newcomer: Person
):
    browser, path = guest(app), link(store, newcomer, Purpose.INVITE)
    browser.get(path + "&lang=en")
    browser.send("/welcome", path, token=token_in(path), name="Lin", password=NEW)
    assert store.people.get(newcomer.id).language == "en"


def test_looking_at_a_link_uses_nothing_up(app: APIFlask, store: Store, newcomer: Person):
    path = link(store, newcomer, Purpose.INVITE)
    for _ in range(3):
        assert guest(app).get(path).status_code == 200


@pytest.mark.parametrize(
    ("name", "password", "told"),
    [
        ("Lin", "short", "至少 12 个字符"),
        ("Lin", "x y z" * 60, "最多 256 个字符"),
        ("Lin", "new@example.org", "请不要使用姓名"),
        ("Lin Mu Sen", "linmusen20260101", "请不要使用姓名"),
        ("Lin", "password123456", "最容易被猜到"),
        ("Lin", "aaaaaaaaaaaaaa", "连续或重复"),
        ("", NEW, "请填写姓名"),
        ("x" * 10_000, NEW, "请填写姓名"),
        ("a\x00b", NEW, "请填写姓名"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field_and_nothing_is_lost(
    app: APIFlask, store: Store, newcomer: Person, name: str, password: str, told: str
):
    browser, path = guest(app), link(store, newcomer, Purpose.INVITE)
    answer = browser.send("/welcome", path, token=token_in(path), name=name, password=password)
    assert answer.status_code == 422
    assert told in shown(answer)
    assert f'value="{password}"' not in answer.text.replace("new@example.org", "", 1)
    again = browser.send("/welcome", path, token=token_in(path), name="Lin", password=NEW)
    assert again.status_code == 303


@pytest.mark.parametrize("token", ["", "unknown", "x" * 10_000, "é"])
def test_a_link_that_is_none_is_told_kindly(app: APIFlask, token: str):
    for path in ("/welcome", "/reset"):
        assert guest(app).get(f"{path}?token={token}").status_code == 404
        answer = guest(app).send(path, token=token, name="x", password=NEW)
        assert (answer.status_code, "链接已失效" in answer.text) == (404, True)


def test_a_link_is_for_its_purpose(app: APIFlask, store: Store, newcomer: Person):
    path = link(store, newcomer, Purpose.RESET)
    assert guest(app).get(path.replace("/reset", "/welcome")).status_code == 404


def test_a_new_password_ends_what_was_open_and_is_signed_in_with(app: APIFlask, store: Store, wei: Person):
    before = enter(app, wei)
    browser, path = guest(app), link(store, wei, Purpose.RESET)
    answer = browser.send("/reset", path, token=token_in(path), password=NEW)
    assert (answer.status_code, answer.location) == (303, "/signin")
    assert "新密码已设好" in browser.text("/signin")
    assert "新密码已设好" not in browser.text("/signin")
    assert before.get("/account").status_code == 303
    assert enter(app, wei, NEW).get("/account").status_code == 200
    assert guest(app).send("/signin/password", email=wei.email, password=PASSWORD).status_code == 401


def test_a_new_password_ends_a_lock_out(app: APIFlask, store: Store, wei: Person):
    for _ in range(6):
        guest(app).send("/signin/password", email=wei.email, password="wrong")
    path = link(store, wei, Purpose.RESET)
    guest(app).send("/reset", path, token=token_in(path), password=NEW)
    enter(app, wei, NEW)


def test_a_link_is_mailed_to_who_forgot(mailing: APIFlask, postbox: Postbox, wei: Person):
    browser = guest(mailing)
    answer = browser.send("/forgotten", "/forgotten", email=" WEI@example.org")
    assert (answer.status_code, answer.location) == (303, "/forgotten")
    assert "链接已经发出" in browser.text("/forgotten")
    wait_for_mails()
    [mail] = postbox.mails
    text = mail.get_content()
    assert "https://bole.example/reset?token=" in text
    path = link_in(text, "/reset")
    assert browser.send("/reset", path, token=token_in(path), password=NEW).status_code == 303


def test_a_mailed_link_leads_to_the_address_that_is_set_whatever_the_request_says(
    mailing: APIFlask, postbox: Postbox, wei: Person
):
    browser = guest(mailing)
    page = browser.client.get("/forgotten", base_url="http://evil.example")
    token = page.text.partition('name="form_token" value="')[2].partition('"')[0]
    form = {"form_token": token, "email": wei.email}
    browser.client.post("/forgotten", data=form, base_url="http://evil.example")
    wait_for_mails()
    assert "evil" not in postbox.mails[0].get_content()


@pytest.mark.parametrize("email", ["nobody@example.org", "", "none", "x" * 10_000])
def test_nobody_learns_who_has_an_account(mailing: APIFlask, postbox: Postbox, wei: Person, email: str):
    browser = guest(mailing)
    answer = browser.send("/forgotten", "/forgotten", email=email)
    assert (answer.status_code, answer.location) == (303, "/forgotten")
    assert "链接已经发出" in browser.text("/forgotten")
    wait_for_mails()
    assert postbox.mails == []


def test_who_was_invited_and_forgot_is_invited_again_and_who_left_is_not(
    mailing: APIFlask, postbox: Postbox, store: Store, newcomer: Person, wei: Person
):
    store.people.deactivate(wei.id)
    for email in (newcomer.email, wei.email):
        guest(mailing).send("/forgotten", "/forgotten", email=email)
    wait_for_mails()
    assert ["/welcome?token=" in mail.get_content() for mail in postbox.mails] == [True]


def test_without_a_mail_server_one_asks_the_office(app: APIFlask, wei: Person):
    assert "请联系机构工作人员" in guest(app).text("/forgotten")


def test_asking_for_links_again_and_again_is_limited(mailing: APIFlask, wei: Person):
    browser = guest(mailing)
    codes = [browser.send("/forgotten", email="x@y.org").status_code for _ in range(31)]
    assert codes == [303] * 30 + [429]


def test_who_accepts_for_a_profile_that_was_deleted_is_told(app: APIFlask, store: Store, newcomer: Person):
    path = link(store, newcomer, Purpose.INVITE)
    store.delete_profile("north", "m1")
    answer = guest(app).send("/welcome", path, token=token_in(path), name="Lin", password=NEW)
    assert (answer.status_code, "已被删除" in answer.text) == (403, True)


def test_nobody_fills_anothers_letter_box(mailing: APIFlask, postbox: Postbox, wei: Person):
    for _ in range(5):
        guest(mailing).send("/forgotten", "/forgotten", email=wei.email)
        wait_for_mails()
    assert len(postbox.mails) == 3


def test_the_invitations_language_counts_from_its_link_on(app: APIFlask, store: Store):
    invited = store.people.add(
        "north", "fiona@example.org", role="startup", profile_id="s1", name="Fiona", language="en"
    )
    path, browser = link(store, invited, Purpose.INVITE), guest(app)
    assert "Your name" in browser.text(path)
    assert '<html lang="en">' in browser.get("/signin").text
    browser.send("/welcome", path, token=token_in(path), name="Fiona", password=NEW)
    assert '<html lang="en">' in browser.get("/my").text
    assert '<html lang="zh-Hans">' in guest(app).get("/signin").text


def test_who_has_chosen_a_language_keeps_it_whatever_a_link_says(
    app: APIFlask, store: Store, newcomer: Person
):
    path, browser = link(store, newcomer, Purpose.INVITE), guest(app)
    browser.get("/signin?lang=en")
    assert '<html lang="en">' in browser.get(path).text
    assert '<html lang="en">' in browser.get("/signin").text


def test_an_organisation_without_a_name_invites_by_none(app: APIFlask, store: Store):
    store.add_organisation("default")
    invited = store.people.add("default", "ada@example.org", role="admin", name="Ada")
    text = guest(app).text(link(store, invited, Purpose.INVITE))
    assert "default" not in text
    assert "邀请您使用" in text
