"""The lists of startups and of partners."""

import re

import pytest
from apiflask import APIFlask

from api.pages.profiles.listing import PAGE_SIZE
from api.principals import Caller
from matcher.profiles import Profile, Role, Status
from matcher.store import Store
from tests.api.pages.city import FORMULA
from tests.api.pages.visitor import Visitor, visitor


def startups(organisation: str, count: int) -> list[Profile]:
    return [
        Profile(organisation=organisation, role=Role.STARTUP, id=f"n{i:03}", name=f"Number {i:03}")
        for i in range(count)
    ]


def test_a_line_tells_what_a_startup_is_and_needs(staff: Visitor):
    text = staff.text("/startups")
    assert "灯塔智能有限公司 lamp 人工智能 天使轮 广东/深圳 股权融资、小试中试" in text


def test_in_english_known_chinese_labels_are_translated(staff: Visitor):
    text = staff.text("/startups?lang=en")
    assert "Artificial intelligence Angel Guangdong / Shenzhen Equity, Pilot production" in text


def test_what_a_startup_did_not_say_is_a_dash(staff: Visitor):
    assert "Blue Kiln s2 – – – –" in staff.text("/startups")


def test_searching_finds_names_in_any_script(staff: Visitor):
    text = staff.text("/startups?q=燈塔")
    assert "灯塔智能有限公司" in text
    assert "Blue Kiln" not in text
    assert 'value="燈塔"' in staff.get("/startups?q=燈塔").text


def test_a_search_without_result_says_what_to_do(staff: Visitor):
    text = staff.text("/startups?q=zzz")
    assert "没有包含“zzz”的企业" in text
    assert "查看全部企业" in text


def test_an_empty_organisation_is_told_how_to_begin(app: APIFlask, store: Store):
    store.add_organisation("new")
    beginner = visitor(app, store, Caller.STAFF, "new")
    assert "bole import startups.csv mentors.xlsx investors.csv --org new" in beginner.text("/startups")
    assert "还没有企业档案" in beginner.text("/startups")
    assert "Shared Mentor" in beginner.text("/partners")  # of south, shared


def test_pages_follow_each_other_until_everybody_was_shown(staff: Visitor, store: Store):
    store.put_profiles(startups("north", 2 * PAGE_SIZE))
    seen: list[str] = []
    path = "/startups?q=Number"
    while path:
        page = staff.get(path).text
        seen += re.findall(r'href="/startups/(n\d+)"', page)
        found = re.search(r'href="(\?[^"]*cursor[^"]*)" rel="next"', page)
        path = "/startups" + found[1].replace("&amp;", "&") if found else ""
    assert seen == [f"n{i:03}" for i in range(2 * PAGE_SIZE)]


def test_a_cursor_of_no_list_is_an_error_with_a_way_out(staff: Visitor):
    answer = staff.get("/startups?cursor=nonsense")
    assert answer.status_code == 422
    assert "地址中的内容有误" in answer.text


def test_partners_are_listed_by_role(staff: Visitor):
    everybody, mentors = staff.text("/partners"), staff.text("/partners?role=mentor")
    assert "北岸基金" in everybody
    assert "投资方 · 基金" in everybody
    assert "北岸基金" not in mentors
    assert "苏近" in mentors
    assert staff.get("/partners?role=startup").status_code == 422


def test_what_is_not_active_is_marked(staff: Visitor, store: Store):
    paused = Profile(organisation="north", role=Role.STARTUP, id="p", name="Asleep", status=Status.PAUSED)
    store.put_profiles([paused])
    assert "Asleep 已暂停 p" in staff.text("/startups")


@pytest.mark.parametrize(
    "path", ["/partners", "/partners/evil", "/startups/lamp?k=50", "/startups/lamp?ask=evil"]
)
def test_mischief_in_a_profile_is_shown_as_text(staff: Visitor, path: str):
    answer = staff.get(path)
    assert "<script>alert" not in answer.text
    assert "&lt;script&gt;alert(&#34;1&#34;)&lt;/script&gt;" in answer.text


def test_a_formula_is_shown_as_written(staff: Visitor):
    assert FORMULA in staff.text("/partners/evil")


@pytest.mark.parametrize("path", ["/startups", "/startups/lamp"])
@pytest.mark.parametrize("name", ["q", "ask"])
def test_mischief_in_the_address_is_shown_as_text(staff: Visitor, path: str, name: str):
    answer = staff.get(f'{path}?{name}="><script>alert(1)</script>')
    assert answer.status_code == 200
    assert "<script>alert" not in answer.text


def test_an_id_with_a_slash_has_a_page(staff: Visitor, store: Store):
    store.put_profiles([Profile(organisation="north", role=Role.STARTUP, id="a/b %", name="Slashed")])
    link = re.search(r'href="(/startups/[^"]*)">Slashed', staff.get("/startups").text)[1]
    answer = staff.client.get(link, environ_overrides={"RAW_URI": link})
    assert answer.status_code == 200


def test_mischief_in_a_reason_is_shown_as_text(staff: Visitor, store: Store):
    odd = Profile(organisation="north", role=Role.STARTUP, id="odd", name="Odd", industries=("<b>odd",))
    store.put_profiles([odd])
    page = staff.get("/startups/odd").text
    assert "所属&lt;b&gt;odd不在其关注行业之中" in page
    assert "<b>odd" not in page
