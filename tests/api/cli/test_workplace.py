"""The home directory that every command opens."""

import stat
from pathlib import Path

import pytest

from api.cli.workplace import workplace
from api.settings import Settings


def _mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.mark.parametrize("there", [False, True])
def test_a_new_database_is_for_its_owner_alone(tmp_path: Path, there: bool) -> None:
    home = tmp_path / "home"
    if there:
        home.mkdir(mode=0o755)
    with workplace(Settings(home=home)) as place:
        place.store.add_organisation("north")
        assert {_mode(file) & 0o077 for file in home.glob("bole.db*")} == {0}
    assert _mode(home) == (0o755 if there else 0o700)
