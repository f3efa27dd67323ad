"""Who may open and send what: every page of members, by every role, with own and foreign ids."""

import dataclasses
import re
from collections.abc import Callable

import pytest
from apiflask import APIFlask

from api.principals import Caller
from matcher.store import Store
from tests.api.pages.members.paths import ENDPOINTS, READ, SENT
from tests.api.pages.visitor import Visitor, shown, visitor
from tests.api.world import introduction_of

FOREIGN = ["s9", "south:s9", "m9", "south:m9", "none", "s2", "lamp"]


def test_the_tables_name_every_page_of_members(app: APIFlask):
    reviews = {"pages.my_reviews"}  # see the tables of panels
    assert {
        rule.endpoint for rule in app.url_map.iter_rules() if rule.rule.startswith(("/my", "/feedback"))
    } == ENDPOINTS | reviews


@pytest.mark.parametrize("role", Caller)
@pytest.mark.parametrize("endpoint", READ)
def test_each_page_opens_for_its_own_roles(app: APIFlask, store: Store, endpoint: str, role: Caller):
    path, roles = READ[endpoint]
    assert visitor(app, store, role).get(path).status_code == (200 if role in roles else 403)


@pytest.mark.parametrize("role", Caller)
@pytest.mark.parametrize("endpoint", SENT)
def test_each_form_is_taken_from_its_own_roles_and_never_without_its_token(
    app: APIFlask, store: Store, endpoint: str, role: Caller
):
    path, roles = SENT[endpoint]
    guest = visitor(app, store, role)
    assert guest.client.post(path).status_code == 403
    page = "/my" if role not in {Caller.STAFF, Caller.ADMIN} else "/models"
    answer = guest.send(path, page)
    assert (answer.status_code == 403) == (role not in roles), answer.text


@pytest.mark.parametrize("role", [Caller.STARTUP, Caller.MENTOR, Caller.INVESTOR])
def test_members_begin_at_their_own_first_page(app: APIFlask, store: Store, role: Caller):
    answer = visitor(app, store, role).sign_in()
    assert (answer.status_code, answer.location) == (303, "/my")


def test_what_is_of_others_is_as_unknown_as_what_does_not_exist(lamp: Visitor):
    for id_ in FOREIGN:
        assert lamp.get(f"/my/partners/{id_}").status_code == 404
        for what in ("request", "dismiss"):
            assert lamp.send(f"/my/partners/{id_}/{what}", "/my").status_code == 404


def test_introductions_of_others_are_as_unknown_as_those_that_do_not_exist(
    lamp: Visitor, near: Visitor, store: Store
):
    for cohort in ("published", "abroad"):
        id_ = introduction_of(store, cohort)
        for who, page in ((lamp, "/my/requests"), (near, "/my")):
            for what in ("accept", "decline"):
                assert who.send(f"/my/introductions/{id_}/{what}", page, words="x").status_code == 404
        for what in ("rating", "withdraw"):
            assert lamp.send(f"/my/introductions/{id_}/{what}", "/my").status_code == 404


def test_a_member_sees_nothing_of_what_others_were_published(lamp: Visitor, near: Visitor):
    assert "Lin Mu" not in lamp.text("/my/requests")
    for page in ("/my", "/my/history"):
        assert "青松科技" not in near.text(page)


def test_a_startup_reads_the_public_part_of_a_partner(s1: Visitor):
    answer = s1.get("/my/partners/south:m8")
    assert answer.status_code == 200
    assert "Shared Mentor" in answer.text
    assert not re.search(r"\bs9\b", shown(answer)), "whom it is in conflict with"


def test_a_partner_reads_no_notes_of_the_startups_office(m1: Visitor, store: Store):
    profile = dataclasses.replace(store.profile("north", "s1"), exclude=("Rival Fund",), tags=("vip",))
    store.put_profiles([profile])
    text = m1.get("/my").text
    assert "青松科技" in text
    assert "Rival Fund" not in text
    assert "vip" not in text


def test_offices_pages_stay_closed_and_lead_home(s1: Visitor):
    answer = s1.get("/startups")
    assert answer.status_code == 403
    assert 'href="/my"' in answer.text


def test_a_member_may_sign_out(s1: Visitor):
    assert s1.send("/signout", "/my").status_code == 303
    assert s1.get("/my").status_code == 303


def test_members_of_another_organisation_see_what_is_theirs(enter: Callable[[Caller, str, str], Visitor]):
    assert "Far Startup" in enter(Caller.MENTOR, "m9", "south").text("/my")
