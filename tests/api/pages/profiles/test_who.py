"""Who may open and write profiles: the office, with a form of its own pages, within its organisation."""

import pytest
from apiflask import APIFlask

from api.principals import OFFICE, Caller
from matcher.amendments import AmendmentKind
from matcher.store import Store
from tests.api.pages.profiles.paths import FOREIGN_READ, FOREIGN_WRITTEN, READ, WRITTEN
from tests.api.pages.visitor import Visitor
from tests.api.world import caller


@pytest.mark.parametrize("path", READ)
def test_nobody_opens_a_page_without_signing_in(app: APIFlask, path: str):
    assert Visitor(app.test_client()).get(path).location.startswith("/signin")


@pytest.mark.parametrize("role", Caller)
@pytest.mark.parametrize("path", READ)
def test_pages_are_for_the_office(app: APIFlask, store: Store, path: str, role: Caller):
    assert caller(app, store, role).get(path).status_code == (200 if role in OFFICE else 403)


@pytest.mark.parametrize("role", [role for role in Caller if role not in OFFICE])
@pytest.mark.parametrize("path", WRITTEN)
def test_only_the_office_writes(app: APIFlask, store: Store, path: str, role: Caller):
    assert caller(app, store, role).post(path).status_code == 403


@pytest.mark.parametrize("path", WRITTEN)
def test_a_form_of_another_site_changes_nothing(staff: Visitor, store: Store, path: str):
    revision = store.revision()
    assert staff.client.post(path, data={"name": "x", "do": "paused", "id": "lamp"}).status_code == 403
    assert store.revision() == revision


@pytest.mark.parametrize("path", FOREIGN_READ)
def test_what_is_of_others_is_not_there_to_be_read(staff: Visitor, path: str):
    answer = staff.get(path)
    assert answer.status_code == 404
    assert "Far Startup" not in answer.text


@pytest.mark.parametrize("path", FOREIGN_WRITTEN)
def test_what_is_of_others_is_not_there_to_be_written(staff: Visitor, store: Store, path: str):
    revision = store.revision()
    answer = staff.send(
        path, "/startups", name="Taken", status="closed", rule="runway_short", verdict="dismissed"
    )
    assert answer.status_code == 404
    assert store.revision() == revision


@pytest.mark.parametrize("id_", ["s9", "south:s9", "south:m8", "none"])
def test_many_are_changed_only_where_all_are_the_own(staff: Visitor, store: Store, id_: str):
    revision = store.revision()
    page = staff.get("/startups")
    answer = staff.client.post(
        "/profiles/many", data={"form_token": token(page.text), "id": ["lamp", id_], "do": "closed"}
    )
    assert answer.status_code == 404
    assert store.revision() == revision


def token(text: str) -> str:
    return text.partition('name="form_token" value="')[2].partition('"')[0]


def test_a_change_of_another_organisation_is_not_taken_back(staff: Visitor, store: Store):
    change = store.amendments.amend("south", {"s9": lambda _: None}, AmendmentKind.DELETED, who="staff")
    assert staff.send(f"/changes/{change.id}/undo", "/startups").status_code == 404
    assert "撤销" not in staff.text(f"/startups?done={change.id}")
