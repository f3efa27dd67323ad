"""One profile and who fits it."""

import re
from urllib.parse import unquote

import pytest
from werkzeug.test import TestResponse

from api.pages import matches
from api.pages.parameters import Asked
from matcher.interactions import Interaction, InteractionType
from matcher.matching.answers import MatchList
from matcher.matching.moment import Moment
from matcher.matching.service import MatchService
from matcher.profiles import Profile, Role
from matcher.store import Store
from tests.api.conftest import NOON
from tests.api.pages.visitor import Visitor, shown


def names(answer: TestResponse) -> list[str]:
    """The ids of a list's lines, best first."""
    lines = answer.text.partition('<ol class="lines">')[2].partition("</ol>")[0]
    return [unquote(each) for each in re.findall(r'<h3><a href="/(?:partners|startups)/([^"]+)">', lines)]


def test_the_profile_is_told_in_the_readers_language(staff: Visitor):
    assert "拟融资额 1500万 CNY" in staff.text("/startups/lamp?lang=zh")
    assert "Raising 15M CNY" in staff.text("/startups/lamp?lang=en")
    assert "单笔金额 500万–1.2亿 CNY" in staff.text("/partners/fund?lang=zh")


def test_who_fits_is_first_and_who_may_not_is_absent(staff: Visitor):
    listed = names(staff.get("/startups/lamp"))
    assert listed[0] == "near"
    assert set(listed) == {"near", "far", "evil", "m1", "south:m8"}
    assert listed.index("near") < listed.index("far")


def test_one_that_is_deleted_while_the_page_is_made_is_left_out(
    staff: Visitor, store: Store, monkeypatch: pytest.MonkeyPatch
):
    find = matches._matches

    def found(profile: Profile, wanted: Asked) -> MatchList:
        made = find(profile, wanted)
        store.delete_profile("north", "near")
        return made

    monkeypatch.setattr(matches, "_matches", found)
    assert set(names(staff.get("/startups/lamp"))) == {"far", "evil", "m1", "south:m8"}


def test_a_page_with_a_list_and_a_why_not_is_from_one_moment(staff: Visitor, monkeypatch: pytest.MonkeyPatch):
    moment, given = MatchService.moment, list[Moment]()

    def noted(service: MatchService, *wanted: str) -> Moment:
        given.append(moment(service, *wanted))
        return given[-1]

    monkeypatch.setattr(MatchService, "moment", noted)
    for path in (
        "/startups/lamp?ask=far",
        "/partners/near?ask=lamp",
        "/startups/lamp?offers=none&ask=far",
    ):
        answer = staff.get(path)
        assert answer.status_code == 200
        assert answer.headers["X-Model-Version"] == given.pop().model_version
        assert given == []


def test_the_funnel_is_told_in_words(staff: Visitor):
    text = staff.text("/startups/lamp?k=5")
    assert "6 位导师 → 5 可匹配 → 5 有名额 → 5 显示" in text
    assert "存在利益冲突，需回避 · 1" in text
    assert "6 mentors → 5 eligible → 5 with room → 5 shown" in staff.text("/startups/lamp?k=5&lang=en")


def test_a_line_shows_score_halves_and_reasons_that_add_up(staff: Visitor):
    page = staff.get("/startups/lamp").text
    line = page.partition('<li class="line">')[2].partition("</ul>")[0]
    score, startup, mentor = map(float, re.findall(r'gauge-value">([\d.]+)<', line))
    points = [float(each.replace("−", "-")) for each in re.findall(r"<b>([+−]?[\d.]+)</b>", line)]
    assert sum(points) == pytest.approx(score, abs=0.05 * (len(points) + 1))
    assert min(startup, mentor) - 0.1 <= score <= max(startup, mentor) + 0.1
    assert f'width="{score}%"' in line
    text = " ".join(re.sub(r"<[^>]*>", " ", line).split())
    assert "同属人工智能" in text
    assert "同在深圳" in text
    assert "企业意愿" in text
    assert "导师意愿" in text


def test_points_carry_their_sign_as_a_class_and_as_a_character(staff: Visitor):
    page = staff.get("/startups/lamp").text
    assert re.search(r'class="reason helps"><b>\+', page)
    assert re.search(r'class="reason harms"><b>−', page)


def test_investors_are_a_tab_of_their_own(staff: Visitor):
    assert set(names(staff.get("/startups/lamp?role=investor"))) == {"fund", "i1"}
    assert "投资方意愿" in staff.text("/startups/lamp?role=investor")
    assert staff.get("/startups/lamp?role=startup").status_code == 422


def test_a_partner_sees_its_startups(staff: Visitor):
    listed = names(staff.get("/partners/near"))
    assert listed[0] == "lamp"
    assert "家企业" in staff.text("/partners/near")


def test_as_many_are_shown_as_are_asked_for(staff: Visitor):
    assert len(names(staff.get("/startups/lamp?k=1"))) == 1
    for k in ("0", "51", "-1", "many", "１"):
        assert staff.get(f"/startups/lamp?k={k}").status_code == 422


def test_must_haves_narrow_the_list(staff: Visitor):
    answer = staff.get("/startups/lamp?regions=深圳")
    assert names(answer) == ["near"]
    assert "不符合本次的必备条件 · 4" in shown(answer)
    assert '<option value="it" selected>' in staff.get("/startups/lamp?industries=it").text


def test_a_must_have_that_nobody_could_have_is_left_out_with_a_hint(staff: Visitor):
    answer = staff.get("/startups/lamp?stages=天史轮")
    assert "没有档案可能符合“天史轮”" in shown(answer)
    assert "是不是“天使轮”？" in shown(answer)
    assert len(names(answer)) == 5


def test_marks_tell_how_much_is_known(staff: Visitor, store: Store):
    assert "苏近 温 · 仅档案" in staff.text("/startups/lamp")
    assert "Lin Mu 冷 · 信息少" in staff.text("/startups/s1")
    event = Interaction(
        organisation="north", startup_id="s2", partner_id="near", type=InteractionType.VIEWED, at=NOON
    )
    store.add_interactions([event])
    assert "苏近 热 · 有互动" in staff.text("/startups/lamp")


def test_a_profile_added_just_now_is_listed(staff: Visitor, store: Store):
    staff.get("/startups/lamp")
    store.put_profiles([Profile(organisation="north", role=Role.MENTOR, id="new", name="New Here")])
    assert "new" in names(staff.get("/startups/lamp"))


def test_the_page_says_that_nothing_was_trained(staff: Visitor):
    assert "尚未训练模型" in staff.text("/startups/lamp")


def test_why_not_names_the_rule_that_removed_somebody(staff: Visitor):
    assert "避嫌 冷 · 信息少 未入选 · 存在利益冲突，需回避" in staff.text("/startups/lamp?ask=barred")


def test_why_not_names_the_place_and_the_points_that_lack(staff: Visitor):
    text = staff.text("/startups/lamp?k=1&ask=远之")
    found = re.search(r"未入选 · 在 5 个可选对象中排第 (\d) 位，比第 1 位低 ([\d.]+) 分", text)
    best, own = (float(each) for each in re.findall(r"匹配度 ([\d.]+)", text))
    assert int(found[1]) > 1
    assert float(found[2]) == pytest.approx(best - own, abs=0.11)


def test_why_not_says_when_somebody_is_listed(staff: Visitor):
    assert "已入选 · 在 5 个可选对象中排第 1 位" in staff.text("/startups/lamp?ask=near")


@pytest.mark.parametrize("typed", ["near", "苏近", "蘇近", " 苏 近 "])
def test_why_not_understands_ids_and_names(staff: Visitor, typed: str):
    assert "已入选" in staff.text(f"/startups/lamp?ask={typed}")


def test_why_not_explains_investors_on_the_mentors_tab_too(staff: Visitor):
    assert "投资方意愿" in staff.text("/startups/lamp?role=mentor&ask=fund")


def test_why_not_works_for_partners(staff: Visitor):
    assert "灯塔智能有限公司 温 · 仅档案 已入选" in staff.text("/partners/near?ask=灯塔智能有限公司")
    assert "未入选 · 存在利益冲突" in staff.text("/partners/barred?ask=lamp")


def test_why_not_asks_which_of_several_is_meant(staff: Visitor, store: Store):
    twins = [Profile(organisation="north", role=Role.MENTOR, id=f"t{i}", name="Twin") for i in (1, 2)]
    store.put_profiles(twins)
    answer = staff.get("/startups/lamp?role=mentor&ask=Twin")
    assert "有多份档案包含“Twin”" in shown(answer)
    assert 'href="?role=mentor&amp;ask=t1#why-not"' in answer.text


def test_why_not_takes_the_whole_name_before_parts_of_others(staff: Visitor, store: Store):
    store.put_profiles([Profile(organisation="north", role=Role.MENTOR, id="longer", name="苏近之")])
    assert "已入选" in staff.text("/startups/lamp?ask=苏近")


def test_why_not_knows_no_startup_among_partners(staff: Visitor):
    assert "没有名称或编号为“s1”的档案" in staff.text("/startups/lamp?ask=s1")


def test_the_box_suggests_names(staff: Visitor):
    assert '<option value="避嫌"></option>' in staff.get("/startups/lamp").text
