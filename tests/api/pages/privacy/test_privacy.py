"""Data handed over and erased on the web: who may, what is shown before, and what is left after."""

import io
import json
import zipfile

import pytest
from apiflask import APIFlask
from python_calamine import CalamineWorkbook
from werkzeug.test import TestResponse

from api.principals import OFFICE, Caller
from api.services import Services
from matcher.erasing.doing import FINISH, RETRAIN
from matcher.people import Person
from matcher.profiles import Profile, Role
from matcher.store import Store
from tests.api.pages.accounts.conftest import enter
from tests.api.pages.city import FORMULA
from tests.api.pages.privacy.paths import OFFICES
from tests.api.pages.visitor import Visitor, form_token
from tests.api.world import caller

NAME = "灯塔智能有限公司"


@pytest.fixture
def queued(services: Services) -> list[str]:
    """The names of the jobs that were queued."""
    found: list[str] = []
    object.__setattr__(services, "queue_job", lambda name, _: found.append(name))
    return found


def unpacked(answer: TestResponse) -> dict[str, list[dict[str, object]]]:
    """The places of an export."""
    with zipfile.ZipFile(io.BytesIO(answer.data)) as archive:
        assert archive.namelist() == ["data.json", "data.xlsx"]
        told: dict[str, list[dict[str, object]]] = json.loads(archive.read("data.json"))["places"]
        book = CalamineWorkbook.from_filelike(io.BytesIO(archive.read("data.xlsx")))
        assert book.sheet_names == ["about", *told]
    return told


@pytest.mark.parametrize("role", Caller)
@pytest.mark.parametrize("endpoint", OFFICES)
def test_these_pages_are_the_offices(app: APIFlask, store: Store, ann: Person, endpoint: str, role: Caller):
    path = OFFICES[endpoint].format(person=ann.id)
    expected = 200 if role in OFFICE else 403
    assert caller(app, store, role).get(path).status_code == expected


@pytest.mark.parametrize("what", ["export", "erase"])
def test_what_is_anothers_is_as_unknown_as_what_does_not_exist(staff: Visitor, far: Person, what: str):
    paths = [f"/profiles/{each}/{what}" for each in ("s9", "south:s9", "south:m8", "none", "x" * 10_000)]
    for path in (*paths, f"/people/{far.id}/{what}", f"/people/none/{what}"):
        assert staff.get(path).status_code == 404
        if what == "erase":
            assert staff.send(path, page="/people", name="Far Startup").status_code in {404, 405}


def test_an_export_is_everything_as_json_and_as_a_workbook(staff: Visitor):
    answer = staff.get("/profiles/lamp/export")
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="profile-')
    assert answer.headers["Cache-Control"] == "no-store"
    assert unpacked(answer)["profile"][0]["name"] == NAME


def test_a_workbook_holds_no_formula(staff: Visitor):
    with zipfile.ZipFile(io.BytesIO(staff.get("/profiles/evil/export").data)) as archive:
        book = CalamineWorkbook.from_filelike(io.BytesIO(archive.read("data.xlsx")))
        cells = [str(cell) for row in book.get_sheet_by_name("profile").to_python() for cell in row]
    assert not [cell for cell in cells if cell.startswith("=")]
    assert f"'{FORMULA}" in cells


def test_nothing_goes_before_the_name_is_typed(staff: Visitor, store: Store, queued: list[str]):
    text = staff.text("/profiles/lamp/erase")
    assert f"请输入“{NAME}”" in text
    assert "档案 1" in text
    for wrong in ("", "灯塔", "x" * 10_000):
        assert staff.send("/profiles/lamp/erase", page="/people", name=wrong).status_code == 422
    half = f"form_token={form_token(staff.get('/people'))}&name=%ED%A0%80"
    kind = "application/x-www-form-urlencoded"
    assert staff.client.post("/profiles/lamp/erase", data=half, content_type=kind).status_code == 422
    assert staff.client.post("/profiles/lamp/erase", data={"name": NAME}).status_code == 403
    assert store.profile("north", "lamp").name == NAME
    assert queued == []


def test_a_profile_is_erased_for_good_and_a_receipt_says_so(staff: Visitor, store: Store, queued: list[str]):
    answer = staff.send("/profiles/lamp/erase", page="/people", name=f" {NAME} ")
    assert (answer.status_code, answer.location) == (303, "/privacy")
    text = staff.text("/privacy")
    [receipt] = store.erasures.receipts("north")
    assert receipt.pseudonym in text
    assert "已抹除" in text
    assert NAME not in text
    assert queued == [FINISH]
    assert staff.get("/startups/lamp").status_code == 404
    assert NAME not in staff.text("/startups")
    again = staff.send("/profiles/lamp/erase", page="/people", name=NAME)
    assert again.status_code == 404
    store.put_profiles([Profile(organisation="north", role=Role.STARTUP, id="lamp", name="Another")])
    assert "Another" in staff.text("/startups/lamp")


def test_members_have_their_own_data_at_once_and_nobody_elses(app: APIFlask, store: Store, ann: Person):
    store.people.add("north", "colleague@example.org", role="startup", profile_id="s1", name="Colleague")
    told = unpacked(enter(app, ann).get("/account/export"))
    assert told["profile"][0]["name"] == "青松科技"
    assert [account["email"] for account in told["accounts"]] == ["ann@example.org"]
    assert "Colleague" not in json.dumps(told)


def test_whoever_asks_is_told_until_when_and_the_office_sees_it_first_thing(
    app: APIFlask,
    store: Store,
    ann: Person,
    wei: Person,
    queued: list[str],
):
    member, office = enter(app, ann), enter(app, wei)
    for _ in range(2):  # pressed twice
        member.send("/account/erasure", page="/account", what="whole")
    assert "2026" in member.text("/account")
    assert len(store.erasures.requests("north")) == 1
    assert "1 人申请抹除数据" in office.text("/")
    assert "账户和档案" in office.text("/privacy")
    member.send("/account/erasure/back", page="/account")
    assert "没有人申请抹除" in office.text("/privacy")
    assert member.send("/account/erasure/back", page="/account").status_code == 409
    member.send("/account/erasure", page="/account", what="account")
    answer = office.send(f"/people/{ann.id}/erase", page="/people", name="ANN@example.org")
    assert answer.status_code == 303
    assert store.erasures.requests("north") == []
    assert member.get("/account").status_code == 303
    assert store.profile("north", "s1").name == "青松科技"
    assert "ann@example.org" not in office.text("/people")
    assert "王伟" in office.text("/privacy")


def test_nobody_erases_themselves_and_staff_erase_no_admin(app: APIFlask, wei: Person, root: Person):
    office = enter(app, wei)
    for path in (f"/people/{wei.id}/erase", f"/people/{root.id}/erase"):
        assert office.get(path).status_code == 403
        assert office.send(path, page="/people", name="wei@example.org").status_code == 403


def test_while_the_weekly_run_reads_or_another_erases_nobody_is_erased(
    staff: Visitor, store: Store, queued: list[str]
):
    lease = store.acquire(RETRAIN, "somebody", stale_after_seconds=60)
    answer = staff.send("/profiles/lamp/erase", page="/people", name=NAME)
    assert answer.status_code == 409
    assert "没有抹除任何数据" in answer.text
    assert store.profile("north", "lamp").name == NAME
    store.release(lease)
    assert staff.send("/profiles/lamp/erase", page="/people", name=NAME).status_code == 303
