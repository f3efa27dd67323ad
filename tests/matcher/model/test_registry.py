"""The registry's contract, over a local folder and over an object store: versions and what is live."""

import json
import uuid
from pathlib import Path

import fsspec
import pytest

from matcher.errors import Conflict, InvalidInput, NotFound, UnusableModel
from matcher.model.bundle import ARRAYS, MANIFEST, model_hash
from matcher.model.bundles import VERIFIED
from matcher.model.parameters import UNTRAINED
from matcher.model.registry import POINTER, Registry
from matcher.model.storage import Storage
from tests.matcher.model.samples import full_model
from tests.matcher.model.swaps import BY, go_live


def test_an_empty_registry_serves_the_untrained_model(registry: Registry):
    assert registry.live() is None
    assert registry.live_model().version == UNTRAINED
    assert registry.versions() == []


def test_a_version_comes_back_as_it_was_added(registry: Registry):
    registry.add(full_model("v1"))

    assert model_hash(registry.load("v1")) == model_hash(full_model())
    assert registry.load("v1").version == "v1"
    assert registry.live() is None


def test_another_registry_at_the_same_place_sees_what_was_added(registry: Registry, url: str, tmp_path: Path):
    registry.add(full_model("v1"))
    go_live(registry, "v1")

    other = Registry(url, scratch=tmp_path / "other")

    assert other.live() == "v1"
    assert model_hash(other.live_model()) == model_hash(full_model())


def test_versions_are_listed_newest_first_with_what_they_are(registry: Registry):
    for number, name in enumerate(["v1", "v2", "v3"]):
        registry.add(full_model(name, seed=number))
    go_live(registry, "v1")
    go_live(registry, "v2")

    assert [(info.version, info.status) for info in registry.versions()] == [
        ("v3", "candidate"),
        ("v2", "live"),
        ("v1", "retired"),
    ]
    assert registry.versions()[2].hash == model_hash(full_model())
    assert registry.versions()[2].facts["data"] == {"interactions": 3}


def test_rolling_back_returns_to_the_version_before_as_often_as_there_was_one(registry: Registry):
    for name in ("v1", "v2", "v3"):
        registry.add(full_model(name))
        go_live(registry, name)

    assert [registry.rollback(**BY), registry.live()] == ["v2", "v2"]
    assert [registry.rollback(**BY), registry.live()] == ["v1", "v1"]
    with pytest.raises(NotFound, match="no earlier"):
        registry.rollback(**BY)
    assert registry.live() == "v1"


def test_promoting_what_is_live_changes_nothing(local: Registry):
    local.add(full_model("v1"))
    go_live(local, "v1")
    go_live(local, "v1")

    with pytest.raises(NotFound, match="no earlier"):
        local.rollback(**BY)


def test_an_unknown_version_is_not_found(local: Registry):
    local.add(full_model("v1"))

    for name in ("v9", "", ".", "./v1", "v1/", "v1/../v1", "../versions/v1", "v1\n"):
        for look in (local.load, local.rehearsal, local.verdict):
            with pytest.raises(NotFound, match="no model version"):
                look(name)
    with pytest.raises(NotFound, match="no model version"):
        go_live(local, "v9")


def test_adding_the_same_content_again_changes_nothing(local: Registry):
    local.add(full_model("v1"))
    local.add(full_model("v1"))

    assert len(local.versions()) == 1


def test_other_content_under_the_same_version_is_refused_and_the_first_stays(local: Registry):
    local.add(full_model("v1"))

    with pytest.raises(Conflict, match="'v1' exists with other content"):
        local.add(full_model("v1", seed=1))

    assert model_hash(local.load("v1")) == model_hash(full_model())


def test_a_half_written_version_does_not_exist_and_can_be_written_again(registry: Registry, url: str):
    registry.add(full_model("v1"))
    registry.add(full_model("v2"))
    files, root = fsspec.core.url_to_fs(url)
    files.rm_file(f"{root}/versions/v2/{MANIFEST}")

    assert [info.version for info in registry.versions()] == ["v1"]
    with pytest.raises(NotFound):
        go_live(registry, "v2")
    registry.add(full_model("v2"))
    assert registry.load("v2").version == "v2"


def test_a_damaged_version_is_never_made_live(registry: Registry, url: str):
    registry.add(full_model("v1"))
    go_live(registry, "v1")
    registry.add(full_model("v2", seed=1))
    files, root = fsspec.core.url_to_fs(url)
    files.pipe_file(f"{root}/versions/v2/{ARRAYS}", b"garbage")

    with pytest.raises(UnusableModel, match="v2"):
        go_live(registry, "v2")

    assert registry.live() == "v1"


def test_a_damaged_version_does_not_hide_the_others(local: Registry, tmp_path: Path):
    local.add(full_model("v1"))
    local.add(full_model("v2", seed=1))
    (tmp_path / "models" / "versions" / "v2" / ARRAYS).write_bytes(b"garbage")

    assert [info.version for info in local.versions()] == ["v2", "v1"]


@pytest.mark.parametrize("manifest", [b"", b"{", b"[]"])
def test_a_damaged_manifest_does_not_hide_the_others(tmp_path: Path, manifest: bytes):
    registry = Registry(str(tmp_path / "models"))
    registry.add(full_model("v1"))
    registry.add(full_model("v2", seed=1))
    (tmp_path / "models" / "versions" / "v2" / MANIFEST).write_bytes(manifest)

    assert [(info.version, bool(info.hash)) for info in registry.versions()] == [("v2", False), ("v1", True)]


def test_a_damaged_pointer_is_refused_by_name_and_promoting_mends_it(registry: Registry, url: str):
    registry.add(full_model("v1"))
    go_live(registry, "v1")
    files, root = fsspec.core.url_to_fs(url)
    files.pipe_file(f"{root}/{POINTER}", b"{")

    for look in (registry.live, registry.live_model, registry.promotions, lambda: registry.rollback(**BY)):
        with pytest.raises(UnusableModel, match="models promote"):
            look()
    with pytest.raises(UnusableModel, match="models promote"):
        registry.prune(0)
    assert [info.status for info in registry.versions()] == ["candidate"]
    go_live(registry, "v1")
    assert registry.live() == "v1"


@pytest.mark.parametrize("version", ["gone", "../../x", ""])
def test_a_pointer_to_what_is_not_there_is_refused_as_a_model_not_as_an_address(tmp_path: Path, version: str):
    (tmp_path / POINTER).write_text(json.dumps({"version": version, "previous": []}))

    with pytest.raises(UnusableModel, match="missing"):
        Registry(str(tmp_path)).live_model()


def test_writing_leaves_nothing_but_whole_files(registry: Registry, url: str):
    registry.add(full_model("v1"))
    go_live(registry, "v1")

    files, root = fsspec.core.url_to_fs(url)
    names = {path.removeprefix(root).lstrip("/") for path in files.find(root)}
    bundle = {f"versions/v1/{name}" for name in (ARRAYS, MANIFEST, VERIFIED)}
    assert {name for name in names if not name.startswith(".locks/")} == {POINTER, *bundle}


def test_a_reader_sees_the_old_pointer_or_the_new_one_and_nothing_between(tmp_path: Path):
    registry = Registry(str(tmp_path / "models"))
    registry.add(full_model("v1"))
    go_live(registry, "v1")
    held = (tmp_path / "models" / POINTER).open(encoding="utf-8")
    registry.add(full_model("v2", seed=1))
    go_live(registry, "v2")

    with held:
        assert '"v1"' in held.read()
    assert registry.live() == "v2"


def test_a_model_that_is_loaded_outlives_its_rollback_and_removal(tmp_path: Path):
    registry = Registry(str(tmp_path / "models"))
    registry.add(full_model("v1"))
    model = registry.load("v1")

    for path in (tmp_path / "models" / "versions" / "v1").iterdir():
        path.unlink()

    assert model_hash(model) == model_hash(full_model())


def test_two_places_may_name_different_content_alike_and_share_their_scratch(tmp_path: Path):
    one, other = (Registry(f"memory://{uuid.uuid4().hex}", scratch=tmp_path) for _ in range(2))
    one.add(full_model("v1"))
    other.add(full_model("v1", seed=1))

    assert model_hash(one.load("v1")) == model_hash(full_model())
    assert model_hash(other.load("v1")) == model_hash(full_model(seed=1))


def test_a_damaged_version_is_mended_by_adding_it_again(registry: Registry, url: str):
    registry.add(full_model("v1"))
    files, root = fsspec.core.url_to_fs(url)
    files.pipe_file(f"{root}/versions/v1/{ARRAYS}", b"garbage")
    with pytest.raises(UnusableModel, match="v1"):
        registry.load("v1")

    registry.add(full_model("v1"))

    assert model_hash(registry.load("v1")) == model_hash(full_model())


def test_a_copy_that_was_damaged_here_is_fetched_again(tmp_path: Path):
    registry = Registry(f"memory://{uuid.uuid4().hex}", scratch=tmp_path)
    registry.add(full_model("v1"))
    registry.load("v1")
    [copy] = tmp_path.glob("v1-*")
    (copy / ARRAYS).write_bytes(b"garbage")

    with pytest.raises(UnusableModel, match="v1"):
        registry.load("v1")

    assert model_hash(registry.load("v1")) == model_hash(full_model())


def test_a_version_that_is_being_written_does_not_exist_before_its_last_file(
    local: Registry, monkeypatch: pytest.MonkeyPatch
):
    put, written = Storage.put, []

    def dying(storage: Storage, source: Path, path: str) -> None:
        if written:
            raise KeyboardInterrupt
        put(storage, source, path)
        written.append(path)

    monkeypatch.setattr(Storage, "put", dying)

    with pytest.raises(KeyboardInterrupt):
        local.add(full_model("v1"))
    assert written
    assert local.versions() == []


def test_a_swap_by_another_process_is_seen_at_once(registry: Registry, url: str, tmp_path: Path):
    """fsspec keeps one file system for a process, which knows what it wrote itself: here are two."""
    type(fsspec.core.url_to_fs(url)[0]).clear_instance_cache()
    other = Registry(url, scratch=tmp_path / "other")
    there: list[str] = []
    for version in ("v1", "v2"):
        assert [info.version for info in other.versions()] == there
        there.insert(0, version)
        registry.add(full_model(version))
        go_live(registry, version)

        assert other.live() == version
        assert other.live_model().version == version

    registry.rollback(**BY)
    assert [(info.version, info.status) for info in other.versions()] == [("v2", "retired"), ("v1", "live")]
    assert other.live() == "v1"


def test_a_rehearsal_is_kept_beside_its_version_and_goes_with_it(registry: Registry):
    registry.add(full_model("v1"))
    assert registry.rehearsal("v1") is None

    registry.add_rehearsal("v1", full_model("rehearsal", seed=1))
    registry.add_rehearsal("v1", full_model("rehearsal", seed=2))

    found = registry.rehearsal("v1")
    assert found is not None
    assert (found.version, model_hash(found)) == ("rehearsal", model_hash(full_model(seed=2)))
    assert [info.version for info in registry.versions()] == ["v1"]
    registry.prune(0)
    registry.add(full_model("v1"))
    assert registry.rehearsal("v1") is None


def test_a_rehearsal_needs_a_version(local: Registry):
    with pytest.raises(NotFound, match="no model version 'v1'"):
        local.add_rehearsal("v1", full_model("rehearsal"))


def test_a_damaged_rehearsal_is_refused_by_name(tmp_path: Path):
    registry = Registry(str(tmp_path))
    registry.add(full_model("v1"))
    registry.add_rehearsal("v1", full_model("rehearsal"))
    (tmp_path / "versions" / "v1" / "rehearsal" / ARRAYS).write_bytes(b"garbage")

    with pytest.raises(UnusableModel, match="v1-rehearsal"):
        registry.rehearsal("v1")


def test_the_live_model_is_found_though_it_was_swapped_and_removed_between_two_looks(tmp_path: Path):
    """The pointer is read, then the bundle: what was live at the first look may be gone at the second."""
    registry = Registry(str(tmp_path))
    registry.add(full_model("v1"))
    go_live(registry, "v1")
    late = Registry(str(tmp_path))
    looked = late.live

    def looked_long_ago() -> str | None:
        found = looked()
        late.live = looked  # type: ignore[method-assign]
        registry.add(full_model("v2"))
        go_live(registry, "v2")
        registry.prune(0)
        return found

    late.live = looked_long_ago  # type: ignore[method-assign]

    assert late.live_model().version == "v2"


def test_a_registry_that_cannot_be_opened_is_refused_by_name():
    with pytest.raises(InvalidInput, match=r"registry: 'nowhere://x' cannot be opened"):
        Registry("nowhere://x")
