"""What an organisation sets for itself is read wherever it matters, and nowhere else."""

import datetime as dt
import re
from dataclasses import replace

import pytest
from apiflask import APIFlask

from api.app import create_app
from api.pages import pages
from api.principals import Caller
from api.services import Services
from api.settings import Settings
from matcher.cohorts.configuration import Configuration
from matcher.ledger import LedgerEntry
from matcher.office import OfficeSettings
from matcher.profiles import Role
from matcher.store import Store
from tests.api.pages.visitor import Visitor, visitor
from tests.api.world import caller


def set_office(staff: Visitor, **fields: str) -> int:
    return staff.send("/settings/office", "/settings", **fields).status_code


def test_days_and_times_are_told_in_the_organisations_zone(app: APIFlask, staff: Visitor, store: Store):
    clock = re.compile(r"(\d\d):(\d\d)")
    before = clock.search(staff.text("/audit?q=token"))
    assert set_office(staff, zone="America/New_York", language="zh") == 303
    assert store.offices.settings("north").zone == "America/New_York"
    after = clock.search(staff.text("/audit?q=token"))
    assert (int(before[1]) - int(after[1])) % 24 in {12, 13}  # from Shanghai's
    assert before[2] == after[2]


def test_another_organisation_keeps_its_own(app: APIFlask, staff: Visitor, store: Store):
    set_office(staff, zone="America/New_York", language="en")
    assert store.offices.settings("south") == OfficeSettings()


def test_who_has_chosen_no_language_reads_the_organisations(app: APIFlask, store: Store):
    store.offices.put("north", OfficeSettings(language="en"))
    fresh, abroad = (visitor(app, store, Caller.STAFF, organisation) for organisation in ("north", "south"))
    assert '<html lang="en"' in fresh.get("/settings").text
    assert '<html lang="zh-Hans"' in abroad.get("/settings").text
    assert "设置" in fresh.text("/settings?lang=zh")
    assert "设置" in fresh.text("/settings"), "what was chosen is kept"


def test_the_undo_of_a_notice_sets_what_was_there(staff: Visitor, store: Store):
    set_office(staff, zone="Asia/Tokyo", language="zh")
    set_office(staff, zone="Europe/London", language="zh-Hant")
    notice = staff.get("/settings").text.partition('class="notice done"')[2].partition("</div>")[0]
    undo = dict(re.findall(r'name="(zone|language)" value="([^"]*)"', notice))
    assert set_office(staff, **undo) == 303
    assert store.offices.settings("north") == OfficeSettings(zone="Asia/Tokyo", language="zh")


@pytest.mark.parametrize(
    "zone", ["Mars/Base", "../../etc/passwd", "/etc/localtime", "Asia", "x" * 5000, "北京"]
)
def test_a_zone_that_there_is_not_is_refused_in_its_place(staff: Visitor, store: Store, zone: str):
    answer = staff.send("/settings/office", "/settings", zone=zone, language="en")
    assert answer.status_code == 422
    assert re.search(r'value="en"[^>]* selected', answer.text), "what was typed stays"
    assert 'id="zone-fault"' in answer.text
    assert store.offices.settings("north") == OfficeSettings()


RUN = {"role": "investor", "startup_min": "1", "startup_max": "2", "capacity": "4", "alternates": "7"}


def test_a_new_run_begins_as_the_office_says(staff: Visitor, store: Store):
    store.cohorts.create("north", "春季营", ["s1"], id="spring")
    sent = staff.send("/settings/new-run", "/settings", **RUN, slots="09:00", capacities="m1 = 4")
    assert sent.status_code == 303
    asked = Configuration(role=Role.INVESTOR, startup_min=1, startup_max=2, capacity=4, alternates=7)
    assert store.offices.settings("north").new_run == asked, "no slot and nobody's id is kept"
    form = staff.get("/cohorts/spring/runs/new").text
    assert re.search(r'value="investor" checked', form)
    assert re.search(r'name="startup_max" value="2"', form)
    assert re.search(r'name="alternates" value="7"', form)
    as_mentors = staff.get("/cohorts/spring/runs/new?role=mentor").text
    assert re.search(r'value="mentor" checked', as_mentors)


def test_a_new_run_begins_as_usual_again(staff: Visitor, store: Store):
    staff.send("/settings/new-run", "/settings", **RUN)
    staff.send("/settings/new-run", "/settings", usual="1")
    assert store.offices.settings("north").new_run is None
    notice = staff.get("/settings").text.partition('class="notice done"')[2].partition("</div>")[0]
    undo = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', notice))
    undo.pop("form_token")
    staff.send("/settings/new-run", "/settings", **undo)
    assert store.offices.settings("north").new_run.alternates == 7


def test_figures_that_cannot_be_are_refused_in_their_places(staff: Visitor, store: Store):
    answer = staff.send("/settings/new-run", "/settings", **RUN | {"startup_min": "5"})
    assert answer.status_code == 422
    assert 'id="startup_min-rule"' in answer.text
    assert 'value="5"' in answer.text
    assert store.offices.settings("north").new_run is None


def test_an_address_without_a_language_is_written_to_in_the_organisations(app: APIFlask, store: Store):
    staff = caller(app, store, Caller.STAFF)
    path, body = "/v1/contacts/lamp", {"email": "lamp@example.org"}
    assert staff.put(path, json=body).json["language"] == "zh"
    store.offices.put("north", OfficeSettings(language="en"))
    assert staff.put(path, json=body).json["language"] == "en"
    assert staff.put(path, json=body | {"language": "zh"}).json["language"] == "zh"


def test_an_invitation_without_a_language_is_in_the_organisations(staff: Visitor, store: Store):
    store.offices.put("north", OfficeSettings(language="en"))
    staff.send("/people", "/people", email="new@example.org", role="staff")
    assert store.people.find("new@example.org").language == "en"
    assert re.search(r'value="en"[^>]* selected', staff.get("/people").text)


@pytest.mark.parametrize(("zone", "month"), [("Asia/Shanghai", "2026-04"), ("UTC", "2026-03")])
def test_reports_end_with_the_month_that_it_is_at_the_office(
    services: Services, settings: Settings, store: Store, zone: str, month: str
):
    store.offices.put("north", OfficeSettings(zone=zone))
    months = (dt.date(2026, 3, 1), dt.date(2026, 4, 1))
    store.put_ledger(
        [LedgerEntry(organisation="north", startup_id="lamp", month=each, revenue=1.0) for each in months]
    )
    clock = lambda: dt.datetime(2026, 3, 31, 17, tzinfo=dt.UTC)  # noqa: E731
    app = create_app(replace(services, clock=clock), settings, pages=[pages])
    text = visitor(app, store, Caller.STAFF).get("/attention/performance?period=month").text
    assert re.findall(r'name="to"[^>]*value="([^"]+)"', text) == [month]
