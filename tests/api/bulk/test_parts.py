"""What is done outlives the process."""

from pathlib import Path

import pytest

from api.bulk.parts import Parts

MADE_OF = {"model": "m1", "revision": 7}
ROWS = [["s1", "m1", 1, 0.1 + 0.2, "理由；"], ["s2", "m\ud800", 2, 1e-17, "=1"]]


def test_rows_come_back_as_they_were_kept_to_the_last_bit(tmp_path: Path):
    parts = Parts(tmp_path / "out.csv", MADE_OF)
    parts.keep(1, ROWS[1:])
    parts.keep(0, ROWS[:1])

    assert list(parts.rows([0, 1])) == ROWS


def test_the_next_run_finds_what_is_done(tmp_path: Path):
    Parts(tmp_path / "out.csv", MADE_OF).keep(3, ROWS)

    again = Parts(tmp_path / "out.csv", MADE_OF)

    assert [number for number in range(5) if again.done(number)] == [3]
    assert list(again.rows([3])) == ROWS


@pytest.mark.parametrize("other", [{"model": "m2"}, {"revision": 8}, {"k": 5}])
def test_what_was_kept_of_something_else_is_thrown_away(tmp_path: Path, other: dict[str, object]):
    Parts(tmp_path / "out.csv", MADE_OF).keep(0, ROWS)

    assert not Parts(tmp_path / "out.csv", MADE_OF | other).done(0)
    assert not Parts(tmp_path / "out.csv", MADE_OF).done(0)


def test_a_part_that_was_being_written_is_not_done(tmp_path: Path):
    parts = Parts(tmp_path / "out.csv", MADE_OF)

    def stopped(rows):
        yield rows[0]
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        parts.keep(0, stopped(ROWS))
    with pytest.raises(KeyboardInterrupt):
        parts.write_whole(tmp_path / "out.csv", lambda path: list(stopped([path.write_text("half")])))

    assert not parts.done(0)
    assert not (tmp_path / "out.csv").exists()


def test_a_damaged_progress_file_begins_anew(tmp_path: Path):
    parts = Parts(tmp_path / "out.csv", MADE_OF)
    parts.keep(0, ROWS)
    (tmp_path / "out.csv.part" / "progress.json").write_text("{")

    assert not Parts(tmp_path / "out.csv", MADE_OF).done(0)


def test_nothing_is_left_at_the_end(tmp_path: Path):
    parts = Parts(tmp_path / "out.csv", MADE_OF)
    parts.keep(0, ROWS)
    parts.clear()

    assert list(tmp_path.iterdir()) == []
