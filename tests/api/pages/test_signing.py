"""Signing in by token and by link, form tokens, signing out."""

import datetime as dt
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from apiflask import APIFlask

from api.pages import sign_in_link
from api.principals import (
    IDLE_SESSION,
    Caller,
    Principal,
    issue_token,
    principal_behind,
    principal_of,
    token_hash,
)
from matcher.errors import Unauthorised
from matcher.people import TokenKind, TokenScope
from matcher.store import Store
from tests.api.conftest import NOON
from tests.api.pages.visitor import Visitor, form_token, shown, visitor

STAFF = Principal("north", Caller.STAFF)
ADDRESS = "http://bole.example"


@pytest.fixture
def link(store: Store) -> str:
    return sign_in_link(store, STAFF, ADDRESS, NOON)


@pytest.fixture
def guest(app: APIFlask) -> Visitor:
    return Visitor(app.test_client())


def follow(guest: Visitor, link: str) -> int:
    """Open a link as a browser does: the page's own form sends the token on."""
    token = urlsplit(link).query.removeprefix("token=")
    return guest.send("/signin", link.removeprefix(ADDRESS), token=token).status_code


def is_in(guest: Visitor) -> bool:
    return guest.get("/startups").status_code == 200


@pytest.mark.parametrize("role", [Caller.STAFF, Caller.ADMIN])
def test_office_people_enter_with_their_token(app: APIFlask, store: Store, role: Caller):
    assert is_in(visitor(app, store, role))


@pytest.mark.parametrize("role", [Caller.STARTUP, Caller.MENTOR, Caller.INVESTOR])
def test_members_enter_and_go_to_their_own_first_page(app: APIFlask, store: Store, role: Caller):
    member = visitor(app, store, role)
    answer = member.sign_in()
    assert (answer.status_code, answer.location) == (303, "/my")
    assert not is_in(member)


@pytest.mark.parametrize("token", ["", "bole_unknown", "nonsense", "bole_é", "x" * 200])
def test_an_unknown_token_does_not_enter(guest: Visitor, token: str):
    answer = guest.send("/signin", token=token)
    assert answer.status_code == 401
    assert "此令牌无效" in answer.text
    assert not is_in(guest)


def test_a_form_without_its_form_token_is_refused(app: APIFlask, staff: Visitor, guest: Visitor):
    answer = guest.client.post("/signin", data={"token": staff.token})
    assert answer.status_code == 403
    foreign = guest.client.post(
        "/signin", data={"token": staff.token, "form_token": form_token(staff.get("/"))}
    )
    assert foreign.status_code == 403
    assert not is_in(guest)


def test_signing_out_needs_the_form_token_too(staff: Visitor):
    assert staff.client.post("/signout").status_code == 403
    assert is_in(staff)
    assert staff.send("/signout", "/startups").status_code == 303
    assert not is_in(staff)


def test_the_session_cookie_holds_no_token(staff: Visitor, tmp_path: Path):
    with staff.client.session_transaction() as session:
        assert session["token_hash"] != token_hash(staff.token)
    assert staff.token not in staff.client.get_cookie("bole_session").value


def test_a_revoked_token_ends_its_sessions(staff: Visitor, store: Store):
    store.revoke_token(token_hash(staff.token))
    assert not is_in(staff)


def test_who_is_not_signed_in_is_asked_to_and_brought_back(app: APIFlask, store: Store, staff: Visitor):
    guest = Visitor(app.test_client(), staff.token)
    asked = guest.get("/startups/lamp?role=investor")
    assert (asked.status_code, asked.location) == (303, "/signin?next=/startups/lamp?role%3Dinvestor")
    entered = guest.sign_in(next="/startups/lamp?role=investor")
    assert (entered.status_code, entered.location) == (303, "/startups/lamp?role=investor")


@pytest.mark.parametrize(
    "after", ["//evil.example", "/\\evil.example", "http://evil.example", "evil", "/\n/evil.example", ""]
)
def test_signing_in_leads_to_no_other_site(app: APIFlask, staff: Visitor, after: str):
    assert staff.sign_in(next=after).location == "/"


def test_a_link_shows_a_form_that_sends_its_token_on(guest: Visitor, link: str):
    answer = guest.get(link.removeprefix(ADDRESS))
    assert "data-submit-at-once" in answer.text
    assert not is_in(guest)  # opening alone, as a mail scanner does, uses nothing up


def test_a_link_signs_one_browser_in_once(app: APIFlask, guest: Visitor, link: str):
    assert follow(guest, link) == 303
    assert is_in(guest)
    second = Visitor(app.test_client())
    assert follow(second, link) == 401
    assert not is_in(second)


def test_a_link_ends_after_a_day(guest: Visitor, store: Store):
    old = sign_in_link(store, STAFF, ADDRESS, NOON - dt.timedelta(days=1))
    assert follow(guest, old) == 401


def test_signing_out_ends_a_links_session_for_good(guest: Visitor, link: str):
    follow(guest, link)
    stolen = guest.client.get_cookie("bole_session").value
    guest.send("/signout", "/startups")
    guest.client.set_cookie("bole_session", stolen)
    assert not is_in(guest)


def test_signing_out_leaves_a_pasted_token_alone(staff: Visitor):
    staff.send("/signout", "/startups")
    staff.sign_in()
    assert is_in(staff)


def test_signing_out_ends_a_pasted_tokens_session_for_good(staff: Visitor):
    stolen = staff.client.get_cookie("bole_session").value
    staff.send("/signout", "/startups")
    staff.client.set_cookie("bole_session", stolen)
    assert not is_in(staff)


def test_two_sessions_of_one_token_end_one_by_one(app: APIFlask, staff: Visitor):
    other = Visitor(app.test_client(), staff.token)
    other.sign_in()
    staff.send("/signout", "/startups")
    assert is_in(other)


def test_a_session_of_a_token_ends_no_later_than_it(app: APIFlask, store: Store):
    ending = issue_token(store, STAFF, expires_at=NOON + dt.timedelta(minutes=5))
    short = Visitor(app.test_client(), ending)
    short.sign_in()
    with short.client.session_transaction() as session:
        record = store.token(session["token_hash"])
    assert record is not None
    assert record.expires_at == NOON + dt.timedelta(minutes=5)


def test_a_session_of_a_token_may_what_the_token_may(app: APIFlask, store: Store):
    reader = Visitor(
        app.test_client(), issue_token(store, replace(STAFF, scope=TokenScope.READ), label="laptop")
    )
    reader.sign_in()
    with reader.client.session_transaction() as session:
        behind = principal_behind(store, session["token_hash"], NOON)
    given = principal_of(store, reader.token, NOON)
    assert (behind, behind.scope, behind.who, behind.token_id, behind.kind) == (
        given,
        TokenScope.READ,
        "staff (laptop)",
        given.token_id,
        TokenKind.API,
    )


def test_a_session_of_a_token_that_was_left_open_is_over(staff: Visitor, store: Store):
    with staff.client.session_transaction() as session:
        hashed = session["token_hash"]
    principal_behind(store, hashed, NOON)
    with pytest.raises(Unauthorised):
        principal_behind(store, hashed, NOON + IDLE_SESSION + dt.timedelta(minutes=1))


def other_office(store: Store) -> str:
    return f"/signin?next=/import&token={issue_token(store, Principal('south', Caller.STAFF))}"


def test_a_token_in_an_address_waits_for_a_click(guest: Visitor, store: Store):
    answer = guest.get(other_office(store))
    assert "data-submit-at-once" not in answer.text
    assert "data-clear-address" in answer.text
    assert "此链接让您以此身份进入： south ，工作人员" in shown(answer)


def test_a_token_in_an_address_says_whose_session_it_would_end(staff: Visitor, store: Store):
    answer = staff.get(other_office(store))
    assert "data-submit-at-once" not in answer.text
    assert "您现在的登录身份： north ，工作人员" in shown(answer)
    assert is_in(staff)


def test_a_link_of_another_does_not_take_a_session_away_by_itself(staff: Visitor, store: Store):
    theirs = sign_in_link(store, Principal("south", Caller.STAFF), ADDRESS, NOON).removeprefix(ADDRESS)
    answer = staff.get(theirs)
    assert "data-submit-at-once" not in answer.text
    assert "north" in shown(answer)


def test_a_link_of_ones_own_goes_on_at_once(staff: Visitor, link: str):
    assert "data-submit-at-once" in staff.get(link.removeprefix(ADDRESS)).text


def test_an_address_with_a_token_that_lets_nobody_in_says_so(guest: Visitor):
    answer = guest.get("/signin?token=bole_unknown")
    assert answer.status_code == 401
    assert "此令牌无效" in answer.text


def test_a_links_session_ends_after_twelve_hours(guest: Visitor, later: APIFlask, link: str):
    follow(guest, link)
    cookie = guest.client.get_cookie("bole_session").value
    after = Visitor(later.test_client())
    after.client.set_cookie("bole_session", cookie)
    assert not is_in(after)
