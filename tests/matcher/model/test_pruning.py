"""Old versions go, and never one that is needed."""

import subprocess
import sys
from pathlib import Path

import fsspec
import pytest

from matcher.errors import InvalidInput, NotFound
from matcher.model.bundle import ARRAYS, MANIFEST, model_hash
from matcher.model.pointer import Pointer, Promotion
from matcher.model.registry import Registry
from matcher.model.retention import dispensable
from matcher.model.storage import Storage
from tests.matcher.model.samples import full_model
from tests.matcher.model.swaps import BY, go_live

HISTORY = Pointer("d", ("c", "a"), (Promotion("d", "", ""), Promotion("e", "", ""), Promotion("c", "", "")))
"""d serves; e was rolled back from; c and a can be rolled back to."""


@pytest.mark.parametrize(
    ("keep", "gone"),
    [(0, ["c", "a", "e", "g", "f", "b"]), (1, ["a", "e", "f", "b"]), (2, ["e", "b"]), (3, [])],
)
def test_the_live_one_and_the_newest_of_both_kinds_are_kept(keep: int, gone: list[str]):
    assert dispensable(list("gfedcba"), HISTORY, keep) == gone


def test_what_is_gone_already_keeps_nothing_else_away():
    assert dispensable(list("dba"), HISTORY, 1) == []


def test_before_anything_was_live_the_newest_are_kept():
    assert dispensable(list("cba"), Pointer(), 2) == ["a"]


def test_pruning_removes_the_versions_and_all_that_is_beside_them(registry: Registry, url: str):
    for version in ("v1", "v2", "v3"):
        registry.add(full_model(version))
        go_live(registry, version)
    registry.add_rehearsal("v1", full_model("r"))
    registry.add(full_model("v4"))

    assert registry.prune(1) == ["v1"]

    assert [(info.version, info.status) for info in registry.versions()] == [
        ("v4", "candidate"),
        ("v3", "live"),
        ("v2", "retired"),
    ]
    files, root = fsspec.core.url_to_fs(url, use_listings_cache=False)
    assert not files.exists(f"{root}/versions/v1")
    assert registry.prune(1) == []
    assert registry.rollback(**BY) == "v2"


def test_pruning_all_leaves_the_live_one_and_nothing_to_roll_back_to(tmp_path: Path):
    registry = Registry(str(tmp_path))
    for version in ("v1", "v2"):
        registry.add(full_model(version))
        go_live(registry, version)

    assert registry.prune(0) == ["v1"]
    assert registry.live_model().version == "v2"
    with pytest.raises(NotFound, match="no earlier live model"):
        registry.rollback(**BY)


def test_what_was_half_written_or_half_removed_goes_too(registry: Registry, url: str):
    registry.add(full_model("v1"))
    registry.add(full_model("v2"))
    files, root = fsspec.core.url_to_fs(url, use_listings_cache=False)
    files.rm_file(f"{root}/versions/v2/{MANIFEST}")

    assert registry.prune(5) == []

    assert not files.exists(f"{root}/versions/v2/{ARRAYS}")
    assert [info.version for info in registry.versions()] == ["v1"]


def test_what_is_no_version_is_left_alone(tmp_path: Path):
    registry = Registry(str(tmp_path))
    registry.add(full_model("v1"))
    strays = [tmp_path / "versions" / name for name in (".DS_Store", "notes.txt")]
    for stray in strays:
        stray.write_bytes(b"")

    assert registry.prune(5) == []

    assert [info.version for info in registry.versions()] == ["v1"]
    assert all(stray.exists() for stray in strays)


def test_an_empty_registry_has_nothing_to_prune_and_is_not_made(tmp_path: Path):
    assert Registry(str(tmp_path / "models")).prune(0) == []
    assert not (tmp_path / "models").exists()


def test_keeping_fewer_than_none_is_refused(tmp_path: Path):
    with pytest.raises(InvalidInput, match="keep"):
        Registry(str(tmp_path)).prune(-1)


def test_what_is_made_live_while_others_are_removed_stays(tmp_path: Path):
    """Somebody promotes v1 after it was chosen for removal and before its turn."""
    registry = Registry(str(tmp_path))
    for version in ("v1", "v2"):
        registry.add(full_model(version))
    dropped = registry._drop

    def late(version: str) -> bool:
        if version == "v2":
            go_live(Registry(str(tmp_path)), "v1")
        return dropped(version)

    registry._drop = late  # type: ignore[method-assign]

    assert registry.prune(0) == ["v2"]
    assert registry.live_model().version == "v1"


KILLED = """
import os, pathlib, signal, sys
from matcher.model import storage
from matcher.model.registry import Registry
class Dying(storage.Storage):
    def remove_tree(self, folder):
        (pathlib.Path(sys.argv[1]) / folder / "arrays.npz").unlink()
        os.kill(os.getpid(), signal.SIGKILL)
import matcher.model.registry as module
module.Storage = Dying
Registry(sys.argv[1]).prune(0)
"""


def test_a_pruning_that_is_killed_half_way_leaves_a_registry_that_works(tmp_path: Path):
    registry = Registry(str(tmp_path))
    for version in ("v1", "v2", "v3"):
        registry.add(full_model(version))
    go_live(registry, "v1")
    go_live(registry, "v3")

    killed = subprocess.run([sys.executable, "-c", KILLED, str(tmp_path)], check=False)

    assert killed.returncode == -9
    assert [info.version for info in registry.versions()] == ["v3"]
    assert model_hash(registry.live_model()) == model_hash(full_model())
    assert Storage(str(tmp_path)).names("versions") != ["v3"]
    registry.prune(0)
    assert Storage(str(tmp_path)).names("versions") == ["v3"]
