"""All parts together."""

import datetime as dt
from pathlib import Path

from training.quality.board import sections
from training.quality.context import Context, Given


def test_where_nothing_was_asked_for_no_part_has_anything_to_say(tmp_path: Path):
    given = Given(tmp_path / "tools", tmp_path / "data")
    context = Context(given, tmp_path, {}, {}, None, dt.date(2026, 11, 1), lambda _: None)

    assert list(sections(context)) == []
