"""Who may open and change cohorts and runs: every page, by every role, and other organisations' ids."""

import pytest
from apiflask import APIFlask

from api.principals import OFFICE, Caller
from matcher.store import Store
from tests.api.pages.cohorts.paths import READ, WRITE
from tests.api.pages.visitor import Visitor, visitor
from tests.api.world import caller, introduction_of, run_of

MEMBERS = [role for role in Caller if role not in OFFICE]


@pytest.mark.parametrize("endpoint", READ)
def test_the_office_reads_what_nobody_else_does(app: APIFlask, store: Store, endpoint: str):
    path = READ[endpoint](store)
    for role in OFFICE:
        assert caller(app, store, role).get(path).status_code == 200
    for role in MEMBERS:
        assert caller(app, store, role).get(path).status_code == 403
    assert Visitor(app.test_client()).get(path).location.startswith("/signin")


@pytest.mark.parametrize("endpoint", WRITE)
def test_nobody_else_writes_and_no_form_without_its_token(app: APIFlask, store: Store, endpoint: str):
    path = WRITE[endpoint](store)
    for role in MEMBERS:
        assert caller(app, store, role).post(path).status_code == 403
    assert Visitor(app.test_client()).client.post(path).location.startswith("/signin")
    assert visitor(app, store, Caller.STAFF).client.post(path, data={"version": "1"}).status_code == 403


FOREIGN = {
    "/cohorts/foreign": (),
    "/cohorts/foreign/runs/new": (),
    "/runs/RUN": (),
    "/runs/RUN/progress": (),
    "/runs/RUN/configuration": (),
    "/runs/RUN/pair?startup=s9&partner=m9": (),
    "/runs/OWN/pair?startup=s9&partner=m1": (),
    "/runs/OWN/pair?startup=s1&partner=south:m9": (),
    "/runs/OWN/pair?startup=s1&partner=i1": (),
    "/runs/OWN/pair?startup=s2&partner=m1": (),
    "/runs/RUN/publish": (),
    "/runs/RUN/sheet": (),
    "/runs/OWN/comparison?with=RUN": (),
    "/runs/RUN/comparison?with=OWN": (),
    "/cohorts/solved/runs/new?like=RUN": (),
}


@pytest.mark.parametrize("path", FOREIGN)
def test_what_is_another_organisations_is_as_unknown_as_what_does_not_exist(
    staff: Visitor, store: Store, path: str
):
    own, foreign = run_of(store, "solved"), run_of(store, "foreign")
    answer = staff.get(path.replace("OWN", own).replace("RUN", foreign))
    assert answer.status_code == 404
    for secret in ("Far Startup", "Private Mentor"):
        assert secret not in answer.text
    nothing = staff.get(path.replace("OWN", own).replace("RUN", "none").replace("foreign", "none"))
    assert nothing.status_code == 404


WRITES = [
    ("/cohorts/foreign/add", {"startup": "s1"}),
    ("/cohorts/solved/add", {"startup": "s9"}),
    ("/cohorts/solved/add", {"startup": "south:s9"}),
    ("/cohorts/foreign/remove", {"startup": "s9"}),
    ("/cohorts/foreign/runs", {"role": "mentor", "startup_min": "0", "startup_max": "1", "capacity": "1"}),
    ("/contacts", {"profile": "m9", "email": "a@example.org"}),
    ("/contacts", {"profile": "south:m9", "email": "a@example.org"}),
    *(
        (f"/runs/RUN/{what}", {"version": "4"})
        for what in ("solve", "cancel", "copy", "close", "mend", "publish", "undo")
    ),
    ("/runs/RUN/undo", {"version": "4", "number": "1"}),
    ("/runs/RUN/configuration", {"version": "4", "role": "mentor"}),
    (
        "/runs/RUN/edits",
        {"version": "4", "kind": "lock", "startup": "s9", "partner": "m9", "reason": "friends"},
    ),
    (
        "/runs/OWN/edits",
        {"version": "4", "kind": "add", "startup": "s1", "partner": "south:m9", "reason": "friends"},
    ),
    ("/runs/ABROAD/introductions/THEIRS", {"version": "1", "answer": "accept startup"}),
    ("/runs/RUN/sheet", {"name": "x.csv", "kept": "YQ=="}),
]


@pytest.mark.parametrize(("path", "fields"), WRITES)
def test_nothing_of_another_organisation_is_changed(
    staff: Visitor, store: Store, path: str, fields: dict[str, str]
):
    names = {
        "OWN": run_of(store, "solved"),
        "RUN": run_of(store, "foreign"),
        "ABROAD": run_of(store, "abroad"),
        "THEIRS": introduction_of(store, "abroad"),
    }
    for name, value in names.items():
        path = path.replace(name, value)
    before = store.match_runs.get("south", names["RUN"])
    answer = staff.send(path, page="/cohorts", **fields)
    assert answer.status_code == 404
    assert "Private Mentor" not in answer.text
    assert store.match_runs.get("south", names["RUN"]) == before
    assert store.cohorts.get("south", "foreign").startups == ("s9",)
