"""Writing one profile."""

import re

import pytest

from matcher.errors import NotFound
from matcher.profiles import Profile, Role, Status
from matcher.store import Store
from tests.api.pages.visitor import Visitor, shown


def form(staff: Visitor, path: str) -> dict[str, str]:
    """The fields of a page's form, as a browser would send them."""
    text = staff.get(path).text
    body = text.partition('class="profile-form"')[2]
    boxes = re.compile("<input[^>]*checkbox[^>]*>")
    body = boxes.sub(lambda box: box[0] if " checked" in box[0] else "", body)
    inputs = dict(re.findall(r'<input[^>]* name="([^"]*)"[^>]* value="([^"]*)"', body))
    areas = dict(re.findall(r'<textarea[^>]* name="([^"]*)"[^>]*>([^<]*)', body))
    picked = re.findall(r'<select[^>]* name="([^"]*)">(.*?)</select>', body, re.S)
    chosen = {name: m[1] for name, inside in picked if (m := re.search(r'value="([^"]*)" selected', inside))}
    return {**inputs, **areas, **chosen}


def save(staff: Visitor, path: str, **changes: str):
    return staff.client.post(path, data=form(staff, path) | changes)


def test_a_form_sent_as_it_came_changes_nothing(staff: Visitor, store: Store):
    revision = store.revision()
    for id_ in ("lamp", "near", "fund", "s1", "m1"):
        before = store.profile("north", id_)
        assert save(staff, f"/profiles/{id_}/edit").status_code == 303
        assert store.profile("north", id_) == before
    assert store.revision() == revision


def test_a_label_with_a_comma_stays_one_label(staff: Visitor, store: Store):
    odd = Profile(
        organisation="north", role=Role.STARTUP, id="o", name="O", tags=("A, B", "C；D"), raising_amount=0.1
    )
    store.put_profiles([odd])
    save(staff, "/profiles/o/edit", name="New")
    assert store.profile("north", "o").tags == ("A, B", "C；D")


def test_fields_are_read_as_imports_read_them(staff: Visitor, store: Store):
    answer = save(
        staff,
        "/profiles/lamp/edit",
        raising_amount="1.2亿美元",
        raising_currency="",
        founded="2020年3月",
        team_size="约10人",
        industries="人工智能、医疗健康",
        status="paused",
    )
    assert answer.status_code == 303, answer.text
    found = store.profile("north", "lamp")
    assert (found.raising_amount, found.raising_currency, found.team_size) == (1.2e8, "USD", 10)
    assert (found.industries, found.status) == (("人工智能", "医疗健康"), Status.PAUSED)
    assert "档案已更改" in staff.text(answer.location)


def test_a_smallest_ticket_above_the_largest_is_told_at_its_field(staff: Visitor, store: Store):
    before = store.profile("north", "fund")
    answer = save(staff, "/profiles/fund/edit", ticket_min="2000万", ticket_max="1000万")
    assert answer.status_code == 422
    assert "请对调两者" in shown(answer)
    assert store.profile("north", "fund") == before


def test_what_cannot_be_read_is_told_at_its_field_and_nothing_is_lost(staff: Visitor, store: Store):
    before = store.profile("north", "lamp")
    answer = save(
        staff, "/profiles/lamp/edit", name="新名字", raising_amount="很多", team_size="-1", founded="x"
    )
    assert answer.status_code == 422
    text = shown(answer)
    assert "尚未保存" in text
    assert "“很多”" in text
    assert 'value="新名字"' in answer.text
    assert store.profile("north", "lamp") == before


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("name", "x" * 10_000),
        ("tags", "x" * 10_000),
        ("industries", "、".join(f"l{i}" for i in range(500))),
        ("region", "x" * 10_000),
        ("raising_amount", "9" * 400),
        ("founded", "9" * 5000),
    ],
)
def test_too_much_is_told_not_kept(staff: Visitor, store: Store, field: str, value: str):
    before = store.profile("north", "lamp")
    assert save(staff, "/profiles/lamp/edit", **{field: value}).status_code == 422
    assert store.profile("north", "lamp") == before


def test_half_a_surrogate_pair_never_reaches_the_database(staff: Visitor, store: Store):
    data = form(staff, "/profiles/lamp/edit")
    body = "&".join(f"{name}={value}" for name, value in data.items() if name in ("form_token", "version"))
    answer = staff.client.post(
        "/profiles/lamp/edit",
        data=(body + "&name=%ED%A0%80%00").encode(),
        content_type="application/x-www-form-urlencoded",
    )
    assert answer.status_code in (303, 422)
    assert "\0" not in store.profile("north", "lamp").name


def test_mischief_is_shown_as_text(staff: Visitor):
    answer = save(staff, "/profiles/lamp/edit", name='"><script>alert(1)</script>', raising_amount="<b>x")
    assert "<script>alert" not in answer.text
    assert "<b>x" not in answer.text


def test_of_two_who_write_at_once_nobody_loses_anything(staff: Visitor, admin: Visitor, store: Store):
    mine = form(staff, "/profiles/lamp/edit")
    assert save(admin, "/profiles/lamp/edit", description="Theirs").status_code == 303
    answer = staff.client.post("/profiles/lamp/edit", data=mine | {"name": "Mine"})
    assert answer.status_code == 409
    assert "有人改动了这份档案" in shown(answer)
    assert "Theirs" in shown(answer)
    assert 'value="Mine"' in answer.text
    assert store.profile("north", "lamp").name == "灯塔智能有限公司"
    version = re.search(r'name="version" value="([^"]*)"', answer.text)[1]
    again = staff.client.post("/profiles/lamp/edit", data=mine | {"name": "Mine", "version": version})
    assert again.status_code == 303
    assert store.profile("north", "lamp").name == "Mine"


def test_a_profile_that_was_deleted_meanwhile_is_gone(staff: Visitor, store: Store):
    mine = form(staff, "/profiles/lamp/edit")
    store.delete_profile("north", "lamp")
    assert staff.client.post("/profiles/lamp/edit", data=mine).status_code == 404


def test_did_you_mean_puts_one_label_right(staff: Visitor, store: Store):
    save(staff, "/profiles/lamp/edit", stage="天史轮", industries="人工智能；医疗健炕")
    page = staff.get("/profiles/lamp/edit")
    assert "您是否要写“天使轮”" in shown(page) or "天使轮" in shown(page)
    use = re.search(r'name="use" value="(stage[^"]*)"', page.text)[1].replace("&#9;", "\t")
    answer = save(staff, "/profiles/lamp/edit", use=use)
    assert answer.location.startswith("/profiles/lamp/edit")
    assert store.profile("north", "lamp").stage == "天使轮"
    assert store.profile("north", "lamp").industries == ("人工智能", "医疗健炕")


def test_a_new_profile_gets_an_id_from_its_name(staff: Visitor, store: Store):
    path = "/profiles/new?role=mentor"
    answer = save(staff, path, name="新导师", offers="法律服务", capacity="3", shared="yes")
    assert answer.status_code == 303, shown(answer)
    [found] = [each for each in store.profiles("north") if each.name == "新导师"]
    assert (found.role, found.offers, found.capacity, found.shared) == (Role.MENTOR, ("法律服务",), 3, True)
    again = save(staff, path, name="新导师")
    assert again.status_code == 409
    assert 'value="新导师"' in again.text


def test_an_id_that_is_taken_is_told_and_nothing_overwritten(staff: Visitor, store: Store):
    answer = save(staff, "/profiles/new?role=mentor", name="Other", id="m1")
    assert answer.status_code == 409
    assert "已有编号为“m1”的档案" in shown(answer)
    assert store.profile("north", "m1").name == "Lin Mu"


@pytest.mark.parametrize("id_", ["a:b", "..", "x" * 200])
def test_an_id_that_none_may_have_is_told(staff: Visitor, id_: str):
    assert save(staff, "/profiles/new?role=startup", name="N", id=id_).status_code == 422


def test_a_role_that_is_none_is_an_error(staff: Visitor):
    assert staff.get("/profiles/new?role=evil").status_code == 422


def test_pausing_deleting_and_taking_back(staff: Visitor, store: Store):
    staff.send("/profiles/lamp/status", "/startups/lamp", status="paused")
    assert store.profile("north", "lamp").status is Status.PAUSED
    gone = staff.send("/profiles/lamp/delete", "/startups/lamp")
    with pytest.raises(NotFound):
        store.profile("north", "lamp")
    assert "档案已删除" in staff.text(gone.location)
    undo = re.search(r'action="(/changes/[^"]*)"', staff.get(gone.location).text)[1]
    staff.send(undo, "/startups")
    assert store.profile("north", "lamp").status is Status.PAUSED
    assert staff.send("/profiles/lamp/status", "/startups", status="evil").status_code == 422


@pytest.mark.parametrize(
    ("field", "typed", "first"),
    [
        ("industries", "人工", "人工智能"),
        ("industries", "rgzn", "人工智能"),
        ("stage", "天使", "天使轮"),
        ("needs", "股权", "股权融资"),
        ("region", "深", "深圳"),
        ("conflicts", "qsk", "s1"),
        ("exclude", "Lin", "m1"),
    ],
)
def test_suggestions_come_while_one_types(staff: Visitor, field: str, typed: str, first: str):
    found = re.findall(r'data-value="([^"]*)"', staff.get(f"/profiles/suggest?field={field}&q={typed}").text)
    assert first in found[:3]
    assert len(found) <= 8


@pytest.mark.parametrize(
    "query", ["field=name&q=x", "field=evil&q=x", "field=industries&q=" + "x" * 5000, "q=", ""]
)
def test_where_nothing_can_be_suggested_nothing_is(staff: Visitor, query: str):
    answer = staff.get(f"/profiles/suggest?{query}")
    assert (answer.status_code, "data-value" in answer.text) == (200, False)
