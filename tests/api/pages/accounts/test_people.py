"""The office's list of people."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from apiflask import APIFlask

from api.accounts.codes import new_secret
from api.principals import Caller
from matcher.people import Person, Standing
from matcher.store import Store
from tests.api.mailing import Postbox
from tests.api.pages.accounts.conftest import PASSWORD, enter, guest, link_in, token_in
from tests.api.pages.accounts.test_renewing import wait_for_mails
from tests.api.pages.visitor import Visitor, form_token, shown, visitor
from tests.api.world import caller

NEW = "an owl above the mill"
INVITATION = {"email": "new@example.org", "name": "", "role": "staff", "profile": "", "language": "zh"}


def invited(browser: Visitor, **fields: str) -> int:
    return browser.send("/people", "/people", **(INVITATION | fields)).status_code


def test_without_a_mail_server_the_link_is_handed_over(app: APIFlask, store: Store, staff: Visitor):
    assert invited(staff) == 303
    page = staff.get("/people").text
    link = link_in(page)
    assert link not in staff.get("/people").text  # shown once
    newcomer = guest(app)
    answer = newcomer.send("/welcome", link, token=token_in(link), name="New", password=NEW)
    assert (answer.status_code, answer.location) == (303, "/")
    assert newcomer.get("/people").status_code == 200
    person = store.people.find("new@example.org")
    assert person is not None
    assert (person.organisation, person.role, person.standing) == ("north", "staff", Standing.ACTIVE)


def test_with_a_mail_server_the_link_is_mailed_and_not_shown(
    mailing: APIFlask, store: Store, postbox: Postbox
):
    browser = visitor(mailing, store, Caller.STAFF)
    assert invited(browser, language="en") == 303
    page = browser.get("/people").text
    assert "邀请已发给new@example.org" in page
    assert "token=" not in page
    [mail] = postbox.mails
    assert mail["Subject"] == "North invites you to Bole"
    assert "https://bole.example/welcome?token=" in mail.get_content()


def test_where_the_mail_server_refuses_the_link_is_handed_over(
    mailing: APIFlask, store: Store, postbox: Postbox
):
    postbox.refuses["new@example.org"] = "550 no such user"
    browser = visitor(mailing, store, Caller.STAFF)
    invited(browser)
    page = browser.get("/people").text
    assert "550" in page
    assert link_in(page)


@pytest.mark.parametrize(
    ("role", "typed", "profile"),
    [
        ("startup", "s1", "s1"),
        ("startup", "青松科技", "s1"),
        ("mentor", "lin mu", "m1"),
        ("investor", "i1", "i1"),
    ],
)
def test_members_are_invited_for_a_profile_by_id_or_name(
    app: APIFlask, store: Store, staff: Visitor, role: str, typed: str, profile: str
):
    assert invited(staff, role=role, profile=typed) == 303
    person = store.people.find("new@example.org")
    assert person is not None
    assert (person.role, person.profile_id) == (role, profile)


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"email": "none"}, "不是有效的邮箱"),
        ({"email": ""}, "不是有效的邮箱"),
        ({"email": "x" * 10_000}, "不是有效的邮箱"),
        ({"name": "a\x00b"}, "姓名最多"),
        ({"role": "king"}, "请选择身份"),
        ({"role": "startup"}, "没有这个身份的此档案"),
        ({"role": "startup", "profile": "m1"}, "没有这个身份的此档案"),
        ({"role": "startup", "profile": "s9"}, "没有这个身份的此档案"),
        ({"role": "mentor", "profile": "south:m8"}, "没有这个身份的此档案"),
        ({"role": "mentor", "profile": "Shared Mentor"}, "没有这个身份的此档案"),
        ({"role": "mentor", "profile": "x" * 10_000}, "没有这个身份的此档案"),
    ],
)
def test_what_is_wrong_is_told_and_nothing_that_was_typed_is_lost(
    store: Store, staff: Visitor, fields: dict[str, str], told: str
):
    answer = staff.send("/people", "/people", **(INVITATION | {"name": "Newcomer"} | fields))
    assert (answer.status_code, told in shown(answer)) == (422, True)
    assert 'value="Newcomer"' in answer.text or "name" in fields
    assert store.people.all("north") == []


def test_an_address_that_signs_in_already_is_told(staff: Visitor, wei: Person, far: Person):
    for person in (wei, far):
        answer = staff.send("/people", "/people", **(INVITATION | {"email": person.email.upper()}))
        assert (answer.status_code, "这个邮箱已有账户" in answer.text) == (409, True)


def test_inviting_twice_sends_a_second_link_and_ends_the_first(app: APIFlask, store: Store, staff: Visitor):
    invited(staff)
    first = link_in(staff.get("/people").text)
    invited(staff)
    second = link_in(staff.get("/people").text)
    assert guest(app).get(first).status_code == 404
    assert guest(app).get(second).status_code == 200
    assert len(store.people.all("north")) == 1


def test_two_who_invite_the_same_at_once_invite_one(app: APIFlask, store: Store):
    browsers = [visitor(app, store, Caller.STAFF) for _ in range(2)]
    with ThreadPoolExecutor(2) as many:
        codes = list(many.map(invited, browsers))
    assert set(codes) <= {303, 409}
    assert len(store.people.all("north")) == 1


def test_only_admins_invite_and_change_admins(app: APIFlask, store: Store, wei: Person, root: Person):
    browser = enter(app, wei)
    assert invited(browser, role="admin") == 403
    assert "管理员</option>" not in browser.get("/people").text
    for act in ("link", "deactivate", "activate", "codes-off"):
        assert browser.send(f"/people/{root.id}/{act}", "/people").status_code == 403
    assert invited(enter(app, root), role="admin") == 303


def test_admins_invite_for_other_organisations(app: APIFlask, store: Store, root: Person):
    browser = enter(app, root)
    path = "/people?organisation=south"
    token = form_token(browser.get(path))
    answer = browser.client.post(path, data=INVITATION | {"form_token": token})
    assert (answer.status_code, answer.location) == (303, path)
    assert [each.email for each in store.people.all("south")] == ["new@example.org"]


@pytest.mark.parametrize("act", ["link", "deactivate", "activate", "codes-off"])
def test_people_of_another_organisation_are_as_unknown_as_nobody(
    app: APIFlask, wei: Person, far: Person, store: Store, act: str
):
    browser = enter(app, wei)
    for id_ in (far.id, "none", "%00", "%ED%A0%80", "x" * 5_000):
        assert browser.send(f"/people/{id_}/{act}", "/people").status_code == 404, id_
    assert "far@example.org" not in browser.get("/people").text
    assert store.people.get(far.id) == far


@pytest.mark.parametrize("role", [Caller.STARTUP, Caller.MENTOR, Caller.INVESTOR])
def test_members_may_not_see_or_change_people(app: APIFlask, store: Store, wei: Person, role: Caller):
    member = caller(app, store, role)
    assert member.get("/people").status_code == 403
    assert member.post("/people", data=INVITATION).status_code == 403
    for act in ("link", "deactivate", "activate", "codes-off"):
        assert member.post(f"/people/{wei.id}/{act}").status_code == 403


def test_deactivating_ends_sessions_at_once_and_can_be_undone(app: APIFlask, staff: Visitor, wei: Person):
    browser = enter(app, wei)
    assert staff.send(f"/people/{wei.id}/deactivate", "/people").status_code == 303
    assert browser.get("/startups").status_code == 303
    page = staff.get("/people").text
    assert "王伟已不能登录" in page
    assert f'action="/people/{wei.id}/activate"' in page
    assert staff.send(f"/people/{wei.id}/deactivate", "/people").status_code == 303  # twice is once
    assert staff.send(f"/people/{wei.id}/link", "/people").status_code == 409
    staff.send(f"/people/{wei.id}/activate", "/people")
    enter(app, wei)


def test_nobody_locks_themselves_out(app: APIFlask, wei: Person, store: Store):
    assert enter(app, wei).send(f"/people/{wei.id}/deactivate", "/people").status_code == 403
    assert store.people.get(wei.id).active


def test_who_forgot_the_password_gets_a_link_from_the_office(app: APIFlask, staff: Visitor, wei: Person):
    staff.send(f"/people/{wei.id}/link", "/people")
    link = link_in(staff.get("/people").text, "/reset")
    guest(app).send("/reset", link, token=token_in(link), password=NEW)
    enter(app, wei, NEW)


def test_who_lost_the_telephone_is_let_in_by_the_office(
    mailing: APIFlask, store: Store, postbox: Postbox, wei: Person
):
    store.people.ask_for_codes(wei.id, new_secret(), [], step=0)
    browser = visitor(mailing, store, Caller.STAFF)
    assert browser.send(f"/people/{wei.id}/codes-off", "/people").status_code == 303
    enter(mailing, wei, PASSWORD)
    wait_for_mails()
    assert [mail["Subject"] for mail in postbox.mails] == ["您的伯乐账户已关闭两步验证"]


def test_the_list_says_who_is_who(app: APIFlask, store: Store, wei: Person, ann: Person):
    store.people.add("north", "late@example.org", role="mentor", profile_id="m1")
    text = enter(app, wei).text("/people")
    for said in ("王伟", "您", "Ann", "青松科技", "late@example.org", "已邀请", "使用中", "Lin Mu"):
        assert said in text


def test_names_are_escaped(app: APIFlask, store: Store, wei: Person):
    store.people.tell(wei.id, name="<img src=x onerror=alert(1)>", language="zh")
    assert "<img src=x" not in enter(app, wei).get("/people").text


def test_a_link_that_names_a_profile_opens_its_invitation(staff: Visitor):
    page = staff.get("/people?profile=m1").text
    assert 'value="m1"' in page
    assert '<option value="mentor" selected>' in page
    for foreign in ("s9", "south:s9", "none", "%00", "x" * 5_000):
        answer = staff.get(f"/people?profile={foreign}")
        assert answer.status_code == 200
        assert 'id="invite" open' not in answer.text or "Far Startup" not in answer.text


def test_many_people_are_searched_and_paged(store: Store, staff: Visitor):
    for each in range(60):
        store.people.add("north", f"n{each:02}@example.org", role="staff")
    first = staff.get("/people").text
    assert ("n00@" in first, "n59@" in first) == (True, False)
    assert "n59@" in staff.get("/people?cursor=staff+n49%40example.org").text
    found = staff.text("/people?q=N42")
    assert ("n42@" in found, "n41@" in found) == (True, False)
    assert "没有找到“zzz”" in staff.text("/people?q=zzz")
    for odd in ("q=%25", "cursor=%25", "cursor=" + "x" * 5_000, "q=" + "x" * 5_000):
        assert staff.get("/people?" + odd).status_code == 200


def test_who_signs_in_for_a_deleted_profile_is_marked(
    app: APIFlask, store: Store, staff: Visitor, ann: Person
):
    store.delete_profile("north", "s1")
    page = staff.get("/people").text
    assert "已删除" in page
    assert "/startups/s1" not in page
