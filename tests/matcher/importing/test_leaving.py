"""Files without some of the columns: what they do not speak of stays."""

from matcher.importing import import_sources
from matcher.importing.report import FileReport
from matcher.profiles import Profile, Status
from matcher.store import Store
from tests.matcher.importing.given import csv_file

WHOLE = """企业名称,所属行业,所在地区,拟融资额,团队人数,服务需求,状态
Harbor Robotics,人工智能,广东/深圳,$2M,12,股权融资,暂停
"""


def taken(store: Store, text: str, name: str = "startups.csv") -> FileReport:
    return import_sources([csv_file(text, name)], store, organisation="here").files[0]


def the_one(store: Store) -> Profile:
    [found] = store.profiles("here")
    return found


def test_what_a_file_has_no_column_for_stays(store: Store) -> None:
    taken(store, WHOLE)
    report = taken(store, "企业名称,团队人数\nHarbor Robotics,33\n")
    found = the_one(store)
    assert (report.changed, found.team_size) == (1, 33)
    assert (found.region, found.raising_amount, found.raising_currency) == ("广东/深圳", 2e6, "USD")
    assert (found.industries, found.needs, found.status) == (("人工智能",), ("股权融资",), Status.PAUSED)


def test_an_empty_cell_of_a_column_that_is_there_empties_it(store: Store) -> None:
    taken(store, WHOLE)
    taken(store, "企业名称,团队人数,所在地区\nHarbor Robotics,,\n")
    assert (the_one(store).team_size, the_one(store).region) == (None, "")
    assert the_one(store).needs == ("股权融资",)


def test_another_file_without_the_column_does_not_keep_what_this_one_empties(store: Store) -> None:
    taken(store, WHOLE)
    files = [
        csv_file("企业名称,所在地区\nHarbor Robotics,\n"),
        csv_file("企业名称\n星河\n", "startups-2.csv"),
    ]
    import_sources(files, store, organisation="here")
    assert [each.region for each in store.profiles("here")] == ["", ""]


def test_the_same_files_again_change_nothing_whatever_columns_they_have(store: Store) -> None:
    part = "企业名称,团队人数\nHarbor Robotics,12\n"
    taken(store, WHOLE)
    assert (taken(store, part).unchanged, taken(store, WHOLE).unchanged) == (1, 1)


def test_a_file_of_ids_keeps_the_names(store: Store) -> None:
    taken(store, "id,name\ns1,星河\n")
    taken(store, "id,团队人数\ns1,5\n")
    assert (the_one(store).name, the_one(store).team_size) == ("星河", 5)


def test_an_amount_without_a_currency_is_not_in_the_one_before(store: Store) -> None:
    taken(store, WHOLE)
    taken(store, "企业名称,拟融资额\nHarbor Robotics,1400万\n")
    assert (the_one(store).raising_amount, the_one(store).raising_currency) == (1.4e7, "")


def test_one_column_of_tickets_or_expertise_speaks_of_all_that_it_fills(store: Store) -> None:
    taken(
        store, "id,name,单笔投资额,擅长领域,地区\ni1,远山,$1M-$2M,人工智能；法律服务,上海\n", "investors.csv"
    )
    taken(store, "id,单笔投资额,擅长领域\ni1,500万,医疗健康\n", "investors.csv")
    found = the_one(store)
    assert (found.ticket_min, found.currency, found.region) == (5e6, "", "上海")
    assert (found.industries, found.offers) == (("医疗健康",), ())


def test_headers_that_the_organisation_taught_count_in_every_import(store: Store) -> None:
    store.uploads.remember("here", {"startups": {"人头": "team_size"}})
    taken(store, "企业名称,人头\n星河,7\n")
    assert the_one(store).team_size == 7
