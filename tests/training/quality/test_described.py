"""The small world with texts."""

from pathlib import Path

import pytest

from training.quality.described import add_descriptions, write_described_events
from training.quality.tables import read_rows, write_rows


@pytest.fixture
def descriptions(tmp_path: Path) -> Path:
    path = tmp_path / "descriptions.csv"
    write_rows(path, ("company", "text"), [("蓝鸢", "会自己飞的风筝"), ("空白", " ")])
    return path


def test_the_deals_of_companies_without_a_description_are_left_out(tmp_path: Path, descriptions: Path):
    events, out = tmp_path / "events.csv", tmp_path / "out.csv"
    rows = [("2014-01-01", "蓝鸢"), ("2014-01-02", "空白"), ("2014-01-03", "别家")]
    write_rows(events, ("date", "company"), rows, "gb18030")

    write_described_events(events, descriptions, out)

    assert read_rows(out, "gb18030") == [{"date": "2014-01-01", "company": "蓝鸢"}]


def test_a_description_is_filled_in_by_name(tmp_path: Path, descriptions: Path):
    startups = tmp_path / "startups.csv"
    write_rows(startups, ("id", "name", "description"), [("s1", "蓝鸢", ""), ("s2", "别家", "")])

    add_descriptions(startups, descriptions)

    assert [row["description"] for row in read_rows(startups)] == ["会自己飞的风筝", ""]
