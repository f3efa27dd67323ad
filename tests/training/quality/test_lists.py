"""Lists as files."""

from pathlib import Path

import pytest

from tests.training.quality.toys import write_task
from training.measures.lists import NOBODY
from training.quality.lists import read_lists
from training.quality.records import Records, read_records
from training.quality.tables import write_rows

HEADER = ("startup_id", "partner_id", "rank")


@pytest.fixture
def records(tmp_path: Path) -> Records:
    startups = {"s": "x", "t": "x"}
    return read_records(write_task(tmp_path, startups, ["a", "b", "c"], [], [("s", "a"), ("t", "b")]))


def test_a_file_is_read_by_rank_not_by_row(tmp_path: Path, records: Records):
    write_rows(tmp_path / "lists.csv", HEADER, [("s", "b", 2), ("s", "c", 1)])

    assert read_lists(tmp_path / "lists.csv", records)[0, :3].tolist() == [2, 1, NOBODY]


def test_places_after_the_tenth_are_left_out(tmp_path: Path, records: Records):
    write_rows(tmp_path / "lists.csv", HEADER, [("s", "b", 11)])

    assert (read_lists(tmp_path / "lists.csv", records) == NOBODY).all()


def test_a_partner_that_is_no_candidate_is_refused(tmp_path: Path, records: Records):
    write_rows(tmp_path / "lists.csv", HEADER, [("s", "stranger", 1)])

    with pytest.raises(KeyError, match="stranger"):
        read_lists(tmp_path / "lists.csv", records)
