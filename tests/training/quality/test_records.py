"""A task folder as arrays."""

from pathlib import Path

from tests.training.quality.toys import write_task
from training.quality.records import read_records
from training.quality.tables import write_rows

STARTUPS = {"s": "x", "t": "x", "u": "x"}


def test_truth_marks_the_right_partners_of_each_query(tmp_path: Path):
    records = read_records(
        write_task(tmp_path, STARTUPS, ["a", "b"], [], [("t", "b"), ("s", "a"), ("s", "b")])
    )

    assert list(records.queries.terms) == ["t", "s"]
    assert records.truth.tolist() == [[False, True], [True, True]]
    assert records.asked.tolist() == [1, 0]


def test_a_query_without_a_right_partner_is_left_out(tmp_path: Path):
    folder = write_task(tmp_path, STARTUPS, ["a"], [], [("s", "a")])
    write_rows(folder / "queries.csv", ("startup_id",), [("s",), ("t",)])

    assert list(read_records(folder).queries.terms) == ["s"]


def test_a_list_may_not_name_a_partner_with_a_contact_behind_it(tmp_path: Path):
    folder = write_task(tmp_path, STARTUPS, ["a", "b"], [("s", "a")], [("s", "b"), ("t", "a")])

    assert read_records(folder).allowed.tolist() == [[False, True], [True, True]]


def test_having_been_shown_a_partner_is_no_contact(tmp_path: Path):
    folder = write_task(tmp_path, STARTUPS, ["a"], [("s", "a")], [("s", "a")], event="shown")

    assert read_records(folder).allowed.all()


def test_a_dismissal_does_not_speak_for_a_pair_but_removes_it(tmp_path: Path):
    records = read_records(
        write_task(tmp_path, STARTUPS, ["a"], [("s", "a")], [("s", "a")], event="dismissed")
    )

    assert len(records.events) == 1
    assert len(records.events.positive()) == 0
    assert not records.allowed.any()


def test_interactions_with_strangers_are_left_out(tmp_path: Path):
    records = read_records(
        write_task(tmp_path, STARTUPS, ["a"], [("s", "nobody"), ("nobody", "a"), ("t", "a")])
    )

    assert records.events.startups.tolist() == [1]


def test_mentors_stand_before_investors(tmp_path: Path):
    folder = write_task(tmp_path, STARTUPS, ["a"], [])
    write_rows(folder / "mentors.csv", ("id", "name"), [("m", "M")])

    assert list(read_records(folder).candidates.terms) == ["m", "a"]


def test_fewer_interactions_do_not_change_what_a_list_may_name(tmp_path: Path):
    records = read_records(write_task(tmp_path, STARTUPS, ["a"], [("s", "a")], [("s", "a")]))
    fewer = records.with_events(records.events.take(records.events.days < 0))

    assert len(fewer.events) == 0
    assert fewer.allowed.tolist() == records.allowed.tolist()
