"""Some made-up requests to every route; `make fuzz` makes more than twenty thousand."""

from pathlib import Path

from api.principals import Caller
from tests.api.fuzzing.cases import World, fuzz


def test_no_made_up_request_breaks_anything(tmp_path: Path):
    tally = fuzz(World.in_folder(tmp_path), [Caller.STAFF], each=2)
    assert tally.broken == []
    assert tally.cases > 150
