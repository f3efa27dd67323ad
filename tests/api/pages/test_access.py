"""Who may open which page: every route, by every role, on own and on foreign profiles."""

import pytest
from apiflask import APIFlask

from api.access import declared_access
from api.principals import OFFICE, Caller
from matcher.store import Store
from tests.api.pages.accounts.paths import ENDPOINTS as ACCOUNTS
from tests.api.pages.accounts.paths import OPEN
from tests.api.pages.attention.paths import ENDPOINTS as ATTENTION
from tests.api.pages.audit.paths import ENDPOINTS as AUDIT
from tests.api.pages.cohorts.paths import ENDPOINTS as COHORTS
from tests.api.pages.helping.test_guides import ENDPOINTS as HELPING
from tests.api.pages.importing.paths import ENDPOINTS as IMPORTING
from tests.api.pages.members.paths import ENDPOINTS as MEMBERS
from tests.api.pages.merging.paths import ENDPOINTS as MERGING
from tests.api.pages.panels.paths import ENDPOINTS as PANELS
from tests.api.pages.privacy.paths import ENDPOINTS as PRIVACY
from tests.api.pages.profiles.paths import ENDPOINTS as PROFILES
from tests.api.pages.reports.paths import ENDPOINTS as REPORTS
from tests.api.pages.settings.paths import ENDPOINTS as SETTINGS
from tests.api.pages.visitor import Visitor
from tests.api.world import caller

OWN = {
    "pages.startups": ("/startups", 200),
    "pages.partners": ("/partners", 200),
    "pages.startup": ("/startups/lamp", 200),
    "pages.partner": ("/partners/near", 200),
    "pages.models": ("/models", 200),
}
PUBLIC = {"pages.static", "pages.signing_in", "pages.enter", "pages.leave"} | OPEN
FOREIGN = [
    "/startups/s9",
    "/startups/south:s9",
    "/startups/none",
    "/startups/near",
    "/partners/m9",
    "/partners/south:m9",
    "/partners/south:s9",
    "/partners/lamp",
]


def test_the_tables_name_every_page(app: APIFlask):
    endpoints = {rule.endpoint for rule in app.url_map.iter_rules() if rule.endpoint.startswith("pages.")}
    own = AUDIT | HELPING | SETTINGS | OWN.keys() | MERGING | PANELS | PRIVACY | REPORTS
    assert endpoints == own | PUBLIC | ACCOUNTS | ATTENTION | COHORTS | IMPORTING | MEMBERS | PROFILES
    assert {name for name in endpoints if declared_access(app, name).public} == PUBLIC


@pytest.mark.parametrize("endpoint", OWN)
def test_nobody_opens_a_page_without_signing_in(app: APIFlask, endpoint: str):
    answer = Visitor(app.test_client()).get(OWN[endpoint][0])
    assert answer.status_code == 303
    assert answer.location.startswith("/signin")


@pytest.mark.parametrize("role", Caller)
@pytest.mark.parametrize("endpoint", OWN)
def test_pages_are_for_the_office(app: APIFlask, store: Store, endpoint: str, role: Caller):
    path, status = OWN[endpoint]
    assert caller(app, store, role).get(path).status_code == (status if role in OFFICE else 403)


@pytest.mark.parametrize("path", FOREIGN)
def test_a_foreign_profile_is_as_unknown_as_one_that_does_not_exist(staff: Visitor, path: str):
    answer = staff.get(path)
    assert answer.status_code == 404
    assert "Far Startup" not in answer.text
    assert "Private Mentor" not in answer.text


def test_a_shared_partner_is_shown_without_its_offices_business(staff: Visitor):
    text = staff.text("/partners/south:m8")
    assert "Shared Mentor" in text
    assert "south 共享" in text
    assert "利益冲突" not in text
    assert "s9" not in text


def test_why_not_tells_nothing_of_foreign_profiles(staff: Visitor):
    for typed in ("south:m9", "m9", "Private Mentor", "south:s9"):
        text = staff.text(f"/startups/lamp?ask={typed}")
        assert f"没有名称或编号为“{typed}”的档案" in text


def test_an_admin_stays_in_the_organisation_it_chose(admin: Visitor):
    answer = admin.get("/startups?organisation=south")
    assert 'href="/startups/s9?organisation=south"' in answer.text
    assert "灯塔" not in answer.text
    assert '<input type="hidden" name="organisation" value="south">' in answer.text
    assert admin.get("/startups/s9?organisation=south").status_code == 200
    assert admin.get("/startups/lamp?organisation=south").status_code == 404


def test_staff_cannot_choose_another_organisation(staff: Visitor):
    answer = staff.get("/startups?organisation=south")
    assert answer.status_code == 404
    assert "organisation=south" not in answer.text.replace("lang=en", "").partition("<main")[2]
