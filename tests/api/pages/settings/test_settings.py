"""What the office sets and looks up. Every control here changes what the code does."""

import re

import pytest
from apiflask import APIFlask

from api.principals import OFFICE, Caller
from api.settings import Settings
from matcher.importing.kinds import Kind
from matcher.profiles import Profile, Role
from matcher.store import Store
from tests.api.pages.importing.test_wizard import STARTUPS, come, step
from tests.api.pages.settings.paths import READ, WRITTEN
from tests.api.pages.visitor import Visitor
from tests.api.world import caller


@pytest.mark.parametrize("role", Caller)
def test_settings_are_the_offices(app: APIFlask, store: Store, role: Caller):
    who = caller(app, store, role)
    status = 200 if role in OFFICE else 403
    assert {path: who.get(path).status_code for path in READ} == dict.fromkeys(READ, status)
    refused = {path: who.post(path).status_code for path in WRITTEN}
    assert set(refused.values()) <= ({403} if role not in OFFICE else {303, 404, 422})


def test_nothing_is_set_without_the_form_token(staff: Visitor, store: Store):
    for path in WRITTEN:
        answer = staff.client.post(path, data={"name": "X", "kind": "startups", "header": "a", "again": "1"})
        assert answer.status_code == 403
    assert store.organisation_name("north") == "north"
    assert store.uploads.meanings("north") == {}


def test_the_name_stands_where_people_read_it_and_comes_back(staff: Visitor, store: Store):
    assert staff.send("/settings/name", "/settings", name=" 北方孵化器 ").status_code == 303
    page = staff.get("/settings").text
    assert "机构现名为 北方孵化器" in page
    assert store.organisation_name("north") == "北方孵化器"
    assert store.organisation_name("south") == "south"
    before = re.search(r'name="name" value="(north)"', page)
    staff.send("/settings/name", "/settings", name=before[1])
    assert store.organisation_name("north") == "north"


@pytest.mark.parametrize("name", ["", "x" * 10_000, "a\nb", "\x00"])
def test_a_name_that_is_none_is_refused_in_its_place(staff: Visitor, store: Store, name: str):
    answer = staff.send("/settings/name", "/settings", name=name)
    assert answer.status_code == 422
    assert store.organisation_name("north") == "north"


def remembered(staff: Visitor) -> None:
    """The columns 融资阶断 and 怪列 of startups are known from an import."""
    where = come(staff, ("企业.csv", STARTUPS))
    step(staff, where, "plan", table="企业.csv", kind="startups", **{"column-4": "tags"})
    step(staff, where, "commit")


def test_what_a_header_means_is_changed_for_the_next_file(staff: Visitor, store: Store):
    remembered(staff)
    assert "怪列" in staff.text("/settings/headers")
    staff.send("/settings/headers", "/settings/headers", kind="startups", header="怪列", field="description")
    assert store.uploads.meanings("north")["startups"]["怪列"] == "description"
    where = come(staff, ("企业.csv", "企业名称,怪列\n新星科技,做芯片\n"))
    step(staff, where, "commit")
    found = next(each for each in store.profiles("north") if each.name == "新星科技")
    assert found.description == "做芯片"


def test_a_forgotten_header_is_asked_about_again_and_comes_back(staff: Visitor, store: Store):
    remembered(staff)
    staff.send("/settings/headers/forget", "/settings/headers", kind="startups", header="怪列")
    assert "怪列" not in store.uploads.meanings("north")["startups"]
    page = staff.get("/settings/headers").text
    assert "已忘记“怪列”" in page
    undo = dict(re.findall(r'name="(kind|header|field|again)" value="([^"]*)"', page.partition("<table")[0]))
    staff.send("/settings/headers", "/settings/headers", **undo)
    assert store.uploads.meanings("north")["startups"]["怪列"] == "tags"
    assert store.uploads.meanings("south") == {}


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"kind": "startups", "header": "never", "field": "tags"}, 404),
        ({"kind": "planets", "header": "怪列", "field": "tags"}, 422),
        ({"kind": "startups", "header": "怪列", "field": "ticket"}, 422),
        ({"kind": "startups", "header": "x" * 10_000, "field": "tags", "again": "1"}, 422),
        ({"kind": "startups", "header": "", "field": "tags", "again": "1"}, 422),
    ],
)
def test_a_header_that_cannot_be_is_refused(staff: Visitor, store: Store, fields: dict, status: int):
    remembered(staff)
    before = store.uploads.meanings("north")
    assert staff.send("/settings/headers", "/settings/headers", **fields).status_code == status
    assert store.uploads.meanings("north") == before


def test_labels_that_no_catalogue_knows_are_shown_with_whose_they_are(staff: Visitor, store: Store):
    store.put_profiles(
        [
            Profile(organisation="north", role=Role.STARTUP, id="odd", name="奇", stage="天史轮"),
            Profile(organisation="south", role=Role.STARTUP, id="odd", name="南", stage="量子轮"),
        ]
    )
    text, page = staff.text("/settings/taxonomies?kind=stages"), staff.get("/settings/taxonomies?kind=stages")
    assert re.search("天史轮 阶段 天使轮 奇", text)
    assert 'href="/startups/odd"' in page.text
    assert "量子轮" not in text
    store.put_profiles(
        [Profile(organisation="north", role=Role.STARTUP, id="odd", name="奇", stage="天使轮")]
    )
    assert "天史轮" not in staff.text("/settings/taxonomies?kind=stages")


def test_a_catalogue_is_searched_by_names_and_aliases_in_any_script(staff: Visitor):
    found = staff.text("/settings/taxonomies?kind=services&q=商業模式")
    assert "战略与商业模式" in found
    assert "概念验证" not in found
    assert "词表中没有这个名称" in staff.text("/settings/taxonomies?kind=services&q=zzzz")
    assert staff.get("/settings/taxonomies?kind=planets").status_code == 422


def test_the_weights_in_words_add_up(staff: Visitor):
    page = staff.get("/settings").text
    for table in page.split('<div class="weight-table">')[1:]:
        shares = [int(each) for each in re.findall(r"</span> <strong>(\d+)%", table)]
        assert len(shares) == 6
        assert shares == sorted(shares, reverse=True)
        assert 97 <= sum(shares) <= 103


def test_every_kind_of_file_has_fields_to_choose_from(staff: Visitor, store: Store):
    store.uploads.remember("north", {kind.value: {"列": ""} for kind in Kind})
    assert staff.get("/settings/headers").text.count("<select") == len(Kind)


@pytest.mark.parametrize(
    ("written", "days"), [("keep_shown_days = 30", 30), ('keep_shown_days = "x"', 730), ("= broken", 730)]
)
def test_what_files_say_is_told_with_where_they_are(
    staff: Visitor, settings: Settings, written: str, days: int
):
    file = settings.home / "retrain.toml"
    file.write_text(written, encoding="utf-8")
    text = staff.text("/settings")
    assert f"保留 {days} 天" in text
    assert str(file) in text
    assert f"{settings.home / 'attention.toml'} · 文件不存在" in text
