"""A cohort from its startups to a published run, by the pages alone."""

import html
import io
import re
from urllib.parse import quote

import pytest

from api.pages.cohorts.sheets import KEPT
from matcher.cohorts.status import RunStatus
from matcher.profiles import Profile, Role
from matcher.store import Store
from tests.api.pages.cohorts.conftest import PLAIN, Office
from tests.api.pages.visitor import Visitor, shown


def test_a_cohort_is_made_of_all_active_startups_or_of_none(wei: Visitor, store: Store):
    made = wei.send("/cohorts", page="/cohorts", name=" 秋季营 ", who="all")
    text = wei.text(made.location)
    assert "秋季营" in text
    assert "灯塔智能有限公司" in text
    empty = wei.send("/cohorts", page="/cohorts", name="空", who="none").location
    assert "这个批次还没有企业" in wei.text(empty)
    assert "匹配导师" not in wei.text(empty)
    assert [cohort.name for cohort in store.cohorts.all("north")][:2] in (["秋季营", "空"], ["空", "秋季营"])


@pytest.mark.parametrize("name", ["", "   ", "x" * 301, "a\0b", "x" * 10_000])
def test_a_cohort_without_a_usable_name_is_refused_where_it_is_typed(wei: Visitor, name: str):
    answer = wei.send("/cohorts", page="/cohorts", name=name)
    assert answer.status_code == 422
    assert "名称为 1 到 300 个字" in shown(answer)


def test_startups_are_added_by_search_taken_out_and_put_back(office: Office, wei: Visitor):
    text = wei.text("/cohorts/spring?q=kiln")
    assert "Blue Kiln" in text
    added = wei.send("/cohorts/spring/add", page="/cohorts", startup="s2")
    assert "已加入 1 家企业" in wei.text(added.location)
    removed = wei.send("/cohorts/spring/remove", page="/cohorts", startup="s2")
    page = wei.get(removed.location)
    assert "已移出 1 家企业" in shown(page)
    assert office.store.cohorts.get("north", "spring").startups == ("s1", "lamp")
    assert 'name="startup" value="s2"' in page.text  # the undo's
    wei.send("/cohorts/spring/add", page="/cohorts", startup="s2")
    assert "s2" in office.store.cohorts.get("north", "spring").startups
    again = wei.send("/cohorts/spring/remove", page="/cohorts", startup="nobody")
    assert again.status_code == 303


def test_a_run_goes_from_its_settings_to_published_introductions(office: Office, wei: Visitor):
    made = wei.send("/cohorts/spring/runs", page="/cohorts/spring/runs/new", **PLAIN)
    run = made.location
    assert "等待求解" in wei.text(run)
    assert 'hx-trigger="every 2s"' in wei.get(f"{run}/progress").text
    office.work()
    assert (
        "求解已结束" in shown(wei.get(f"{run}/progress")) or "求解已结束" in wei.get(f"{run}/progress").text
    )
    text = wei.text(run)
    assert "2/2 家企业有会面" in text
    assert "已证明最优" in text
    assert "苏近" in text
    publish = wei.text(f"{run}/publish")
    assert f"{len(office.pairs(run))} 条新的引荐将发出" in publish
    assert "没有登记邮箱" in publish
    done = wei.send(f"{run}/publish", page="/cohorts", version=office.version(run), expires="10")
    assert done.status_code == 303
    assert "等待答复" in wei.text(run)
    assert "代录答复" in wei.text(run)
    told = office.store.introductions.all("north", run=run.rpartition("/")[2])
    assert {(each.expires_at - each.offered_at).days for each in told} == {10}
    twice = wei.send(f"{run}/publish", page="/cohorts", version="1")
    assert twice.status_code == 303
    assert len(office.store.introductions.all("north", run=run.rpartition("/")[2])) == len(told)


def test_pairs_are_locked_ruled_out_swapped_and_added_and_that_is_undone(office: Office, wei: Visitor):
    run = office.run(wei, startup_max="1")
    [met] = [partner for startup, partner in office.pairs(run) if startup == "lamp"]
    other = "far" if met != "far" else "near"
    assert office.edit(wei, run, "lock", "lamp", met).status_code == 303
    page = wei.get(run)
    assert "求解之后有人工调整" in shown(page)
    assert "求解之后有改动" in shown(page)
    assert "已证明最优" not in shown(page)
    assert 'class="meets held"' in page.text
    office.edit(wei, run, "swap", "lamp", met, other=other, replaced="partner")
    assert 'class="wanted held' in wei.get(run).text.replace(" later", "")
    wei.send(f"{run}/solve", page="/cohorts")
    office.work()
    assert ("lamp", other) in office.pairs(run)
    assert ("lamp", met) not in office.pairs(run)
    for edit in office.store.match_runs.edits("north", run.rpartition("/")[2]):
        number, version = str(edit.number), office.version(run)
        assert wei.send(f"{run}/undo", page="/cohorts", number=number, version=version).status_code == 303
        assert wei.send(f"{run}/undo", page="/cohorts", number=number, version=version).status_code == 303
    assert office.store.match_runs.edits("north", run.rpartition("/")[2]) == []
    office.edit(wei, run, "ban", "lamp", other)
    assert "已排除" in wei.get(run).text


def test_a_pair_tells_both_halves_its_reasons_and_why_it_may_not_meet(office: Office, wei: Visitor):
    run = office.run(wei)
    text = wei.text(f"{run}/pair?startup=lamp&partner=near")
    assert "企业意愿" in text
    assert "一般配对的基准分" in text
    assert "避嫌" in wei.text(f"{run}/pair?startup=lamp&partner=避嫌")
    assert "不会面的原因" in wei.text(f"{run}/pair?startup=lamp&partner=barred")
    part = wei.client.get(
        f"{run}/pair?startup=lamp&partner=near", headers={"HX-Request": "true", "HX-Target": "drawer"}
    )
    assert "<html" not in part.text
    assert 'class="pair"' in part.text


def test_an_edit_without_its_reason_is_asked_for_it_and_nothing_is_done(office: Office, wei: Visitor):
    run = office.run(wei)
    version = office.version(run)
    for kind, more in (("lock", {"reason": "  "}), ("swap", {"reason": "因为", "other": ""})):
        answer = office.edit(wei, run, kind, "lamp", "near", **more)
        assert answer.status_code == 422
    assert "请简单说明原因" in shown(office.edit(wei, run, "ban", "lamp", "near", reason=""))
    assert office.version(run) == version


def test_two_at_once_the_later_is_told_what_changed_and_nothing_is_lost(
    office: Office, wei: Visitor, lin: Visitor
):
    run = office.run(wei)
    seen = office.version(run)
    office.edit(wei, run, "ban", "lamp", "far", reason="同学")
    answer = office.edit(lin, run, "lock", "lamp", "near", version=seen, reason="<b>我的理由</b>")
    assert answer.status_code == 409
    assert "staff (Wei)" in shown(answer)
    assert "灯塔智能有限公司 × 远之" in shown(answer)
    assert "同学" in shown(answer)
    assert 'value="&lt;b&gt;我的理由&lt;/b&gt;"' in answer.text
    kept = dict(re.findall(r'<input (?:type="hidden" )?name="(\w+)" value="([^"]*)"', answer.text))
    assert kept["version"] == office.version(run)
    kept = {name: html.unescape(value) for name, value in kept.items() if name != "form_token"}
    assert lin.send(f"{run}/edits", page="/cohorts", **kept).status_code == 303
    reasons = [edit.reason for edit in office.store.match_runs.edits("north", run.rpartition("/")[2])]
    assert reasons == ["同学", "<b>我的理由</b>"]


def test_a_form_that_is_sent_twice_counts_once(office: Office, wei: Visitor):
    run = office.run(wei)
    seen = office.version(run)
    for _ in range(2):
        assert office.edit(wei, run, "lock", "lamp", "near", version=seen).status_code == 303
    assert len(office.store.match_runs.edits("north", run.rpartition("/")[2])) == 1
    for _ in range(2):
        assert wei.send(f"{run}/solve", page="/cohorts").status_code == 303
    assert len(office.jobs) == 1
    office.work()
    assert wei.send(f"{run}/cancel", page="/cohorts").status_code == 303
    assert office.stands(run).status is RunStatus.SOLVED


def test_a_solving_is_stopped(office: Office, wei: Visitor):
    run = office.run(wei)
    wei.send(f"{run}/solve", page="/cohorts", afresh="yes")
    assert wei.send(f"{run}/cancel", page="/cohorts").status_code == 303
    assert office.stands(run).status is RunStatus.DRAFT


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("startup_min", "9"),
        ("startup_max", "0"),
        ("startup_max", "viele"),
        ("startup_max", "1" * 500),
        ("capacity", "-1"),
        ("capacity", ""),
        ("per_firm", "0"),
        ("role", "startup"),
        ("objective", "best"),
        ("must_meet", "x" * 10_000),
        ("capacities", "near"),
        ("capacities", "near = many"),
        ("slots", "\n".join(str(n) for n in range(201))),
        ("away", "near = 9:00"),
        ("startup_importance", "whatever"),
    ],
)
def test_settings_that_cannot_be_are_refused_at_their_field_and_stay_typed(
    office: Office, wei: Visitor, field: str, value: str
):
    answer = wei.send("/cohorts/spring/runs", page="/cohorts", **{**PLAIN, "reason": "因为", field: value})
    assert answer.status_code == 422
    assert 'aria-invalid="true"' in answer.text or field in {"role", "objective", "away"}
    assert "有的填写不成立" in shown(answer)
    assert 'value="因为"' in answer.text
    assert office.store.match_runs.all("north", cohort="spring") == []


def test_settings_are_changed_and_who_comes_too_late_types_nothing_again(
    office: Office, wei: Visitor, lin: Visitor
):
    run = office.run(wei)
    seen = office.version(run)
    form = {**PLAIN, "then": "keep", "capacities": "near = 5", "slots": "9:00\n9:30", "away": "near = 9:00"}
    assert wei.send(f"{run}/configuration", page="/cohorts", version=seen, **form).status_code == 303
    asked = office.stands(run).configuration
    assert asked.capacities == {"near": 5}
    assert asked.slots is not None
    assert asked.slots.away == {"near": ("9:00",)}
    assert "near = 5" in wei.get(f"{run}/configuration").text
    late = lin.send(f"{run}/configuration", page="/cohorts", version=seen, **{**PLAIN, "capacity": "7"})
    assert late.status_code == 409
    assert "staff (Wei)" in shown(late)
    assert 'name="capacity" value="7"' in late.text
    assert f'name="version" value="{office.version(run)}"' in late.text


def test_an_impasse_tells_its_conflict_and_a_button_takes_a_way_out(office: Office, wei: Visitor):
    run = office.run(wei, startup_min="1", must_have_regions="新疆", must_have_industries="人工智能")
    assert office.stands(run).status is RunStatus.INFEASIBLE
    text = wei.text(run)
    assert "按现有要求无法求解" in text
    assert "照此修改并求解" in text
    version = office.version(run)
    taken = wei.send(f"{run}/mend", page="/cohorts", version=version, clash="0", way="0")
    assert taken.status_code == 303
    office.work()
    assert office.stands(run).configuration.startup_min == 0
    assert wei.send(f"{run}/mend", page="/cohorts", version=version, clash="0", way="0").status_code == 409
    again = wei.send(f"{run}/mend", page="/cohorts", version=office.version(run), clash="x", way="-1")
    assert again.status_code == 409


def test_a_declined_introduction_shows_who_took_the_place(office: Office, wei: Visitor):
    run = office.run(wei, startup_max="1", capacity="1")
    wei.send(f"{run}/publish", page="/cohorts", version=office.version(run))
    found = office.store.introductions.all("north", run=run.rpartition("/")[2])
    lamp = next(each for each in found if each.pair.startup_id == "lamp")
    path = f"{run}/introductions/{lamp.id}"
    answer = {"version": "1", "answer": "decline partner", "reason": "时间不够"}
    assert wei.send(path, page="/cohorts", **answer).status_code == 303
    text = wei.text(run)
    assert "伙伴婉拒" in text
    assert "时间不够" in text
    assert "递补" in text
    assert "候补，接替" in text
    assert wei.send(path, page="/cohorts", **answer).status_code == 409


@pytest.mark.parametrize(
    ("expires", "reminders"), [("x", ""), ("0", ""), ("366", ""), ("5", "5"), ("9", "1,1")]
)
def test_days_that_do_not_fit_publish_nothing(office: Office, wei: Visitor, expires: str, reminders: str):
    run = office.run(wei)
    terms = {"expires": expires, "reminders": reminders, "reason": "春季"}
    answer = wei.send(f"{run}/publish", page="/cohorts", version=office.version(run), **terms)
    assert answer.status_code == 422
    assert "天数不合适" in shown(answer)
    assert 'value="春季"' in answer.text
    assert office.stands(run).status is RunStatus.SOLVED


def test_a_run_that_no_longer_fits_is_not_published(office: Office, wei: Visitor):
    run, other = office.run(wei, startup_max="1"), office.run(wei, startup_max="1")
    assert office.pairs(run)
    store = office.store
    for partner in {partner for _, partner in office.pairs(run) if ":" not in partner}:
        profile = store.profile("north", partner)
        fields = {name: getattr(profile, name) for name in profile.__slots__ if name != "capacity"}
        store.put_profiles([Profile(**fields, capacity=0)])
    answer = wei.send(f"{run}/publish", page="/cohorts", version=office.version(run))
    assert answer.status_code == 409
    assert "未能发布" in shown(answer)
    assert office.stands(run).status is RunStatus.SOLVED
    assert office.stands(other).status is RunStatus.SOLVED


def test_two_runs_stand_side_by_side(office: Office, wei: Visitor):
    one, two = office.run(wei, startup_max="1"), office.run(wei, startup_max="2")
    text = wei.text(f"{two}/comparison?with={one.rpartition('/')[2]}")
    assert re.search(r"\+\d 对仅在本次", text)
    assert "灯塔智能有限公司" in text
    draft = wei.send("/cohorts/spring/runs", page="/cohorts", **{**PLAIN, "then": "keep"}).location
    answer = wei.get(f"{two}/comparison?with={draft.rpartition('/')[2]}")
    assert answer.status_code == 409


def sent(wei: Visitor, run: str, data: bytes, name: str = "pairs.csv", **fields: str):
    token = re.search(r'name="form_token" value="([^"]*)"', wei.get("/cohorts").text)
    assert token
    form = {"form_token": token[1], "file": (io.BytesIO(data), name), **fields}
    return wei.client.post(f"{run}/sheet", data=form, content_type="multipart/form-data")


def test_an_edited_table_is_looked_at_then_carried_out(office: Office, wei: Visitor):
    run = office.run(wei, startup_max="1")
    id_, pairs = run.rpartition("/")[2], office.pairs(run)
    lines = [f"s1,far,{id_}@{office.version(run)}"]
    table = "\n".join(["startup_id,partner_id,run", *lines]).encode()
    look = sent(wei, run, table)
    assert look.status_code == 200
    assert "表格要求的更改" in shown(look)
    assert office.store.match_runs.edits("north", id_) == []
    kept = dict(re.findall(r'name="(name|kept|version|confirmed)" value="([^"]*)"', look.text))
    assert wei.send(f"{run}/sheet", page="/cohorts", **kept).status_code == 303
    kinds = {(edit.kind.value, edit.startup_id) for edit in office.store.match_runs.edits("north", id_)}
    assert ("ban", "lamp") in kinds
    assert ("s1", "far") in pairs or ("add", "s1") in kinds


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "请先选择文件"),
        (b"hello", "无法把该文件读作"),
        (b"\x00\xff" * 50, "无法把该文件读作"),
        (b"startup_id,partner_id\nnobody,near\n", "1 个单元格不清楚"),
    ],
)
def test_a_file_that_is_no_table_of_pairs_changes_nothing(
    office: Office, wei: Visitor, data: bytes, says: str
):
    run = office.run(wei)
    answer = sent(wei, run, data)
    assert answer.status_code == 422
    assert says in shown(answer)


def test_a_large_table_is_chosen_once_more(office: Office, wei: Visitor, monkeypatch: pytest.MonkeyPatch):
    assert KEPT < 500_000 * 3 / 4, "what a form may keep"
    monkeypatch.setattr("api.pages.cohorts.sheets.KEPT", 10)
    run = office.run(wei, startup_max="1")
    table = f"startup_id,partner_id,run\ns1,far,{run.rpartition('/')[2]}@{office.version(run)}".encode()
    assert "请再选择一次" in shown(sent(wei, run, table))
    assert sent(wei, run, table, confirmed="yes").status_code == 303


@pytest.mark.parametrize("text", ["\0", "x" * 10_000, "%ED%A0%80", "\udc80", "<script>alert(1)</script>"])
def test_odd_input_is_refused_or_kept_and_never_breaks_a_page(office: Office, wei: Visitor, text: str):
    run = office.run(wei)
    sendable = text.encode("utf-8", "surrogateescape")
    for path, fields in (
        ("/cohorts", {"name": sendable}),
        ("/cohorts/spring/add", {"startup": sendable}),
        ("/cohorts/spring/remove", {"startup": sendable}),
        ("/contacts", {"profile": sendable, "email": sendable}),
        (f"{run}/edits", {"kind": "ban", "startup": "lamp", "partner": sendable, "reason": "x"}),
        (f"{run}/edits", {"kind": "ban", "startup": "lamp", "partner": "near", "reason": sendable}),
        (f"{run}/edits", {"kind": sendable, "startup": "lamp", "partner": "near", "reason": "x"}),
        (f"{run}/undo", {"number": sendable}),
        (f"{run}/mend", {"clash": sendable, "way": sendable}),
        (f"{run}/publish", {"expires": sendable, "reminders": sendable}),
        (f"{run}/configuration", {"must_meet": sendable, "capacities": sendable}),
        (f"{run}/sheet", {"kept": sendable, "name": sendable}),
    ):
        token = re.search(r'name="form_token" value="([^"]*)"', wei.get("/cohorts").text)
        assert token
        form = {"form_token": token[1], "version": office.version(run), **fields}
        answer = wei.client.post(path, data=form)
        assert answer.status_code < 500, path
        assert "<script>alert" not in answer.text
        assert wei.client.post(path, data={**form, "version": sendable}).status_code < 500, path
    asked = quote(sendable[:2000])
    for path in ("/pair?startup=lamp&partner=", "?page=", "/comparison?with="):
        assert wei.client.get(f"{run}{path}{asked}").status_code in {404, 422}, path
    assert wei.client.get(f"/cohorts/spring?q={asked}").status_code in {200, 422}


def test_a_run_is_copied_and_put_aside(office: Office, wei: Visitor):
    run = office.run(wei)
    office.edit(wei, run, "lock", "lamp", "near")
    copy = wei.send(f"{run}/copy", page="/cohorts").location
    assert "双方" in wei.text(copy) or "锁定" in wei.text(copy)
    for _ in range(2):
        closed = wei.send(f"{run}/close", page="/cohorts", version=office.version(run))
        assert closed.status_code == 303
    assert office.stands(run).status is RunStatus.CLOSED
    assert wei.send(f"{run}/solve", page="/cohorts").status_code == 409


def test_a_cohort_larger_than_a_page_is_shown_page_by_page(office: Office, wei: Visitor):
    many = [
        Profile(organisation="north", role=Role.STARTUP, id=f"n{n:02}", name=f"第{n:02}号") for n in range(70)
    ]
    office.store.put_profiles(many)
    office.store.cohorts.add("north", "spring", [profile.id for profile in many])
    run = office.run(wei, startup_max="1", capacity="30")
    first, second = wei.get(run), wei.get(f"{run}?page=2")
    assert ("第37号" in shown(first), "第38号" in shown(second)) == (True, True)
    assert first.text.count("<tr id=") == 40
    assert wei.get(f"{run}?page=3").status_code == 422
