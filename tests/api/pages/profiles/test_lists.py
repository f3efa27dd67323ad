"""Lists to search, narrow and change."""

import re

import pytest

from matcher.profiles import Profile, Role, Status
from matcher.store import Store
from tests.api.pages.visitor import Visitor, form_token


def ids(staff: Visitor, path: str) -> list[str]:
    return re.findall(r'<th scope="row"><a href="/(?:startups|partners)/([^"?]*)"', staff.get(path).text)


def change(staff: Visitor, do: str, *who: str, **fields: str) -> str:
    """Where many lead to once they are changed."""
    data = {"form_token": form_token(staff.get("/startups")), "id": list(who), "do": do, **fields}
    answer = staff.client.post("/profiles/many", data=data)
    assert answer.status_code == 303, answer.text
    return str(answer.location)


@pytest.mark.parametrize("typed", ["qsk", "青松", "qingsong", "科技", "QSKJ"])
def test_a_startup_is_found_by_what_people_type_for_it(staff: Visitor, typed: str):
    assert ids(staff, f"/startups?q={typed}") == ["s1"]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("industry=ai", ["lamp"]),
        ("stage=angel", ["lamp"]),
        ("region=深圳", ["lamp"]),
        ("region=广东省", ["lamp"]),
        ("region=上海", []),
        ("service=finance.equity", ["lamp"]),
        ("status=paused", []),
    ],
)
def test_a_list_is_narrowed(staff: Visitor, asked: str, found: list[str]):
    assert ids(staff, f"/startups?{asked}") == found


def test_a_place_that_nobody_knows_is_told_and_left_out(staff: Visitor):
    assert "不是已知地区" in staff.text("/startups?region=不限")
    assert len(ids(staff, "/startups?region=不限")) == 3


@pytest.mark.parametrize("asked", ["industry=nonsense", "status=%00", "sort=evil", "stage='"])
def test_filters_that_are_none_are_errors_with_a_way_out(staff: Visitor, asked: str):
    assert staff.get(f"/startups?{asked}").status_code == 422


def test_the_order_can_be_turned(staff: Visitor):
    assert ids(staff, "/startups?sort=name_backwards") == ids(staff, "/startups")[::-1]


def test_counts_say_how_many_of_each_status(staff: Visitor, store: Store):
    store.put_profiles(
        [Profile(organisation="north", role=Role.STARTUP, id="p", name="P", status=Status.PAUSED)]
    )
    assert "4 份档案 可匹配 3 已暂停 1" in staff.text("/startups")


def test_many_are_paused_and_taken_back(staff: Visitor, store: Store):
    where = change(staff, "paused", "s1", "lamp", back="/startups?q=x")
    assert where.startswith("/startups?q=x&done=")
    assert {store.profile("north", id_).status for id_ in ("s1", "lamp")} == {Status.PAUSED}
    assert "已更改 2 份档案" in staff.text(where)
    undo = re.search(r'action="(/changes/[^"]*)"', staff.get(where).text)[1]
    done = staff.send(undo, "/startups", back=where)
    assert "2 份档案已恢复原样" in staff.text(done.location)
    assert store.profile("north", "s1").status is Status.ACTIVE
    again = staff.send(undo, "/startups")
    assert again.status_code == 303


def test_what_somebody_changed_since_is_told_by_name(staff: Visitor, store: Store):
    where = change(staff, "paused", "s1", "lamp")
    store.put_profiles([Profile(organisation="north", role=Role.STARTUP, id="s1", name="Renamed")])
    undo = re.search(r'action="(/changes/[^"]*)"', staff.get(where).text)[1]
    text = staff.text(staff.send(undo, "/startups").location)
    assert "此后有人改过" in text
    assert "Renamed" in text


def test_tags_are_added_and_removed(staff: Visitor, store: Store):
    change(staff, "tag", "s1", "lamp", tag="新；高")
    assert store.profile("north", "s1").tags == ("ai", "新", "高")
    change(staff, "untag", "s1", "lamp", tag="ai")
    assert store.profile("north", "s1").tags == ("新", "高")


def test_capacity_and_sharing_are_partners_alone(staff: Visitor, store: Store):
    change(staff, "capacity", "near", "s1", capacity="9")
    change(staff, "share", "near", "s1")
    assert (store.profile("north", "near").capacity, store.profile("north", "near").shared) == (9, True)
    assert (store.profile("north", "s1").capacity, store.profile("north", "s1").shared) == (None, False)
    change(staff, "capacity", "near", capacity="")
    assert store.profile("north", "near").capacity is None


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"do": "tag", "tag": ""}, "请先写上标签"),
        ({"do": "tag", "tag": "x" * 300}, "请先写上标签"),
        ({"do": "capacity", "capacity": "-1"}, "必须是整数"),
    ],
)
def test_what_lacks_something_is_told_and_changes_nothing(
    staff: Visitor, store: Store, fields: dict[str, str], told: str
):
    revision = store.revision()
    answer = staff.send("/profiles/many", "/startups", id="s1", back="/startups?q=x", **fields)
    assert answer.location.startswith("/startups?q=x&wrong=")
    assert told in staff.text(answer.location)
    assert store.revision() == revision


def test_what_cannot_be_done_is_an_error(staff: Visitor):
    assert staff.send("/profiles/many", "/startups", id="s1", do="nonsense").status_code == 422


def test_all_that_a_list_has_are_changed_on_every_page(staff: Visitor, store: Store):
    more = [
        Profile(organisation="north", role=Role.STARTUP, id=f"n{i}", name=f"Number {i}") for i in range(30)
    ]
    store.put_profiles(more)
    staff.send("/profiles/many?list=startups&q=number", "/startups", do="paused", everything="yes")
    paused = [profile.id for profile in store.profiles("north") if profile.status is Status.PAUSED]
    assert len(paused) == 30
    staff.send("/profiles/many?list=partners&role=mentor", "/partners", do="closed", everything="yes")
    closed = [profile for profile in store.profiles() if profile.status is Status.CLOSED]
    assert {profile.role for profile in closed} == {Role.MENTOR}
    assert {profile.organisation for profile in closed} == {"north"}


def test_nothing_ticked_is_nothing_done(staff: Visitor, store: Store):
    revision = store.revision()
    assert "请先勾选" in staff.text(staff.send("/profiles/many", "/startups", do="closed").location)
    assert store.revision() == revision


@pytest.mark.parametrize(
    "back", ["//evil.example/", "https://evil.example", "/\\evil", "javascript:alert(1)"]
)
def test_the_way_back_stays_here(staff: Visitor, back: str):
    assert change(staff, "paused", "s1", back=back).startswith("/startups?done=")


def test_shared_partners_cannot_be_ticked(staff: Visitor):
    text = staff.get("/partners").text
    assert 'name="id" value="near"' in text
    assert "m8" not in re.findall(r'name="id" value="([^"]*)"', text)
    assert ids(staff, "/partners?own=yes").count("south:m8") == 0


def test_enter_in_the_field_of_a_tag_adds_the_tag_and_does_nothing_else(staff: Visitor, store: Store):
    change(staff, "", "s1", tag="新")
    found = store.profile("north", "s1")
    assert (found.tags, found.status) == (("ai", "新"), Status.ACTIVE)
    revision = store.revision()
    change(staff, "", "s1")
    assert store.revision() == revision
