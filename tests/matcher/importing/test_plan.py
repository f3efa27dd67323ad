"""What people say of files: kinds, what headers mean, corrections."""

import json

from matcher.importing import Correction, Kind, Plan, Severity, Source, import_sources, look
from matcher.importing.looking import How, guesses
from matcher.importing.plan import joined, plan_of
from matcher.profiles import Role, Status
from matcher.store import Store
from tests.matcher.importing.given import csv_file, workbook


def run(store: Store, *sources: Source, plan: Plan, dry_run: bool = False):
    return import_sources(sources, store, organisation="here", plan=plan, dry_run=dry_run)


ODD = csv_file("甲,乙,丙\n青松科技,ai,随便\n", "odd.csv")
MEANS = {Kind.STARTUPS: {"甲": "name", "乙": "industries", "丙": ""}}


def test_headers_that_nobody_knows_mean_what_people_say(store: Store) -> None:
    report = run(store, ODD, plan=Plan(kinds={"odd.csv": Kind.STARTUPS}, meanings=MEANS))
    [found] = store.profiles("here")
    assert (found.role, found.name, found.industries) == (Role.STARTUP, "青松科技", ("ai",))
    assert report.problems == ()  # the column that is left out is not worth a word


def test_what_people_say_goes_before_what_a_name_says(store: Store) -> None:
    file = csv_file("企业名称,项目\n星河科技有限公司,星河\n")
    run(store, file, plan=Plan(meanings={Kind.STARTUPS: {"项目": "name"}}))
    assert [profile.name for profile in store.profiles("here")] == ["星河"]


def test_a_field_that_the_kind_does_not_have_is_not_believed(store: Store) -> None:
    file = csv_file("企业名称,x\n星河,1\n")
    run(store, file, plan=Plan(meanings={Kind.STARTUPS: {"x": "organisation"}}))
    assert [profile.name for profile in store.profiles("here")] == ["星河"]


def test_a_table_may_be_left_out(store: Store) -> None:
    book = Source(
        "b.xlsx", workbook({"企业": [["id", "name"], ["s1", "一"]], "导师": [["id", "name"], ["m1", "二"]]})
    )
    run(store, book, plan=Plan(kinds={"b.xlsx [导师]": None}))
    assert [profile.id for profile in store.profiles("here")] == ["s1"]


def test_one_cell_is_corrected_and_no_other(store: Store) -> None:
    file = csv_file("id,name,status\ns1,一,在浮\ns2,二,在浮\n")
    plan = Plan(corrections=(Correction("startups.csv", 2, "status", "在浮", "毕业"),))
    report = run(store, file, plan=plan)
    assert (report.errors, store.profile("here", "s1").status) == (1, Status.CLOSED)


def test_a_label_is_corrected_in_every_row_and_its_neighbours_stay(store: Store) -> None:
    file = csv_file("id,name,行业\ns1,一,人工智能、医疗健炕\ns2,二,医疗健炕\n")
    plan = Plan(corrections=(Correction("startups.csv", 0, "行业", "医疗健炕", "医疗健康"),))
    report = run(store, file, plan=plan)
    assert store.profile("here", "s1").industries == ("人工智能", "医疗健康")
    assert store.profile("here", "s2").industries == ("医疗健康",)
    assert report.warnings == 0


def test_an_empty_cell_is_filled(store: Store) -> None:
    file = csv_file("startup_id,month,cash\n,2026-01,5\n", "ledger.csv")
    run(store, csv_file("id,name\ns1,一\n"), plan=Plan())
    plan = Plan(corrections=(Correction("ledger.csv", 2, "startup_id", "", "s1"),))
    assert run(store, file, plan=plan).errors == 0


def test_a_plan_survives_as_json() -> None:
    plan = Plan({"a": None, "b": Kind.LEDGER}, MEANS, (Correction("a", 0, "h", "v", "i"),))
    assert plan_of(json.loads(json.dumps(plan.to_dict()))) == plan


def test_of_two_meanings_the_later_counts() -> None:
    both = joined({Kind.LEDGER: {"a": "month", "b": "cash"}}, {Kind.LEDGER: {"a": ""}})
    assert both == {Kind.LEDGER: {"a": "", "b": "cash"}}


def test_looking_tells_what_each_column_is_taken_for() -> None:
    file = csv_file("企业名称,序号,公司名称,怪,融资阶断\n青松,1,青松,x,天使轮\n")
    [sight] = look([file])
    assert (sight.kind, sight.refused) == ("startups", "")
    assert [(each.header, each.field, each.how) for each in sight.columns] == [
        ("企业名称", "name", How.KNOWN),
        ("序号", "", How.IGNORED),
        ("公司名称", "", How.REPEATED),
        ("怪", "", How.UNKNOWN),
        ("融资阶断", "", How.UNKNOWN),
    ]
    assert sight.rows == ((2, ("青松", "1", "青松", "x", "天使轮")),)
    assert guesses([file], Plan()) == {Kind.STARTUPS: {"融资阶断": "stage"}}


def test_a_file_that_nobody_understands_can_be_looked_at_too() -> None:
    [sight] = look([ODD])
    assert sight.kind == ""
    assert "no header row" in sight.refused
    assert [each.header for each in sight.columns] == ["甲", "乙", "丙"]


def test_a_file_that_cannot_be_read_says_why() -> None:
    [sight] = look([Source("a.pdf", b"%PDF-1.7")])
    assert "a PDF" in sight.refused


def test_without_a_plan_nothing_is_different(store: Store) -> None:
    report = run(store, csv_file("id,name,怪\ns1,一,x\n"), plan=Plan())
    assert [problem.severity for problem in report.problems] == [Severity.WARNING]
