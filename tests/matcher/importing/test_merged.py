"""Files that still speak of a profile that was merged into another."""

from matcher.importing import import_sources
from matcher.importing.rules import Rule
from matcher.store import Store
from matcher.store.merges import Merge
from tests.matcher.importing.given import csv_file

STARTUPS = csv_file("id,name\ns1,星河科技\ns2,月光医疗\n")
MENTORS = csv_file("id,name\nm1,张三\nm2,张三丰\n", "mentors.csv")
EVENTS = csv_file(
    "startup_id,partner_id,type,at\ns1,m2,约见,2024-01-01\n月光医疗,张三丰,约见,2024-01-02\ns2,m1,约见,2024-01-03\n",
    "interactions.csv",
)


def merged(store: Store) -> None:
    import_sources([STARTUPS, MENTORS, EVENTS], store, organisation="here")
    store.amendments.merge("here", Merge(gone="m2", stays="m1", choose=lambda one, _: one), who="staff")


def test_events_on_record_are_known_again_by_old_ids_and_old_names(store: Store) -> None:
    merged(store)
    report = import_sources([EVENTS], store, organisation="here")
    assert [(file.added, file.unchanged, file.rejected) for file in report.files] == [(0, 3, 0)]
    assert set(store.interactions().partners) == {"here:m1"}


def test_a_row_under_the_old_id_is_written_to_the_one_that_stays(store: Store) -> None:
    merged(store)
    later = csv_file("id,name,offers\nm2,张三,法律服务\n", "mentors.csv")
    report = import_sources([later], store, organisation="here")
    assert [(file.added, file.changed) for file in report.files] == [(0, 1)]
    assert store.profile("here", "m1").offers == ("法律服务",)
    assert [profile.id for profile in store.profiles("here")] == ["m1", "s1", "s2"]
    assert report.duplicate_count == 0


def test_a_file_with_rows_of_both_is_told_that_they_are_one(store: Store) -> None:
    merged(store)
    report = import_sources([MENTORS], store, organisation="here")
    assert [(file.unchanged, file.rejected) for file in report.files] == [(1, 1)]
    [problem] = report.problems
    assert (problem.value, problem.rule, problem.nearest) == ("m2", Rule.ID_MERGED, "m1 (mentors.csv 2)")


def test_rows_of_both_are_one_whichever_comes_first(store: Store) -> None:
    merged(store)
    both = csv_file("id,name\nm2,张三丰\nm1,张三\n", "mentors.csv")
    [problem] = import_sources([both], store, organisation="here").problems
    assert (problem.value, problem.rule, problem.nearest) == ("m1", Rule.ID_MERGED, "m2 (mentors.csv 2)")
