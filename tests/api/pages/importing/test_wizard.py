"""The import wizard, from files that come to an import that is taken back."""

import datetime as dt
import io
import re
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from apiflask import APIFlask
from werkzeug.test import TestResponse

from api.app import create_app
from api.pages import pages
from api.principals import OFFICE, Caller
from api.services import Services
from api.settings import Settings
from matcher.errors import NotFound
from matcher.profiles import Profile, Role, Status
from matcher.store import Store
from tests.api.pages.importing.paths import STEPS
from tests.api.pages.visitor import Visitor, form_token, shown, visitor
from tests.api.world import caller
from tests.matcher.importing.given import workbook

STARTUPS = """企业名称,所属行业,融资阶断,当前状态,怪列
星河科技,人工智能、医疗健炕,天使轮,在孵,1
月光医疗,医疗健康,A轮,在浮,2
"""


def come(staff: Visitor, *files: tuple[str, str | bytes]) -> str:
    """Where files lead to."""
    data = {
        "form_token": form_token(staff.get("/import")),
        "files": [
            (io.BytesIO(text.encode() if isinstance(text, str) else text), name) for name, text in files
        ],
    }
    answer = staff.client.post("/import", data=data, content_type="multipart/form-data")
    assert answer.status_code == 303, shown(answer)
    return str(answer.location).partition("#")[0]


def step(staff: Visitor, where: str, name: str, **fields: str) -> TestResponse:
    version = re.search(r'name="version" value="(\d+)"', staff.get(where).text)
    return staff.send(f"{where}/{name}", where, **{"version": version[1] if version else "0", **fields})


def names(store: Store) -> set[str]:
    return {profile.name for profile in store.profiles("north")}


def test_nothing_is_written_before_somebody_has_looked(staff: Visitor, store: Store):
    revision = store.revision()
    text = staff.text(come(staff, ("企业.csv", STARTUPS)))
    assert store.revision() == revision
    assert "新增 1" in text
    assert "拒绝 1" in text
    assert "第 3 行" in text
    assert "在浮 ” 不是已知状态" in text or "在浮 不是已知状态" in text
    assert "企业名称 已识别" in text
    assert "融资阶断 推测或指定" in text
    assert "怪列 未识别" in text


def test_good_rows_are_imported_and_taken_back(staff: Visitor, store: Store):
    before = set(store.profiles("north"))
    where = come(staff, ("企业.csv", STARTUPS))
    assert step(staff, where, "commit").location == where
    assert "星河科技" in names(store)
    text = staff.text(where)
    assert "撤销这次导入" in text
    assert "1 0 0 1" in text
    change = re.search(r'action="(/changes/[^"]*)"', staff.get(where).text)[1]
    done = staff.send(change, where, back=where)
    assert "1 份新档案已移除" in staff.text(done.location)
    assert set(store.profiles("north")) == before
    assert "已撤回" in staff.text("/import")


def test_what_an_import_changed_comes_back_unless_somebody_changed_it_since(staff: Visitor, store: Store):
    where = come(staff, ("企业.csv", "id,名称,状态\ns1,青松二,毕业\ns2,蓝窑,毕业\n"))
    step(staff, where, "commit")
    store.put_profiles([Profile(organisation="north", role=Role.STARTUP, id="s2", name="Since")])
    change = re.search(r'action="(/changes/[^"]*)"', staff.get(where).text)[1]
    text = staff.text(staff.send(change, where, back=where).location)
    assert "此后有人改过" in text
    assert "Since" in text
    assert (store.profile("north", "s1").name, store.profile("north", "s2").name) == ("青松科技", "Since")


def test_one_click_puts_a_cell_right(staff: Visitor, store: Store):
    where = come(staff, ("企业.csv", STARTUPS))
    wrong = {"table": "企业.csv", "row": "3", "column": "当前状态", "value": "在浮", "instead": "毕业"}
    assert step(staff, where, "correct", **wrong).status_code == 303
    label = {
        "table": "企业.csv",
        "row": "2",
        "column": "所属行业",
        "value": "医疗健炕",
        "instead": "医疗健康",
    }
    step(staff, where, "correct", **label)
    text = staff.text(where)
    assert "新增 2" in text
    assert "已更正 2 处" in text
    step(staff, where, "uncorrect")
    assert "已更正 1 处" in staff.text(where)
    step(staff, where, "correct", **label)
    step(staff, where, "commit")
    found = {profile.name: profile for profile in store.profiles("north")}
    assert found["月光医疗"].status is Status.CLOSED
    assert found["星河科技"].industries == ("人工智能", "医疗健康")


def test_the_preview_says_field_by_field_what_becomes_of_profiles_that_are_there(
    staff: Visitor, store: Store
):
    before = store.profile("north", "s1")
    text = staff.text(come(staff, ("企业.csv", "id,名称,团队人数,怪列\ns1,青松科技,33,1\n")))
    assert f"团队人数：{before.team_size or '–'}→33" in text.replace(" ", "")
    assert "没有的列保持不变" in text
    assert text.index("怪列") < text.index("将要更改")


def test_a_cell_that_a_row_may_do_without_is_emptied_by_one_click(staff: Visitor, store: Store):
    where = come(staff, ("企业.csv", "名称,成立时间\n星河科技,去年底\n"))
    assert "留空" in staff.text(where)
    wrong = {"table": "企业.csv", "row": "2", "column": "成立时间", "value": "去年底", "instead": ""}
    step(staff, where, "correct", **wrong)
    step(staff, where, "commit")
    assert [each.founded for each in store.profiles("north") if each.name == "星河科技"] == [None]


def test_the_receipt_shows_who_is_perhaps_there_twice(staff: Visitor):
    where = come(staff, ("企业.csv", "名称\n星河科技\n星河科技有限公司\n"))
    step(staff, where, "commit")
    text = staff.text(where)
    assert "星河科技有限公司" in text
    assert "并列查看" in text
    assert "按“撤销这次导入”" in text


ODD = ("odd.csv", "甲,乙,丙\n奇石,医疗健康,x\n")


def test_what_columns_mean_is_said_once_and_remembered(staff: Visitor, store: Store):
    where = come(staff, ODD)
    assert "无法判断这张表是什么" in staff.text(where)
    said = {"kind": "startups", "column-0": "name", "column-1": "industries", "column-2": "-"}
    step(staff, where, "plan", table="odd.csv", **said)
    assert "新增 1" in staff.text(where)
    step(staff, where, "commit")
    assert "奇石" in names(store)
    again = come(staff, ("odd2.csv", ODD[1].replace("奇石", "怪石")))
    assert "新增 1" in staff.text(again)


def test_what_one_organisation_says_is_not_known_to_another(app: APIFlask, staff: Visitor, store: Store):
    where = come(staff, ODD)
    step(staff, where, "plan", table="odd.csv", kind="startups", **{"column-0": "name"})
    step(staff, where, "commit")
    southern = visitor(app, store, Caller.STAFF, "south")
    assert "无法判断这张表是什么" in southern.text(come(southern, ODD))


def test_a_guess_can_be_declined(staff: Visitor, store: Store):
    where = come(staff, ("企业.csv", STARTUPS))
    step(staff, where, "plan", table="企业.csv", kind="startups", **{"column-2": "-"})
    step(staff, where, "commit")
    [found] = [profile for profile in store.profiles("north") if profile.name == "星河科技"]
    assert found.stage == ""


def test_a_table_is_left_out(staff: Visitor, store: Store):
    where = come(staff, ("企业.csv", STARTUPS), ("导师.csv", "姓名\n林木\n"))
    step(staff, where, "plan", table="企业.csv", kind="-")
    assert "这张表不导入" in staff.text(where)
    step(staff, where, "commit")
    assert "林木" in names(store)
    assert "星河科技" not in names(store)


def test_archives_and_workbooks_come_in_too(staff: Visitor, store: Store):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("导师.csv", "姓名\n林木\n")
    book = workbook({"企业": [["企业名称"], ["星河"]], "投资方": [["机构名称"], ["远山"]]})
    where = come(staff, ("all.zip", packed.getvalue()), ("book.xlsx", book))
    step(staff, where, "commit")
    assert {"林木", "星河", "远山"} <= names(store)


def test_the_demo_files_come_in(staff: Visitor, store: Store):
    folder = Path("fixtures/demo")
    files = [(path.name, path.read_bytes()) for path in sorted(folder.iterdir()) if path.suffix != ".md"]
    small = [(name, data) for name, data in files if name.startswith(("mentors", "investors"))]
    where = come(staff, *small)
    assert "新增" in staff.text(where)


def test_asked_twice_it_is_imported_once(staff: Visitor, store: Store):
    where = come(staff, ("企业.csv", STARTUPS))
    version = re.search(r'name="version" value="(\d+)"', staff.get(where).text)[1]
    first = staff.send(f"{where}/commit", "/import", version=version)
    revision = store.revision()
    second = staff.send(f"{where}/commit", "/import", version=version)
    assert first.location == second.location == where
    assert store.revision() == revision
    assert len(store.amendments.latest("north")) == 1


def test_of_two_who_look_at_once_nobody_loses_anything(staff: Visitor, admin: Visitor, store: Store):
    where = come(staff, ("企业.csv", STARTUPS))
    old = re.search(r'name="version" value="(\d+)"', staff.get(where).text)[1]
    wrong = {"table": "企业.csv", "row": "3", "column": "当前状态", "value": "在浮", "instead": "毕业"}
    step(admin, where, "correct", **wrong)
    late = staff.send(f"{where}/plan", where, version=old, table="企业.csv", kind="-")
    assert late.status_code == 409
    assert "有人刚刚改动了这次导入" in shown(late)
    assert "已更正 1 处" in shown(late)
    assert staff.send(f"{where}/commit", where, version=old).status_code == 409
    assert "星河科技" not in names(store)


def test_where_no_row_is_good_nothing_is_imported_and_the_files_stay(staff: Visitor, store: Store):
    revision = store.revision()
    where = come(staff, ("企业.csv", "企业名称,状态\n星河,在浮\n"))
    answer = step(staff, where, "commit")
    assert answer.status_code == 422
    assert "没有一行可以导入" in shown(answer)
    assert store.revision() == revision
    assert "拒绝 1" in staff.text(where)


@pytest.mark.parametrize(
    "file",
    [("a.pdf", b"%PDF-1.7"), ("a.csv", b""), ("a.xlsx", b"PK\x03\x04nonsense"), ("a.zip", b"PK\x05\x06")],
)
def test_a_file_that_cannot_be_read_says_so(staff: Visitor, file: tuple[str, bytes]):
    where = come(staff, file, ("导师.csv", "姓名\n林木\n"))
    assert "新增 1" in staff.text(where)
    assert "a." in staff.text(where)


def test_files_are_needed(staff: Visitor):
    answer = staff.send("/import", "/import")
    assert answer.status_code == 422
    assert "请至少选择一个文件" in shown(answer)


def test_too_many_files_and_too_large_ones_are_refused(staff: Visitor, store: Store):
    data = {
        "form_token": form_token(staff.get("/import")),
        "files": [(io.BytesIO(b"id\n"), f"{number}.csv") for number in range(21)],
    }
    assert staff.client.post("/import", data=data, content_type="multipart/form-data").status_code == 422
    data = {"form_token": form_token(staff.get("/import")), "files": [(io.BytesIO(b"x" * 100_000), "a.csv")]}
    assert staff.client.post("/import", data=data, content_type="multipart/form-data").status_code == 413
    assert store.uploads.waiting("north") == []


def test_files_of_one_name_stay_two(staff: Visitor):
    where = come(staff, ("企业.csv", STARTUPS), ("企业.csv", "企业名称\n另一家\n"))
    assert "企业 (2).csv" in staff.text(where)


def test_names_and_cells_are_shown_as_text(staff: Visitor):
    evil = "<script>alert(1)</script>"
    where = come(staff, (f"{evil}.csv", f"企业名称,{evil},状态\n{evil},{evil},{evil}\n"))
    assert "<script>alert" not in staff.get(where).text
    step(staff, where, "commit")
    assert "<script>alert" not in staff.get(where).text
    assert "<script>alert" not in staff.get("/import").text


def test_files_can_be_thrown_away(staff: Visitor, store: Store):
    where = come(staff, ("企业.csv", STARTUPS))
    assert step(staff, where, "discard").location == "/import"
    assert staff.get(where).status_code == 404


@pytest.mark.parametrize("role", Caller)
def test_the_wizard_is_for_the_office(app: APIFlask, store: Store, role: Caller):
    client = caller(app, store, role)
    assert client.get("/import").status_code == (200 if role in OFFICE else 403)
    if role not in OFFICE:
        for path in ("/import", *(f"/import/00/{name}" for name in STEPS)):
            assert client.post(path).status_code == 403


def test_an_upload_of_another_organisation_is_not_there(app: APIFlask, staff: Visitor, store: Store):
    southern = visitor(app, store, Caller.STAFF, "south")
    where = come(southern, ("企业.csv", STARTUPS))
    assert staff.get(where).status_code == 404
    for name in STEPS:
        assert staff.send(f"{where}/{name}", "/import", version="1").status_code == 404, name
    step(southern, where, "commit")
    assert staff.get(where).status_code == 404
    change = where.rpartition("/")[2]
    assert staff.send(f"/changes/{change}/undo", "/import").status_code == 404


def test_a_form_of_another_site_uploads_nothing(staff: Visitor, store: Store):
    data = {"files": (io.BytesIO(b"id\n"), "a.csv")}
    assert staff.client.post("/import", data=data, content_type="multipart/form-data").status_code == 403
    where = come(staff, ("企业.csv", STARTUPS))
    for name in STEPS:
        assert staff.client.post(f"{where}/{name}", data={"version": "1"}).status_code == 403
    assert "星河科技" not in names(store)


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("plan", {"table": "none.csv", "kind": "startups"}),
        ("plan", {"table": "企业.csv", "kind": "evil"}),
        ("correct", {"table": "企业.csv", "row": "x"}),
        ("correct", {"table": "企业.csv", "row": "2", "instead": "x" * 10_000}),
        ("correct", {"table": "企业.csv", "row": "2", "column": "\0", "instead": "x"}),
    ],
)
def test_what_cannot_be_said_changes_nothing(staff: Visitor, name: str, fields: dict[str, str]):
    where = come(staff, ("企业.csv", STARTUPS))
    assert step(staff, where, name, **fields).status_code == 422
    assert 'name="version" value="1"' in staff.get(where).text


def test_what_is_imported_through_the_api_can_be_taken_back_too(app: APIFlask, store: Store, staff: Visitor):
    client = caller(app, store, Caller.STAFF)
    file = {"data": {"files": (io.BytesIO(b"id,name\nnew,New\n"), "startups.csv")}}
    answer = client.post("/v1/imports", **file, content_type="multipart/form-data")
    where = f"/import/{answer.json['id']}"
    change = re.search(r'action="(/changes/[^"]*)"', staff.get(where).text)[1]
    staff.send(change, where)
    with pytest.raises(NotFound):
        store.profile("north", "new")


def test_an_import_that_was_cut_off_is_listed_and_taken_back(
    staff: Visitor, services: Services, settings: Settings, store: Store
):
    id_ = store.begin_import("north", "staff")
    store.put_profiles(
        [Profile(organisation="north", role=Role.STARTUP, id="half", name="半途科技")], amendment=id_
    )
    assert "可能仍在进行" in staff.text("/import")
    assert f"/changes/{id_}/undo" not in staff.get("/import").text
    soon = dt.datetime.now(dt.UTC) + dt.timedelta(minutes=11)
    later = create_app(replace(services, clock=lambda: soon), settings, pages=[pages])
    office = visitor(later, store, Caller.STAFF)
    assert "未完成的导入" in office.text("/import")
    assert f"/changes/{id_}/undo" in office.get("/import").text
    assert office.send(f"/changes/{id_}/undo", "/import", back="/import").status_code == 303
    assert "半途科技" not in names(store)
    assert f"/changes/{id_}/undo" not in office.get("/import").text
