"""`bole duplicates`."""

from pathlib import Path

from matcher.profiles import Profile, Role
from matcher.store import Store
from tests.api.cli.conftest import run_bole


def test_a_pair_is_listed_merged_parted_and_set_apart(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    store = Store(f"sqlite:///{home / 'bole.db'}")
    store.migrate()
    store.add_organisation("default")
    for id_, name in (("s1", "星河科技有限公司"), ("s2", "星河科技")):
        store.put_profiles([Profile(organisation="default", role=Role.STARTUP, id=id_, name=name)])

    def bole(*words: str) -> str:
        done = run_bole(home, "duplicates", *words)
        assert done.exit_code == 0, done.output
        return done.output

    assert "names equal but for the legal form" in bole("list", "--lang", "en")
    bole("merge", "s2", "s1")
    assert store.profile("default", "s2").id == "s1"
    assert bole("list").strip() == "0"
    bole("part", "s2")
    assert store.profile("default", "s2").id == "s2"
    bole("apart", "s1", "s2")
    assert bole("list").strip() == "0"
    bole("apart", "s1", "s2", "--undo")
    assert bole("list").strip().endswith("\n1")
    store.close()
