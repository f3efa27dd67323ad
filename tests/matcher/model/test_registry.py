"""The registry's contract, over a local folder and over an object store."""

import json
import uuid
from pathlib import Path

import fsspec
import pytest

from matcher.errors import Conflict, NotFound, UnusableModel
from matcher.model.bundle import ARRAYS, MANIFEST, model_hash
from matcher.model.parameters import UNTRAINED
from matcher.model.registry import POINTER, Registry
from tests.matcher.model.samples import full_model


@pytest.fixture(params=["folder", "object store"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    return str(tmp_path / "models") if request.param == "folder" else f"memory://{uuid.uuid4().hex}/models"


@pytest.fixture
def registry(url: str, tmp_path: Path) -> Registry:
    return Registry(url, scratch=tmp_path / "scratch")


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
    registry.promote("v1")

    other = Registry(url, scratch=tmp_path / "other")

    assert other.live() == "v1"
    assert model_hash(other.live_model()) == model_hash(full_model())


def test_versions_are_listed_newest_first_with_what_they_are(registry: Registry):
    for number, name in enumerate(["v1", "v2", "v3"]):
        registry.add(full_model(name, seed=number))
    registry.promote("v1")
    registry.promote("v2")

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
        registry.promote(name)

    assert [registry.rollback(), registry.live()] == ["v2", "v2"]
    assert [registry.rollback(), registry.live()] == ["v1", "v1"]
    with pytest.raises(NotFound, match="no earlier"):
        registry.rollback()
    assert registry.live() == "v1"


def test_promoting_what_is_live_changes_nothing(registry: Registry):
    registry.add(full_model("v1"))
    registry.promote("v1")
    registry.promote("v1")

    with pytest.raises(NotFound, match="no earlier"):
        registry.rollback()


@pytest.mark.parametrize("name", ["v9", "", ".", "./v1", "v1/", "v1/../v1", "../versions/v1", "v1\n"])
def test_an_unknown_version_is_not_found(registry: Registry, name: str):
    registry.add(full_model("v1"))

    with pytest.raises(NotFound, match="no model version"):
        registry.load(name)
    with pytest.raises(NotFound, match="no model version"):
        registry.promote(name)


def test_adding_the_same_content_again_changes_nothing(registry: Registry):
    registry.add(full_model("v1"))
    registry.add(full_model("v1"))

    assert len(registry.versions()) == 1


def test_other_content_under_the_same_version_is_refused_and_the_first_stays(registry: Registry):
    registry.add(full_model("v1"))

    with pytest.raises(Conflict, match="'v1' exists with other content"):
        registry.add(full_model("v1", seed=1))

    assert model_hash(registry.load("v1")) == model_hash(full_model())


def test_a_half_written_version_does_not_exist_and_can_be_written_again(registry: Registry, url: str):
    registry.add(full_model("v1"))
    registry.add(full_model("v2"))
    files, root = fsspec.core.url_to_fs(url)
    files.rm_file(f"{root}/versions/v2/{MANIFEST}")

    assert [info.version for info in registry.versions()] == ["v1"]
    with pytest.raises(NotFound):
        registry.promote("v2")
    registry.add(full_model("v2"))
    assert registry.load("v2").version == "v2"


def test_a_damaged_version_is_never_made_live(registry: Registry, url: str):
    registry.add(full_model("v1"))
    registry.promote("v1")
    registry.add(full_model("v2", seed=1))
    files, root = fsspec.core.url_to_fs(url)
    files.pipe_file(f"{root}/versions/v2/{ARRAYS}", b"garbage")

    with pytest.raises(UnusableModel, match="v2"):
        registry.promote("v2")

    assert registry.live() == "v1"


def test_a_damaged_version_does_not_hide_the_others(registry: Registry, url: str):
    registry.add(full_model("v1"))
    registry.add(full_model("v2", seed=1))
    files, root = fsspec.core.url_to_fs(url)
    files.pipe_file(f"{root}/versions/v2/{ARRAYS}", b"garbage")

    assert [info.version for info in registry.versions()] == ["v2", "v1"]


@pytest.mark.parametrize("manifest", [b"", b"{", b"[]"])
def test_a_damaged_manifest_does_not_hide_the_others(registry: Registry, url: str, manifest: bytes):
    registry.add(full_model("v1"))
    registry.add(full_model("v2", seed=1))
    files, root = fsspec.core.url_to_fs(url)
    files.pipe_file(f"{root}/versions/v2/{MANIFEST}", manifest)

    assert [(info.version, bool(info.hash)) for info in registry.versions()] == [("v2", False), ("v1", True)]


@pytest.mark.parametrize(
    "damage", [b"", b"{", b"[]", b"null", b'{"version": "v1"}', b'{"version": 5, "previous": []}']
)
def test_a_damaged_pointer_is_refused_by_name_and_promoting_mends_it(
    registry: Registry, url: str, damage: bytes
):
    registry.add(full_model("v1"))
    registry.promote("v1")
    files, root = fsspec.core.url_to_fs(url)
    files.pipe_file(f"{root}/{POINTER}", damage)

    for look in (registry.live, registry.live_model, registry.rollback):
        with pytest.raises(UnusableModel, match="models promote"):
            look()
    assert [info.status for info in registry.versions()] == ["candidate"]
    registry.promote("v1")
    assert registry.live() == "v1"


@pytest.mark.parametrize("version", ["gone", "../../x", ""])
def test_a_pointer_to_what_is_not_there_is_refused_as_a_model_not_as_an_address(
    registry: Registry, url: str, version: str
):
    files, root = fsspec.core.url_to_fs(url)
    files.makedirs(root, exist_ok=True)
    files.pipe_file(f"{root}/{POINTER}", json.dumps({"version": version, "previous": []}).encode())

    with pytest.raises(UnusableModel, match="missing"):
        registry.live_model()


def test_writing_leaves_nothing_but_whole_files(registry: Registry, url: str):
    registry.add(full_model("v1"))
    registry.promote("v1")

    files, root = fsspec.core.url_to_fs(url)
    names = {path.removeprefix(root).lstrip("/") for path in files.find(root)}
    assert names == {POINTER, f"versions/v1/{ARRAYS}", f"versions/v1/{MANIFEST}"}


def test_a_reader_sees_the_old_pointer_or_the_new_one_and_nothing_between(tmp_path: Path):
    registry = Registry(str(tmp_path / "models"))
    registry.add(full_model("v1"))
    registry.promote("v1")
    held = (tmp_path / "models" / POINTER).open(encoding="utf-8")
    registry.add(full_model("v2", seed=1))
    registry.promote("v2")

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
