"""The folder of a replay: what was done survives whatever comes, and goes into a table and a picture."""

import csv
import datetime as dt
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from training.weekly.broken import FLIPPED, MISSING
from training.weekly.replay import FROZEN, POPULARITY, RETRAINED, Stage
from training.weekly.replay_files import ReplayFolder

KEY = "these data"


def stage(number: int, *, rejected: bool | None = None) -> Stage:
    """Two queries: retraining gains a tenth more on each with every stage."""
    ndcg = {RETRAINED: [0.5 + number / 10] * 2, FROZEN: [0.5, 0.5], POPULARITY: [0.25, 0.0]}
    ways = {} if rejected is None else {FLIPPED: rejected, MISSING: True}
    return Stage(dt.date(2026, 1, 1) + dt.timedelta(days=7 * number), ndcg, ways)


STAGES = [stage(number) for number in range(3)]


def files(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text(encoding="utf-8") for path in sorted(folder.iterdir())}


@pytest.fixture
def uninterrupted(tmp_path: Path) -> Path:
    folder = ReplayFolder(tmp_path / "whole", KEY)
    for one in STAGES:
        folder.add(one)
    folder.finish()
    return tmp_path / "whole"


def test_a_new_folder_has_nothing_done(tmp_path: Path):
    assert ReplayFolder(tmp_path / "a" / "b", KEY).days == []


def test_what_was_added_is_done_for_whoever_opens_the_folder_again(uninterrupted: Path):
    assert ReplayFolder(uninterrupted, KEY).days == [one.day for one in STAGES]
    assert ReplayFolder(uninterrupted, KEY).days == [one.day for one in STAGES]


def test_stages_of_other_data_or_another_plan_are_begun_anew(uninterrupted: Path):
    assert ReplayFolder(uninterrupted, "other data").days == []
    assert ReplayFolder(uninterrupted, KEY).days == [], "they were never of these data"


def test_wherever_it_is_cut_off_the_rest_makes_the_same_table_and_picture(
    uninterrupted: Path, tmp_path: Path
):
    """At every seventh byte; each time it is cut off once more after the next stage."""
    whole = (uninterrupted / "stages.jsonl").read_bytes()
    for end in range(0, len(whole), 7):
        path = tmp_path / f"cut{end}"
        path.mkdir()
        (path / "stages.jsonl").write_bytes(whole[:end])
        first = ReplayFolder(path, KEY)
        left = [one for one in STAGES if one.day not in first.days]
        for one in left[:1]:
            first.add(one)

        second = ReplayFolder(path, KEY)
        assert len(second.days) == min(len(STAGES) - len(left) + 1, len(STAGES)), "what was added is kept"
        for one in left[1:]:
            second.add(one)
        second.finish()

        assert files(path) == files(uninterrupted)


def test_a_stage_in_one_line(tmp_path: Path):
    folder = ReplayFolder(tmp_path, KEY)

    assert (
        folder.line(stage(1))
        == "2026-01-08     2 queries  retrained 0.6000  frozen 0.5000  popularity 0.1250"
    )
    assert folder.line(stage(1, rejected=False)).endswith("  sign flipped: PASSED  role missing: rejected")


def test_the_table_has_a_row_for_each_stage(uninterrupted: Path):
    with (uninterrupted / "replay.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))

    assert [row["day"] for row in rows] == ["2026-01-01", "2026-01-08", "2026-01-15"]
    assert rows[2] == {
        "day": "2026-01-15",
        "queries": "2",
        "retrained": "0.7000",
        "frozen": "0.5000",
        "popularity": "0.1250",
    }


def test_the_table_tells_what_the_gate_said_of_broken_candidates(tmp_path: Path):
    folder = ReplayFolder(tmp_path, KEY)
    folder.add(stage(0, rejected=True))
    told = folder.finish()

    header, row = (tmp_path / "replay.csv").read_text(encoding="utf-8").splitlines()
    assert header.endswith(",rejected: role missing,rejected: sign flipped")
    assert row.endswith(",True,True")
    assert "gate, sign flipped: rejected 1 of 1" in told


def test_the_summary_compares_over_all_and_over_the_second_half(uninterrupted: Path):
    told = ReplayFolder(uninterrupted, KEY).finish().splitlines()

    assert told[0] == "3 stages, 6 queries; nDCG@10 retrained 0.6000, frozen 0.5000, popularity 0.1250"
    assert told[1].startswith("retrained − frozen: +0.1000 [")
    assert "in the second half +0.1500 [" in told[1]
    assert told[-1] == f"table and picture: {uninterrupted}"


def test_stages_are_told_in_the_order_of_their_days(tmp_path: Path, uninterrupted: Path):
    folder = ReplayFolder(tmp_path / "late", KEY)
    for one in reversed(STAGES):
        folder.add(one)
    folder.finish()

    late, whole = files(tmp_path / "late"), files(uninterrupted)
    assert late["replay.csv"] == whole["replay.csv"]
    assert late["replay.svg"] == whole["replay.svg"]


def test_the_picture_stands_alone_and_names_the_lines(uninterrupted: Path):
    picture = ET.fromstring((uninterrupted / "replay.svg").read_text(encoding="utf-8"))

    assert picture.tag == "{http://www.w3.org/2000/svg}svg"
    texts = [text for text in picture.itertext() if text.strip()]
    assert {"retrained", "frozen", "popularity"} <= set(texts)
    assert any("2026-01-01" in text for text in texts)
