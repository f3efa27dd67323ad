import datetime as dt
import json

import pytest

from matcher.errors import InvalidInput, UnreadableFile
from matcher.importing import ImportReport, Kind, Severity, Source, import_sources
from matcher.importing.rules import Rule
from matcher.importing.values import interaction_type
from matcher.interactions import InteractionType
from matcher.profiles import Role, Status
from matcher.store import Store
from tests.matcher.importing.given import csv_file, xlsx_file

STARTUPS = """企业名称*,所属行业,所在地区,融资阶段,拟融资额（万元）,成立时间,团队人数,服务需求,状态
星河科技有限公司,人工智能；医疗健康,广东/深圳,天使轮,500,2020年3月,10人,股权融资、法律服务,在孵
月光医疗有限公司,医疗健康,深圳,A轮,$2M,2021-07-15,12,,毕业
"""
TRADITIONAL = """企業名稱,所屬行業,所在地區,融資階段
星河科技有限公司,人工智慧,臺北,天使輪
月光醫療有限公司,醫療健康,高雄,A輪
"""
STARS = csv_file("id,name\ns1,星河科技\ns2,月光医疗\n")
MENTORS = csv_file("id,name\nm1,张三\n", "mentors.csv")
EVENTS = """startup_id,partner_id,type,at,value
s1,m1,约见,2024-01-01,
月光医疗,张三,评分,2024-01-02 10:00,5
"""


def run(
    store: Store, *sources: Source, dry_run: bool = False, role: Role | Kind | None = None
) -> ImportReport:
    return import_sources(sources, store, organisation="here", dry_run=dry_run, role=role)


def counts(report: ImportReport) -> list[tuple[int, int, int, int]]:
    return [(file.added, file.changed, file.unchanged, file.rejected) for file in report.files]


def rules(report: ImportReport, severity: Severity = Severity.ERROR) -> list[tuple[int, str, str, Rule, str]]:
    return [
        (problem.row, problem.column, problem.value, problem.rule, problem.nearest)
        for problem in report.problems
        if problem.severity is severity
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_startups_come_in_from_any_encoding_with_every_field(store: Store, encoding: str) -> None:
    report = run(store, csv_file(STARTUPS, "a.csv", encoding))
    assert counts(report) == [(2, 0, 0, 0)]
    star = next(profile for profile in store.profiles("here") if profile.name.startswith("星河"))
    assert star.industries == ("人工智能", "医疗健康")
    assert (star.region, star.stage) == ("广东/深圳", "天使轮")
    assert (star.raising_amount, star.raising_currency) == (5e6, "CNY")
    assert (star.founded, star.team_size) == (dt.date(2020, 3, 1), 10)
    assert star.needs == ("股权融资", "法律服务")
    assert star.status is Status.ACTIVE


def test_a_currency_in_the_cell_wins_over_that_of_the_header(store: Store) -> None:
    run(store, csv_file(STARTUPS))
    moon = next(profile for profile in store.profiles("here") if profile.name.startswith("月光"))
    assert (moon.raising_amount, moon.raising_currency, moon.status) == (2e6, "USD", Status.CLOSED)


def test_traditional_big5_is_kept_as_written(store: Store) -> None:
    report = run(store, csv_file(TRADITIONAL, "a.csv", "big5"))
    assert report.files[0].encoding == "big5"
    assert {profile.name for profile in store.profiles("here")} == {"星河科技有限公司", "月光醫療有限公司"}
    assert {profile.region for profile in store.profiles("here")} == {"臺北", "高雄"}


def test_an_xlsx_with_native_numbers_and_dates_comes_in(store: Store) -> None:
    rows = [["编号", "企业名称", "成立时间", "拟融资额（万美元）"], [1001, "星河", dt.date(2020, 3, 1), 50.5]]
    run(store, xlsx_file(rows))
    star = store.profile("here", "1001")
    assert (star.founded, star.raising_amount, star.raising_currency) == (dt.date(2020, 3, 1), 505_000, "USD")


def test_a_mentors_expertise_is_sorted_and_what_no_catalogue_knows_is_offered_as_it_is_needed(
    store: Store,
) -> None:
    report = run(store, csv_file("id,name,擅长领域\nm1,张三,法律服务；人工智能；品茶\n", "mentors.csv"))
    mentor = store.profile("here", "m1")
    assert (mentor.offers, mentor.industries, mentor.tags) == (("法律服务", "品茶"), ("人工智能",), ())
    assert [value for _, _, value, _, _ in rules(report, Severity.WARNING)] == ["品茶"]
    report = run(store, csv_file("id,name,needs\ns1,星河,法律服务；品茶\n", "startups.csv"))
    assert store.profile("here", "s1").needs == ("法律服务", "品茶")
    assert [value for _, _, value, _, _ in rules(report, Severity.WARNING)] == ["品茶"]


def test_an_investors_ticket_rate_and_term_are_read(store: Store) -> None:
    text = "id,机构名称,单笔投资额,年利率,期限(年),是否在投\ni1,远山,500万-2000万元,4.35%,3,是\n"
    run(store, csv_file(text, "investors.csv"))
    found = store.profile("here", "i1")
    assert (found.ticket_min, found.ticket_max, found.currency) == (5e6, 2e7, "CNY")
    assert (found.annual_rate, found.term_months, found.deploying) == (4.35, 36, True)


def test_the_second_import_changes_nothing(store: Store) -> None:
    sources = csv_file(STARTUPS), STARS, MENTORS, csv_file(EVENTS, "interactions.csv")
    first = run(store, *sources)
    revision = store.revision()
    again = run(store, *sources)
    assert counts(first) == [(2, 0, 0, 0), (2, 0, 0, 0), (1, 0, 0, 0), (2, 0, 0, 0)]
    assert counts(again) == [(0, 0, 2, 0), (0, 0, 2, 0), (0, 0, 1, 0), (0, 0, 2, 0)]
    assert store.revision() == revision


def test_a_dry_run_tells_the_same_and_writes_nothing(store: Store) -> None:
    sources = STARS, MENTORS, csv_file(EVENTS, "interactions.csv")
    tried = run(store, *sources, dry_run=True)
    assert list(store.profiles("here")) == []
    assert counts(tried) == counts(run(store, *sources))


def test_a_dry_run_tells_changed_from_unchanged(store: Store) -> None:
    run(store, STARS)
    tried = run(store, csv_file("id,name\ns1,星河科技\ns2,月亮医疗\ns3,新\n"), dry_run=True)
    assert counts(tried) == [(1, 1, 1, 0)]


def test_interactions_resolve_ids_and_names_whatever_the_order_of_files(store: Store) -> None:
    report = run(store, csv_file(EVENTS, "interactions.csv"), MENTORS, STARS)
    assert report.exit_code == 0
    table = store.interactions()
    assert list(table.startups) == ["here:s1", "here:s2"]
    assert list(table.types) == [
        list(InteractionType).index(kind) for kind in (InteractionType.REQUESTED, InteractionType.RATED)
    ]


def test_an_interaction_names_the_answer_that_showed_the_pair(store: Store) -> None:
    text = """startup_id,partner_id,type,at,request_id
s1,m1,约见,2024-01-01,7f-A
s2,m1,约见,2024-01-01,
s1,m1,约见,2024-01-02,某次推荐
"""
    report = run(store, STARS, MENTORS, csv_file(text, "interactions.csv"))
    assert rules(report) == [(4, "request_id", "某次推荐", Rule.REQUEST, "")]
    day = dt.datetime(2024, 1, 1, tzinfo=dt.UTC)
    assert sorted(store.feedback(day - dt.timedelta(days=1), day).responses.requests) == ["", "7f-A"]


def test_every_bad_value_is_named_with_row_column_rule_and_remedy(store: Store) -> None:
    text = """id,name,stage,founded,raising_amount,status
s1,好,A轮,2020-01-01,500万,在孵
s2,甲,A轮,2020-02-30,500万,在孵
s3,乙,A轮,2020-02-20,abc,在孵
,,A轮,2020-02-20,1万,在孵
s:5,丁,A轮,,,
s6,戊,A轮,,=1+1,
s7,己,A轮,,1万,飞走,多,,余
"""
    report = run(store, csv_file(text))
    assert rules(report) == [
        (3, "founded", "2020-02-30", Rule.NO_SUCH_DAY, "2020-02-29"),
        (4, "raising_amount", "abc", Rule.NUMBER, "500万 / 2000000 / $2M"),
        (5, "name", "", Rule.NAMELESS, ""),
        (6, "id", "s:5", Rule.ID, ""),
        (7, "raising_amount", "=1+1", Rule.FORMULA, ""),
        (8, "status", "飞走", Rule.STATUS, "在孵 (active) / 暂停 (paused) / 毕业 (closed)"),
        (8, "", "多", Rule.CELL_COUNT, ""),
    ]
    assert counts(report) == [(1, 0, 0, 6)]
    assert report.exit_code == 1


def test_a_misspelt_industry_stays_as_written_and_is_told_to_be_matched_as_what_was_meant(
    store: Store,
) -> None:
    report = run(store, csv_file("id,name,industries\ns1,甲,人工只能\n"))
    assert rules(report, Severity.WARNING) == [(2, "industries", "人工只能", Rule.MISSPELT_LABEL, "人工智能")]
    assert store.profile("here", "s1").industries == ("人工只能",)


def test_an_unknown_label_stays_and_is_warned_of_with_the_nearest(store: Store) -> None:
    report = run(store, csv_file("id,name,stage\ns1,甲,天史轮\n"))
    assert rules(report, Severity.WARNING) == [(2, "stage", "天史轮", Rule.UNKNOWN_LABEL, "天使轮")]
    assert store.profile("here", "s1").stage == "天史轮"
    assert report.exit_code == 0


def test_a_figure_that_is_not_exact_is_warned_of_as_read(store: Store) -> None:
    report = run(store, csv_file("id,name,team_size\ns1,甲,10-20\n"))
    assert rules(report, Severity.WARNING) == [(2, "team_size", "10-20", Rule.APPROXIMATE, "15")]
    assert store.profile("here", "s1").team_size == 15


def test_a_negotiable_amount_is_unknown_and_no_problem(store: Store) -> None:
    report = run(store, csv_file("id,name,拟融资额\ns1,甲,面议\n"))
    assert report.problems == ()
    assert store.profile("here", "s1").raising_amount is None


def test_a_smallest_ticket_above_the_largest_is_a_problem_that_names_both(store: Store) -> None:
    report = run(store, csv_file("id,name,最低投资额,最高投资额\ni1,远山,2000万,1000万\n", "investors.csv"))
    assert counts(report) == [(0, 0, 0, 1)]
    assert rules(report) == [(2, "最低投资额", "2000万", Rule.TICKET_ORDER, "1000万")]


def test_expertise_joined_by_a_slash_is_parted_where_each_part_is_known(store: Store) -> None:
    text = "id,name,擅长领域,地区\nm1,张三,半导体/先进制造；法律服务/人工智能；品茶/禅,广东/深圳\n"
    run(store, csv_file(text, "mentors.csv"))
    found = store.profile("here", "m1")
    assert (found.industries, found.region) == (("半导体", "先进制造", "人工智能"), "广东/深圳")
    assert found.offers == ("法律服务", "品茶/禅")


def test_two_currencies_in_a_row_are_refused(store: Store) -> None:
    report = run(store, csv_file("id,name,raising_amount,raising_currency\ns1,甲,$2M,CNY\n"))
    assert [rule for _, _, _, rule, _ in rules(report)] == [Rule.CURRENCY_CLASH]


def test_an_id_that_a_deleted_profile_of_another_role_had_refuses_the_file(store: Store) -> None:
    run(store, MENTORS)
    store.delete_profile("here", "m1")
    report = run(store, csv_file("id,name\nm1,甲\n"))
    assert "m1" in report.files[0].refused
    assert report.exit_code == 1


def test_a_line_with_broken_quotes_is_rejected_and_the_next_one_kept(store: Store) -> None:
    report = run(store, csv_file('id,name\n"s1"x,甲\ns2,乙\n'))
    assert rules(report) == [(2, "", '"s1"x,甲', Rule.QUOTES, "")]
    assert counts(report) == [(1, 0, 0, 1)]


def test_a_formula_in_a_workbook_rejects_its_row_with_the_address(store: Store) -> None:
    report = run(store, xlsx_file([["企业名称", "团队人数"], ["甲", "=1+1"], ["乙", 2]]))
    assert rules(report) == [(2, "团队人数", "=1+1", Rule.FORMULA, "B2")]
    assert counts(report) == [(1, 0, 0, 1)]


def refused_type(word: str) -> str:
    """What is offered for a word that is no kind of interaction."""
    with pytest.raises(InvalidInput) as refusal:
        interaction_type(word)
    return refusal.value.remedy


def test_totals_and_remarks_below_the_table_are_no_startups(store: Store) -> None:
    rows = [["企业名称", "人数"], ["甲", 10], [], ["合计", 10], ["注：人数为自报"]]
    report = run(store, xlsx_file(rows))
    assert counts(report) == [(1, 0, 0, 0)]
    assert [rule for _, _, _, rule, _ in rules(report, Severity.WARNING)] == [Rule.TOTALS, Rule.REMARK]


def test_an_error_of_the_spreadsheet_rejects_its_row(store: Store) -> None:
    report = run(store, csv_file("name,team_size\n甲,#REF!\n"))
    assert [rule for _, _, _, rule, _ in rules(report)] == [Rule.SHEET_ERROR]


def test_no_file_brings_source_ids_of_boles_own_records(store: Store) -> None:
    text = """startup_id,partner_id,type,at,source_id
s1,m1,accepted,2024-01-01,introduction i1 accepted
s1,m1,met,2024-01-01,crm introduction 1
"""
    report = run(store, STARS, MENTORS, csv_file(text, "interactions.csv"))
    assert rules(report) == [(2, "source_id", "introduction i1 accepted", Rule.RESERVED, "")]
    assert len(store.interactions()) == 1


def test_a_row_under_the_source_id_of_another_record_is_rejected_and_said(store: Store) -> None:
    text = """startup_id,partner_id,type,at,source_id
s1,m1,accepted,2024-01-01,crm 1
s1,m1,met,2024-01-02,crm 1
s1,m1,met,2024-01-03,crm 2
"""
    for added, unchanged in ((2, 0), (0, 2)):
        report = run(store, STARS, MENTORS, csv_file(text, "interactions.csv"))
        assert rules(report) == [(0, "source_id", "crm 1", Rule.SOURCE_TAKEN, "")]
        [file] = [each for each in report.files if each.kind is Kind.INTERACTIONS]
        assert (file.added, file.unchanged, file.rejected) == (added, unchanged, 1)


def test_bad_interactions_are_named_and_the_good_ones_kept(store: Store) -> None:
    text = """startup_id,partner_id,type,at,value
s1,m1,约见,2024-01-01,
s9,m1,约见,2024-01-01,
m1,s1,约见,2024-01-01,
s1,m1,评分,2024-01-01,9
s1,m1,打电话,2024-01-01,
s1,m1,约见,,
"""
    report = run(store, STARS, MENTORS, csv_file(text, "interactions.csv"))
    everything = refused_type("打电话")
    assert rules(report) == [
        (3, "startup_id", "s9", Rule.UNKNOWN_STARTUP, ""),
        (4, "startup_id", "m1", Rule.NOT_A_STARTUP, ""),
        (5, "value", "9", Rule.RATING, "5"),
        (6, "type", "打电话", Rule.TYPE, everything),
        (7, "at", "", Rule.REQUIRED, ""),
    ]
    assert len(store.interactions()) == 1


def test_the_ledger_is_imported_by_startup_and_month(store: Store) -> None:
    text = "企业名称,月份,在册人数,在岗人数,营业收入（万元）\n星河科技,2024年1月,12,7,50\n"
    run(store, STARS, csv_file(text, "台账.csv"))
    (entry,) = store.ledger("here", "s1")
    assert (entry.month, entry.headcount, entry.present, entry.revenue) == (
        dt.date(2024, 1, 1),
        12,
        7,
        500_000,
    )


def test_a_role_given_counts_for_files_that_do_not_tell(store: Store) -> None:
    run(store, csv_file("id,name\nx1,甲\n", "a.csv"), role=Role.INVESTOR)
    assert store.profile("here", "x1").role is Role.INVESTOR


def test_an_id_made_from_a_name_is_the_same_next_time(store: Store) -> None:
    run(store, csv_file("name,region\n星河,深圳\n"))
    assert counts(run(store, csv_file("name,region\n星河,北京\n"))) == [(0, 1, 0, 0)]


def test_a_row_twice_is_taken_once_and_one_that_differs_is_rejected(store: Store) -> None:
    report = run(store, csv_file("name,region\n星河,深圳\n星河,深圳\n星河,北京\n"))
    assert counts(report) == [(1, 0, 1, 1)]
    assert rules(report) == [(4, "name", "星河", Rule.NAME_REPEATED, "startups.csv 2")]


def test_a_header_row_that_was_pasted_again_is_passed_over(store: Store) -> None:
    report = run(store, csv_file("id,name\ns1,甲\nid,name\ns2,乙\n"))
    assert (report.files[0].rows, counts(report)) == (2, [(2, 0, 0, 0)])


def test_one_company_under_two_spellings_is_reported_and_both_kept(store: Store) -> None:
    run(store, csv_file("id,name\ns1,云澜电气有限公司\n"))
    report = run(store, csv_file("id,name\ns2,雲瀾電氣股份有限公司\n"))
    assert [(found.id, found.other_id) for found in report.duplicates] == [("s2", "s1")]
    assert [profile.id for profile in store.profiles("here")] == ["s1", "s2"]
    assert report.exit_code == 0


def test_province_and_city_columns_make_a_region_path(store: Store) -> None:
    run(store, csv_file("id,name,省份,城市\ns1,甲,广东,深圳\n"))
    assert store.profile("here", "s1").region == "广东/深圳"


def test_a_header_row_without_rows_is_a_warning(store: Store) -> None:
    report = run(store, csv_file("id,name\n"))
    assert [rule for _, _, _, rule, _ in rules(report, Severity.WARNING)] == [Rule.NO_ROWS]
    assert report.exit_code == 0


def test_a_refused_file_is_reported_beside_the_good_ones(store: Store) -> None:
    report = run(store, STARS, Source("mentors.csv", b""))
    assert counts(report)[0] == (2, 0, 0, 0)
    assert report.files[1].refused == "mentors.csv: the file is empty"
    assert report.exit_code == 1


def test_a_list_of_ids_found_in_a_folder_is_left_out_with_a_warning(store: Store) -> None:
    report = run(store, STARS, Source("queries.csv", b"startup_id\ns1\n", named=False))
    assert [rule for _, _, _, rule, _ in rules(report, Severity.WARNING)] == [Rule.NOT_IMPORTABLE]
    assert report.exit_code == 0


def test_an_import_without_one_readable_file_is_refused(store: Store) -> None:
    with pytest.raises(UnreadableFile, match=r"a\.csv: the file is empty"):
        run(store, Source("a.csv", b""))


def test_a_file_that_turns_out_unreadable_further_down_leaves_nothing_behind(store: Store) -> None:
    broken = csv_file("id,name\nm2,李四\n" + '"a"b\n' * 101, "mentors.csv")
    events = csv_file("startup_id,partner_id,type,at\ns1,m2,约见,2024-01-01\n", "interactions.csv")
    report = run(store, STARS, broken, events)
    assert [profile.id for profile in store.profiles("here")] == ["s1", "s2"]
    assert (2, "partner_id", "m2", Rule.UNKNOWN_PARTNER) in [problem[:4] for problem in rules(report)]


def test_progress_counts_every_row(store: Store) -> None:
    seen: list[int] = []
    text = "id,name\n" + "".join(f"s{n},企业{n}\n" for n in range(2_500))
    import_sources([csv_file(text)], store, organisation="here", progress=seen.append)
    assert sum(seen) == 2_500
    assert len(seen) == 3


def test_a_report_is_ready_for_json(store: Store) -> None:
    told = run(store, csv_file(STARTUPS), csv_file("id,name,stage\ns1,甲,天史轮\n", "企业.csv")).to_dict()
    assert json.loads(json.dumps(told)) == told
